"""Special instructions and usage terms, as agencies write them → what they ask for: a proposal for
a person, who applies it or not. English, and the commonest of German and French. Pure; linear time.

"For Use by Subscribers. May only be used for 14 days. No archiving or licensing. Mandatory credit."
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from articles.photos.instruction_dates import Start, last_days, lengths, names_a_time, starts
from articles.photos.territories import PLACE, PLACES

MAX_CHARS = 4_000  # of one text; agencies write a few hundred
MAX_WORDS_CHARS = 200
# What the words ask for, as the desk says it.
TERMS = {
    "no_web": "Not for the web",
    "one_time": "To be used once",
    "no_social": "Not for social media",
    "territory_out": "Not to be used in",
    "no_archive": "No archiving",
    "no_resale": "No resale, no licensing",
    "mandatory_credit": "The credit is mandatory",
    "editorial_only": "Editorial use only",
    "no_tabloids": "No tabloids",
    "no_magazines": "No magazines",
    "no_tv": "No television",
    "no_crop": "No cropping, no alteration",
    "time_unread": "Names a time that could not be read",
}
# What an online paper can't meet.
FORBIDS_WEB = frozenset({"no_web"})


class Term(NamedTuple):
    """One thing that is asked for: a key of TERMS, the words that say so, what they name."""

    code: str
    words: str
    detail: str = ""

    @property
    def label(self) -> str:
        return f"{TERMS[self.code]} {self.detail}".strip()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`last_day` of use; `days` of use from when the picture came; `start` of an embargo, each with
    the words it was read from.
    """

    last_day: date | None = None
    last_day_words: str = ""
    days: int | None = None
    days_words: str = ""
    start: Start | None = None
    start_words: str = ""
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.last_day or self.days or self.start or self.terms)

    def until(self, arrived: datetime) -> datetime | None:
        """The first moment without the right, for a picture that came then (aware, in the
        newsroom's zone): the earlier of both ends.
        """
        ends = []
        if self.last_day and self.last_day < date.max:
            day_after = self.last_day + timedelta(days=1)
            ends.append(datetime.combine(day_after, time(0), arrived.tzinfo))
        if self.days:
            ends.append(arrived + timedelta(days=self.days))
        return min(ends, default=None)

    @property
    def forbids_web(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.code in FORBIDS_WEB)


@lru_cache(512)  # the gate reads those of every photo at each autosave
def read_instructions(*texts: str) -> Proposal:
    """What instructions and usage terms propose; empty where they ask for nothing that is known."""
    last: list[tuple[date, str]] = []
    days: list[tuple[int, str]] = []
    begins: list[tuple[Start, str]] = []
    terms: dict[str, Term] = {}
    for clause in (part for text in texts for part in clauses(text)):
        words = clause[:MAX_WORDS_CHARS]
        ends, spans, embargoes = (
            list(last_days(clause)),
            list(lengths(clause)),
            list(starts(clause)),
        )
        last += [(day, words) for day in ends]
        days += [(span, words) for span in spans]
        begins += [(start, words) for start in embargoes]
        for term in _terms(clause, words):
            known = terms.setdefault(term.code, term)
            named = known.detail.split(", ")
            more = [name for name in term.detail.split(", ") if name not in named]
            if any(more):
                terms[term.code] = known._replace(detail=", ".join([known.detail, *more]))
        if names_a_time(clause) and not (ends or spans or embargoes):
            terms.setdefault("time_unread", Term("time_unread", words))
    last_day, last_words = min(last, key=lambda pair: pair[0], default=(None, ""))
    span, span_words = min(days, key=lambda pair: pair[0], default=(None, ""))
    start, start_words = max(
        begins, key=lambda pair: (pair[0].day, pair[0].clock), default=(None, "")
    )
    order = list(TERMS)
    sorted_terms = sorted(terms.values(), key=lambda term: order.index(term.code))
    return Proposal(last_day, last_words, span, span_words, start, start_words, tuple(sorted_terms))


# Not after the number of a day: "12. März".
_CLAUSE_ENDS = re.compile(r"(?<!\b\d)(?<!\b\d\d)\.(?=\s|$)|[;\r\n•|*!]|\s[-–—]{1,3}\s|//|--")


def clauses(text: str) -> list[str]:
    """The text's parts that speak for themselves, white space made even."""
    parts = _CLAUSE_ENDS.split(text[:MAX_CHARS])
    return [clause for part in parts if (clause := " ".join(part.split()))]


_TOPICS = {
    "no_archive": r"archiv\w*|library use|bildarchiv\w*",
    "no_resale": r"(?:re-?)?sales?|re-?sell\w*|sold|selling|(?:sub-?)?licen[cs]\w*|syndicat\w*|third[- ]part(?:y|ies)\w*"
    r"|redistribut\w*|(?:weiter)?verk(?:auf|äufe)\w*|weitergabe|lizenzierung|revente|ventes?|cession",
    "no_web": r"web[- ]?sites?|web|internet\w*|on-?line\w*|digital(?= (?:use|usage|media|publication|platform|rights)|$)"
    r"|en ligne|sites? web|digitale?(?: nutzung| medien)",
    "no_social": r"(?:on )?social(?:[- ]media| networks?)?(?! (?:secur|event|gather|dist))|facebook|twitter|instagram|tiktok"
    r"|soziale[nr]? (?:medien|netzwerke)|réseaux sociaux",
    "editorial_only": r"advert\w*|commercial\w*|promotion\w*|marketing|merchandis\w*|werb\w+|kommerziell\w*|publicit\w*",
    "no_tabloids": r"tabloids?|red[- ]?tops?|boulevard\w*|gutter press|presse people",
    "no_magazines": r"mag(?:azine)?s|magazinen?|zeitschriften",
    "no_tv": r"tv|television|broadcast\w*|fernsehen|télévision",
    "no_crop": r"(?:digital(?:ly)? )?(?:crop\w*|alter(?:ed|ations?|ing)?|manipulat\w*|retouch\w*|modif\w*|beschn[ie]\w+"
    r"|bearbeit\w*|veränder\w*|recadr\w*|montages?)",
}  # fmt: skip
_NO = (
    r"(?:no|not(?: (?:for|to be|available for|licen[cs]ed for|cleared for|permitted for|on))?|do not|don['’]t"
    r"|must not(?: be)?|may not(?: be)?|cannot(?: be)?|can['’]t be|never(?: be)?|without|excluding|excl\.?|kein(?:e[nrsm]?)?"
    r"|nicht(?: (?:für|zur|im|zum|auf))?|ohne|pas d(?:e |['’])|pas|aucune?|sans|ne pas|ni)"
)
_FILL = (
    r"(?:(?:any|further|use|used|usage|nutzung|verwendung|utilisation|to|be|the|on|in|of|for|other|or|online|third[- ]party|editorial|d['’]|de|les?|la|sur|im"
    r"|den|der|die|das|use on|sold|to third parties) ){0,4}"
)
_AFTER = r"(?! (?:restrictions?|limits?|limitations?|problem|issue|credit))"
_NEGATIONS = re.compile(rf"\b{_NO}(?:\s|(?<=['’]))", re.IGNORECASE)
_BETWEEN = re.compile(r"\s?(?:[,/&+]|\b(?:or|and|nor|oder|und|ou|et|ni)\b)\s?", re.IGNORECASE)
_STARTS = {
    code: re.compile(rf"{_FILL}(?:{topic})(?!\w){_AFTER}", re.IGNORECASE)
    for code, topic in _TOPICS.items()
}
_WHOLE = {
    code: re.compile(rf"{_FILL}(?:{topic})(?: (?:use|usage|sites?|media|of any kind|purposes))?\W*", re.IGNORECASE)
    for code, topic in _TOPICS.items()
}  # fmt: skip
_FORBIDDEN = (
    r"(?: \w+){0,5}? (?:prohibited|forbidden|not (?:permitted|allowed|authori[sz]ed|available|included|granted)|excluded"
    r"|verboten|untersagt|nicht (?:gestattet|erlaubt|zulässig)|ausgeschlossen|interdit\w*|exclue?s?|non autorisée?s?)\b"
)
_SAID = {
    **{
        code: re.compile(rf"\b(?:{topic})(?:{_FORBIDDEN}| out\b(?! of))", re.IGNORECASE)
        for code, topic in _TOPICS.items()
    },
    "one_time": re.compile(
        r"\b(?:one|single|1)[- ]?(?:time)?[- ](?:editorial )?(?:use|usage)\b|\bone[- ]off\b|\beinmalig\w*|\bnur einmal\b"
        r"|\b(?:usage|utilisation|publication|parution) unique\b|\bune seule (?:fois|utilisation|parution)\b",
        re.IGNORECASE,
    ),
    "mandatory_credit": re.compile(
        r"\b(?:mandatory|compulsory|obligatory|must)\b.{0,15}\bcredit|\bcredit\b.{0,25}\b(?:mandatory|compulsory|obligatory|required|must)\b"
        r"|\bpflicht\w*\b.{0,20}|\b(?:nennung|bildnachweis|quellenangabe|urhebervermerk)\w*\b.{0,30}\b(?:pflicht|erforderlich|zwingend|verpflichtend)"
        r"|\bnamensnennung\b|\b(?:crédit|mention)\w*\b.{0,20}\bobligatoire",
        re.IGNORECASE,
    ),
    "print_only": re.compile(
        r"\bprint (?:use |usage |publication |media )?only\b|\bonly (?:for|in) print\b|\bnur (?:für )?(?:den )?print\w*|\bpapier uniquement\b"
        r"|\buniquement (?:pour )?(?:le )?(?:print|papier)\b",
        re.IGNORECASE,
    ),
    "editorial_said": re.compile(
        r"\beditorial (?:use|usage|purposes?)(?: only)?\b|\bonly (?:for )?editorial\b|\bredaktionelle[nrsm]?\b|\b(?:usage|fins?) éditoria\w+",
        re.IGNORECASE,
    ),
    "whole_said": re.compile(r"\b(?:uncropped|unaltered|full[- ]frame only)\b", re.IGNORECASE),
}  # fmt: skip
_SAME = {"print_only": "no_web", "editorial_said": "editorial_only", "whole_said": "no_crop"}
_OUT = re.compile(
    rf"(?P<a>{PLACES})\s?(?i:out)\b(?=\s*(?:$|[^\w\s]|(?i:and\b)|[A-Z]))"
    rf"|(?:\bOUT\b|^(?i:out)\b)\s?(?:(?i:of|in) |: ?)?(?P<b>{PLACES})"
    rf"|(?i:\b(?:no|not|nicht|kein\w*|pas|excluding|except|ausgenommen|hors|sauf|interdit\w*)\b)[^.;]{{0,40}}?(?<=\s)"
    rf"(?:(?i:in|en|au|aux|within|excluding|except|ausgenommen|hors|sauf)\s)?(?P<c>{PLACES})"
)
_ONE_PLACE = re.compile(PLACE)


def _terms(clause: str, words: str) -> Iterator[Term]:
    for code in _negated(
        re.sub(r"commercial (?:or|and|/) editorial", "editorial", clause, flags=re.IGNORECASE)
    ):
        yield Term(code, words)
    for code, said in _SAID.items():
        if said.search(clause):
            yield Term(_SAME.get(code, code), words)
    for found in _OUT.finditer(clause):
        names = found["a"] or found["b"] or found["c"]
        yield Term("territory_out", words, _listed(names))


def _negated(clause: str) -> Iterator[str]:
    """The topics of each "no A, B or C" in a clause."""
    for no in _NEGATIONS.finditer(clause):
        items = _BETWEEN.split(clause[no.end() : no.end() + 160].lstrip())
        first = next((code for code, topic in _STARTS.items() if topic.match(items[0])), "")
        if not first:
            continue
        yield first
        yield from _rest_of_list(items[1:])


def _rest_of_list(items: Iterable[str]) -> Iterator[str]:
    for item in items:
        code = next((code for code, topic in _WHOLE.items() if topic.fullmatch(item.strip())), "")
        if not code:
            return
        yield code


def _listed(names: str) -> str:
    return ", ".join(dict.fromkeys(found[0] for found in _ONE_PLACE.finditer(names)))
