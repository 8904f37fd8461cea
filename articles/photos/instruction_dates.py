"""Times in a picture's instructions: the last day of use, a number of days, an embargo. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

_MONTHS = (
    "january jan januar jänner janvier janv", "february feb februar februari février fevrier févr",
    "march mar märz maerz mrz mars", "april apr avril avr", "may mai", "june jun juni juin",
    "july jul juli juillet juil", "august aug août aout", "september sep sept septembre",
    "october oct oktober okt octobre", "november nov novembre",
    "december dec dezember dez décembre decembre déc",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    r"(?<!\d)(?:(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    rf"|(?P<d2>\d{{1,2}})\s?(?:st|nd|rd|th|er|\.)?[\s-]?(?:of |de )?(?P<n2>{_MONTH})\.?,?[\s-](?P<y2>\d{{4}})"
    rf"|\b(?P<n3>{_MONTH})\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y3>\d{{4}})"
    r"|(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})[./-](?P<y4>\d{4}|\d{2}))(?!\d)",
    re.IGNORECASE,
)
_USE = (
    r"(?:use|used|usage|usable|valid|validity|licen[cs]ed?|rights?|permission|publish(?:ed)?|publication|available|"
    r"nutzbar|nutzung|verwendbar|verwendung|verwenden|gültig|veröffentlichung|rechte|"
    r"utilisables?|utilisation|utiliser|valables?|droits)"
)
_NO = r"\b(?:no|not|never|don['’]t|nicht|kein(?:e[rn]?)?|pas|plus|aucune?)\b"
# What stands before a date and makes it one: the words, then at most a few before the date.
_NEAR = r"[^.;]{0,25}$"
EMBARGO = re.compile(
    rf"(?:\bembargo\w*|\bsperrfrist\b|\bhold (?:for|until)\b|\bfor release\b|\bfrei ab\b"
    rf"|{_NO}[^.;]{{0,45}}\b(?:before|until|till|prior to|vor|bis|avant)\b){_NEAR}",
    re.IGNORECASE,
)
END = re.compile(
    rf"(?:\bexpir\w*|\bablauf\w*|\bläuft ab\b|\bfin des droits\b|\bends?\b|\buse by\b"
    rf"|{_NO}[^.;]{{0,50}}\b(?:after|beyond|past|later than|nach|après)\b"
    rf"|\b{_USE}\b[^.;]{{0,50}}(?:\b(?:until|till|through|thru|up to|to|bis)\b|jusqu['’]au)"
    rf"|\b(?:remove|delete|destroy|take|pull|kill)\w*[^.;]{{0,50}}\b(?:by|after|on|before)\b){_NEAR}",
    re.IGNORECASE,
)
_BEFORE_CHARS = 120
_NUMBERS = {
    word: number
    for number, words in {
        1: "one a an ein eine einen einem einer un une", 2: "two zwei deux", 3: "three drei trois",
        4: "four vier quatre", 5: "five fünf cinq", 6: "six sechs", 7: "seven sieben sept",
        8: "eight acht huit", 9: "nine neun neuf", 10: "ten zehn dix", 12: "twelve zwölf douze",
        14: "fourteen vierzehn quatorze", 15: "fifteen fünfzehn quinze", 28: "twenty-eight",
        30: "thirty dreißig dreissig trente", 60: "sixty sechzig soixante", 90: "ninety neunzig",
    }.items()
    for word in words.split()
}  # fmt: skip
_UNITS = {
    "hour": 1 / 24, "stunde": 1 / 24, "heure": 1 / 24, "day": 1, "tag": 1, "jour": 1, "week": 7, "woche": 7,
    "semaine": 7, "month": 30, "monat": 30, "mois": 30, "year": 365, "jahr": 365, "an": 365,
}  # fmt: skip
_LENGTH = (
    rf"(?P<n>\d{{1,4}}|\b(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}))(?:\s?\(\d{{1,4}}\))?[\s-]?(?:calendar |full )?"
    r"(?P<unit>hour|day|week|month|year|stunde|tag|woche|monat|jahr|heure|jour|semaine|mois|an)(?:e?s|e?n|e)?\b"
)
_OPENS = (
    r"(?:\b(?:for|within|up to|maximum(?: of)?|max\.?|after|valid|limited to|only|first|during|exceeding|exceed|"
    r"more than|longer than|beyond|period of|für|innerhalb(?: von)?|binnen|maximal|höchstens|nach|länger als|"
    r"pendant|dans les|durant|après|plus de|de)\b|:)\s{0,2}(?:the |a |les? |maximum of )?"
)
_CLOSES = (
    r"\s{0,2}(?:\(?(?:from|of|after|following|only|use|usage|licen[cs]e|max|maximum|period|ab|nach|seit|"
    r"à compter|après|rights?|nutzung)\b)"
)
DAYS = re.compile(rf"{_OPENS}{_LENGTH}|{_LENGTH.replace('?P<n>', '?P<n2>').replace('?P<unit>', '?P<unit2>')}{_CLOSES}", re.IGNORECASE)  # fmt: skip
_IS_USE = re.compile(
    r"\b(?:us(?:e|ed|age|es|able)\b|utilis|nutz|verwend|publi|veröffentlich|licen[cs]|lizenz|valid|gültig|valable|"
    r"availab|delet|remov|destroy|lösch|supprim|transmission|expir|rights|droits|recht|only\b|display|reproduc|online)",
    re.IGNORECASE,
)
_IS_OTHER = re.compile(
    r"\b(?:pay|invoic|bill|report|notif|inform|contact|reply|respond|tearsheet|zahl|rechnung|meld|factur|signal|notice|ago\b|old\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2})(?:[:.]?(?P<min>\d{2}))?\s?(?P<half>[ap]\.?m\b\.?)?(?P<mark>\s?(?:uhr|hrs?|h)\b)?\s?(?P<zone>UTC|GMT|BST|CEST|CET|MESZ|MEZ|EST|EDT|PST|PDT)?\b",
    re.IGNORECASE,
)
_ZONES = {"UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7}  # fmt: skip
_NOT_BEFORE = re.compile(r"\b(?:until|before|bis|avant)\s*$", re.IGNORECASE)
MAX_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Start:
    """The first moment of use; without a `zone` by the newsroom's clock."""

    day: date
    clock: time = time(0)
    zone: timezone | None = None

    def at(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.day, self.clock, self.zone or zone)


def last_days(clause: str) -> Iterator[date]:
    """The days that a clause names as the last ones of use. Of a date that reads both ways
    ("03/04/2026") the earlier.
    """
    for found, before in _dates(clause):
        if not EMBARGO.search(before) and END.search(before) and (days := _days_of(found)):
            yield min(days)


def starts(clause: str) -> Iterator[Start]:
    """The moments before which a clause forbids use. Of a date that reads both ways the later."""
    for found, before in _dates(clause):
        if EMBARGO.search(before) and (days := _days_of(found)):
            clock, zone = _clock_near(clause, found)
            yield Start(max(days), clock, zone)


def lengths(clause: str) -> Iterator[int]:
    """For how many days a clause permits use; part of a day is one."""
    if not _IS_USE.search(clause) or _IS_OTHER.search(clause):
        return
    for found in DAYS.finditer(clause):
        number = found["n"] or found["n2"]
        before = clause[
            max(0, found.start("n" if found["n"] else "n2") - 20) : found.start(
                "n" if found["n"] else "n2"
            )
        ]
        if _NOT_BEFORE.search(before):
            continue
        unit = (found["unit"] or found["unit2"]).lower()
        count = int(number) if number.isdecimal() else _NUMBERS[number.lower()]
        days = -int(-count * _UNITS[unit] // 1)
        if 0 < days <= MAX_DAYS:
            yield days


def names_a_time(clause: str) -> bool:
    """Whether a clause speaks of an embargo or an end, whatever can be read of it."""
    return bool(re.search(r"\b(?:embargo|sperrfrist|expir(?:es|y|ation))", clause, re.IGNORECASE))


def _dates(clause: str) -> Iterator[tuple[re.Match[str], str]]:
    for found in DATE.finditer(clause):
        yield found, clause[max(0, found.start() - _BEFORE_CHARS) : found.start()]


def _days_of(found: re.Match[str]) -> list[date]:
    """The days it can mean; none for one that there is not."""
    if found["y1"]:
        parts = [(found["y1"], found["m1"], found["d1"])]
    elif name := found["n2"] or found["n3"]:
        year, day = found["y2"] or found["y3"], found["d2"] or found["d3"]
        parts = [(year, str(MONTHS[name.lower()]), day)]
    else:
        year = found["y4"] if len(found["y4"]) > 2 else f"20{found['y4']}"
        parts = [(year, found["b"], found["a"])]
        if found["sep"] != ".":
            parts.append((year, found["a"], found["b"]))
    days = []
    for year, month, day in parts:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return days


def _clock_near(clause: str, found: re.Match[str]) -> tuple[time, timezone | None]:
    """A time of day beside the date: "00:01 GMT, 12 March", "12 March, 6pm"."""
    around = (
        clause[max(0, found.start() - 30) : found.start()],
        clause[found.end() : found.end() + 25],
    )
    for text in around:
        for said in _CLOCK.finditer(text):
            if not (said["min"] or said["half"] or said["mark"]):
                continue
            hour, minute = int(said["h"]), int(said["min"] or 0)
            if said["half"]:
                hour = hour % 12 + (12 if said["half"].lower().startswith("p") else 0)
            if hour < 24 and minute < 60:
                zone = _ZONES.get((said["zone"] or "").upper())
                offset = None if zone is None else timezone(timedelta(hours=zone))
                return time(hour, minute), offset
    return time(0), None
