"""From a draft to rows: what hangs on an article is made equal to what its draft says.

No transactions of its own: the verbs that save and publish drafts hold the article's row.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Field, QuerySet

from articles.body.clean import clean
from articles.drafts import DRAFT_FIELDS, LEAD, Draft, DraftByline, DraftUse
from articles.gate import MARKERS
from articles.models import (
    Article,
    Byline,
    Contributor,
    Photo,
    PhotoUse,
    Related,
    Tag,
    TaggedArticle,
)
from articles.photos.use_crop import tidy_crop
from newsroom.lib.text import clean_line, clean_text

USE_FIELDS = ("slot", "order", "caption", "alt", "decorative", "credit_override", "crop", "live")


def tidy(article: Article, draft: Draft) -> Draft:
    """The draft as the columns would hold it: text cleaned, nothing twice, one lead photo."""
    fields: dict[str, Any] = {n: _column_value(n, draft.fields[n]) for n in DRAFT_FIELDS}
    fields["body_html"] = clean(fields["body_html"] or "").html
    if article.is_released and not fields["slug"]:
        fields["slug"] = article.slug
    bylines = {(b.contributor_id, b.role): _tidy_byline(b) for b in draft.bylines}
    tidied = Draft(
        fields,
        bylines=tuple(bylines.values()),
        tags=tuple(dict.fromkeys(draft.tags)),
        photo_uses=_one_lead([_tidy_use(use) for use in draft.photo_uses]),
        related=tuple(pk for pk in dict.fromkeys(draft.related) if pk != article.pk),
    )
    fields["lead_id"] = tidied.lead.id if tidied.lead else None
    return tidied


def _column_value(name: str, value: Any) -> Any:
    column = Article._meta.get_field(name.removesuffix("_id"))
    if name.endswith("_id") or not isinstance(column, Field):
        return value
    return column.to_python(value)


def _tidy_byline(byline: DraftByline) -> DraftByline:
    return replace(byline, text_override=clean_line(byline.text_override))


def _tidy_use(use: DraftUse) -> DraftUse:
    return replace(
        use,
        caption=clean_text(use.caption),
        alt=clean_text(use.alt),
        credit_override=clean_line(use.credit_override),
        crop=tidy_crop(use.crop),
    )


def _one_lead(uses: Sequence[DraftUse]) -> tuple[DraftUse, ...]:
    leads = [use for use in uses if use.slot == LEAD]
    others = leads[1:]
    return tuple(replace(use, slot=PhotoUse.Slot.BODY) if use in others else use for use in uses)


def give_rows(article: Article, draft: Draft) -> Draft:
    """The draft with a row for each of its photos, hidden where it is new, and with those that its
    body names. 2 queries, more only for what is new.
    """
    rows = article.photo_uses.in_bulk()
    uses = [
        # A row holds one photo for good: its number with another photo is a placement of its own.
        use if use.id in rows and rows[use.id].photo_id == use.photo_id else _new_row(article, use)
        for use in draft.photo_uses
    ]
    listed = {use.id for use in uses}
    marked = dict.fromkeys(map(int, MARKERS.findall(draft.fields["body_html"])))
    uses += [_as_draft(rows[pk]) for pk in marked if pk in rows and pk not in listed]
    there = set(
        Photo.objects.filter(pk__in={u.photo_id for u in uses}).values_list("pk", flat=True)
    )
    given = replace(draft, photo_uses=tuple(use for use in uses if use.photo_id in there))
    lead = given.lead.id if given.lead else None
    return replace(given, fields={**given.fields, "lead_id": lead})


def _new_row(article: Article, use: DraftUse) -> DraftUse:
    """A row for a photo that has none here: picked just now, or taken out since and wanted again.

    The number by which a body may name it is given again only where it was drawn before (it is
    lower than the one just drawn) and nobody has it.
    """
    if not Photo.objects.filter(pk=use.photo_id).exists():
        return use
    row = PhotoUse.objects.create(
        article=article, photo_id=use.photo_id, slot=PhotoUse.Slot.BODY, live=False
    )
    number = row.pk
    if 0 < use.id < number and not PhotoUse.objects.filter(pk=use.id).exists():
        PhotoUse.objects.filter(pk=number).update(id=use.id)
        number = use.id
    return replace(use, id=number)


def _as_draft(row: PhotoUse) -> DraftUse:
    return DraftUse(
        id=row.pk,
        photo_id=row.photo_id,
        slot=PhotoUse.Slot.BODY,
        caption=row.caption,
        alt=row.alt,
        decorative=row.decorative,
        credit_override=row.credit_override,
        crop=row.crop,
    )


def write_relations(article: Article, draft: Draft) -> None:
    """Bylines, tags, photos and stories beside it, as the draft has them; what a draft names and
    somebody deleted since is left out.
    """
    _write_bylines(article, draft)
    _write_tags(article, draft)
    _write_uses(article, draft)
    _write_related(article, draft)


def _write_bylines(article: Article, draft: Draft) -> None:
    people = _there(Contributor.objects.all(), [byline.contributor_id for byline in draft.bylines])
    wanted = [byline for byline in draft.bylines if byline.contributor_id in people]
    stored = article.bylines.values_list("contributor_id", "role", "text_override")
    if list(stored) == [(b.contributor_id, b.role, b.text_override) for b in wanted]:
        return
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(
            article=article,
            contributor_id=byline.contributor_id,
            role=byline.role,
            order=order,
            text_override=byline.text_override,
        )
        for order, byline in enumerate(wanted)
    )


def _write_tags(article: Article, draft: Draft) -> None:
    there = _there(Tag.objects.all(), draft.tags)
    wanted = [pk for pk in draft.tags if pk in there]
    if list(article.tag_uses.values_list("tag_id", flat=True)) == wanted:
        return
    article.tag_uses.all().delete()
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag_id=pk, order=order, is_primary=order == 0)
        for order, pk in enumerate(wanted)
    )


def _write_uses(article: Article, draft: Draft) -> None:
    wanted = {use.id: (order, use) for order, use in enumerate(draft.photo_uses)}
    article.photo_uses.filter(live=True).exclude(pk__in=wanted).delete()
    rows = list(article.photo_uses.filter(pk__in=wanted))
    # Two leads at once are refused by the database: the old one steps down first.
    article.photo_uses.filter(slot=LEAD).update(slot=PhotoUse.Slot.BODY)
    for row in rows:
        order, use = wanted[row.pk]
        row.slot, row.order, row.live = use.slot, order, True
        row.caption, row.alt, row.decorative = use.caption, use.alt, use.decorative
        row.credit_override, row.crop = use.credit_override, use.crop
    PhotoUse.objects.bulk_update(rows, USE_FIELDS)
    article.lead = next((row for row in rows if row.slot == LEAD), None)
    Article.objects.filter(pk=article.pk).update(lead=article.lead)


def _write_related(article: Article, draft: Draft) -> None:
    there = _there(Article.objects.all(), draft.related)
    wanted = [pk for pk in draft.related if pk in there]
    if list(article.related_links.values_list("to_id", flat=True)) == wanted:
        return
    article.related_links.all().delete()
    Related.objects.bulk_create(
        Related(article=article, to_id=pk, order=order) for order, pk in enumerate(wanted)
    )


def _there(rows: QuerySet[Any], ids: Sequence[int]) -> set[int]:
    """Those of the ids that have a row."""
    return set(rows.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
