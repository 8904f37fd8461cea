"""Pages of articles: by section, tag and contributor; their bounds, addresses and robots."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Contributor, Section, Tag, TagAlias
from articles.views.lists import PER_PAGE
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


@every_kind
def test_an_empty_list_says_so(kind: str, reader: Client) -> None:
    html = reader.get(filled(kind, 0).get_absolute_url()).content.decode()
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
    assert "Page 2 of 2" in second


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
    path = filled(kind, 0).get_absolute_url()
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
    html = reader.get(person.get_absolute_url()).content.decode()
    for words in ("Music editor", "<p>Writes.</p>", "mailto:ada@example.org", "example.org/ada"):
        assert words in html
    assert str(person) == person.name


@pytest.mark.parametrize("same_as", [5, "x", {"a": 1}, [1], ["javascript:alert(1)"], None])
def test_a_profiles_addresses_are_checked_before_they_are_stored(same_as: object) -> None:
    with pytest.raises(Exception, match="list of web addresses"):
        Contributor(name="Ada", slug="ada", same_as=same_as).clean()


@every_kind
def test_only_reading_is_answered(kind: str, reader: Client) -> None:
    path = filled(kind, 0).get_absolute_url()
    assert reader.head(path).status_code == 200
    assert reader.post(path).status_code == 405
