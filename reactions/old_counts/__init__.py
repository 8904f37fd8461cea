"""Moving in what readers said on a site with WP Reactions: its tables, its pages, its settings.

sql_dump, literals, php: read bytes, know nothing of reactions (pure)
plugin: what the tables of each version mean (pure); files: which file is what
spool: all rows on disk, sorted, so that memory stays flat; mapping: the operator's answers
plan: what would be written; writing: writes it; report: says it
"""
