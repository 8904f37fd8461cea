"""How often stories were read, from the front server's access logs.

Newsroom keeps no page views of its own: most pages come out of a cache and cost it nothing. lines:
what a line says (pure); logs: files, packed ones and pipes, line by line; counting: into the table.
"""
