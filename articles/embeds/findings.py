"""What one reading of a text finds: counted while it is read, so that a text of nothing but embeds
is refused before it has cost anything."""

from dataclasses import dataclass, field

from articles.embeds.provider import EmbedRef
from articles.embeds.tokens import Kind, Token, embed_token
from newsroom.lib.html_guard import BodyRefused

MAX_EMBEDS = 500
MAX_NOTE_CHARS = 200


@dataclass(slots=True)
class Findings:
    """The notes for the import report, and how many embeds and links in place of embeds there are.

    Raises BodyRefused for more than MAX_EMBEDS of them.
    """

    notes: list[str] = field(default_factory=list)
    count: int = 0

    def embed(self, ref: EmbedRef) -> Token:
        self._count()
        return embed_token(ref)

    def link(self, href: str, text: str, *, note: str) -> Token:
        """What is left of an embed that nobody knows."""
        self._count()
        self.note(note)
        return Token(Kind.LINK, href=href, text=text)

    def note(self, note: str) -> None:
        self.notes.append(note[:MAX_NOTE_CHARS])

    def _count(self) -> None:
        self.count += 1
        if self.count > MAX_EMBEDS:
            raise BodyRefused(
                f"This text holds more than {MAX_EMBEDS} embeds, which is the most that one article "
                "may have. Split it."
            )
