"""Pages of articles: by section, tag and contributor; their bounds, addresses and robots."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.listing import MAX_PAGES, PER_PAGE
from articles.models import (
    Article,
    Contributor,
    Front,
    Section,
    Series,
    Slot,
    SlotEntry,
    Tag,
    TagAlias,
)
from tests import builders

pytestmark = pytest.mark.django_db
Listed = Section | Tag | Contributor


def in_section(article: Article, subject: Listed) -> None:
    Article.objects.filter(pk=article.pk).update(section=subject)


def tagged(article: Article, subject: Listed) -> None:
    builders.add_tag(article, subject)  # type: ignore[arg-type]


def written_by(article: Article, subject: Listed) -> None:
    builders.add_byline(article, subject)  # type: ignore[arg-type]


KINDS: dict[str, tuple[Callable[..., Listed], Callable[[Article, Listed], None]]] = {
    "section": (builders.make_section, in_section),
    "tag": (builders.make_tag, tagged),
    "contributor": (builders.make_contributor, written_by),
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def filled(kind: str, count: int) -> Listed:
    make, put = KINDS[kind]
    subject = make()
    for number in range(count):
        article = builders.make_article(
            headline=f"No. {number:03}", publish_at=timezone.now() - timedelta(minutes=number + 1)
        )
        put(article, subject)
    return subject


def test_an_empty_list_says_so(reader: Client) -> None:
    html = reader.get(filled("section", 0).get_absolute_url()).content.decode()
    assert "Nothing published here yet." in html
    assert "rel=&quot;next" not in html


@every_kind
def test_pages_are_newest_first_and_miss_and_repeat_nothing(kind: str, reader: Client) -> None:
    subject = filled(kind, PER_PAGE + 3)
    path = subject.get_absolute_url()
    first, second = (reader.get(f"{path}?page={n}").content.decode() for n in (1, 2))
    for number in range(PER_PAGE + 3):
        shown = [f"No. {number:03}" in page for page in (first, second)]
        assert shown == [number < PER_PAGE, number >= PER_PAGE]
    assert first.index("No. 000") < first.index("No. 001")
    assert 'rel="next" href="?page=2"' in first
    assert f'rel="prev" href="{path}"' in second
    assert "Page 2" in second
    assert 'rel="next"' not in second


@every_kind
def test_a_further_page_names_itself(kind: str, reader: Client) -> None:
    subject = filled(kind, PER_PAGE + 1)
    path = subject.get_absolute_url()
    html = reader.get(f"{path}?page=2").content.decode()
    assert f'rel="canonical" href="http://localhost:8000{path}?page=2"' in html
    assert ", page 2" in html
    first = reader.get(f"{path}?page=1&utm_source=x").content.decode()
    assert f'rel="canonical" href="http://localhost:8000{path}"' in first


@every_kind
@pytest.mark.parametrize(
    "page", ["0", "3", "-1", "1.5", "abc", "", " 1", "1e3", "٣", "²", "1" * 7, str(10**9), "0x1", "last", "\x00"]
)  # fmt: skip
def test_a_page_that_is_not_there_is_not_found(kind: str, page: str, reader: Client) -> None:
    path = filled(kind, 1).get_absolute_url()
    assert reader.get(path, {"page": page}).status_code == 404


@every_kind
def test_an_unknown_address_is_not_found(kind: str, reader: Client) -> None:
    path = filled(kind, 1).get_absolute_url()
    folder = path.split("/")[1]
    assert reader.get(f"/{folder}/no-such-thing/").status_code == 404


def test_an_aliass_address_leads_to_its_tag(reader: Client) -> None:
    tag = builders.make_tag("Prince", slug="prince")
    TagAlias.objects.create(tag=tag, name="The Artist")
    response = reader.get("/tag/the-artist/?page=2")
    assert (response.status_code, response["Location"]) == (301, "/tag/prince/")


def test_a_tag_may_be_kept_out_of_search_engines(reader: Client) -> None:
    tag = builders.make_tag(indexable=False)
    assert 'name="robots" content="noindex"' in reader.get(tag.get_absolute_url()).content.decode()


def test_a_story_with_two_roles_of_one_person_is_listed_once(reader: Client) -> None:
    person = builders.make_contributor()
    article = builders.make_article(headline="Twice over")
    for role in ("author", "photos"):
        builders.add_byline(article, person, role=role)
    html = reader.get(person.get_absolute_url()).content.decode()
    assert html.count("Twice over") == 1


def test_a_profile_shows_what_readers_may_know(reader: Client) -> None:
    person = builders.make_contributor(
        title="Music editor", bio="Writes.\n\nListens.", email_public="ada@example.org",
        same_as=["https://www.example.org/ada"],
    )  # fmt: skip
    builders.add_byline(builders.make_article(), person)
    person.beats.add(builders.make_tag("Harbours"))
    html = reader.get(person.get_absolute_url()).content.decode()
    for words in (
        "Harbours",
        "ProfilePage",
        "Music editor",
        "<p>Writes.</p>",
        "mailto:ada@example.org",
        "example.org/ada",
    ):
        assert words in html
    assert str(person) == person.name


@pytest.mark.parametrize("same_as", [5, "x", {"a": 1}, [1], ["javascript:alert(1)"], None])
def test_a_profiles_addresses_are_checked_before_they_are_stored(same_as: object) -> None:
    with pytest.raises(Exception, match="list of web addresses"):
        Contributor(name="Ada", slug="ada", same_as=same_as).clean()


@every_kind
def test_only_reading_is_answered(kind: str, reader: Client) -> None:
    path = filled(kind, 1).get_absolute_url()
    assert reader.head(path).status_code == 200
    assert reader.post(path).status_code == 405


def test_a_contributor_without_published_work_has_no_page(reader: Client) -> None:
    person = builders.make_contributor()
    builders.add_byline(builders.make_draft(), person)
    assert reader.get(person.get_absolute_url()).status_code == 404


def test_a_thin_tag_is_no_page_for_search_engines(reader: Client) -> None:
    tag = builders.make_tag()
    for number in range(3):
        html = reader.get(tag.get_absolute_url()).content.decode()
        assert 'name="robots" content="noindex"' in html, number
        builders.add_tag(builders.make_article(), tag)
    assert "noindex" not in reader.get(tag.get_absolute_url()).content.decode()
    assert tag.get_absolute_url() in reader.get("/sitemap-tags.xml").content.decode()


def test_a_tags_page_says_what_is_known_of_it(reader: Client) -> None:
    picture = {"format": "jpeg", "width": 320, "height": 400, "path": "face.jpg", "bytes": 1}
    tag = builders.make_tag(
        "Ada Quill", kind=Tag.Kind.PERSON, description="Listens to harbours.", wikidata_id="Q42",
        same_as=["https://www.example.org/ada"], image=builders.make_photo(manifest=[picture]),
    )  # fmt: skip
    html = reader.get(tag.get_absolute_url()).content.decode()
    for words in ("Person", "Listens to harbours.", "wikidata.org/wiki/Q42", ">example.org/ada<",
                  "face.jpg", "Ines Lark", f'href="{tag.get_absolute_url()}feed/"'):  # fmt: skip
        assert words in html


def test_no_page_lies_further_back_than_the_last(reader: Client) -> None:
    path = filled("section", 1).get_absolute_url()
    assert reader.get(path, {"page": str(MAX_PAGES + 1)}).status_code == 404


def test_a_sections_front_stands_above_its_list_on_the_first_page_only(reader: Client) -> None:
    section = filled("section", PER_PAGE + 1)
    slot = Slot.objects.create(front=Front.objects.create(section=section), key="lead")
    SlotEntry.objects.create(slot=slot, article=Article.objects.get(headline="No. 003"))
    path = section.get_absolute_url()
    first, second = (reader.get(f"{path}?page={n}").content.decode() for n in (1, 2))
    assert first.index("No. 003") < first.index("No. 000")
    assert first.count(">No. 003<") == 1
    assert "No. 020" in second
    assert "No. 003" not in second


def test_a_section_leads_to_those_below_it_and_back(reader: Client) -> None:
    parent = builders.make_section(name="Screen")
    child = builders.make_section(name="Television", parent=parent, nav=False)
    for page, link in ((parent, child), (child, parent)):
        html = reader.get(page.get_absolute_url()).content.decode()
        assert f'<a href="{link.get_absolute_url()}"' in html[html.index("<main") :]


def test_a_series_lists_its_public_parts_in_order(reader: Client) -> None:
    series = Series.objects.create(title="The pier", slug="pier", dek="In parts.")
    other = Series.objects.create(title="Other", slug="other")
    parts = [builders.make_article(headline=f"Part of it {number}") for number in range(3)]
    for order, part in enumerate(reversed(parts)):
        series.items.create(article=part, order=order)
        other.items.create(article=part, order=9 - order)
    hidden = builders.make_draft(headline="Not yet")
    series.items.create(article=hidden, order=9)
    html = reader.get("/series/pier/").content.decode()
    places = [html.index(part.headline) for part in reversed(parts)]
    assert places == sorted(places)
    assert "Part 3<" in html
    assert "Not yet" not in html
    assert html.count("Part of it 0") == 1
    assert reader.get("/series/no-such/").status_code == 404


def test_a_tag_that_no_reader_can_know_of_has_no_page_and_no_feed(reader: Client) -> None:
    tag = builders.make_tag("A secret")
    builders.add_tag(builders.make_draft(), tag)
    path = tag.get_absolute_url()
    assert [reader.get(f"{path}{feed}").status_code for feed in ("", "feed/")] == [404, 404]
    for words in (
        {"description": "What it is."},
        {"description": "", "image": builders.make_photo()},
    ):
        Tag.objects.filter(pk=tag.pk).update(**words)
        assert [reader.get(f"{path}{feed}").status_code for feed in ("", "feed/")] == [200, 200]


def test_a_series_without_a_public_part_is_not_here(reader: Client) -> None:
    series = Series.objects.create(title="The pier", slug="pier", dek="In parts.")
    assert reader.get("/series/pier/").status_code == 404
    series.items.create(article=builders.make_draft())
    assert reader.get("/series/pier/").status_code == 404


def test_a_long_series_has_pages_and_its_parts_keep_their_numbers(reader: Client) -> None:
    series = Series.objects.create(title="The pier", slug="pier")
    for number in range(PER_PAGE + 2):
        series.items.create(article=builders.make_article(), order=number)
    first = reader.get("/series/pier/").content.decode()
    assert f"Part {PER_PAGE}<" in first
    assert f"Part {PER_PAGE + 1}<" not in first
    assert 'rel="next" href="?page=2"' in first
    second = reader.get("/series/pier/?page=2").content.decode()
    assert "Part 1<" not in second
    assert f"Part {PER_PAGE + 2}<" in second
    assert f'start="{PER_PAGE + 1}"' in second
    assert reader.get("/series/pier/?page=3").status_code == 404


def test_a_day_names_its_year_only_where_it_is_not_this_one(reader: Client) -> None:
    section = builders.make_section()
    this_year = timezone.localtime()
    years_ago = this_year - timedelta(days=3 * 366)
    for moment in (this_year, years_ago):
        builders.make_article(section=section, publish_at=moment)
    html = reader.get(section.get_absolute_url()).content.decode()
    assert f">{this_year.day} {this_year:%B}</time>" in html
    assert f">{years_ago.day} {years_ago:%B %Y}</time>" in html
