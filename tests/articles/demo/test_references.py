"""Broken references are found all at once, and each names its file."""

from dataclasses import replace
from datetime import timedelta

import pytest

from articles.demo.content import (
    DemoArticle,
    DemoByline,
    DemoContent,
    DemoCorrection,
    DemoEntry,
    DemoFront,
    DemoSlot,
    DemoUse,
)
from articles.demo.reading import read_content
from articles.demo.references import problems_of

CONTENT = read_content()
STORY = CONTENT.articles[0]


def with_story(**changes: object) -> DemoContent:
    story: DemoArticle = replace(STORY, **changes)  # type: ignore[arg-type]
    return replace(CONTENT, articles=(story, *CONTENT.articles[1:]))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"section": "sport"}, "there is no section “sport”"),
        ({"bylines": (DemoByline("nobody", "author"),)}, "there is no contributor “nobody”"),
        ({"bylines": (DemoByline("wen-castellane", "tea"),)}, "there is no role “tea”"),
        ({"lead": DemoUse("no-such", "", "")}, "there is no photo “no-such”"),
        ({"gallery": (DemoUse("no-such", "", ""),)}, "there is no photo “no-such”"),
        ({"related": ("gone",)}, "there is no published article “gone”"),
        ({"related": ("oral-history-of-the-shed",)}, "there is no published article “oral-"),
        ({"related": (STORY.slug,)}, f"the related story “{STORY.slug}” must be older"),
        ({"body": "<p>a</p>{{photo:no-such}}"}, "there is no photo “no-such”"),
        ({"body": '<p><a href="{{article:gone}}">a</a></p>'}, "there is no article “gone”"),
        ({"body": "<p>{{video:x}}</p>"}, "what is “{{video:x}}” for?"),
        ({"body": "<oembed>https://x.com/a/status/1</oembed>"}, "write one [[embeds]] for each"),
        ({"kind": "rant"}, "there is no kind “rant”"),
        ({"status": "secret"}, "there is no status “secret”"),
        ({"flags": ("loud",)}, "there is no flag “loud”"),
        (
            {"corrections": (DemoCorrection("oops", "top", "", STORY.ago),)},
            "there is no kind of correction “oops”",
        ),
    ],
)
def test_a_story_that_names_what_is_not_there(changes: dict[str, object], problem: str) -> None:
    assert f"{STORY.slug}.toml: {problem}" in " ".join(problems_of(with_story(**changes)))


def test_a_picture_of_an_unknown_recipe_or_palette() -> None:
    key, photo = next(iter(CONTENT.photos.items()))
    broken = replace(photo, picture=replace(photo.picture, recipe="soup", palette="beige"))
    problems = problems_of(replace(CONTENT, photos={**CONTENT.photos, key: broken}))
    assert problems == [
        f"photo {key}: there is no recipe “soup”.",
        f"photo {key}: there is no palette “beige”.",
    ]


def test_a_login_that_no_role_has() -> None:
    person = replace(CONTENT.people[0], login="owner")
    problems = problems_of(replace(CONTENT, people=(person, *CONTENT.people[1:])))
    assert problems == ["people.toml: there is no login “owner”."]


def test_an_agency_of_an_unknown_house() -> None:
    agency = replace(CONTENT.agencies[0], parent="Nobody & Sons")
    problems = problems_of(replace(CONTENT, agencies=(agency, *CONTENT.agencies[1:])))
    assert problems == [f"{agency.name}: there is no agency “Nobody & Sons”."]


def test_a_tag_with_a_picture_that_is_not_there() -> None:
    tag = replace(CONTENT.tags[0], image="no-such")
    problems = problems_of(replace(CONTENT, tags=(tag, *CONTENT.tags[1:])))
    assert problems == [f"tag {tag.name}: there is no photo “no-such”."]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"articles": ("gone",)}, "there is no published article “gone”."),
        ({"hero": "no-such"}, "there is no photo “no-such”."),
        ({"articles": (STORY.slug, STORY.slug)}, f"“{STORY.slug}” stands there twice."),
    ],
)
def test_a_series_of_what_is_not_there(changes: dict[str, object], problem: str) -> None:
    series = replace(CONTENT.series[0], **changes)  # type: ignore[arg-type]
    problems = problems_of(replace(CONTENT, series=(series,)))
    assert problems == [f"series {series.slug}: {problem}"]


def slot(*slugs: str, room: int = 1) -> DemoSlot:
    return DemoSlot("lead", "", room, True, tuple(DemoEntry(s, "", False, None) for s in slugs))


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        (DemoFront("sport", ()), "front sport: there is no section “sport”."),
        (
            DemoFront("", (slot("gone"),)),
            "front home, slot lead: there is no published article “gone”.",
        ),
        (DemoFront("", (slot(), slot())), "front home: “lead” stands there twice."),
        (
            DemoFront("", (slot("ballast", "the-salt-year"),)),
            "front home, slot lead: it has 2 entries and room for 1.",
        ),
        (
            DemoFront("", (slot("ballast", "ballast", room=2),)),
            "front home, slot lead: “ballast” stands there twice.",
        ),
    ],
)
def test_a_front_with_what_is_not_there(front: DemoFront, problem: str) -> None:
    assert problems_of(replace(CONTENT, fronts=(front,))) == [problem]


def test_a_banner_that_leads_nowhere_at_no_time() -> None:
    banner = replace(CONTENT.banners[0], article="gone", level="loud", lasts=timedelta(0))
    assert problems_of(replace(CONTENT, banners=(banner,))) == [
        "banner: there is no published article “gone”.",
        "banner: there is no level “loud”.",
        "banner: write how many hours it stays up, more than 0.",
    ]
