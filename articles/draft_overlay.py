"""A draft as the article that readers would get: rows in memory, never saved.

The reader's own page code renders it; it takes relations that are in memory as they are.
"""

import copy
from collections.abc import Sequence

from django.utils import timezone

from articles.body.clean import clean
from articles.body.outline import outline
from articles.drafts import Draft, DraftUse
from articles.embeds.provider import EmbedRef
from articles.embeds.rows import embed_key
from articles.models import (
    Article,
    Byline,
    Contributor,
    Embed,
    EmbedUse,
    Photo,
    PhotoUse,
    Related,
    Section,
    Tag,
    TaggedArticle,
)
from articles.story_rows import hold
from newsroom.lib.html import plain_text


def overlay(article: Article, draft: Draft) -> Article:
    """The article as it would be with this draft, for showing only: saving it is a mistake.

    6 queries: people, tags, photos, stories beside it, the posts in its body, its section.
    """
    story = copy.copy(article)
    story._state = copy.copy(article._state)
    story._state.fields_cache = {}
    setattr(story, "_prefetched_objects_cache", {})  # noqa: B010  (where prefetching puts rows)
    for name, value in draft.fields.items():
        setattr(story, name, value)
    # The date that readers would see if it were published now.
    story.publish_at = story.publish_at or timezone.now()
    # One that is gone since leaves the story without.
    story.section = Section.objects.filter(pk=story.section_id or 0).first()
    body = clean(story.body_html)
    story.body_html, story.body_text = body.html, plain_text(body.html)
    story.word_count = outline(body.html).words
    uses = _uses(story, draft.photo_uses)
    story.lead = next((use for use in uses if use.slot == PhotoUse.Slot.LEAD), None)
    hold(story, "photo_uses", uses)
    hold(story, "bylines", _bylines(story, draft))
    hold(story, "tag_uses", _tag_uses(story, draft))
    hold(story, "related_links", _related(story, draft))
    hold(story, "embed_uses", _embed_uses(story, body.embeds))
    return story


def _uses(story: Article, uses: Sequence[DraftUse]) -> list[PhotoUse]:
    photos = Photo.objects.select_related("photographer", "agency", "via")
    known = photos.in_bulk([use.photo_id for use in uses])
    return [
        PhotoUse(
            id=use.id,
            article=story,
            photo=known[use.photo_id],
            slot=use.slot,
            order=order,
            caption=use.caption,
            alt=use.alt,
            decorative=use.decorative,
            credit_override=use.credit_override,
            crop=use.crop,
        )
        for order, use in enumerate(uses)
        if use.photo_id in known
    ]


def _bylines(story: Article, draft: Draft) -> list[Byline]:
    people = Contributor.objects.in_bulk([byline.contributor_id for byline in draft.bylines])
    return [
        Byline(
            article=story,
            contributor=people[byline.contributor_id],
            role=byline.role,
            order=order,
            text_override=byline.text_override,
        )
        for order, byline in enumerate(draft.bylines)
        if byline.contributor_id in people
    ]


def _tag_uses(story: Article, draft: Draft) -> list[TaggedArticle]:
    known = Tag.objects.in_bulk(draft.tags)
    tags = [known[pk] for pk in draft.tags if pk in known]
    return [
        TaggedArticle(content_object=story, tag=tag, order=order, is_primary=order == 0)
        for order, tag in enumerate(tags)
    ]


def _related(story: Article, draft: Draft) -> list[Related]:
    known = Article.objects.in_bulk(draft.related)
    stories = [known[pk] for pk in draft.related if pk in known]
    return [Related(article=story, to=to, order=order) for order, to in enumerate(stories)]


def _embed_uses(story: Article, refs: Sequence[EmbedRef]) -> list[EmbedUse]:
    """The posts' rows; one that has none yet is shown as it will be while it waits for a worker."""
    keys = {embed_key(ref) for ref in refs}
    rows = Embed.objects.filter(key__in=keys).select_related("alias_of") if keys else ()
    known = {(embed.provider, embed.key): embed.alias_of or embed for embed in rows}
    return [
        EmbedUse(
            article=story,
            embed=known.get((ref.provider, embed_key(ref))) or _new(ref),
            position=position,
            url=ref.url,
            start=ref.start,
        )
        for position, ref in enumerate(refs)
    ]


def _new(ref: EmbedRef) -> Embed:
    return Embed(
        provider=ref.provider,
        key=embed_key(ref),
        media_id=ref.media_id or "",
        url=ref.canonical_url or ref.url,
        canonical_url=ref.canonical_url or "",
        kind=ref.kind,
        quote=ref.quote,
        quote_author=ref.author,
    )
