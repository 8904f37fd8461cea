"""What the desk reads of the crowd: figures, bounded queries, nothing written.

case_*: one case. The desk's pages (reactions.admin) draw them.
"""
