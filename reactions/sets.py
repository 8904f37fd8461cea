"""Which set an article shows, said once, in SQL, for reading and for voting.

A statement that uses SET_OF_ARTICLE has the article's row as `article` and its board's, which
may be missing, as `board`.
"""

SET_OF_ARTICLE = """COALESCE(
    board.set_id,
    (SELECT of_section.id FROM reactions_reactionset of_section
      WHERE of_section.section_id = article.section_id),
    (SELECT fallback.id FROM reactions_reactionset fallback WHERE fallback.is_default)
)"""
