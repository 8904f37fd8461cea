"""The persons that a photo's file names, and their tags."""

from collections.abc import Iterable

from articles.actions.tagging import find_or_create_tag
from articles.models import Photo, Tag, TagAlias
from articles.models.taxonomy import tag_key


def names_in_file(photo: Photo) -> list[str]:
    """The persons shown, as the file has them."""
    return [str(name) for name in photo.metadata.get("persons", ()) if tag_key(str(name))]


def person_tags(names: Iterable[str]) -> dict[str, Tag]:
    """Name → the person's tag that has it as name, other name or spelling. 2 queries."""
    keys = {name: tag_key(name) for name in names}
    persons = Tag.objects.filter(kind=Tag.Kind.PERSON)
    found = {tag.norm_key: tag for tag in persons.filter(norm_key__in=keys.values())}
    aliases = TagAlias.objects.filter(norm_key__in=keys.values(), tag__kind=Tag.Kind.PERSON)
    found |= {alias.norm_key: alias.tag for alias in aliases.select_related("tag")}
    return {name: found[key] for name, key in keys.items() if key in found}


def unlinked_names(photo: Photo) -> list[tuple[str, Tag | None]]:
    """The names in the file whose tag the photo doesn't have, with that tag where there is one."""
    names = names_in_file(photo)
    if not names:
        return []
    tags, linked = person_tags(names), set(photo.persons.values_list("pk", flat=True))
    return [
        (name, tags.get(name)) for name in names if name not in tags or tags[name].pk not in linked
    ]


def link_persons(photo: Photo) -> None:
    """Give the photo the tags of the persons in its file that have one."""
    if names := names_in_file(photo):
        photo.persons.add(*person_tags(names).values())


def name_persons(photo: Photo, names: Iterable[str]) -> None:
    """Give the photo the tags of these names of its file, made where there are none."""
    known = person_tags(names)
    for name in names:
        tag = known.get(name) or find_or_create_tag(name, kind=Tag.Kind.PERSON)
        if tag:
            photo.persons.add(tag)
