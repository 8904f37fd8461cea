"""The list of photos on the desk: how one is found among many, and what its card says."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.actions.photos import use_photo
from articles.admin.photo_list import RecentAgencies
from articles.admin.photo_words import badges
from articles.models import Agency, Photo, TagAlias
from tests import builders

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/photo/"


def listed(client: Client, **params: str) -> list[Photo]:
    return list(client.get(LIST, params).context["cl"].result_list)


def test_the_list_filters_by_the_agencies_of_the_newest_photos(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecentAgencies, "newest_photos", 2)
    names = ["Old Wire", "Quay Pictures", "Lantern"]
    photos = [builders.make_photo(agency=Agency.objects.create(name=name)) for name in names]
    Agency.objects.create(name="Never used")
    page = desk.get(LIST, {"agency__id__exact": photos[2].agency_id})
    shown = page.context["cl"]
    assert list(shown.queryset) == [photos[2]]
    (by_agency,) = (each for each in shown.filter_specs if isinstance(each, RecentAgencies))
    offered = [choice["display"] for choice in by_agency.choices(shown)]
    assert offered[:3] == ["All", "Lantern", "Quay Pictures"]
    assert not {"Old Wire", "Never used"} & set(offered)
    # The search finds photos of any agency.
    assert listed(desk, q="old wire") == [photos[0]]


def test_a_search_asks_for_all_that_is_known_of_a_photo(desk: Client) -> None:
    house = Agency.objects.create(name="Lantern Images", aliases=["Lanterne"])
    collection = Agency.objects.create(name="Tidewire", parent=house)
    shown = builders.make_tag("Zoë Åkermann", kind="person")
    TagAlias.objects.create(tag=shown, name="Die Königin", norm_key="die konigin", slug="konigin")
    taker = builders.make_contributor(name="Bo Netmaker")
    photo = builders.make_photo(
        caption_default="At the pier", photographer_text="", photographer=taker, agency=collection,
        agency_text="", via=None, credit_raw="(c) Somebody", supplier_ref="TW-20871", place="Porto",
    )  # fmt: skip
    photo.persons.add(shown)
    other = builders.make_photo(caption_default="A ferry", via=house)
    for words in ("pier", "netmaker", "tidewire", "zoe", "Königin", "akermann pier", "somebody",
                  "20871", "porto", "TIDEWIRE netmaker"):  # fmt: skip
        assert listed(desk, q=words) == [photo], words
    assert listed(desk, q="lantern images") == [other, photo]
    assert listed(desk, q="lanterne") == [other, photo]
    assert listed(desk, q="pier ferry") == []
    assert listed(desk, q="%") == []


def test_an_agency_that_is_its_own_parent_ends_no_search(desk: Client) -> None:
    agency = Agency.objects.create(name="Ouroboros")
    Agency.objects.filter(pk=agency.pk).update(parent=agency)
    photo = builders.make_photo(agency=agency)
    assert listed(desk, q="ouro") == [photo]


NOW = timezone.now()
DAY = timedelta(days=1)
STATES: dict[str, dict[str, Any]] = {
    "plain": {},
    "soon": {"rights_until": NOW + 3 * DAY},
    "later": {"rights_until": NOW + 30 * DAY},
    "over": {"rights_until": NOW - DAY},
    "expired": {"status": "expired"},
    "ahead": {"rights_from": NOW + DAY},
    "restricted": {"status": "restricted"},
    "removed": {"status": "removed", "rights_until": NOW - DAY},
}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("usable", {"plain", "soon", "later", "restricted"}),
        ("ending", {"soon"}),
        ("ended", {"over", "expired"}),
        ("ahead", {"ahead"}),
        ("restricted", {"restricted"}),
        ("removed", {"removed"}),
        ("nonsense", set(STATES)),
    ],
)
def test_the_rights_narrow_the_list(desk: Client, value: str, names: set[str]) -> None:
    for name, fields in STATES.items():
        builders.make_photo(caption_default=name, **fields)
    assert {photo.caption_default for photo in listed(desk, rights=value)} == names


def test_what_is_missing_unused_or_mine_narrows_it(desk: Client, editor: User) -> None:
    used = builders.make_photo(alt_default="A pier")
    use_photo(builders.make_draft(), used, "body")
    bare = builders.make_photo(photographer_text="", agency_text="", decorative_default=True)
    unclear = builders.make_photo(
        photographer_text="",
        agency_text="",
        credit_raw="a friend of ours",
        credit_unclear=True,
        alt_default="A pier",
    )
    use_photo(builders.make_draft(), unclear, "body")
    mine = builders.make_photo(uploaded_by=editor, rendition_state="failed", alt_default="A pier")
    assert listed(desk, missing="credit") == [bare]
    assert listed(desk, missing="alt") == []
    assert listed(desk, use="no") == [mine, bare]
    assert listed(desk, use="yes") == [unclear, used]
    assert listed(desk, missing="unclear") == [unclear]
    assert listed(desk, by="me") == [mine]
    assert listed(desk, files="failed") == [mine]


def test_a_card_says_all_that_has_to_be_known(desk: Client) -> None:
    builders.make_photo(
        caption_default="The <pier>", rendition_state="pending", rights_until=NOW + 2 * DAY,
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    )  # fmt: skip
    page = desk.get(LIST).content.decode()
    for words in ("The &lt;pier&gt;", "Photo: Ines Lark/Harbour Pictures", "Rights end ",
                  "No alt text", "Files being made", "AI-generated image", "Not used", "No picture"):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ["No alt text", "No file"]),
        ({"rights_until": NOW, "alt_default": "x"}, ["Rights ended", "No file"]),
        ({"status": "expired", "decorative_default": True}, ["Rights ended", "No file"]),
        ({"status": "removed", "rights_until": NOW, "alt_default": "x", "rendition_state": "failed"},
         ["Taken down", "Files failed"]),
        ({"rights_from": NOW + DAY, "status": "restricted", "alt_default": "x", "rendition_state": "ok"},
         ["Not before", "Restricted"]),
        ({"photographer_text": "", "agency_text": "", "alt_default": "x", "rendition_state": "ok"},
         ["No credit"]),
        ({"photographer_text": "", "agency_text": "", "credit_raw": "a friend", "credit_unclear": True, "alt_default": "x",
          "rendition_state": "ok"}, ["Unclear credit"]),
    ],
)  # fmt: skip
def test_a_photo_in_words(fields: dict[str, Any], words: list[str]) -> None:
    said = [badge.words for badge in badges(builders.make_photo(**fields), now=NOW)]
    for sentence, start in zip(said, words, strict=True):
        assert sentence.startswith(start)


def test_a_full_page_costs_few_queries(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = builders.make_tag("Nadja", kind="person")
    for number in range(60):
        agency = Agency.objects.create(name=f"Agency {number}")
        taker = builders.make_contributor()
        photo = builders.make_photo(agency=agency, via=agency, photographer=taker)
        photo.persons.add(person)
    with django_assert_max_num_queries(15):
        desk.get(LIST)
    with django_assert_max_num_queries(15):
        desk.get(LIST, {"q": "nadja agency", "rights": "usable", "use": "no", "by": ""})


def test_a_search_reads_every_photo_once_and_says_where_it_ends(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.admin.photo_list.MOST_FOUND", 50)
    photos = [builders.make_photo(caption_default="The pier") for _ in range(51)][::-1]
    page = desk.get(LIST, {"q": "pier"})
    assert "These are the newest 50 that fit." in page.content.decode()
    assert list(page.context["cl"].result_list) == photos[:48]
    assert listed(desk, q="pier", p="2") == photos[48:50]
    assert listed(desk, q="nothing like it") == []
    everything = desk.get(LIST, {"p": "2"})
    assert list(everything.context["cl"].result_list) == photos[48:]
