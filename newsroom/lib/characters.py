"""Tables of characters and words that newsroom.lib.text works with: data, no rules.

Characters are named by escapes, because half of them are invisible.
"""

import re

# First path parts of ours and of old systems, and names a file system or a script trips over.
RESERVED_SLUGS = frozenset(
    """
    about account accounts add admin all amp api archive archives article articles assets atom
    author authors blog category contact contributor contributors cookies csp delete demo draft
    drafts edit embed embeds en favicon favicon.ico feed feeds healthz home index json livez login
    logout manifest media metrics new news-sitemap none null oembed page pages password people
    photo photos preview print privacy reactions register robots robots.txt rss search section
    sections security series settings sitemap sitemaps static tag tags tip true undefined
    uploads user users well-known wp-admin wp-content wp-includes wp-json wp-login xmlrpc
    con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4
    lpt5 lpt6 lpt7 lpt8 lpt9
    """.split()  # noqa: SIM905 - a hundred words read better as words
)

# Controls but white space; soft hyphen; zero-width, bidi override and isolate; noncharacters.
DEBRIS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
SURROGATES = re.compile("[\ud800-\udfff]")
# Tag characters mean something in the flags of regions only (England: black flag, "gbeng", end).
FLAG_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)"
    "|[\U000e0000-\U000e007f]"
)
JOINERS = re.compile("[\u200c\u200d]+")  # ZWNJ and ZWJ
DIRECTION_MARKS = "\u200e\u200f\u061c"  # harmless within a text, debris at its ends
# Blank to the eye, though Unicode calls them letters, symbols or marks.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159")
VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Latin letters that NFKD does not take apart.
LATIN = str.maketrans(
    {
        "\u00df": "ss", "\u00e6": "ae", "\u00f0": "d", "\u00f8": "o", "\u00fe": "th", "\u0111": "d",
        "\u0127": "h", "\u0131": "i", "\u0142": "l", "\u014b": "ng", "\u0153": "oe", "\u0167": "t",
    }
)  # fmt: skip
APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02bb`\u00b4\u2032\uff07]")
DASHES = re.compile("[\u2010-\u2015\u2212]")
# Han, kana: written without spaces.
CJK = re.compile("[\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                 "\U00020000-\U0003ffff]")  # fmt: skip
