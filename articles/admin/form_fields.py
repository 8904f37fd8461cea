"""Lists as text: one tag or one story a line. They need no script; a script may dress them up."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.urls import Resolver404, resolve

from articles.actions.tagging import find_or_create_tag
from articles.models import Article, ArticleQuerySet, Tag, TagAlias
from articles.models.taxonomy import tag_key
from newsroom.lib.text import clean_line

MOST_LINES = 100
_NUMBER = re.compile(r"#?(\d{1,9})")


class LinesField(forms.CharField):
    """Text of several lines → the lines that say something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"required": False, "widget": forms.Textarea(attrs={"rows": 3}), **kwargs}
        )

    def clean(self, value: Any) -> list[str]:
        lines = list(
            dict.fromkeys(filter(None, map(clean_line, super().clean(value).splitlines())))
        )
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"These are over {MOST_LINES} lines.")
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, after = (str(self.prepare_value(each) or "") for each in (initial, data))
        return before.split("\n") != after.strip().replace("\r\n", "\n").split("\n")


class AddressesField(LinesField):
    """Web addresses, one a line → a list of them. One without https:// gets it."""

    def clean(self, value: Any) -> list[str]:
        address = forms.URLField(assume_scheme="https", max_length=500)
        found = []
        for line in super().clean(value):
            try:
                found.append(str(address.clean(line)))
            except forms.ValidationError as error:
                raise forms.ValidationError(
                    f"“{line}” is no web address. Give one a line, like https://example.org/me."
                ) from error
        return found


def tag_lines(ids: Iterable[int]) -> str:
    names = Tag.objects.in_bulk(list(ids))
    return "\n".join(names[pk].name for pk in ids if pk in names)


def check_tags(names: list[str], *, may_add: bool) -> None:
    """Refuse names that nobody knows where the login may not make tags."""
    keys = {tag_key(name): name for name in names}
    known = {
        *Tag.objects.filter(norm_key__in=keys).values_list("norm_key", flat=True),
        *TagAlias.objects.filter(norm_key__in=keys).values_list("norm_key", flat=True),
    }
    unknown = [name for key, name in keys.items() if key not in known]
    if unknown and not may_add:
        raise forms.ValidationError(
            f"There is no tag “{unknown[0]}”, and you may not make one. Ask an editor."
        )
    if any(not tag_key(name) or len(name) > 100 for name in unknown):
        raise forms.ValidationError("A tag is a name of at most 100 characters.")


def tags_of(names: Iterable[str]) -> tuple[int, ...]:
    """The tags of these names, made where they are new."""
    tags = [find_or_create_tag(name) for name in names]
    return tuple(dict.fromkeys(tag.pk for tag in tags if tag))


def story_lines(ids: Iterable[int]) -> str:
    stories = Article.objects.only("slug").in_bulk(list(ids))
    return "\n".join(stories[pk].get_absolute_url() for pk in ids if pk in stories)


def stories_of(lines: Iterable[str], *, among: ArticleQuerySet) -> tuple[int, ...]:
    """The stories at these addresses or of these numbers, of those that the login may read: an
    address says what a draft is about. Raises ValidationError for others.
    """
    return tuple(_story(line, among=among) for line in lines)


def _story(line: str, *, among: ArticleQuerySet) -> int:
    number = _NUMBER.fullmatch(line)
    wanted = {"pk": int(number[1])} if number else {"slug": _slug(line)}
    pk = among.filter(**wanted).values_list("pk", flat=True).first()
    if pk is None:
        raise forms.ValidationError(f"There is no story at “{line[:200]}”.")
    return pk


def _slug(line: str) -> str:
    try:
        match = resolve(unquote(urlsplit(line).path))
    except (Resolver404, ValueError):
        return ""
    return str(match.kwargs.get("slug", "")) if match.url_name == "article" else ""
