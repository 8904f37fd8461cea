"""The agencies, wires, libraries and houses that a photo credit may name, and how to find them.

The rows are a start list: a migration seeds the agency table of the database with them, the desk
edits that table, and `AgencyTable.from_rows` reads it back. Nothing here touches the database.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

LONGEST_NAME_WORDS = 6
SHORT_NAME_LETTERS = 4

# What a line may add to an agency's name without naming another one: "AP Photo", "dpa-Bild".
TRADE_WORDS = frozenset({
    "agency", "bild", "com", "foto", "fotos", "image", "images", "inc", "llc", "ltd", "news",
    "online", "photo", "photos", "picture", "pictures", "pics", "service", "wire",
})  # fmt: skip

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\s\-\u2013\u2014#|,/]+")


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency.

    name: as the house writes it. aliases: other names and spellings; case, spaces and
    punctuation never matter. parent: name of the row that distributes it.
    archive: its pictures are archive pictures.
    stands_alone: a bracket that holds this name and nothing else is a credit; not so for a name
    of two letters that means other things as well.
    """

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    archive: bool = False
    stands_alone: bool = True


def agency_key(name: str) -> str:
    """What two spellings of one name share: "Wire Image", "WIREIMAGE" → "wireimage"."""
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", name).casefold())


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """Agencies by every spelling; immutable, so that one table may serve every thread."""

    rows: tuple[AgencyRow, ...]
    by_key: dict[str, AgencyRow] = field(repr=False)
    written: frozenset[str] = field(repr=False)

    @classmethod
    def from_rows(cls, rows: Iterable[AgencyRow]) -> Self:
        """A table of `rows`; where two claim one spelling, the later row (the desk's) has it."""
        kept = tuple(rows)
        by_key: dict[str, AgencyRow] = {}
        for row in kept:
            by_key.update((agency_key(spelling), row) for spelling in (row.name, *row.aliases))
        by_key.pop("", None)
        written = frozenset(spelling for row in kept for spelling in (row.name, *row.aliases))
        return cls(rows=kept, by_key=by_key, written=written)

    def find(self, name: str) -> AgencyRow | None:
        """The row that `name` is a spelling of, with or without a trade word ("AFP Photo")."""
        words = [(m.start(), m.end()) for m in _WORD.finditer(name)]
        if not 0 < len(words) <= LONGEST_NAME_WORDS:
            return None
        key = agency_key(name)
        row = self.by_key.get(key) or self.by_key.get(key.removesuffix("com"))
        while row is None and len(words) > 1:
            start, end = words.pop()
            if agency_key(name[start:end]) not in TRADE_WORDS:
                break
            row = self.by_key.get(agency_key(name[: words[-1][1]]))
        return row or self._find_joined(name)

    def _find_joined(self, name: str) -> AgencyRow | None:
        """The first of several agencies written as one: "AFP-Yonhap"."""
        names = re.split(r"\s?[-\u2013\u2014]\s?", name)
        rows = [self.by_key.get(agency_key(part)) for part in names]
        return rows[0] if len(rows) > 1 and all(rows) else None

    def stands_alone(self, name: str) -> bool:
        """May `name` be a whole credit? A short name must be written as the agency writes it:
        "(MEGA)" is a credit, "(Mega)" may be anything."""
        row = self.find(name)
        if row is None or not row.stands_alone:
            return False
        return len(agency_key(name)) > SHORT_NAME_LETTERS or name in self.written

    def split_end(self, text: str) -> tuple[str, str] | None:
        """("Amos Mwangi-", "Imagn Images"): the longest agency name that `text` ends with."""
        starts = [m.start() for m in _WORD.finditer(text)][-LONGEST_NAME_WORDS:]
        return next(self._splits((text[:at], text[at:]) for at in starts), None)

    def split_start(self, text: str) -> tuple[str, str] | None:
        """("Hideo Tanaka", "AP Photo"): what follows the longest agency name `text` begins
        with, and that name."""
        ends = [m.end() for m in _WORD.finditer(text)][:LONGEST_NAME_WORDS]
        return next(self._splits((text[at:], text[:at]) for at in reversed(ends)), None)

    def _splits(self, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        return ((rest, name) for rest, name in pairs if rest.strip() and self.find(name))


_GETTY = "Getty Images"

AGENCIES: tuple[AgencyRow, ...] = (
    # Getty Images, its collections and its partners' brands
    AgencyRow(_GETTY, ("Getty", "Getty Image", "Getty Images Entertainment", "Getty Images Sport")),
    AgencyRow("WireImage", parent=_GETTY),
    AgencyRow("FilmMagic", parent=_GETTY),
    AgencyRow("GC Images", ("GC",), parent=_GETTY, stands_alone=False),
    AgencyRow("Redferns", parent=_GETTY),
    AgencyRow("Hulton Archive", ("Hulton", "Hulton-Deutsch"), parent=_GETTY, archive=True),
    AgencyRow("Michael Ochs Archives", parent=_GETTY, archive=True),
    AgencyRow("Bettmann", ("Bettmann Archive",), parent=_GETTY, archive=True),
    AgencyRow("Archive Photos", parent=_GETTY, archive=True),
    AgencyRow("Corbis", ("Corbis Entertainment", "Corbis Sport"), parent=_GETTY),
    AgencyRow("iStock", ("iStockphoto", "iStock by Getty Images"), parent=_GETTY),
    AgencyRow("Icon Sportswire", parent=_GETTY),
    AgencyRow("NurPhoto", parent=_GETTY),
    AgencyRow("Penske Media", ("PMC",), parent=_GETTY),
    AgencyRow("Variety", parent="Penske Media"),
    AgencyRow("WWD", parent="Penske Media"),
    AgencyRow("Billboard", parent="Penske Media"),
    AgencyRow("Rolling Stone", parent="Penske Media"),
    AgencyRow("The Hollywood Reporter", parent="Penske Media"),
    AgencyRow("Deadline", parent="Penske Media"),
    AgencyRow("Bauer-Griffin", parent="GC Images"),
    AgencyRow("Patrick McMullan", parent=_GETTY),
    AgencyRow("Future Publishing", parent=_GETTY),
    # The wires
    AgencyRow("AP", ("Associated Press", "The Associated Press", "AP Images", "AP Wire")),
    AgencyRow("Invision", parent="AP"),
    AgencyRow("Reuters", ("REUTERS", "Thomson Reuters", "ロイター", "路透社", "Рейтер")),
    AgencyRow("AFP", ("Agence France-Presse", "АФП")),
    AgencyRow("EPA-EFE", ("EPA", "EPA/EFE", "European Pressphoto Agency")),
    AgencyRow("EFE", ("Agencia EFE",)),
    AgencyRow("dpa", ("DPA", "Deutsche Presse-Agentur")),
    AgencyRow("picture alliance", ("Picture Alliance", "picture-alliance"), parent="dpa"),
    AgencyRow("PA Wire", ("PA Media", "PA", "PA Archive", "Press Association"), stands_alone=False),
    AgencyRow("UPI", ("United Press International",)),
    AgencyRow("TNS", ("Tribune News Service",)),
    AgencyRow("Bloomberg"),
    AgencyRow("Anadolu", ("Anadolu Agency", "Anadolu Ajansi")),
    AgencyRow("Xinhua", ("Xinhua News Agency", "新华社", "新華社")),
    AgencyRow("Visual China Group", ("VCG", "视觉中国", "視覺中國")),
    AgencyRow("China News Service", ("中新社",)),
    AgencyRow("Kyodo News", ("Kyodo", "共同", "共同通信", "共同通信社")),
    AgencyRow("Jiji Press", ("Jiji", "時事", "時事通信", "時事通信社")),
    AgencyRow("Aflo", ("アフロ",)),
    AgencyRow("Yonhap", ("Yonhap News", "연합뉴스")),
    AgencyRow("Newsis", ("뉴시스",)),
    AgencyRow("News1", ("뉴스1",)),
    AgencyRow("TASS", ("ITAR-TASS", "ТАСС", "ИТАР-ТАСС")),
    AgencyRow("RIA Novosti", ("Sputnik", "РИА Новости")),
    AgencyRow("Kommersant", ("Коммерсантъ", "Коммерсант")),
    AgencyRow("Global Look Press"),
    AgencyRow("UNIAN", ("УНИАН", "УНІАН")),
    AgencyRow("Ukrinform", ("Укринформ", "Укрінформ")),
    AgencyRow("ANSA"),
    AgencyRow("LaPresse"),
    AgencyRow("Lusa"),
    AgencyRow("Agência Brasil", ("Agencia Brasil",)),
    AgencyRow("Folhapress"),
    AgencyRow("Europa Press"),
    AgencyRow("Notimex"),
    AgencyRow("Cuartoscuro"),
    AgencyRow("Belga"),
    AgencyRow("ANP"),
    AgencyRow("Keystone", ("Keystone-SDA",)),
    AgencyRow("APA", ("APA-PictureDesk", "Austria Presse Agentur")),
    AgencyRow("TT", ("TT Nyhetsbyrån",), stands_alone=False),
    AgencyRow("NTB", ("NTB Scanpix",)),
    AgencyRow("Ritzau Scanpix", ("Ritzau", "Scanpix")),
    AgencyRow("Lehtikuva"),
    AgencyRow("PAP", ("Polska Agencja Prasowa",)),
    AgencyRow("Agencja Gazeta", ("Agencja Wyborcza.pl",)),
    AgencyRow("ČTK", ("CTK",)),
    AgencyRow("MTI"),
    AgencyRow("Agerpres"),
    AgencyRow("PTI", ("Press Trust of India",)),
    AgencyRow("ANI"),
    AgencyRow("AAP", ("AAP Image",)),
    AgencyRow("The Canadian Press", ("Canadian Press",)),
    AgencyRow("IRNA"),
    AgencyRow("WAFA"),
    # Picture agencies and libraries
    AgencyRow("Shutterstock", ("Rex", "REX", "Rex Features", "REX Shutterstock")),
    AgencyRow("Splash News", ("Splash", "SplashNews.com", "Splash News Online")),
    AgencyRow("BACKGRID", ("Backgrid USA", "AKM-GSI", "BACKGRID USA")),
    AgencyRow("MEGA", ("MEGA Agency", "TheMegaAgency.com")),
    AgencyRow("INSTARimages", ("INSTAR",)),
    AgencyRow("X17", ("X17online",)),
    AgencyRow("Star Max", ("StarMax", "STAR MAX")),
    AgencyRow("WENN", ("WENN.com",)),
    AgencyRow("Cover Images"),
    AgencyRow("Startraks", ("Startraks Photo",)),
    AgencyRow("ZUMA Press", ("ZUMA", "ZUMA Press Wire", "ZUMAPRESS.com", "ZUMA Wire")),
    AgencyRow("Sipa USA", ("SIPA", "Sipa Press")),
    AgencyRow("Abaca", ("Abaca Press", "ABACAPRESS.COM")),
    AgencyRow("USA TODAY Sports", ("USA TODAY Sports Images", "US Presswire")),
    AgencyRow("Imagn Images", ("Imagn", "Imagn Content Services")),
    AgencyRow("USA TODAY Network"),
    AgencyRow("Everett Collection", ("Everett",)),
    AgencyRow("Alamy", ("Alamy Stock Photo", "Alamy Live News", "Alamy Live")),
    AgencyRow("Imago", ("IMAGO", "imago images", "IMAGO Images")),
    AgencyRow("Redux", ("Redux Pictures",)),
    AgencyRow("Magnum Photos", ("Magnum",)),
    AgencyRow("Contour", ("Contour by Getty Images",), parent=_GETTY),
    AgencyRow("Polaris", ("Polaris Images",)),
    AgencyRow("Camera Press"),
    AgencyRow("Newscom"),
    AgencyRow("MediaPunch"),
    AgencyRow("PictureGroup"),
    AgencyRow("AdMedia"),
    AgencyRow("imageSPACE"),
    AgencyRow("Photofest"),
    AgencyRow("Mirrorpix", archive=True),
    AgencyRow("Action Images", parent="Reuters"),
    AgencyRow("LightRocket"),
    AgencyRow("Middle East Images"),
    AgencyRow("Depositphotos"),
    AgencyRow("Adobe Stock", ("Fotolia", "AdobeStock", "stock.adobe.com")),
    AgencyRow("Dreamstime"),
    AgencyRow("123RF"),
    AgencyRow("Unsplash"),
    AgencyRow("Pexels"),
    AgencyRow("Pixabay"),
    AgencyRow("Flickr"),
    AgencyRow("Wikimedia Commons", ("Wikimedia", "Wikipedia", "Wikicommons")),
    # Broadcasters, studios and publishers that hand out pictures under their own name
    AgencyRow("NBC", ("NBCUniversal", "NBCU Photo Bank")),
    AgencyRow("ABC", ("ABC Photo Archives",)),
    AgencyRow("CBS", ("CBS Photo Archive",)),
    AgencyRow("FOX", ("FOX Image Collection",)),
    AgencyRow("BBC"),
    AgencyRow("ITV"),
    AgencyRow("CNN"),
    AgencyRow("MTV"),
    AgencyRow("HBO", ("HBO Max",)),
    AgencyRow("Netflix"),
    AgencyRow("Hulu"),
    AgencyRow("Peacock"),
    AgencyRow("Paramount", ("Paramount+", "Paramount Pictures")),
    AgencyRow("Prime Video", ("Amazon Studios", "Amazon Prime Video")),
    AgencyRow("Apple TV+", ("Apple TV",)),
    AgencyRow("Disney", ("Disney+", "Walt Disney Studios")),
    AgencyRow("Warner Bros.", ("Warner Bros. Pictures", "Warner Bros")),
    AgencyRow("Universal Pictures", ("Universal",)),
    AgencyRow("Sony Pictures"),
    AgencyRow("Lionsgate"),
    AgencyRow("A24"),
    AgencyRow("The New York Times", ("New York Times", "NYT")),
    AgencyRow("The Washington Post", ("Washington Post",)),
    AgencyRow("Los Angeles Times", ("L.A. Times", "LA Times")),
    AgencyRow("Chicago Tribune"),
    AgencyRow("NASA", ("NASA/JPL-Caltech",)),
    AgencyRow("ESA"),
    AgencyRow("NOAA"),
)

DEFAULT_AGENCIES = AgencyTable.from_rows(AGENCIES)


def normalise_agency(name: str, *, agencies: AgencyTable = DEFAULT_AGENCIES) -> AgencyRow | None:
    """The row of the agency that a credit names ("getty images", "AP Photo"), None if unknown.

    Of several joined by a slash it is the first that is known ("EPA-EFE/Shutterstock" → EPA-EFE).
    """
    whole = agencies.find(name)
    return whole or next(filter(None, map(agencies.find, name.split("/"))), None)
