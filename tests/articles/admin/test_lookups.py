"""The type-aheads of the writing screen, and the merged form that a conflict hands to its script."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, TagAlias
from tests import builders

pytestmark = pytest.mark.django_db

TAGS = "/admin/articles/article/lookup/tags/"
STORIES = "/admin/articles/article/lookup/stories/"


def found(client: Client, path: str, term: str) -> list[dict[str, object]]:
    results: list[dict[str, object]] = client.get(path, {"term": term}).json()["results"]
    return results


def test_a_tag_is_found_by_a_word_without_its_accents_and_says_how_often_it_is_used(
    client: Client, editor: User
) -> None:
    tag = builders.make_tag("Anaïs Délicieux", kind="person")
    builders.add_tag(builders.make_article(), tag)
    client.force_login(editor)
    expected = {"name": "Anaïs Délicieux", "kind": "person", "kind_label": "Person", "uses": 1}
    assert found(client, TAGS, "deli") == [{**expected, "alias": ""}]
    assert found(client, TAGS, "licieux") == []
    assert found(client, TAGS, " ") == []


def test_a_tag_is_found_by_its_other_name_and_says_so(client: Client, editor: User) -> None:
    tag = builders.make_tag("Tidewater Hall")
    TagAlias.objects.create(tag=tag, name="The Shed")
    client.force_login(editor)
    assert [(row["name"], row["alias"]) for row in found(client, TAGS, "the sh")] == [
        ("Tidewater Hall", "The Shed")
    ]


def test_stories_are_found_by_words_of_the_headline(client: Client, editor: User) -> None:
    article = builders.make_article(
        headline="The pier sang", publish_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    client.force_login(editor)
    assert found(client, STORIES, "sang pier") == [
        {
            "address": article.get_absolute_url(),
            "headline": "The pier sang",
            "status": "Published",
            "date": "2026-03-01",
        }
    ]


def test_a_writer_finds_no_draft_of_somebody_else(
    client: Client, writer: User, editor: User
) -> None:
    builders.make_draft(headline="The pier, a secret", created_by=editor)
    client.force_login(writer)
    assert found(client, STORIES, "pier") == []


def test_whoever_may_not_write_may_not_look_up(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    assert client.get(TAGS, {"term": "a"}).status_code == 403


def test_a_conflict_hands_over_the_merged_form(client: Client, editor: User) -> None:
    """What only the other side changed is in `form`, under the names of the inputs."""
    draft = builders.make_story(headline="The pier", created_by=editor)
    builders.make_tag("Jazz")
    client.force_login(editor)
    address = f"/admin/articles/article/{draft.pk}/autosave/"
    loaded = client.post(address, {"headline": "The pier", "loaded_version": draft.version}).json()
    base = {
        "loaded_version": loaded["version"],
        "loaded_marks": loaded["marks"],
        "kind": "news",
    }
    theirs = {"headline": "The pier", "dek": "Theirs.", "tags": "Jazz"}
    moment = {"publish_at_0": "2030-12-31", "publish_at_1": "09:15"}
    assert client.post(address, {**base, **theirs, **moment}).status_code == 200
    answer = client.post(
        address, {**base, "headline": "The pier, by me", "dek": draft.dek, "tags": ""}
    )
    assert answer.status_code == 409
    form = answer.json()["form"]
    assert form["headline"] == "The pier, by me"
    assert form["dek"] == "Theirs."
    assert form["tags"] == "Jazz"
    assert (form["publish_at_0"], form["publish_at_1"]) == ("2030-12-31", "09:15")
    assert form["sensitive"] == ""
    assert Article.objects.get().headline == "The pier"


PERSONS = "/admin/articles/article/lookup/persons/"


def test_who_is_shown_in_the_photos_is_offered_as_a_tag(client: Client, editor: User) -> None:
    nola, dex = builders.make_tag("Nola Vale", kind="person"), builders.make_tag("Dex Romero")
    photos = [builders.make_photo() for _ in range(3)]
    photos[0].persons.add(nola)
    photos[1].persons.add(nola, dex)
    builders.add_tag(builders.make_article(), nola)
    client.force_login(editor)
    names = ",".join(str(photo.pk) for photo in photos)
    assert [(row["name"], row["uses"]) for row in found(client, PERSONS, names)] == [
        ("Dex Romero", 0),
        ("Nola Vale", 1),
    ]
    assert found(client, PERSONS, str(photos[2].pk)) == []
    assert found(client, PERSONS, "x,²," + "9" * 30) == []
