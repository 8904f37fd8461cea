"""One row, or some more, of every model that the desk shows."""

from itertools import count

from django.contrib import admin
from django.db.models import Model
from django.utils import timezone

from articles.actions.editing import record_revision
from articles.models import (
    Agency,
    Article,
    Banner,
    Contributor,
    Correction,
    Embed,
    Front,
    ImportRecord,
    Photo,
    Redirect,
    Revision,
    Section,
    Series,
    Slot,
    SlotEntry,
    Tag,
    TagAlias,
)
from tests import builders

_numbers = count(1)


def paper_models() -> list[type[Model]]:
    """The models of the paper that are registered, in the order of their names."""
    admin.autodiscover()
    models = [model for model in admin.site._registry if model._meta.app_label == "articles"]
    return sorted(models, key=lambda model: str(model._meta.model_name))


def story() -> Article:
    """A draft with one of everything that hangs on an article."""
    article = builders.make_draft(section=builders.make_section())
    builders.make_lead(article)
    article.photo_uses.create(photo=builders.make_photo(), slot="body")
    builders.use_embed(article, builders.make_embed())
    builders.add_byline(article)
    builders.add_tag(article)
    article.corrections.create(text="Mended.")
    record_revision(article, kind=Revision.Kind.SAVE)
    return article


def row_of(model: type[Model]) -> Model:
    """A new row with the rows it names and those that hang on it."""
    number = next(_numbers)
    article = story()
    now = timezone.now()
    section = builders.make_section(parent=article.section)
    made = {
        Article: lambda: article,
        Correction: article.corrections.get,
        Revision: article.revisions.get,
        Photo: lambda: article.lead.photo,  # type: ignore[union-attr]
        Embed: lambda: article.embed_uses.get().embed,
        Section: lambda: section,
        Tag: lambda: with_alias(article.tag_uses.get().tag, number),
        Contributor: lambda: article.bylines.get().contributor,
        Agency: lambda: Agency.objects.create(
            name=f"Agency {number}", parent=Agency.objects.first()
        ),
        Redirect: lambda: Redirect.objects.create(old_path=f"/{number}/", target_article=article),
        ImportRecord: lambda: ImportRecord.objects.create(
            host="old.example", external_id=str(number), article=article
        ),
        Banner: lambda: Banner.objects.create(
            text="Breaking", starts=now, ends=now + timezone.timedelta(hours=1)
        ),
        Front: lambda: slot_of(section, article).front,
        Series: lambda: series_of(article),
        Slot: lambda: slot_of(section, article),
    }
    return made[model]()  # type: ignore[index]


def with_alias(tag: Tag, number: int) -> Tag:
    TagAlias.objects.create(tag=tag, name=f"Alias {number}")
    return tag


def series_of(article: Article) -> Series:
    number = next(_numbers)
    series = Series.objects.create(title=f"Series {number}", slug=f"series-{number}")
    series.items.create(article=article)
    return series


def slot_of(section: Section, article: Article) -> Slot:
    front = Front.objects.create(section=section)
    slot = Slot.objects.create(
        front=front, key="top", backfill_section=section, backfill_tag=builders.make_tag()
    )
    SlotEntry.objects.create(slot=slot, article=article)
    return slot


def more_inside(row: Model) -> None:
    """Three more of each kind of row that hangs on this one."""
    for _ in range(3):
        if isinstance(row, Article):
            for use in (row.photo_uses.model,):
                use.objects.create(article=row, photo=builders.make_photo(), slot="body")
            builders.add_byline(row)
            builders.add_tag(row)
            row.corrections.create(text="Again.")
        elif isinstance(row, Photo):
            builders.make_draft().photo_uses.create(photo=row, slot="body")
        elif isinstance(row, Embed):
            builders.use_embed(builders.make_draft(), row)
        elif isinstance(row, Tag):
            with_alias(row, next(_numbers) + 1_000)
        elif isinstance(row, Front):
            Slot.objects.create(
                front=row, key=f"slot-{next(_numbers)}", backfill_section=builders.make_section(),
                backfill_tag=builders.make_tag(),
            )  # fmt: skip
        elif isinstance(row, Series):
            row.items.create(article=builders.make_article())
        elif isinstance(row, Slot):
            SlotEntry.objects.create(slot=row, article=builders.make_article())
