"""From the TOML files of content/ to the dataclasses of articles.demo.content."""

from datetime import timedelta
from pathlib import Path

from articles.demo import NEWSROOM_NAME
from articles.demo.content import (
    DemoAgency,
    DemoArticle,
    DemoByline,
    DemoContent,
    DemoCorrection,
    DemoEmbed,
    DemoLead,
    DemoPerson,
    DemoPhoto,
    DemoSection,
    DemoTag,
)
from articles.demo.passport import Passport
from articles.demo.pictures import PictureSpec
from articles.demo.toml_table import ContentError, Table

CONTENT_DIR = Path(__file__).resolve().parent / "content"
LANDSCAPE = (1800, 1200)
SQUARE = (1600, 1600)

TAG_KINDS = ("person", "place", "organisation", "topic", "event", "work")


def read_content(folder: Path = CONTENT_DIR) -> DemoContent:
    """Everything in that folder. Raises ContentError at the first file that is wrong in itself;
    what the files say of each other is articles.demo.references' business."""
    photos = Table.of_file(folder / "photos.toml")
    content = DemoContent(
        sections=tuple(map(_section, _all(folder / "sections.toml", "section"))),
        agencies=tuple(map(_agency, photos.tables("agency"))),
        photos=_photos(photos),
        people=tuple(map(_person, _all(folder / "people.toml", "person"))),
        tags=tuple(map(_tag, _all(folder / "tags.toml", "tag"))),
        articles=tuple(read_article(path) for path in sorted((folder / "articles").glob("*.toml"))),
    )
    photos.finish()
    return content


def _all(path: Path, key: str) -> list[Table]:
    table = Table.of_file(path)
    tables = list(table.tables(key))
    table.finish()
    return tables


def _section(table: Table) -> DemoSection:
    section = DemoSection(table.text("slug"), table.text("name"), table.text("description", ""))
    table.finish()
    return section


def _agency(table: Table) -> DemoAgency:
    agency = DemoAgency(table.text("name"), table.text("parent", ""))
    table.finish()
    return agency


def _photos(table: Table) -> dict[str, DemoPhoto]:
    photos = table.table("photo")
    found = {}
    for key in list(photos.values) if photos else ():
        entry = photos.table(key) if photos else None
        if entry is None:
            raise ContentError(f"{table.source}: photo “{key}” says nothing.")
        found[key] = _photo(key, entry)
    return found


def _photo(key: str, table: Table) -> DemoPhoto:
    names = table.text("photographer", "")
    agency = table.text("agency", "")
    photographers = tuple(name.strip() for name in names.split(",") if name.strip())
    photo = DemoPhoto(
        key=key,
        picture=PictureSpec(
            recipe=table.text("recipe"),
            palette=table.text("palette"),
            seed=table.whole("seed"),
            size=_size(table),
            passport=Passport(
                caption=table.text("caption"),
                alt=table.text("alt"),
                photographers=photographers,
                credit=agency,
                copyright=f"© {agency or names or NEWSROOM_NAME}",
            ),
        ),
        credit=table.text("credit", ""),
        contributor=table.text("contributor", ""),
    )
    table.finish()
    return photo


def _size(table: Table) -> tuple[int, int]:
    if not table.has("size"):
        return LANDSCAPE
    size = table.values.pop("size")
    match size:
        case [int(width), int(height)]:
            return width, height
    raise ContentError(f"{table.source}: write size = [width, height] in pixels.")


def _tag(table: Table) -> DemoTag:
    tag = DemoTag(
        kind=table.text("kind"),
        name=table.text("name"),
        description=table.text("description", ""),
        aliases=table.texts("aliases"),
    )
    table.finish()
    return tag


def _named_tag(text: str, source: str) -> DemoTag:
    kind, colon, name = text.partition(":")
    if not colon or kind not in TAG_KINDS or not name.strip():
        raise ContentError(
            f"{source}: write a tag as kind:name, with a kind of {TAG_KINDS}, not “{text}”."
        )
    return DemoTag(kind, name.strip())


def _person(table: Table) -> DemoPerson:
    name = table.text("name")
    portrait = table.table("portrait")
    person = DemoPerson(
        slug=table.text("slug"),
        name=name,
        kind=table.text("kind", "person"),
        title=table.text("title", ""),
        bio=table.text("bio", ""),
        email=table.text("email", ""),
        login=table.text("login", ""),
        beats=tuple(_named_tag(text, table.source) for text in table.texts("beats")),
        portrait=_portrait(portrait, name) if portrait else None,
    )
    table.finish()
    return person


def _portrait(table: Table, name: str) -> PictureSpec:
    spec = PictureSpec(
        recipe="portrait",
        palette=table.text("palette"),
        seed=table.whole("seed"),
        size=SQUARE,
        passport=Passport(
            caption=name,
            alt=f"Cut-paper portrait of {name}, without features",
            photographers=(),
            credit=NEWSROOM_NAME,
            copyright=f"© {NEWSROOM_NAME}",
        ),
    )
    table.finish()
    return spec


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
        tags=tuple(_named_tag(text, path.name) for text in table.texts("tags")),
        flags=table.texts("flags"),
        ago=_ago(table),
        updated_ago=_updated(table),
        lead=_lead(lead) if lead else None,
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


def _lead(table: Table) -> DemoLead:
    lead = DemoLead(table.text("photo"), table.text("caption", ""), table.text("alt", ""))
    table.finish()
    return lead


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
