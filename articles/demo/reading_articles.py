"""One file of content/articles as a DemoArticle."""

from datetime import timedelta
from pathlib import Path

from articles.demo.content import (
    DemoArticle,
    DemoByline,
    DemoCorrection,
    DemoEmbed,
    DemoTag,
    DemoUse,
)
from articles.demo.toml_table import ContentError, Table
from articles.photos.use_crop import RATIOS

TAG_KINDS = ("person", "place", "organisation", "topic", "event", "work")


def read_article(path: Path) -> DemoArticle:
    """One article; its slug is the file's name. Raises ContentError."""
    table = Table.of_file(path)
    lead = table.table("lead")
    article = DemoArticle(
        slug=path.stem,
        headline=table.text("headline"),
        headline_home=table.text("headline_home", ""),
        kicker=table.text("kicker", ""),
        dek=table.text("dek", ""),
        dateline=table.text("dateline", ""),
        kind=table.text("kind"),
        section=table.text("section"),
        status=table.text("status", "published"),
        bylines=tuple(_byline(text) for text in table.texts("bylines")),
        tags=tuple(named_tag(text, path.name) for text in table.texts("tags")),
        flags=table.texts("flags"),
        ago=_ago(table),
        updated_ago=_updated(table),
        lead=_use(lead) if lead else None,
        gallery=tuple(map(_use, table.tables("gallery"))),
        related=table.texts("related"),
        corrections=tuple(map(_correction, table.tables("corrections"))),
        embeds=tuple(map(_embed, table.tables("embeds"))),
        body=table.text("body"),
    )
    table.finish()
    return article


def _byline(text: str) -> DemoByline:
    contributor, _, role = text.partition(":")
    return DemoByline(contributor, role or "author")


def _ago(table: Table) -> timedelta:
    if table.has("hours_ago"):
        return timedelta(hours=table.number("hours_ago"))
    return timedelta(days=table.number("days_ago"))


def _updated(table: Table) -> timedelta | None:
    return (
        timedelta(days=table.number("updated_days_ago")) if table.has("updated_days_ago") else None
    )


def _use(table: Table) -> DemoUse:
    caption, alt, ratio = (table.text(key, "") for key in ("caption", "alt", "ratio"))
    use = DemoUse(table.text("photo"), caption, alt, ratio)
    if use.ratio and use.ratio not in RATIOS:
        raise ContentError(f"{table.source}: a ratio is one of {', '.join(RATIOS)}.")
    table.finish()
    return use


def _correction(table: Table) -> DemoCorrection:
    correction = DemoCorrection(
        kind=table.text("kind"),
        position=table.text("position"),
        text=table.text("text"),
        ago=_ago(table),
    )
    table.finish()
    return correction


def _embed(table: Table) -> DemoEmbed:
    embed = DemoEmbed(
        title=table.text("title", ""),
        author=table.text("author"),
        quote=table.text("quote", ""),
        ago=_ago(table),
    )
    table.finish()
    return embed


def named_tag(text: str, source: str) -> DemoTag:
    kind, colon, name = text.partition(":")
    if not colon or kind not in TAG_KINDS or not name.strip():
        raise ContentError(
            f"{source}: write a tag as kind:name, with a kind of {TAG_KINDS}, not “{text}”."
        )
    return DemoTag(kind, name.strip())
