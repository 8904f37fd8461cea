"""A small demo for fast tests: a few stories that name no other, with pictures of a thumb's size."""

from dataclasses import replace

from articles.demo.content import DemoContent
from articles.demo.reading import read_content

SMALL_SIZE = (240, 160)
STORIES = (
    "the-umbrella-mender",
    "tollhouse-closes-upper-circle",
    "lowlight-moves-indoors",
    "averil-film-week-closing-film",
    "oral-history-of-the-shed",
)


def small_content(*slugs: str) -> DemoContent:
    content = read_content()
    return replace(
        content,
        articles=tuple(
            replace(a, related=()) for a in content.articles if a.slug in (slugs or STORIES)
        ),
        tags=tuple(replace(tag, image="") for tag in content.tags),
        series=(),
        fronts=(),
        banners=(),
        people=tuple(replace(person, portrait=None) for person in content.people),
        photos={
            key: replace(photo, picture=replace(photo.picture, size=SMALL_SIZE))
            for key, photo in content.photos.items()
        },
    )
