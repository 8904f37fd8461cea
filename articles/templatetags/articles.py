"""What templates ask of the paper: the menu, a card, a figure, faces, what is kept."""

from collections.abc import Iterable, Sequence

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from articles import card_words, fragments, navigation
from articles.models import Article, Banner, Byline, PhotoUse, Section
from articles.photos.figure import Face, FigureView, face_of, figure_view
from articles.search.highlight import Piece

register = template.Library()


@register.simple_tag
def site_nav() -> list[Section]:
    """{% site_nav as sections %}"""
    return navigation.site_nav()


@register.simple_tag
def site_banner() -> Banner | None:
    """{% site_banner as banner %}; None almost always."""
    return navigation.current_banner()


@register.simple_tag
def figure_of(use: PhotoUse | None, *, hero: bool = False, sizes: str = "") -> FigureView | None:
    """{% figure_of article.lead as figure %}; None where the article has no photo."""
    return figure_view(use, hero=hero, sizes=sizes)


@register.simple_tag
def faces(bylines: Iterable[Byline]) -> list[Face]:
    """{% faces portraits as faces %}: the portraits of those who have one."""
    return [face for each in bylines if (face := face_of(each.contributor.portrait))]


@register.simple_tag
def kicker_of(article: Article) -> card_words.Kicker | None:
    """{% kicker_of article as kicker %}: the line above its headline."""
    return card_words.kicker_of(article)


@register.simple_tag(takes_context=True)
def card(
    context: template.Context,
    article: Article,
    *,
    variant: str = "row",
    level: int = 3,
    eager: bool = False,
    no_by: bool = False,
    in_section: bool | None = None,
    passage: Sequence[Piece] = (),
) -> SafeString:
    """{% card article variant="row" level=2 %}: a story in a list, kept in each of its forms.

    `in_section`: the page or its heading says the section already; without it what the context says.
    `eager`: the page's first picture, loaded at once. The rest: components/_card.html.
    """
    within = bool(context.get("in_section")) if in_section is None else in_section
    river = variant == "river"

    def made() -> SafeString:
        words = card_words.words_of(
            article, in_section=within, picture=not river and variant != "text", eager=eager,
            by=not (no_by or river),
        )  # fmt: skip
        name = "_card_river" if river else "_card"
        page = template.Engine.get_default().get_template(f"components/{name}.html")
        shown = {**vars(words), "variant": variant, "level": level, "passage": passage}
        return page.render(template.Context(shown))

    if passage:  # one reader's search
        return made()
    # A front may give a story another headline there.
    key = ("card", article.pk, article.headline_home, variant, level, eager, no_by, within)
    return fragments.of_page(repr(key), made)


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, words: list[FilterExpression]) -> None:
        self.nodelist, self.words = nodelist, words

    def render(self, context: template.Context) -> SafeString:
        key = repr(("kept", *(word.resolve(context, ignore_failures=True) for word in self.words)))
        return fragments.of_page(key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """{% kept "masthead" section.pk %}…{% endkept %}: made once a moment for these words. They
    must name all that what stands between is made of, but for what is the same on every page.
    """
    words = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, words)
