"""Broken references are found all at once, and each names its file."""

from dataclasses import replace

import pytest

from articles.demo.content import DemoArticle, DemoByline, DemoContent, DemoCorrection, DemoLead
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
        ({"lead": DemoLead("no-such", "", "")}, "there is no photo “no-such”"),
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
