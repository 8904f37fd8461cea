"""What the demo's files say of each other: every name used must be a name given."""

import re
from collections.abc import Iterable, Iterator

from articles.demo.content import DemoArticle, DemoContent
from articles.demo.palettes import PALETTES
from articles.demo.pictures import RECIPES, PictureSpec

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
STATUSES = frozenset({"published", "draft", "review"})
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
        found += _unknown(at, "section", [article.section], sections)
        found += _unknown(
            at, "contributor", [byline.contributor for byline in article.bylines], people
        )
        found += _unknown(at, "role", [byline.role for byline in article.bylines], ROLES)
        found += _unknown(at, "photo", photos_of(article), content.photos)
        found += _unknown(at, "article", ARTICLE_LINK.findall(article.body), slugs)
        found += _unknown(at, "kind", [article.kind], KINDS)
        found += _unknown(at, "status", [article.status], STATUSES)
        found += _unknown(at, "flag", article.flags, FLAGS)
        found += _unknown(
            at, "kind of correction", [c.kind for c in article.corrections], CORRECTIONS
        )
        if article.body.count("<oembed>") != len(article.embeds):
            found.append(f"{at}: write one [[embeds]] for each <oembed> of the body, in order.")
        rest = ARTICLE_LINK.sub("", PHOTO_PLACE.sub("", article.body))
        found += [f"{at}: what is “{place}” for?" for place in ANY_PLACE.findall(rest)]
    found += _unknown("people.toml", "login", [p.login for p in content.people if p.login], LOGINS)
    return found


def photos_of(article: DemoArticle) -> list[str]:
    """The keys of the article's photos, the lead first."""
    lead = [article.lead.photo] if article.lead else []
    return lead + PHOTO_PLACE.findall(article.body)


def _picture_problems(content: DemoContent) -> Iterator[str]:
    people = {person.slug for person in content.people}
    agencies = {agency.name for agency in content.agencies}
    for photo in content.photos.values():
        yield from _spec_problems(f"photo {photo.key}", photo.picture)
        yield from _unknown(
            f"photo {photo.key}", "contributor", filter(None, [photo.contributor]), people
        )
    for person in content.people:
        if person.portrait:
            yield from _spec_problems(f"portrait of {person.slug}", person.portrait)
    for agency in content.agencies:
        yield from _unknown(agency.name, "agency", filter(None, [agency.parent]), agencies)


def _spec_problems(at: str, spec: PictureSpec) -> Iterator[str]:
    yield from _unknown(at, "recipe", [spec.recipe], RECIPES)
    yield from _unknown(at, "palette", [spec.palette], PALETTES)


def _unknown(at: str, what: str, used: Iterable[str], known: Iterable[str]) -> list[str]:
    given = set(known)
    return [f"{at}: there is no {what} “{name}”." for name in used if name not in given]
