"""A strict judge of stored HTML, written apart from the sanitiser: Python's own parser, own lists."""

import re
from html.parser import HTMLParser


def words(text: str) -> set[str]:
    return set(text.split())


TAGS = words(
    "a abbr address aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del "
    "details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark oembed ol p "
    "pre q rp rt ruby s samp small source span strong sub summary sup table tbody td tfoot th thead "
    "time tr track u ul var video wbr"
)
ATTRIBUTES = words(
    "abbr alt class colspan controls data-photo datetime decoding default dir height href hreflang id "
    "kind label lang loading loop muted open playsinline poster preload rel reversed rowspan scope "
    "sizes span src srclang srcset start title type value width"
)
CLASSES = re.compile(r"align-(left|center|right)|pullquote|language-[a-z0-9+#-]+")
ADDRESS = re.compile(r"(?i)(https?:|mailto:|tel:)[^\\]*|[^\\:]*|[^\\:]*[/?#][^\\]*")


class Judge(HTMLParser):
    """Collects what must not be there. "Parsed" as a browser would have to, to be fooled."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        fault = f"<{tag} {name}={value!r}>"
        if name not in ATTRIBUTES:
            self.faults.append(fault)
        if name in {"href", "src", "poster"} and not ADDRESS.fullmatch(value.strip()):
            self.faults.append(fault)
        if name == "srcset" and re.search(r"(?i)(javascript|data|vbscript):", value):
            self.faults.append(fault)
        if name == "id" and not value.startswith("c-"):
            self.faults.append(fault)
        if name == "class" and not all(CLASSES.fullmatch(word) for word in value.split()):
            self.faults.append(fault)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}")


def faults(html: str) -> list[str]:
    """Everything in stored HTML that has no business there."""
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.faults
