"""What series, fronts and banners say of the stories: the part of references.py for the desk."""

from collections.abc import Iterable, Iterator

from articles.demo.content import DemoContent, DemoSlot

LEVELS = frozenset({"breaking", "notice"})


def unknown(at: str, what: str, used: Iterable[str], known: Iterable[str]) -> list[str]:
    """A sentence for each name that is used and not given."""
    given = set(known)
    return [f"{at}: there is no {what} “{name}”." for name in used if name not in given]


def arrangement_problems(content: DemoContent) -> Iterator[str]:
    public = {article.slug for article in content.articles if article.status == "published"}
    for series in content.series:
        at = f"series {series.slug}"
        yield from unknown(at, "published article", series.articles, public)
        yield from unknown(at, "photo", filter(None, [series.hero]), content.photos)
        yield from _twice(at, series.articles)
    sections = {section.slug for section in content.sections}
    for front in content.fronts:
        at = f"front {front.section or 'home'}"
        yield from unknown(at, "section", filter(None, [front.section]), sections)
        yield from _twice(at, [slot.key for slot in front.slots])
        for slot in front.slots:
            yield from _slot_problems(f"{at}, slot {slot.key}", slot, public)
    for banner in content.banners:
        yield from unknown("banner", "published article", [banner.article], public)
        yield from unknown("banner", "level", [banner.level], LEVELS)
        if banner.lasts.total_seconds() <= 0:
            yield "banner: write how many hours it stays up, more than 0."


def _slot_problems(at: str, slot: DemoSlot, public: set[str]) -> Iterator[str]:
    slugs = [entry.article for entry in slot.entries]
    yield from unknown(at, "published article", slugs, public)
    yield from _twice(at, slugs)
    if len(slugs) > slot.max:
        yield f"{at}: it has {len(slugs)} entries and room for {slot.max}."


def _twice(at: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"{at}: “{name}” stands there twice."
        seen.add(name)
