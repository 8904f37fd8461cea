"""Which set an article shows, said once, in SQL, for reading and for voting.

A statement that uses SET_OF_ARTICLE has the article's row as `article` and its board's, which
may be missing, as `board`. The desk asks for the same in words: `inherited_by`.
"""

from articles.models import Article
from reactions.models import ReactionSet

SET_OF_ARTICLE = """COALESCE(
    board.set_id,
    (SELECT of_section.id FROM reactions_reactionset of_section
      WHERE of_section.section_id = article.section_id),
    (SELECT fallback.id FROM reactions_reactionset fallback WHERE fallback.is_default)
)"""


def inherited_by(article: Article) -> tuple[ReactionSet | None, str]:
    """What the article shows where its board names no set, and from where, in words."""
    section = article.section
    of_section = ReactionSet.objects.filter(section=section).first() if section else None
    if of_section:
        return of_section, f"its section, {section}"
    default = ReactionSet.objects.filter(is_default=True).first()
    return default, "the default" if default else "no set is the default: there is no bar"
