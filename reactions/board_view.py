"""What a bar shows, as values: the state of a story's board, its kinds and their counts."""

from dataclasses import dataclass, replace

from django.utils.formats import number_format

from reactions import set_sheets
from reactions.models import Board

ENDED = "ended"  # what a bar says whose votes are a sum now (reactions.sealing)


@dataclass(frozen=True, slots=True)
class KindCount:
    """One button: a kind and how many readers chose it, here (votes) and on an old site."""

    id: int
    slug: str
    label: str
    emoji: str
    image: str  # a URL, or empty
    votes: int
    imported: int
    still: str = ""  # of an image that moves: a URL of its first frame

    @property
    def shown(self) -> int:
        return self.votes + self.imported

    @property
    def number(self) -> str:
        return number_format(self.shown, use_l10n=True, force_grouping=True)

    @property
    def spoken(self) -> str:
        """The button's name: "Heart, 12 reactions"."""
        return f"{self.label}, {self.number} {'reaction' if self.shown == 1 else 'reactions'}"


@dataclass(frozen=True, slots=True)
class BoardView:
    """What a bar shows. `version` grows with every change of the counts."""

    article_id: int
    state: str
    reason: str
    version: int
    question: str
    kinds: tuple[KindCount, ...]
    set_id: int
    style: str = "{}"  # as it is stored

    @property
    def style_url(self) -> str:
        """The stylesheet of its set, "" where that has no style of its own."""
        return set_sheets.url_of(self.set_id, self.style)

    @property
    def is_open(self) -> bool:
        return self.state == Board.State.OPEN

    @property
    def closed_words(self) -> str:
        """Why it takes no votes, for readers."""
        if self.state == ENDED:
            return "Reactions to this story have ended."
        return f"Reactions to this story are closed: {self.reason}"

    @property
    def imported(self) -> int:
        return sum(kind.imported for kind in self.kinds)

    @property
    def imported_number(self) -> str:
        return number_format(self.imported, use_l10n=True, force_grouping=True)

    def counts(self) -> dict[str, int]:
        """Numbers as readers see them, by kind."""
        return {str(kind.id): kind.shown for kind in self.kinds}

    def has(self, kind_id: int) -> bool:
        return any(kind.id == kind_id for kind in self.kinds)

    def with_one_more(self, kind_id: int) -> "BoardView":
        """As one sees it whose vote is kept and in no count."""
        more = (replace(k, votes=k.votes + 1) if k.id == kind_id else k for k in self.kinds)
        return replace(self, kinds=tuple(more))
