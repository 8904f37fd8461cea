"""From the TOML files of content/ to the dataclasses of articles.demo.content."""

from pathlib import Path

from articles.demo import NEWSROOM_NAME
from articles.demo.content import (
    DemoAgency,
    DemoContent,
    DemoPerson,
    DemoPhoto,
    DemoSection,
    DemoTag,
)
from articles.demo.passport import Passport
from articles.demo.pictures import PictureSpec
from articles.demo.reading_articles import named_tag, read_article
from articles.demo.reading_fronts import read_banner, read_front, read_series
from articles.demo.toml_table import ContentError, Table

CONTENT_DIR = Path(__file__).resolve().parent / "content"
LANDSCAPE = (1280, 853)
SQUARE = (960, 960)


def read_content(folder: Path = CONTENT_DIR) -> DemoContent:
    """Everything in that folder. Raises ContentError at the first file that is wrong in itself;
    what the files say of each other is articles.demo.references' business."""
    photos = Table.of_file(folder / "photos.toml")
    fronts = Table.of_file(folder / "fronts.toml")
    content = DemoContent(
        sections=tuple(map(_section, _all(folder / "sections.toml", "section"))),
        agencies=tuple(map(_agency, photos.tables("agency"))),
        photos=_photos(photos),
        people=tuple(map(_person, _all(folder / "people.toml", "person"))),
        tags=tuple(map(_tag, _all(folder / "tags.toml", "tag"))),
        articles=tuple(read_article(path) for path in sorted((folder / "articles").glob("*.toml"))),
        series=tuple(map(read_series, _all(folder / "series.toml", "series"))),
        fronts=tuple(map(read_front, fronts.tables("front"))),
        banners=tuple(map(read_banner, fronts.tables("banner"))),
    )
    photos.finish()
    fronts.finish()
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
        image=table.text("image", ""),
    )
    table.finish()
    return tag


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
        beats=tuple(named_tag(text, table.source) for text in table.texts("beats")),
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
            alt=f"Flat illustration of {name}, head and shoulders",
            photographers=(),
            credit=NEWSROOM_NAME,
            copyright=f"© {NEWSROOM_NAME}",
        ),
    )
    table.finish()
    return spec
