"""Pages as other themes and plugins print them: where the story is, when it is from, what is no part."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from articles.body.clean import clean
from articles.importers.base import PageRefused
from articles.importers.scraped import read_page
from tests.articles.importers.pages import PAGE
from tests.articles.importers.test_scraped import WORDS, bar

LINE = "Nola Vale (Photo by Jane Roe/WireImage)"
EST = timezone(timedelta(hours=-4))


def page_of(story: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{story}</body></html>"


@pytest.mark.parametrize(
    ("start", "line"),
    [
        (f"{LINE}\n{WORDS}", LINE),
        (f"{LINE}\r{WORDS}", LINE),
        (f"{LINE}{WORDS}", LINE),
        (f"{LINE} {WORDS}", LINE),
        (f"{LINE}<br />\n{WORDS}", f"{LINE}<br />"),
        (f"<p>{LINE}</p>{WORDS}", LINE),
        (f'<p style="font-weight: 400;"><em>{LINE}.</em></p>\n{WORDS}', f"<em>{LINE}.</em>"),
        (f"<!-- wp:paragraph -->\n<p>{LINE}</p>\n<!-- /wp:paragraph -->\n{WORDS}", LINE),
    ],
)
def test_the_photo_line_ends_where_the_story_begins(start: str, line: str) -> None:
    page = read_page(start + bar())
    assert page.photo_line == line
    assert clean(page.body_html).html == WORDS


@pytest.mark.parametrize(
    "start",
    [
        "<p>Nola Vale is done, she said (via Billboard).</p>",
        "<p>Nola Vale posted it (Instagram/@nolavale)</p>",
        f"<p>{'She sings. ' * 30}(Photo by Jane Roe/WireImage)</p>",
        "<p>Nola Vale (Photo by Jane Roe/WireImage) sings tonight.</p>",
        f'<p><img src="https://old.example/a.jpg"> {LINE}</p>',
        f'<a href="/a"><img src="https://old.example/a.jpg"></a> {LINE}\n',
        f'<!-- wp:paragraph --><p><img src="/a.jpg"> Nola Vale</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>{LINE}</p><!-- /wp:paragraph -->',
        f'[caption id="attachment_1" width="9"]<img src="https://old.example/a.jpg"> {LINE}[/caption]\n',
    ],
)
def test_a_paragraph_or_a_picture_stays_in_the_story(start: str) -> None:
    page = read_page(start + WORDS + bar())
    assert page.photo_line == ""
    assert "Nola Vale" in clean(page.body_html).html or "She sings" in page.body_html
    assert ("<img" in clean(page.body_html).html) == ("<img" in start)


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ('<meta property="article:published_time" content="2024-05-06T10:00:00-04:00">', datetime(2024, 5, 6, 10, tzinfo=EST)),
        ('<meta property="article:published_time" content="2024-05-06T14:00:00Z">', datetime(2024, 5, 6, 14, tzinfo=UTC)),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"datePublished": "2024-05-06T14:00:00+00:00"}]}</script>', datetime(2024, 5, 6, 14, tzinfo=UTC)),
        ('<script type="application/ld+json">[{"datePublished": "2024-05-06"}]</script>', datetime(2024, 5, 6, tzinfo=UTC)),
        ('<script type="application/ld+json">{broken</script><script type="application/ld+json">7</script>', None),
        ('<meta property="article:published_time" content="yesterday">', None),
        ('<meta property="article:published_time" content="0001-01-01T00:00:00">', None),
        ('<meta property="article:published_time" content="0001-01-01T00:00:00+02:00">', None),
        ('<meta property="article:published_time" content="9999-12-31T23:59:59-02:00">', None),
    ],
)  # fmt: skip
def test_it_is_from_when_the_page_says(head: str, moment: datetime | None) -> None:
    assert read_page(page_of(f"<article>{WORDS}</article>", head)).published_at == moment


def test_a_time_beside_the_story_counts_as_well() -> None:
    story = f'<time class="entry-date" datetime="2024-05-06T10:00:00+00:00">May 6</time><article>{WORDS}</article>'
    assert read_page(page_of(story)).published_at == datetime(2024, 5, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize("name", ["td-post-content", "post-content", "article-body", "story-body"])
def test_other_themes_keep_the_story_elsewhere(name: str) -> None:
    page = read_page(page_of(f'<div class="{name}">{WORDS}</div><div>Read more</div>'))
    assert page.body_html == WORDS


def test_comments_and_bylines_are_left_out_and_named() -> None:
    story = f'<article><p class="byline">By Jane Roe</p>{WORDS}<div id="comments"><p>First!</p></div><div id="disqus_thread"></div></article>'
    page = read_page(page_of(story))
    assert page.body_html == WORDS
    said = [each for each in page.warnings if each.startswith("left out")]
    assert [each.rpartition(": ")[2] for each in said] == ["By Jane Roe", "First!"]


@pytest.mark.parametrize(
    "story",
    [
        "<article class=byline>{}</article>",
        "<article>{}<nav class=byline>a<i class=post-meta>b</i></nav></article>",
    ],
)
def test_what_is_left_out_is_not_the_story_and_goes_once(story: str) -> None:
    page = read_page(page_of(story.format(WORDS)))
    assert page.body_html == WORDS


def test_headings_of_the_story_other_than_its_title_stay() -> None:
    story = f"<h1>The Harbor Post</h1><article><h1>Part one</h1>{WORDS}</article>"
    assert "Part one" in read_page(page_of(story)).body_html


@pytest.mark.parametrize(
    "start", [f"{LINE}\n{WORDS}<h1>Part one</h1>", f"{LINE}\nIt is loud.\n\n<h1>Part one</h1>", f"{WORDS}<h1>Part one</h1>", "<!-- <h1>Part one</h1> -->"]
)  # fmt: skip
def test_a_heading_within_a_fragment_is_not_its_title(start: str) -> None:
    page = read_page(f"{start}{WORDS}{bar()}")
    assert page.headline_is_working
    assert "Part one" in page.body_html


def test_a_text_of_many_comments_and_headings_is_read_once() -> None:
    """In minutes, or never, where a pattern may go through it in more than one way."""
    assert read_page("<!---->" * 500 + WORDS).body_html.endswith(WORDS)
    headings = "<!--" + "<h1>" * 25_000 + "x" * 1_500_000 + "-->"
    assert read_page(headings + WORDS).headline == "The record is out."


def test_the_title_is_a_heading_of_the_fragment_or_the_one_for_sharing() -> None:
    page = read_page(f"{LINE}\n<h1>It is <i>loud</i></h1>{WORDS}{bar()}")
    assert (page.headline, page.headline_is_working) == ("It is loud", False)
    assert "loud</i>" not in page.body_html
    shared = page_of(
        f"<article>{WORDS}</article>", '<meta property="og:title" content="It is &amp; stays">'
    )
    assert read_page(shared).headline == "It is & stays"


def test_an_export_is_no_page() -> None:
    with pytest.raises(PageRefused, match="export"):
        read_page(f'<?xml version="1.0"?>\n<!-- by WordPress -->\n<rss version="2.0">{WORDS}</rss>')


def test_a_count_that_is_no_number_costs_no_story() -> None:
    page = read_page(PAGE.format(post_id=9, slug="loud", count="1.2K"))
    assert page.bar is not None
    assert page.bar.counts == ((8, 0),)
    assert any("data-count=“1.2K”" in each for each in page.warnings)
