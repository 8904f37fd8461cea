"""Is this a person, an organisation, a handle? What the words of a credit look like."""

import re
from dataclasses import dataclass

from articles.photos.agencies import AgencyTable, agency_key
from articles.photos.credits_words import (
    ABBREVIATIONS,
    FUNCTION_WORDS,
    HANDLE,
    NAME_SUFFIX,
    ORGANISATION_WORDS,
    PAPER_WORDS,
    PARTICLES,
    PEOPLE_JOIN,
    PEOPLE_JOIN_SHY,
    PLATFORM_SPELLINGS,
    PLATFORM_TRADE_WORDS,
    SHY_PLATFORMS,
    SOCIAL_JOINS,
)

MOST_NAME_WORDS = 6
MOST_LOWER_NAME_WORDS = 3
MOST_TITLE_WORDS = 14
LONGEST_ACRONYM_LETTERS = 6

_SOCIAL_TOKEN = re.compile(r"[^\s/:|·,()–—]+")
_SENTENCE_BREAK = re.compile(r"(\S+)[.!?…]\s+(?=[^\W\d_])")
_NO_NAME_LETTER = re.compile(r"[\d;:|=/#]|..の..")
_ACCOUNT_NAME = re.compile(r"[^A-Z\s]+|\S*[\d_]\S*|\S*[A-Z]\S*[A-Z]\S*")
_LETTER = re.compile(r"[A-Z]")  # "Jane A Roe"
_INITIAL = re.compile(r"[A-ZÀ-ÞА-Я]\.")
_DOMAIN = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|tv|de|fr|it|es|pl|ru|ua|uk|jp)", re.IGNORECASE
)
_COMPANY = re.compile(r"(?:inc|llc|ltd|corp|co)\b", re.IGNORECASE)
_THE = re.compile(r"the\s", re.IGNORECASE)
_SUFFIX_MARK = "\0"


@dataclass(frozen=True, slots=True)
class Social:
    """platform: its name in lower case. handle: as written. rest: the words left over."""

    platform: str | None
    handle: str | None
    rest: str


def _bare(token: str) -> str:
    return token.strip(".,'’‘\"“”()").casefold()


def is_lower(text: str) -> bool:
    """No capital anywhere: a line that was typed without any."""
    return text == text.lower()


def has_sentence_break(text: str) -> bool:
    """ "BET. Nola Vale smiles" holds one, "J. Kempin" and "Netflix, Inc. Studios" do not."""
    for found in _SENTENCE_BREAK.finditer(text):
        word = found.group(1).strip("(\"“'")
        if _COMPANY.match(text, found.end()):  # "Yahoo! Inc"
            continue
        if len(word) > 1 and "." not in word and _bare(word) not in ABBREVIATIONS:
            return True
    return False


def _is_name_word(token: str, *, lower: bool, first: bool = False) -> bool:
    bare = _bare(token)
    if _INITIAL.fullmatch(token):
        return True
    if not bare or _NO_NAME_LETTER.search(bare):
        return False
    if bare in FUNCTION_WORDS:
        return bare in PARTICLES and not first and is_lower(token)  # "Piet van der Berg"
    if bare in PARTICLES or lower:
        return bare[0].isalpha()
    letter = token.lstrip("'’‘\"“(")[:1]
    return letter.isalpha() and (not letter.islower() or not is_lower(token[1:]))


def is_person(text: str, *, lower: bool = False) -> bool:
    """Has `text` the shape of one person's name? lower: names without capitals count too."""
    tokens = text.split()
    if not 0 < len(tokens) <= MOST_NAME_WORDS or "@" in text or has_sentence_break(text):
        return False
    if tokens[-1].casefold() in PARTICLES and not tokens[-1][0].isupper():
        return False
    lower = lower and is_lower(text)
    if lower and sum(token not in PARTICLES for token in tokens) > MOST_LOWER_NAME_WORDS:
        return False
    return _is_name_word(tokens[0], lower=lower, first=True) and all(
        _LETTER.fullmatch(token) or _is_name_word(token, lower=lower) for token in tokens[1:]
    )


def are_people(text: str, *, lower: bool = False) -> bool:
    """Is `text` one person's name, or several?"""
    return all(is_person(each, lower=lower) for each in split_people(text))


def has_organisation_word(text: str) -> bool:
    return any(_bare(token) in ORGANISATION_WORDS for token in text.split())


def is_organisation(text: str, agencies: AgencyTable) -> bool:
    """A known agency, or a name that says it is no person: "The Porch", "Blue Harbor Studios"."""
    tokens = [_bare(token) for token in text.split()]
    if agencies.find(text) or has_organisation_word(text):
        return True
    if len(tokens) == 1 and _DOMAIN.fullmatch(text):
        return True
    if len(tokens) == 1:
        return text.isupper() and 1 < len(text) <= LONGEST_ACRONYM_LETTERS and text.isascii()
    return bool(tokens) and tokens[0] == "the"


def is_title(text: str, *, lower: bool = False) -> bool:
    """May `text` name an outlet or a client? Any short phrase that begins with a capital."""
    if not 0 < len(text.split()) <= MOST_TITLE_WORDS or has_sentence_break(text):
        return False
    first = text.split(maxsplit=1)[0].lstrip("\"“'‘(#@")
    return first[:1].isalnum() and (lower or not first[0].islower() or not is_lower(first))


def is_client(text: str, *, lower: bool = False) -> bool:
    """As `is_title`, and "the Chronicle" as well."""
    return is_title(_THE.sub("", text, count=1) or text, lower=lower)


def is_paper(text: str) -> bool:
    """ "The New York Times", "the Star": a name of more than one word that papers bear."""
    *before, last = text.rstrip(" .").split() or [""]
    return (
        bool(before) and last[:1].isupper() and last.casefold() in PAPER_WORDS and is_client(text)
    )


def split_people(text: str) -> list[str]:
    """ "A, B and C" → [A, B, C]; "Sam Lee, Jr." stays one."""
    marked = NAME_SUFFIX.sub(_SUFFIX_MARK, text)
    names = []
    halves = PEOPLE_JOIN.split(marked)
    for name in [marked] if 1 in map(len, halves) else halves:  # "P&P" is one name
        pair = PEOPLE_JOIN_SHY.split(name)
        names += pair if all(len(half.split()) > 1 for half in pair) else [name]
    return [name.replace(_SUFFIX_MARK, ", ").strip(' "“”') for name in names]


def read_social(text: str) -> Social | None:
    """A platform, a handle or both, in any order: "Instagram/@x", "@x on Instagram", "IG: @x"."""
    handles = HANDLE.findall(text)
    tokens = _SOCIAL_TOKEN.findall(HANDLE.sub(" ", text))
    tokens = [token for token in tokens if token.casefold() not in SOCIAL_JOINS]
    while tokens and tokens[-1].casefold() in PLATFORM_TRADE_WORDS:  # "Nola Vale's Facebook page"
        tokens.pop()
    platform = _take_platform(tokens)
    if platform is None and not handles:
        return None
    if platform in SHY_PLATFORMS and not handles:
        return None
    if platform:
        tokens = [token for token in tokens if not _is_of_platform(token)]
    if platform and not handles and len(tokens) == 1 and _is_account(tokens[0], text):
        handles, tokens = tokens, []
    return Social(platform, handles[0] if handles else None, " ".join(tokens))


def _is_of_platform(token: str) -> bool:
    """A word that platforms bring with them, or another platform ("Instagram/TikTok")."""
    other = PLATFORM_SPELLINGS.get(agency_key(token), "x")
    return token.casefold() in PLATFORM_TRADE_WORDS or other not in SHY_PLATFORMS


def _is_account(token: str, text: str) -> bool:
    """The account of "Instagram/nolavale"; the outage of "Twitter outage" is none."""
    joined = (
        rf"(?:[/:|]\s?|\buser\s){re.escape(token)}|{re.escape(token)}\s?(?:[/|]|\s(?:on|via)\b)"
    )
    if _ACCOUNT_NAME.fullmatch(token) is None:
        return False
    return not token.isalpha() or not is_lower(token) or re.search(joined, text) is not None


def _take_platform(tokens: list[str]) -> str | None:
    """The platform that the tokens begin or end with; its tokens are removed."""
    for size in (3, 2, 1):
        for part in (slice(0, size), slice(len(tokens) - size, None)):
            words = tokens[part] if len(tokens) >= size else []
            key = agency_key(" ".join(words)).removesuffix("com")
            if key in PLATFORM_SPELLINGS:
                del tokens[part]
                return PLATFORM_SPELLINGS[key]
    return None
