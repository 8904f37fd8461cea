"""What the demo's files say of each other: every name used must be a name given."""

import re
from collections.abc import Iterator

from articles.demo.content import DemoArticle, DemoContent
from articles.demo.palettes import PALETTES
from articles.demo.pictures import RECIPES, PictureSpec
from articles.demo.references_desk import arrangement_problems, unknown

PHOTO_PLACE = re.compile(r"\{\{photo:([a-z0-9-]+)\}\}")
ARTICLE_LINK = re.compile(r"\{\{article:([a-z0-9-]+)\}\}")
ANY_PLACE = re.compile(r"\{\{[^}]*\}\}")
ROLES = frozenset({"author", "reporting", "photos", "translation", "editing"})
KINDS = frozenset(
    {
        "news",
        "opinion",
        "analysis",
        "review",
        "interview",
        "feature",
        "list",
        "gallery",
        "sponsored",
    }
)
STATUSES = frozenset({"published", "draft", "review", "withdrawn"})
FLAGS = frozenset({"sensitive", "legally_sensitive", "no_ads", "no_related", "noindex"})
CORRECTIONS = frozenset({"correction", "clarification", "update", "retraction", "editors_note"})
LOGINS = frozenset({"writer", "editor", "moderator"})


def problems_of(content: DemoContent) -> list[str]:
    """Every broken reference as a sentence; empty when all hold."""
    found = list(_picture_problems(content))
    people = {person.slug for person in content.people}
    sections = {section.slug for section in content.sections}
    slugs = {article.slug for article in content.articles}
    for article in content.articles:
        at = f"{article.slug}.toml"
        found += unknown(at, "section", [article.section], sections)
        found += unknown(
            at, "contributor", [byline.contributor for byline in article.bylines], people
        )
        found += unknown(at, "role", [byline.role for byline in article.bylines], ROLES)
        found += unknown(at, "photo", photos_of(article), content.photos)
        found += unknown(at, "article", ARTICLE_LINK.findall(article.body), slugs)
        found += unknown(at, "kind", [article.kind], KINDS)
        found += unknown(at, "status", [article.status], STATUSES)
        found += unknown(at, "flag", article.flags, FLAGS)
        found += unknown(
            at, "kind of correction", [c.kind for c in article.corrections], CORRECTIONS
        )
        if article.body.count("<oembed>") != len(article.embeds):
            found.append(f"{at}: write one [[embeds]] for each <oembed> of the body, in order.")
        rest = ARTICLE_LINK.sub("", PHOTO_PLACE.sub("", article.body))
        found += [f"{at}: what is “{place}” for?" for place in ANY_PLACE.findall(rest)]
        found += _related_problems(article, content)
    found += arrangement_problems(content)
    found += unknown("people.toml", "login", [p.login for p in content.people if p.login], LOGINS)
    return found


def photos_of(article: DemoArticle) -> list[str]:
    """The keys of the article's photos: the lead, those of the body, the gallery's."""
    lead = [article.lead.photo] if article.lead else []
    gallery = [use.photo for use in article.gallery]
    return [*lead, *PHOTO_PLACE.findall(article.body), *gallery]


def _picture_problems(content: DemoContent) -> Iterator[str]:
    people = {person.slug for person in content.people}
    agencies = {agency.name for agency in content.agencies}
    for photo in content.photos.values():
        yield from _spec_problems(f"photo {photo.key}", photo.picture)
        yield from unknown(
            f"photo {photo.key}", "contributor", filter(None, [photo.contributor]), people
        )
    for person in content.people:
        if person.portrait:
            yield from _spec_problems(f"portrait of {person.slug}", person.portrait)
    for tag in content.tags:
        at = f"tag {tag.name}"
        yield from unknown(at, "photo", filter(None, [tag.image]), content.photos)
    for agency in content.agencies:
        yield from unknown(agency.name, "agency", filter(None, [agency.parent]), agencies)


def _related_problems(article: DemoArticle, content: DemoContent) -> list[str]:
    """The loader makes the oldest first, so what stands beside a story must be older."""
    at = f"{article.slug}.toml"
    ages = {other.slug: other.ago for other in content.articles if other.status == "published"}
    return [
        *unknown(at, "published article", article.related, ages),
        *(
            f"{at}: the related story “{slug}” must be older."
            for slug in article.related
            if slug in ages and ages[slug] <= article.ago
        ),
    ]


def _spec_problems(at: str, spec: PictureSpec) -> Iterator[str]:
    yield from unknown(at, "recipe", [spec.recipe], RECIPES)
    yield from unknown(at, "palette", [spec.palette], PALETTES)
