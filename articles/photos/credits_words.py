"""The words of credit lines in the languages we meet: labels, kinds, platforms, shapes of names.

Data for `credits_reading` and `credits`; to teach the grammar a language, add its words here.
"""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*groups: str) -> str:
    """One alternation of all words of the space-separated groups ("_" stands for a space)."""
    words = [re.escape(word).replace("_", r"\s") for group in groups for word in group.split()]
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


# What a label calls the picture, and what it calls the credit.
_PICTURE = _any(
    "photo photos photograph photographs photography photographie picture pictures pic pics",
    "graphic image images visual img still stills headshot photo_still photo_stills film_still movie_still illustration illustrations artwork collage",
    "photo_illustration photo_illustrations photo_montage composite archivbild archivfoto symbolfoto",
    "symbolbild themenbild themenfoto beispielbild",
    "foto fotos fotografía fotografia fotografie fotografija bild bilder aufnahme",
    "imagen imágenes imagem imagens immagine immagini beeld bilde billede kuva kuvat",
    "zdjęcie zdjęcia fotó kép fotoğraf görsel imagine poza снимок снимки фотография фотографія",
    "фото світлина снимка φωτογραφία φωτο ảnh صورة الصورة عکس תמונה צילום फोटो फ़ोटो ภาพ",
)
_CREDIT = _any(
    "credit credits cred cr crédit crédits crédito créditos crediti kredit bildnachweis fotonachweis",
    "bildquelle fotoquelle bildrechte bildcredit fotocredit copyright",
    "source quelle fuente fonte bron källa kilde lähde źródło zdroj источник джерело sursa_foto lens shot",
    "photographer photographers photographe fotograf fotografin fotógrafo fotógrafa fotografo",
    "fotograaf kuvaaja фотограф zdj",
)
_CJK = _any(
    "写真 寫真 撮影 画像 图 圖 图片 圖片 图源 图片来源 圖片來源 摄影 攝影 摄 攝",
    "照片 사진 출처",
)
_QUALIFIER = _any(
    "mandatory required source main lead featured feature cover header hero top title thumbnail banner",
    "inset staff file archive archival handout family courtesy stock exclusive additional other",
    "all undated provided contributed submitted",
)
_BY = _any("by par por von van av af di de od door durch da do dal")
_FROM = _any("via from из з із")

_FLAGS: Final = re.IGNORECASE

# "Photo by", "Staff photo by", "Foto de": no colon needed.
_LABEL_BY = rf"(?P<by_qual>(?:{_QUALIFIER}\s){{0,2}})(?:{_PICTURE}(?:\s(?:credits?|taken|shot))?|photographed)\s?(?:\s{_BY}(?=[\s:–—]|-\s)\s?[:–—-]?|(?-i:by(?=[A-Z])))"
# With a colon: "Mandatory Credit:", "Crédit photo :".
_LABEL_COLON = rf"(?P<colon_qual>(?:{_QUALIFIER}\s){{0,2}})(?:{_PICTURE}|{_CREDIT})(?:[\s/-](?:{_PICTURE}|{_CREDIT}|and|by|from|of|de|del|della|la|da|do|des|der|du)){{0,5}}(?:\(s\)|\sshould\sread)?\s?(?:[:=]|\.{{3}}|…)"
# "Image source, Getty Images": the BBC's way, and what our own pages say to those who can't see.
_LABEL_SOURCE = r"(?:image|photo|picture)\s(?:source|credit)s?\s?,\s?(?=\S)"
# "Photo credit Amos Mwangi", "Photo credit – Amos Mwangi", "Credit to @x"
_LABEL_CREDIT = rf"(?:{_PICTURE}\scredits?|crédits?\sphotos?|photo\scr)\s?(?:[–—-]|should\sread\b|to\b|goes\sto\b)?(?=[\s@])|credits?\s(?:goes\s)?to(?=\s@)"
# "Photo via", "Image from"
_LABEL_FROM = rf"(?P<from_qual>(?:{_QUALIFIER}\s){{0,2}}){_PICTURE}(?=\s{_FROM}\s)"
# "Photo courtesy of", "Foto cortesía de": the courtesy is read next.
_LABEL_COURTESY = rf"(?P<courtesy_qual>(?:{_QUALIFIER}\s){{0,2}}){_PICTURE}(?=\s(?:courtesy\b|cortes[ií]a\b|(?:provided|submitted|contributed|supplied)\sby\s|fournies?\spar\s))|(?=courtesy\s?[:=](?!\s?(?:an?|the|how|why|what|when|is)\b))"
_LABEL_ABBREVIATED = r"(?:fot|phot|ph|pic|zdj|cr)(?:\.:?|:)(?=\s)"
_LABEL_CAMERA = r"[📸📷🎥📹🎞🖼]+"
_LABEL_CJK = rf"{_CJK}\s?(?:[:=/・]|(?=\sby\s))"
# "Copyright" before a name of two words; "Copyright Infringement Suit" is a subject.
_COPYRIGHT_SUBJECT = _any(
    "law laws lawsuit lawsuits suit suits case cases claim claims infringement office board act",
    "reform notice strike strikes dispute battle fight owner holder holders rules royalty royalties",
    "protection violation trial tribunal ruling alliance clearance term troll trolls directive",
)
_LABEL_RIGHTS = (
    rf"(?:{_PICTURE}\s)?(?:copyright\s)?(?:©|ⓒ|\(c\))(?:\s?copyright\b)?"
    r"|copyright(?:\sby)?(?=\s?(?:©|\d{4}\b))"
    rf"|(?:{_PICTURE}\s)?copyright(?:\sby)?(?!(?:\s\S+){{0,3}}?\s{_COPYRIGHT_SUBJECT}\b)"
    r"(?-i:(?=\s[^\W\d_a-z]\S*\s(?:(?:d[aeiou]s?|del|la|v[ao]n|der)\s)*[^\W\d_a-z]))"
)

LABEL = re.compile(
    rf"(?<!\w)(?:{_LABEL_BY}|{_LABEL_COLON}|{_LABEL_SOURCE}|{_LABEL_CREDIT}|{_LABEL_FROM}|{_LABEL_COURTESY}|{_LABEL_ABBREVIATED}"
    rf"|{_LABEL_CAMERA}|{_LABEL_CJK}|{_LABEL_RIGHTS})\s?",
    _FLAGS,
)
# "Photo AFP", "PHOTO | X", a misspelt "Phto bu X": a label only where a known agency follows.
WEAK_LABEL = re.compile(
    r"(?:p[hot]{2,5}s?\s?b[a-z]?\s|by:?\s|copyright\s"
    rf"|(?:{_PICTURE}|{_CJK})(?:\s[|–—-]\s|\s|/\s?))(?=\S)",
    _FLAGS,
)
# A word and a colon in a language that we don't know: a label where a known agency follows.
UNKNOWN_LABEL = re.compile(r"([^\W\d]{2,20})\s?[:=]\s?(?=\S)")
POSITION = re.compile(
    r"(?<!\w)(?:(?:top|bottom|far|upper|lower|from|clockwise\sfrom|left\sto|l\s?-)\s?)*"
    r"(?:left|right|top|bottom|above|below|cent(?:er|re)|middle|inset|main|l|r)\s?(?::|,(?=\s))\s?",
    _FLAGS,
)
# "Photo credit", "Mandatory Credit"; "Credit" alone may be a tax credit.
FULL_CREDIT_LABEL = re.compile(rf"(?:{_QUALIFIER}|{_PICTURE})\s{_CREDIT}", _FLAGS)
# A label that a dash parts from what follows: "Photo – X/WireImage".
DASHED_LABEL = re.compile(rf"(?<!\w){_PICTURE}\s?(?:[–—-]+|;)\s?", _FLAGS)
# "Photo/Nola Vale", "(Photo Nola Vale)": of weak labels the ones that may stand before a person.
PERSON_LABEL = re.compile(r"(?:photo|foto)s?(?:/|\s(?:[–—-]\s)?)(?!video|audio|text|art\b)", _FLAGS)
# A label that may head a caption as well: "FILE PHOTO: Nola Vale speaks in Accra."
FILE_HEADING = re.compile(r"(?:file|archive|undated)\s\w+\s?:\s?", _FLAGS)
RIGHTS_SIGN = re.compile(r"©|ⓒ|\(c\)", _FLAGS)
# What a bracket says of pictures rather than of who took them: "Getty Images (2)", "AP (left)".
WHICH_ONE = re.compile(
    r"\s?x\s?\d$|\s?[(\[](?:\d{1,2}|(?:(?:top|bottom|far)\s)?(?:left|right|top|bottom|cent(?:er|re)|middle))[)\]]$",
    _FLAGS,
)
YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d|\d\d))?[\s,:]+(?:by\s)?")
BY_FIRST = re.compile(r"by:?\s", _FLAGS)

COURTESY = re.compile(
    r"(?:(?:with\s|by\s)?(?:kind\s)?courtesy(?:\s(?:of|by|from))?"
    r"|cortes[ií]a(?:\sde)?|cortesia(?:\sdi|\sde)?|mit\sfreundlicher\sgenehmigung(?:\svon)?"
    r"|avec\sl[’']aimable\sautorisation\sde|per\sgentile\sconcessione\sdi"
    r"|(?:photo\s)?(?:provided|submitted|contributed|supplied)\sby|fournies?\spar"
    r"|предоставлено|(?:写真|画像|사진)?\s?(?:提供|제공))(?:\s?[:=/]\s?|\s|$)",
    _FLAGS,
)
COURTESY_PHOTO_BY = re.compile(r"(?:photo|image|picture)s?(?:\s?/\s?|\sby\s)", _FLAGS)
COURTESY_LAST = re.compile(r"\s?[,/(|-]\s?(?:courtesy(?:\sphoto)?|cortes[ií]a)\)?$", _FLAGS)
COURTESY_MIDDLE = re.compile(
    r"\s?[.,;/|–—-]?\s(?=courtesy\sof\s|with\s(?:kind\s)?courtesy\s)|/\s?(?=courtesy[\s:])|,\s(?=courtesy\s)",
    _FLAGS,
)

_SCREEN = (
    r"(?:screen\s?-?(?:shot|grab|cap|capture)s?|video\s(?:still|grab|frame)|frame\sgrab"
    r"|captura(?:\sde\s(?:pantalla|tela|vídeo|video))?|capture\sd[’']écran|(?:скриншот|скріншот)(?:\s(?:из\s)?видео)?"
    r"|bildschirmfoto|reprodução|schermata|schermafbeelding|sk[äj]e?rmdump|skärmbild|skjermbilde"
    r"|skærmbillede|kuvakaappaus|zrzut\sekranu|ekran\sgörüntüsü|кадр\sиз\s\w+|スクリーンショット)"
)
SCREENSHOT_FIRST = re.compile(
    rf"{_SCREEN}(?:\s?[/:|,–—-]\s?|\s(?:of|(?:taken\s)?from|via|by|on|från|fra|aus|da|de|из|з)\s|\s|$)",
    _FLAGS,
)
SCREENSHOT_LABEL = re.compile(rf"(?<!\w){_SCREEN}\s?[:–—-]\s?", _FLAGS)
SCREENSHOT_LAST = re.compile(rf"(?:\s?[/:|,–—-]\s?|\s){_SCREEN}$", _FLAGS)

FILE_LAST = re.compile(
    r"\s?[,/(|;–—-]\s?(?:file(?:\s(?:photo|image|picture))?|files|archiv(?:bild|foto)?|archivo|arquivo"
    r"|archives?(?:\s(?:photo|image))?|архив)\)?$|\s(?-i:file|FILE)(?:\s(?:photo|image|picture))?$",
    _FLAGS,
)
FILE_ONLY = re.compile(
    r"(?:file|archive|archival|stock)(?:\s(?:photo|image|picture)s?)|photo\sd[’']archives?"
    r"|foto\sde\sarchivo|archivbild|archivfoto|archivo|archiv|arquivo|archiwum|archief(?:beeld|foto)?|arkiv(?:bild|foto|bilde)?|arşiv|(?:из\s)?архива?|(?:(?:foto\s)?di\s)?repertorio|(?-i:FILE|File)",
    _FLAGS,
)
HANDOUT_ONLY = re.compile(
    r"(?:[^\W\d][\w'’.-]*\s){0,3}(?:handout|hand-out)(?:\s(?:photo|image|picture))?"
    r"|(?:(?:[^\W\d][\w'’.-]*\s){0,2}family|contributed|submitted|provided|supplied|personal|booking|police|private"
    r"|publicity|promotional|promo|press|mug)\s(?:photo|photograph|picture|image|shot|collection)s?"
    r"|presse?(?:bild|foto|bilde)|соцсети|личный\sархив|archiwum\sprywatne|ufficio\sstampa|mugshot|mat(?:eriały|\.)\sprasowe|provided|supplied|submitted|contributed|divulgação|especial|privat|(?:arquivo|acervo)\spessoal|archivo\spersonal|пресс-служба(?:\s[^\n/]{1,40})?|droits\sréservés|(?-i:DR|HO|PR)|public\sdomain|handout",
    _FLAGS,
)
STAFF_ONLY = re.compile(
    r"(?:[^\W\d][\w'’.-]*\s){0,3}(?:(?-i:Staff|STAFF)|staff\s(?:photo|photographer|file\sphoto"
    r"|writer|reporter))|pool(?:\s(?:photo|photographer))?|stringer|freelance(?:r)?|contributor"
    r"|correspondent",
    _FLAGS,
)
PHOTO_BY = re.compile(r"(?:official\s)?(.{2,40}?)\s(?:file\s)?photo(?:graph)?\sby\s(.+)", _FLAGS)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
TAKEN_ON = re.compile(rf"\son\s{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?(?=$|\s?/)", _FLAGS)
FILE_OF = re.compile(r"(.+)\sfile\s(?:photo|image|picture)s?", _FLAGS)  # "AP File Photo"
# What `credits.format_credit` prints where a kind is all that is known.
HOUSE_ALONE = re.compile(r"(?:courtesy|file|staff)\sphoto|handout|screenshot", _FLAGS)
STAFF_PHOTO_ONLY = re.compile(r"staff\s(?:file\s)?photo", _FLAGS)
IGNORED_LAST = re.compile(
    r"\s?[,/;|.]?\s?\(?(?:all\srights\sreserved|(?:unless|except)\s(?:otherwise|where)\s\w+|used\s(?:with|by)\spermission|license\sphoto|(?:licensed\s)?(?:under\s)?cc(?:0|[\s-]by(?:-\w\w)*)"
    r"(?:\s\d\.\d)?|(?:tpx\s)?images\sof\sthe\sday|this\s(?:image|picture|photo)\s(?:has\sbeen|was|is)\s.{3,200}?|(?<=[,/])\s?(?:19|20)\d\d|\((?:19|20)\d\d\)|public\sdomain)\)?\.?$",
    _FLAGS,
)

# "… © 2024 CBS Broadcasting, Inc.": whose the rights are stands after who took the picture.
RIGHTS_LAST = re.compile(
    r"[\s,./|–—-]*(?:(?:©|ⓒ|\(c\)|copyright)\s?(?:19|20)\d\d\b(?:\s?by\b)?[\s,]*|[,.]\s?[©ⓒ]\s?(?=[^\W\d]))([^\n]*)$",
    _FLAGS,
)
YEAR_LAST = re.compile(r"[\s,]+(?:19|20)\d\d$")

PLATFORMS: Final = {
    "instagram": "Instagram",
    "twitter": "Twitter",
    "x": "X",
    "tiktok": "TikTok",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "snapchat": "Snapchat",
    "threads": "Threads",
    "reddit": "Reddit",
    "twitch": "Twitch",
    "linkedin": "LinkedIn",
    "bluesky": "Bluesky",
    "telegram": "Telegram",
    "vk": "VK",
    "weibo": "Weibo",
    "pinterest": "Pinterest",
    "tumblr": "Tumblr",
    "vimeo": "Vimeo",
    "onlyfans": "OnlyFans",
    "gofundme": "GoFundMe",
}
PLATFORM_SPELLINGS: Final = {
    **{name: name for name in PLATFORMS},
    "ig": "instagram",
    "insta": "instagram",
    "инстаграм": "instagram",
    "instagramstory": "instagram",
    "instagramstories": "instagram",
    "instagramreel": "instagram",
    "instagramlive": "instagram",
    "facebooklive": "facebook",
    "tiktoklive": "tiktok",
    "インスタグラム": "instagram",
    "인스타그램": "instagram",
    "xformerlytwitter": "x",
    "twitterx": "twitter",
    "xtwitter": "x",
    "fb": "facebook",
    "фейсбук": "facebook",
    "yt": "youtube",
    "ютуб": "youtube",
    "snap": "snapchat",
    "bsky": "bluesky",
    "телеграм": "telegram",
    "вконтакте": "vk",
    "微博": "weibo",
}
# Single letters name a platform only beside a handle.
SHY_PLATFORMS: Final = frozenset({"x", "vk"})
PLATFORM_TRADE_WORDS: Final = frozenset(
    {"account", "page", "post", "story", "stories", "reel", "user", "video"}
)
HANDLE = re.compile(r"(?<![\w.@])@[\w](?:[\w.\-]*\w)?")
SOCIAL_JOINS: Final = frozenset(
    {"'s", "’s", "on", "via", "from", "at", "/", ":", "-", "–", "—", "|", "·", ",", "and", "&", "+"}
)

# Lower-case words inside a person's name.
PARTICLES: Final = _words(
    "de da do dos das del della di der den des du van von vom zu la le el al bin bint "
    "ibn ben ter ten af av y e st"
)
# Words that no person's name holds, however they are written.
FUNCTION_WORDS: Final = _words(
    "a about above across after all am an and are arrives as at attends be because been "
    "before behind below between but by could did does during for from goes had has have "
    "he her here him his how if in inside into is it its left more my near no not of on "
    "onto or our out outside over performs pictured poses right she shows since so "
    "speaks than that the their them then there these they this those through to too "
    "under until up was we were what when where which while who why with within without "
    "you your posted posts says said via video vídeo видео photo photos picture pictures image images und "
    "et oder mit der die das pour avec dans con para los las credit credits "
    "courtesy watch stream listen follow herself himself me как что кто где почему tout comment pourquoi sur wie warum así cómo ai-generated ki-generiert generated"
)
ORGANISATION_WORDS: Final = _words(
    "pd army navy airlines airport authority bureau channel commission congress county courthouse "
    "embassy enterprises jail orchestra parliament prison sheriff's university "
    "agence agencia agency agentur agência agenzia archiv archive archives archivio "
    "association broadcasting center centre church club collection college committee "
    "communications company corp corporation council department dept embassy "
    "entertainment family federation festival foundation gallery gazette gmbh government group "
    "herald hospital image images inc institute international journal league library "
    "limited llc ltd magazine media ministry museum music network networks news "
    "newspaper newspapers office photo photos pictures police press productions "
    "publishing records school service services sheriff society studio studios "
    "syndication television theater theatre times tribune tv university wire"
)
# The last word of a paper's name.
PAPER_WORDS: Final = _words(
    "bee chronicle courier daily dispatch examiner gazette globe guardian herald independent "
    "inquirer journal mail mercury monitor news newspaper observer post press record "
    "register review sentinel standard star sun telegraph times tribune weekly"
)
DETERMINERS: Final = _words(
    "a an the this that his her its their my our your one each every in of with from new "
    "first last another some any no"
)
# A full stop after these ends no sentence.
ABBREVIATIONS: Final = _words(
    "jr sr st dr mr mrs ms sgt lt col capt v vs inc ltd llc co corp fot phot ph pic zdj cr bros no vs u.s l.a"
)
NAME_SUFFIX = re.compile(r",\s?(?=(?:jr|sr|ii|iii|iv|inc|llc|ltd|corp|gmbh)\b)", _FLAGS)
CLIENT = re.compile(r"[\s/,]\s?(?:on behalf of|for|(?-i:pour|für|para|per|для))\s", _FLAGS)
DANGLING = re.compile(r"\s(?:for|via|by|on|and|of)$", _FLAGS)
OF_OUTLET = re.compile(r"\sof\s(?=The\s)")
SPECIAL_TO = re.compile(r"(?:^|\s?[/,|–—-]\s?|\s)(?:special\s(?:to|for))\s", _FLAGS)
VIA = re.compile(r"(?:^|[\s/,])\s?via\s|^(?:from|из|з|із)\s|\s(?-i:через|durch|through)\s", _FLAGS)
FROM = re.compile(r"(?:from|из|з|із)\s", _FLAGS)
ON = re.compile(r"\s(?:on|from|(?-i:en|auf|su|sur|no|na))\s", _FLAGS)
PEOPLE_JOIN = re.compile(
    r"\s?,\s?(?:and|&)\s|\s?[,&+、]\s?|\s(?:and|und|et|og|och|и|та|ve|και)\s", _FLAGS
)
# Joins two people only where both have more than one word: "Ortega y Gasset" is one.
PEOPLE_JOIN_SHY = re.compile(r"\s(?:y|e|i|en)\s")
