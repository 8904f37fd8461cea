"""The demo's content as data: what the TOML files of content/ say, typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.demo.pictures import PictureSpec


@dataclass(frozen=True, slots=True)
class DemoSection:
    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class DemoAgency:
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class DemoPhoto:
    """A picture to paint; `credit`, where given, is a line for the credit grammar."""

    key: str
    picture: PictureSpec
    credit: str
    contributor: str


@dataclass(frozen=True, slots=True)
class DemoTag:
    """`name` with its kind; an article names it as "kind:name". `image` is a photo's key."""

    kind: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    slug: str
    name: str
    kind: str
    title: str
    bio: str
    email: str
    login: str
    beats: tuple[DemoTag, ...]
    portrait: PictureSpec | None


@dataclass(frozen=True, slots=True)
class DemoByline:
    contributor: str
    role: str


@dataclass(frozen=True, slots=True)
class DemoUse:
    """A photo as lead or in a gallery; caption, alt and ratio (a shape of articles.photos.use_crop)
    are the photo's own where they are empty.
    """

    photo: str
    caption: str
    alt: str
    ratio: str = ""

    @property
    def crop(self) -> dict[str, str]:
        return {"ratio": self.ratio} if self.ratio else {}


@dataclass(frozen=True, slots=True)
class DemoCorrection:
    kind: str
    position: str
    text: str
    ago: timedelta


@dataclass(frozen=True, slots=True)
class DemoEmbed:
    """What the newsroom knows of an embedded post, in the order of the body's embeds: the posts
    don't exist, so no provider can be asked."""

    title: str
    author: str
    quote: str
    ago: timedelta


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """`ago` is how long before the load it was published; negative: it is scheduled. `related` are
    the slugs of older stories that stand beside it.
    """

    slug: str
    headline: str
    headline_home: str
    kicker: str
    dek: str
    dateline: str
    kind: str
    section: str
    status: str
    bylines: tuple[DemoByline, ...]
    tags: tuple[DemoTag, ...]
    flags: tuple[str, ...]
    ago: timedelta
    updated_ago: timedelta | None
    lead: DemoUse | None
    gallery: tuple[DemoUse, ...]
    related: tuple[str, ...]
    corrections: tuple[DemoCorrection, ...]
    embeds: tuple[DemoEmbed, ...]
    body: str

    def publish_at(self, now: datetime) -> datetime:
        return now - self.ago


@dataclass(frozen=True, slots=True)
class DemoSeries:
    """`articles` are slugs, the first part first; `hero` is a photo's key, or empty."""

    slug: str
    title: str
    dek: str
    hero: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """A story in a slot; it leaves the slot at the end of `lasts`, counted from the load."""

    article: str
    headline: str
    pinned: bool
    lasts: timedelta | None


@dataclass(frozen=True, slots=True)
class DemoSlot:
    key: str
    title: str
    max: int
    backfill: bool
    entries: tuple[DemoEntry, ...]


@dataclass(frozen=True, slots=True)
class DemoFront:
    """`section` is a slug; the home page has none."""

    section: str
    slots: tuple[DemoSlot, ...]


@dataclass(frozen=True, slots=True)
class DemoBanner:
    """A line over every page, from the load until the end of `lasts`; it leads to `article`."""

    text: str
    level: str
    article: str
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class DemoContent:
    sections: tuple[DemoSection, ...]
    agencies: tuple[DemoAgency, ...]
    photos: dict[str, DemoPhoto]
    people: tuple[DemoPerson, ...]
    tags: tuple[DemoTag, ...]
    articles: tuple[DemoArticle, ...]
    series: tuple[DemoSeries, ...]
    fronts: tuple[DemoFront, ...]
    banners: tuple[DemoBanner, ...]
