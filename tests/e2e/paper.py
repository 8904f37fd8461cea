"""A small paper to look at: one story with all that a story can carry, and the pages around it."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from PIL import Image

from articles.actions.editing import save_article
from articles.models import Article, Correction, PhotoUse, Section, Series
from tests import builders

# One post of each provider, as its address stands in a body: slug → address.
POSTS = {
    "instagram": "https://www.instagram.com/p/Ch-W8bVuxXD/",
    "youtube": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
    "x": "https://x.com/harbourpost/status/1299999999999999999",
    "tiktok": "https://www.tiktok.com/@harbourpost/video/6718335390845095173",
    "facebook": "https://www.facebook.com/harbourpost/posts/10153231379946729",
}
SENTENCE = "The pier sang for an hour, and nobody who stood there could say what had moved it. "
LONG_WORD = "Wochenendveranstaltungsgenehmigungsverfahrensordnungsentwurf"
BODY = f"""
<p>{SENTENCE * 3}<a href="/story/elsewhere/">It had happened before</a>, but not like this.</p>
<h2>What the tide table says</h2>
<p>{SENTENCE * 2} One word of the harbour office: {LONG_WORD}.</p>
<figure data-photo="PHOTO"></figure>
<blockquote class="pullquote"><p>Nobody who stood there could say what had moved it.</p></blockquote>
<table><caption>High water</caption><thead><tr><th scope="col">Day</th><th scope="col">Morning</th>
<th scope="col">Evening</th><th scope="col">Wind, in the words of the harbour office</th></tr></thead>
<tbody><tr><th scope="row">Monday</th><td>06:12</td><td>18:40</td><td>south-westerly</td></tr>
<tr><th scope="row">Tuesday</th><td>07:01</td><td>19:25</td><td>calm</td></tr></tbody></table>
<h3>Those who heard it</h3>
<ul><li>the watchman</li><li>a school class</li></ul>
<ol><li>first the low note</li><li>then the others</li></ol>
<blockquote><p>I thought it was the ferry.</p></blockquote>
<pre><code>{"a long line of an old log, kept as it was " * 4}</code></pre>
<p>Water is H<sub>2</sub>O.<sup id="c-ref1"><a href="#c-note1">1</a></sup></p>
<hr>
<p id="c-note1">A note at the foot. <a href="#c-ref1">Back</a></p>
"""


@dataclass(frozen=True)
class Paper:
    """Paths of one page of each type."""

    home: str
    section: str
    tag: str
    contributor: str
    article: str
    plain: str
    gallery: str
    series: str
    archive: str
    year: str
    month: str
    day: str
    most_reacted: str
    missing: str
    withdrawn: str

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(vars(self).items())


def picture(name: str = "pier", width: int = 960, height: int = 640) -> list[dict[str, object]]:
    """A JPEG among the public renditions, as a photo's manifest lists it."""
    path = Path(f"photos/{name}-{width}x{height}.jpg")
    file = Path(settings.MEDIA_ROOT) / "public" / path
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, quality=60)
    return [{"format": "jpeg", "width": width, "height": height, "path": str(path), "bytes": 9_000}]


def give_photo(article: Article, *, slot: str, width: int = 960, height: int = 640) -> PhotoUse:
    photo = builders.make_photo(manifest=picture(width=width, height=height), width=width)
    caption = "The pier at a quarter to nine, before anybody had heard anything"
    if slot == PhotoUse.Slot.LEAD:
        return builders.make_lead(article, photo=photo, caption=caption)
    return article.photo_uses.create(photo=photo, slot=slot, caption=caption, alt="A pier at dusk")


def make_full_story(section: Section | None = None, **fields: object) -> Article:
    """A story with everything: photos, embeds, table, quotes, lists, corrections, tags, bylines."""
    headline = "The night the pier sang, and what the harbour office has to say about it now"
    story = builders.make_article(section=section, headline=headline, **fields)
    give_photo(story, slot="lead", width=1280, height=720)
    in_body = give_photo(story, slot="body", width=640, height=960)
    embeds = "".join(f"<p>{SENTENCE}</p><oembed>{url}</oembed>" for url in POSTS.values())
    story.body_html = BODY.replace("PHOTO", str(in_body.pk)) + embeds
    save_article(story, by=None)
    for position in Correction.Position:
        story.corrections.create(text="An earlier version had the wrong pier.", position=position)
    Article.objects.filter(pk=story.pk).update(has_corrections=True)
    return story


def make_paper() -> Paper:
    section = builders.make_section(
        name="Music", slug="music", description="What can be heard from here."
    )
    builders.make_section(name="Film and television", slug="film")
    tag = builders.make_tag("Jazz", slug="jazz", description="Since 1917, and before.")
    writer = builders.make_contributor(
        name="Ada Quill", slug="ada-quill", title="Music editor", bio="Ada listens to harbours.",
        email_public="ada@example.org", same_as=["https://example.org/ada"],
    )  # fmt: skip
    story = make_full_story(section)
    builders.add_byline(story, writer)
    builders.add_tag(story, tag)
    for _ in range(24):  # more than a page of a list
        more = builders.make_article(section=section)
        give_photo(more, slot="lead")
        builders.add_byline(more, writer)
        builders.add_tag(more, tag)
    gallery = builders.make_article(kind="gallery", section=section)
    gallery.body_html = "".join(
        f'<figure data-photo="{give_photo(gallery, slot="body").pk}"></figure>' for _ in range(3)
    )
    for _ in range(3):
        give_photo(gallery, slot="gallery")
    save_article(gallery, by=None)
    series = Series.objects.create(title="The pier, in parts", slug="pier", dek="One pier, twice.")
    for order, part in enumerate((story, gallery)):
        series.items.create(article=part, order=order)
    builders.make_reactions(story, 12, "heart")  # two moods for the front page
    builders.make_reactions(gallery, 7, "laugh")
    today = timezone.localtime(story.publish_at)
    gone = builders.make_article(status=Article.Status.WITHDRAWN)
    return Paper(
        home="/",
        section=section.get_absolute_url(),
        tag=tag.get_absolute_url(),
        contributor=writer.get_absolute_url(),
        article=story.get_absolute_url(),
        plain=builders.make_article().get_absolute_url(),
        gallery=gallery.get_absolute_url(),
        series=series.get_absolute_url(),
        archive="/archive/",
        year=today.strftime("/%Y/"),
        month=today.strftime("/%Y/%m/"),
        day=today.strftime("/%Y/%m/%d/"),
        most_reacted="/most-reacted/",
        missing="/no/such/page/",
        withdrawn=gone.get_absolute_url(),
    )
