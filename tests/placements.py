"""Every place where a reader meets a photo: how to get there, and the files that draw it.

A new placement is a row of PLACEMENTS; tests/test_placements.py looks for the credit in each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, Photo, Series
from articles.page_body import figure_plain
from articles.photos.figure import figure_view
from articles.search import index_article
from tests import builders

FOLDER = "photos/mark/"
FILES = [
    {"format": name, "width": 960, "height": 640, "path": f"{FOLDER}x.{name}", "bytes": 1}
    for name in ("jpeg", "webp")
]
OF_PHOTO = "Photo: Ines Lark/Harbour Pictures"
OF_USE = "Taken by Bo Roe for this place alone"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"


# --- What stands on the pages ----------------------------------------------------------------------
def story(photo: Photo, credit: str, slot: str = "lead", **fields: object) -> Article:
    article = builders.make_article(**fields)
    if slot == "lead":
        builders.make_lead(article, photo=photo, credit_override=credit)
        return article
    use = article.photo_uses.create(
        photo=photo, slot=slot, alt="A pier", caption="The pier", credit_override=credit
    )
    if slot == "body":
        html = f'<p>Words.</p><figure data-photo="{use.pk}"></figure>'
        Article.objects.filter(pk=article.pk).update(body_html=html)
    return article


def page(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def page_of(photo: Photo, credit: str, slot: str = "lead", **fields: object) -> str:
    return page(story(photo, credit, slot, **fields).get_absolute_url())


def preview_of(photo: Photo, credit: str) -> str:
    desk = Client()
    desk.force_login(User.objects.create_superuser("desk"))
    article = story(photo, credit)
    return desk.get(reverse("admin:articles_article_preview", args=[article.pk])).content.decode()


def front(photo: Photo, credit: str) -> str:
    section = builders.make_section(nav=True)
    for _ in range(12):
        story(photo, credit, section=section)
    return page("/")


def section_page(photo: Photo, credit: str) -> str:
    section = builders.make_section()
    for _ in range(8):
        story(photo, credit, section=section)
    return page(section.get_absolute_url())


def tag_page(photo: Photo, credit: str) -> str:
    tag = builders.make_tag()
    for _ in range(3):
        builders.add_tag(story(photo, credit), tag)
    return page(tag.get_absolute_url())


def contributor_page(photo: Photo, credit: str) -> str:
    person = builders.make_contributor()
    for _ in range(2):
        builders.add_byline(story(photo, credit), person)
    return page(person.get_absolute_url())


def series_page(photo: Photo, credit: str) -> str:
    series = Series.objects.create(title="Tides", slug="tides")
    series.items.create(article=story(photo, credit))
    return page(series.get_absolute_url())


def archive_day(photo: Photo, credit: str) -> str:
    day = story(photo, credit).publish_at
    assert day is not None
    return page(f"/{day:%Y/%m/%d}/")


def search_page(photo: Photo, credit: str) -> str:
    index_article(story(photo, credit, headline="A foghorn"))
    return page("/search/?q=foghorn")


def most_reacted(photo: Photo, credit: str) -> str:
    for n in (2, 3):
        builders.make_reactions(story(photo, credit), n)
    return page(reverse("most_reacted"))


def around_a_story(photo: Photo, credit: str) -> str:
    tag, section = builders.make_tag(), builders.make_section()
    article = builders.make_article(section=section)
    builders.add_tag(article, tag)
    for _ in range(3):
        builders.add_tag(story(photo, credit, section=section), tag)
    return page(article.get_absolute_url())


def byline_face(photo: Photo, credit: str) -> str:
    article = builders.make_article()
    builders.add_byline(article, builders.make_contributor(portrait=photo))
    return page(article.get_absolute_url())


def profile(photo: Photo, credit: str) -> str:
    person = builders.make_contributor(portrait=photo)
    builders.add_byline(builders.make_article(), person)
    return page(person.get_absolute_url())


def tag_picture(photo: Photo, credit: str) -> str:
    tag = builders.make_tag(image=photo)
    builders.add_tag(builders.make_article(), tag)
    return page(tag.get_absolute_url())


def series_hero(photo: Photo, credit: str) -> str:
    series = Series.objects.create(title="Tides", slug="tides", hero=photo)
    series.items.create(article=builders.make_article())
    return page(series.get_absolute_url())


def poster_of_a_post(photo: Photo, credit: str) -> str:
    embed = builders.make_embed(poster=photo)
    article = builders.make_article(body_html=f"<oembed>{embed.url}</oembed>")
    builders.use_embed(article, embed)
    return page(article.get_absolute_url())


def letter(photo: Photo, credit: str) -> str:
    html = figure_plain(figure_view(story(photo, credit).lead))
    (image,) = LexborHTMLParser(html).css("img")
    assert image.attributes["src"] == f"http://localhost:8000/media/{FOLDER}x.jpeg"
    assert (image.attributes["width"], image.attributes["height"]) == ("960", "640")
    return html


def whole_text_in_a_feed(photo: Photo, credit: str) -> str:
    for slot in ("lead", "body", "gallery"):
        story(photo, credit, slot)
    items = ET.fromstring(page("/feed/")).findall("./channel/item")
    texts = [item.findtext(CONTENT) or "" for item in items]
    assert all(FOLDER in text for text in texts)
    return "".join(texts)


@dataclass(frozen=True)
class Placement:
    """`show` is given the photo and this use's credit ("": the photo's), and gives the HTML that a
    reader gets. `drawn_by`: the files that draw the photo there. `has_use`: it is a use in a story.
    """

    show: Callable[[Photo, str], str]
    drawn_by: tuple[str, ...]
    has_use: bool = True


FIGURE = "templates/components/_figure.html"
PLAIN = "templates/components/_figure_plain.html"
CARD = ("articles/card_words.py", "templates/components/_card.html", FIGURE)
STORY = ("articles/views/article.py", "templates/articles/_opening.html", FIGURE)
PROFILE = ("articles/views/lists.py", "templates/components/_profile.html", FIGURE)
PLACEMENTS = {
    "hero": Placement(page_of, STORY),
    "body": Placement(lambda p, c: page_of(p, c, "body"), ("articles/page_body.py", FIGURE)),
    "gallery": Placement(
        lambda p, c: page_of(p, c, "gallery", kind="gallery"),
        ("articles/page_body.py", "templates/components/_gallery.html", FIGURE),
    ),
    "preview": Placement(preview_of, STORY),
    "cards of the front": Placement(
        front, ("articles/templatetags/articles.py", "templates/components/_front.html", *CARD)
    ),
    "cards of a section": Placement(section_page, CARD),
    "cards of a tag": Placement(tag_page, CARD),
    "cards of a contributor": Placement(contributor_page, CARD),
    "cards of a series": Placement(series_page, CARD),
    "cards of a day": Placement(archive_day, CARD),
    "answers of the search": Placement(search_page, CARD),
    "most reacted": Placement(most_reacted, CARD),
    "related and next": Placement(around_a_story, CARD),
    "face beside a byline": Placement(
        byline_face, ("articles/templatetags/articles.py", "templates/components/_portraits.html"),
        has_use=False,
    ),
    "portrait of a profile": Placement(profile, PROFILE, has_use=False),
    "picture of a tag": Placement(tag_picture, PROFILE, has_use=False),
    "hero of a series": Placement(
        series_hero, ("articles/views/lists.py", "templates/articles/series.html", FIGURE),
        has_use=False,
    ),
    "poster of a post": Placement(
        poster_of_a_post, ("articles/page_body.py", "templates/embeds/card.html"), has_use=False
    ),
    "letter": Placement(letter, ("articles/page_body.py", PLAIN)),
    "whole text in a feed": Placement(
        whole_text_in_a_feed, ("articles/feeds.py", "articles/page_body.py", PLAIN)
    ),
}  # fmt: skip
# What names a picture without drawing one: its tests are below.
TOLD_TO_MACHINES = {"articles/feeds.py", "articles/metadata.py", "articles/image_data.py"}
# What shows photos to nobody but the staff, or shows no photo.
APART = {
    "articles/photos/figure.py": "makes what the others draw",
    "articles/photos/srcset.py": "makes what the others draw",
    "articles/body/render.py": "asks articles/page_body.py for the figures of a text",
    "articles/views/specimens.py": "the style guide, for staff",
    "articles/views/specimen_posts.py": "the style guide, for staff",
    "templates/articles/styleguide.html": "the style guide, for staff",
    "templates/reactions/_moods.html": "emoji",
    "templates/reactions/_picture.html": "emoji",
    "templates/reactions/most_reacted.html": "emoji",
    "templates/reactions/privacy.html": "emoji",
}
