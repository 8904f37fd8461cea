"""How a photo is found by words: its own, those of who is shown, who took it and who sold it."""

from typing import Any

from django.db.models import Q

from articles.models.agency import Agency
from articles.models.people import Contributor
from articles.models.taxonomy import Tag
from newsroom.lib.text import clean_line, normalise_key

MAX_WORDS = 8
# The photo's own columns. What is in other tables is looked for there, by keys without accents.
COLUMNS = (
    "caption_default", "photographer_text", "agency_text", "credit_raw", "credit_override",
    "client", "supplier_ref", "place",
)  # fmt: skip


def photos_with(words: str) -> Q:
    """Photos that have each of these words in their caption, credit, supplier's number or place, in
    the name of who is shown or took it, or in a name of their agency or of one above it: "Getty"
    finds WireImage. 1 query more where there are words.
    """
    wanted = [word for word in clean_line(words).split() if normalise_key(word)][:MAX_WORDS]
    names = _agency_names() if wanted else {}
    found = Q()
    for word in wanted:
        found &= _with(word, names)
    return found


def _with(word: str, names: dict[int, str]) -> Q:
    key = normalise_key(word)
    either = Q()
    for column in COLUMNS:
        either |= Q(**{f"{column}__icontains": word})
    if agencies := [pk for pk, known in names.items() if key in known]:
        either |= Q(agency__in=agencies) | Q(via__in=agencies)
    people = Contributor.objects.filter(name__icontains=word)
    shown: Any = Tag.pictures.through
    tags = Tag.objects.filter(Q(norm_key__contains=key) | Q(aliases__norm_key__contains=key))
    pictures = shown.objects.filter(tag__in=tags.values("pk"))
    return either | Q(photographer__in=people.values("pk")) | Q(pk__in=pictures.values("photo"))


def _agency_names() -> dict[int, str]:
    """Agency → all the names it goes by and those of the agencies above it, folded. A few hundred
    rows; an alias stands in JSON, which SQLite can't search.
    """
    rows = {
        pk: (" ".join([name, *map(str, aliases)]), parent)
        for pk, name, aliases, parent in Agency.objects.values_list(
            "pk", "name", "aliases", "parent"
        )
    }
    return {pk: normalise_key(" ".join(_names_above(pk, rows))) for pk in rows}


def _names_above(pk: int | None, rows: dict[int, tuple[str, int | None]]) -> list[str]:
    names: list[str] = []
    seen: set[int] = set()
    while pk in rows and pk not in seen:  # a parent that is its own child ends it, too
        seen.add(pk)
        name, pk = rows[pk]
        names.append(name)
    return names
