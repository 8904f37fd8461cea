"""manage.py import_page, whole: the seed of this project, and pages like it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.actions.editing import save_article
from articles.embeds.work import resolve
from articles.models import Article, Embed, ImportRecord, Photo, Redirect, Revision
from reactions.models import Board
from tests.articles.importers.pages import PAGE, import_pages
from tests.cases import case_path, shared_path

SEED = "seed/000_7dbf4336f65663ee.txt"
OLD_PATH = "/kendrick-lamar-releases-the-short-film-for-his-track-we-cry-together/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def seed() -> Article:
    import_pages(shared_path(SEED), publish=True)
    return Article.objects.get()


def test_the_seed_is_published_with_its_photo_and_credit(seed: Article) -> None:
    assert seed.status == "published"
    assert seed.headline == "Kendrick Lamar releases the short film for his track We Cry Together"
    assert seed.headline_is_working
    assert seed.lead is not None
    photo = seed.lead.photo
    assert seed.lead.caption == "Kendrick Lamar"
    assert (photo.photographer_text, photo.agency_text) == ("Joseph Okpako", "WireImage")
    assert photo.agency is not None
    assert photo.agency.parent.name == "Getty Images"  # type: ignore[union-attr]
    assert photo.credit_raw == "Photo by Joseph Okpako/WireImage"


def test_the_seed_has_a_clean_body(seed: Article) -> None:
    body = seed.body_html
    assert "style=" not in body
    assert body.count("Mr. Morale &amp; The Big Steppers") == 2
    assert "&;" not in body
    assert "wpra" not in body
    assert "Roomies" not in body
    assert "<oembed>https://www.instagram.com/p/Ch-W8bVuxXD/</oembed>" in body
    assert "https://www.hotnewhiphop.com/kendrick-lamar-finally-releases" in body
    assert (
        'href="/kendrick-lamar-responds-to-viral-video-of-security-guard-crying-at-his-show-'
        'its-all-about-the-feeling/"'
    ) in body
    assert "theshaderoom.com" not in body


def test_the_seeds_embed_is_one_row_that_a_worker_draws(seed: Article) -> None:
    embed = Embed.objects.get()
    assert (embed.provider, embed.media_id) == ("instagram", "Ch-W8bVuxXD")
    assert embed.state == Embed.State.PENDING
    assert resolve(embed.pk)
    embed.refresh_from_db()
    assert embed.state == Embed.State.OK
    assert "/p/Ch-W8bVuxXD/embed/captioned/" in embed.card_html


def test_the_seeds_reaction_bar_becomes_a_set_and_base_counts(seed: Article) -> None:
    board = Board.objects.get(article=seed)
    assert board.set.question == "What Do You Think Roomies?"
    emoji = [row.kind.emoji for row in board.set.members.order_by("order")]
    assert emoji == ["👍", "❤️", "😂", "😮", "😍", "😞", "😢"]


def test_the_seeds_old_address_leads_to_it(seed: Article, client: Client) -> None:
    response = client.get(OLD_PATH)
    assert (response.status_code, response["Location"]) == (301, seed.get_absolute_url())
    assert client.get("/?p=97592")["Location"] == seed.get_absolute_url()
    assert client.get(seed.get_absolute_url()).status_code == 200


def test_the_seed_twice_is_the_same_one_article(seed: Article) -> None:
    before = Article.objects.values().get()
    output = import_pages(shared_path(SEED), publish=True)
    assert "unchanged" in output
    assert Article.objects.values().get() == before
    counts = [Photo.objects.count(), Embed.objects.count(), ImportRecord.objects.count()]
    assert counts == [1, 1, 1]
    assert Revision.objects.filter(kind="import").count() == 1


def test_a_page_is_a_draft_unless_publication_is_asked_for(page: Path) -> None:
    assert "created" in import_pages(page)
    assert Article.objects.get().status == "draft"
    import_pages(page, publish=True)
    assert Article.objects.get().status == "published"


def test_a_changed_page_updates_what_nobody_touched(page: Path) -> None:
    import_pages(page)
    page.write_text(page.read_text().replace("is loud", "is very loud"), encoding="utf-8")
    assert "updated" in import_pages(page)
    assert "very loud" in Article.objects.get().body_html


def test_a_writers_changes_are_never_overwritten(page: Path) -> None:
    import_pages(page)
    article = Article.objects.get()
    article.headline, article.body_html = "Ours", "<p>Rewritten.</p>"
    save_article(article, by=None)
    for text in ("one", "two"):
        page.write_text(page.read_text().replace("says", f"says {text}"), encoding="utf-8")
        output = import_pages(page)
        assert "kept-local" in output
        assert "body was changed here and stays" in output
        article.refresh_from_db()
        assert (article.headline, article.body_html) == ("Ours", "<p>Rewritten.</p>")


def test_a_writers_credit_stays_while_the_body_is_updated(page: Path) -> None:
    import_pages(page)
    Photo.objects.update(credit_raw="Corrected credit")
    page.write_text(page.read_text().replace("is loud", "is louder"), encoding="utf-8")
    import_pages(page)
    assert Photo.objects.get().credit_raw == "Corrected credit"
    assert "is louder" in Article.objects.get().body_html


def test_a_changed_credit_line_changes_the_photo_it_made(page: Path) -> None:
    import_pages(page)
    page.write_text(page.read_text().replace("Lena Whitlock", "Gwen Osgood"), encoding="utf-8")
    import_pages(page)
    assert Photo.objects.get().photographer_text == "Gwen Osgood"


def test_one_bad_file_stops_no_other_and_the_exit_code_says_so(page: Path, tmp_path: Path) -> None:
    empty, binary, deep = (tmp_path / name for name in ("empty.html", "binary.html", "deep.html"))
    empty.write_text("  \n")
    binary.write_bytes(b"\x00\x01\x02")
    deep.write_text("<div>" * 1_000 + "x")
    with pytest.raises(CommandError) as failure:
        import_pages(empty, binary, page, deep, tmp_path / "missing.html")
    assert failure.value.returncode == 1
    assert "empty.html" in str(failure.value)
    assert Article.objects.count() == 1


def test_a_page_without_text_is_refused_with_what_was_missing(tmp_path: Path) -> None:
    path = tmp_path / "bar-only.html"
    path.write_text(PAGE.format(post_id=9, slug="x", count=1).partition("</p>\n")[2])
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_page", str(path), stdout=out, stderr=out)
    assert "no paragraph of text and no embed was found" in out.getvalue()


def test_unknown_reaction_kinds_refuse_the_page_whole(page: Path) -> None:
    page.write_text(page.read_text().replace('data-emoji_id="8"', 'data-emoji_id="777"'))
    with pytest.raises(CommandError):
        import_pages(page)
    assert not Article.objects.exists()


def test_a_page_of_another_host_than_named_stays_a_draft(page: Path) -> None:
    import_pages(page, publish=True, host=["elsewhere.example"])
    assert Article.objects.get().status == "draft"


def test_a_file_in_windows_1252_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.html"
    path.write_bytes("<p>“Quoted” – caf\u00e9</p>".encode("cp1252"))
    import_pages(path)
    assert "“Quoted” – café" in Article.objects.get().body_html


def test_links_lead_to_an_article_that_is_imported_already(page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_text(PAGE.format(post_id=8, slug="other-story", count=0), encoding="utf-8")
    import_pages(other)
    import_pages(page)
    article = Article.objects.get(slug="nola-vale-is-loud")
    assert (
        f'href="{Article.objects.get(slug="other-story").get_absolute_url()}"' in article.body_html
    )


def test_two_stories_of_one_slug_get_two_addresses(page: Path, tmp_path: Path) -> None:
    import_pages(page)
    other = tmp_path / "other.html"
    other.write_text(
        PAGE.format(post_id=8, slug="2024/01/02/nola-vale-is-loud", count=0), encoding="utf-8"
    )
    import_pages(other)
    assert Article.objects.count() == 2
    assert len(set(Article.objects.values_list("slug", flat=True))) == 2


SCRAPED = ["01-amp-twitter", "05-no-photo-line", "08-broken-html", "10-plugin-2.6"]


@pytest.mark.parametrize("name", SCRAPED)
def test_a_scraped_case_holds(name: str) -> None:
    folder = case_path("wordpress/scraped")
    expected = json.loads((folder / f"{name}.expected.json").read_text(encoding="utf-8"))
    output = import_pages(folder / f"{name}.html", publish=True)
    article = Article.objects.get()
    check_photo(article, expected["photo"])
    text = " ".join(article.body_text.split())
    assert all(" ".join(words.split()) in text for words in expected["text"])
    assert not [gone for gone in expected["gone"] if gone in article.body_html]
    check_address(article, expected)
    check_reactions(article, expected["reactions"])
    for link in expected["external_links"]:
        assert f'href="{link}"' in article.body_html
    for link in expected["internal_links"]:
        assert f'href="/{link.removeprefix("/")}' in article.body_html
    for warning in expected.get("warnings", []):
        assert warning in output
    if expected.get("must_be"):
        assert article.status == expected["must_be"]


def check_photo(article: Article, expected: dict[str, object] | None) -> None:
    if expected is None:
        assert article.lead is None
        return
    assert article.lead is not None
    photo = article.lead.photo
    assert article.lead.caption == expected["caption"]
    assert photo.photographer_text == "; ".join(expected["photographers"])  # type: ignore[call-overload]
    assert photo.agency_text == (expected["agency"] or "")
    assert photo.client == (expected["for"] or "")


def check_address(article: Article, expected: dict[str, object]) -> None:
    record = ImportRecord.objects.get()
    assert record.external_id == str(expected["wp_post_id"])
    assert record.host == (expected["source_host"] or "")
    if expected["slug"]:
        assert article.slug == expected["slug"]
        assert article.headline.lower() == expected["title_guess"]
        assert Redirect.objects.filter(old_path=f"/{expected['slug']}/").exists()


def check_reactions(article: Article, expected: dict[str, object]) -> None:
    board = Board.objects.get(article=article)
    order = [row.kind.legacy_wp_id for row in board.set.members.order_by("order")]
    assert order == expected["order"]
    counts = {
        str(base.kind.legacy_wp_id): base.n
        for base in article.reaction_bases.select_related("kind")
    }
    wanted = {key: n for key, n in expected["counts"].items() if n}  # type: ignore[attr-defined]
    assert {key: n for key, n in counts.items() if n} == wanted
