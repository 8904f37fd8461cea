"""Tags by name: spellings and aliases find the tag that is there."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.actions.tagging import find_or_create_tag, set_tags
from articles.models import Tag, TagAlias, TaggedArticle
from newsroom.lib.tags import split_tags
from tests import builders
from tests.cases import load_jsonl

pytestmark = pytest.mark.django_db
CASES = [case for case in load_jsonl("text/cases.jsonl") if case["field"] == "tags"]


@pytest.mark.parametrize(
    "spelling", ["Beyoncé", "beyonce", "BEYONCÉ", " Beyoncé ", "Ｂeyonce", "Beyonce\u0301", "Bey\u200bonce"]
)  # fmt: skip
def test_a_spelling_is_the_tag_that_is_there(spelling: str) -> None:
    first = find_or_create_tag("Beyoncé")
    assert find_or_create_tag(spelling) == first
    assert Tag.objects.count() == 1


def test_an_alias_is_its_tag() -> None:
    tag = builders.make_tag("Prince")
    TagAlias.objects.create(tag=tag, name="The Artist")
    assert find_or_create_tag("the ARTIST") == tag


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u3164", "\u202e"])
def test_a_name_that_shows_nothing_is_no_tag(name: str) -> None:
    assert find_or_create_tag(name) is None
    assert not Tag.objects.exists()


@pytest.mark.parametrize("name", ["x" * 500, "ﷺ" * 100, "😀" * 200, "\ud800abc", "a\x00b"])
def test_any_name_fits_its_columns(name: str) -> None:
    tag = find_or_create_tag(name)
    assert tag is not None
    assert find_or_create_tag(name) == tag
    tag.refresh_from_db()
    assert len(tag.name) <= 100
    assert "\x00" not in tag.name


def test_a_kind_is_given_to_a_new_tag_only() -> None:
    tag = find_or_create_tag("Oslo", kind=Tag.Kind.PLACE)
    again = find_or_create_tag("oslo", kind=Tag.Kind.EVENT)
    assert tag is not None
    assert again is not None
    assert again.kind == Tag.Kind.PLACE


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_shared_cases_become_tags_with_pages(case: dict[str, Any], reader: Client) -> None:
    value = case["value"]
    if value is None:
        value = case["gen"]["char"] * case["gen"]["count"]
    try:
        names = split_tags(value)
    except ValueError:
        assert case["expect"] in {"refuse", "accept_or_refuse"}
        return
    assert case["expect"] != "refuse"
    for name in names:
        tag = find_or_create_tag(name)
        assert tag is not None
        assert tag.slug
        builders.add_tag(builders.make_article(), tag)
        assert reader.get(tag.get_absolute_url()).status_code == 200


def test_two_names_with_one_slug_are_two_addresses() -> None:
    slugs = {tag.slug for name in ("C++", "C#", "C") if (tag := find_or_create_tag(name))}
    assert len(slugs) == 3


def test_an_article_has_exactly_the_tags_it_is_given_in_that_order() -> None:
    article = builders.make_article()
    one, two, three = (builders.make_tag() for _ in range(3))
    set_tags(article, [one, two])
    set_tags(article, [three, one, three])
    uses = list(article.tag_uses.all())
    assert [use.tag for use in uses] == [three, one]
    assert [use.is_primary for use in uses] == [True, False]
    assert str(uses[0]) == three.name
    set_tags(article, [])
    assert not TaggedArticle.objects.exists()


@pytest.mark.parametrize("name", ["beyonce", "BEYONCÉ", "the artist"])
def test_the_desk_hears_of_a_name_that_is_taken(name: str) -> None:
    prince = builders.make_tag("Prince")
    builders.make_tag("Beyoncé")
    TagAlias.objects.create(tag=prince, name="The Artist")
    with pytest.raises(ValidationError, match="has this name already"):
        Tag(name=name, slug="x").full_clean()
    with pytest.raises(ValidationError, match="has this name already"):
        TagAlias(name=name, slug="x", tag=builders.make_tag()).full_clean()


def test_a_tag_may_take_its_own_names() -> None:
    tag = builders.make_tag("Prince")
    alias = TagAlias.objects.create(tag=tag, name="The Artist")
    tag.full_clean()
    alias.full_clean()
    tag.name = "The Artist"
    tag.full_clean()
    assert str(alias) == "The Artist"


def test_a_tags_name_is_cleaned_and_its_addresses_are_a_list() -> None:
    tag = Tag(name="Pri\u202ence", slug="prince", same_as=["https://example.org/prince"])
    tag.full_clean()
    assert tag.name == "Prince"
    tag.same_as = ["javascript:alert(1)"]
    with pytest.raises(ValidationError, match="list of web addresses"):
        tag.full_clean()
    with pytest.raises(ValidationError, match="can be seen"):
        Tag(name="\u200b", slug="nothing").full_clean()
