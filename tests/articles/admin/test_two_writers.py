"""Two people on one story, as their browsers send it: whoever comes second loses nothing of either."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.admin import article_verbs
from articles.drafts import DraftUse, draft_of
from articles.models import Article, Byline, Revision
from tests import builders
from tests.articles.admin.filled import change, data_of
from tests.conftest import staff

pytestmark = pytest.mark.django_db
SAVED, CONFLICT = 200, 409


@pytest.fixture
def other(db: None) -> Client:
    client = Client()
    client.force_login(staff("second", "Editors"))
    return client


def send(client: Client, article: Article, data: dict[str, Any]) -> Any:
    return client.post(article_verbs.autosave_url(article), data)


def load(client: Client, article: Article) -> dict[str, Any]:
    return data_of(client.get(change(article)))


def again(data: dict[str, Any], told: dict[str, Any], **choices: str) -> dict[str, Any]:
    """What the screen sends after a conflict: the merged fields, its own rows as they were."""
    marks = {"loaded_version": told["version"], "loaded_marks": told["marks"]}
    chosen = {f"choice_{part}": choice for part, choice in choices.items()}
    values = {name: value for name, value in told["form"].items() if value or name in data}
    return {**data, **values, **marks, **chosen}


def names_of(article: Article) -> list[str]:
    return [byline.contributor.name for byline in article.bylines.all()]


@pytest.mark.parametrize("released", [False, True])
def test_rows_that_only_they_changed_are_never_written_over(
    released: bool, desk: Client, other: Client
) -> None:
    article = builders.make_article() if released else builders.make_draft()
    builders.add_byline(article, builders.make_contributor(name="Ada Quill"))
    beside, tag = builders.make_article(headline="Beside"), builders.make_tag("Jazz")
    use = builders.make_lead(article, caption="Before")
    added = builders.make_contributor(name="Tom Brandt")
    mine, theirs = load(desk, article), load(other, article)
    theirs |= {
        "bylines-1-contributor": added.pk, "photos-0-caption": "Theirs", "tags": "Jazz",
        "related": beside.get_absolute_url(), "photos-1-photo": use.photo_id,
    }  # fmt: skip
    assert send(other, article, theirs).status_code == SAVED
    mine["headline"] = "Mine"
    answer = send(desk, article, mine)
    told = answer.json()
    assert (answer.status_code, told["clashes"]) == (CONFLICT, [])
    assert set(told["taken"]) == {"bylines", "photo_uses", "tags", "related"}
    form = again(mine, told)
    answer = send(desk, article, form)
    assert answer.status_code == SAVED
    # The page was not loaded anew, and its rows are as old as before.
    form |= {"loaded_version": answer.json()["version"], "loaded_marks": answer.json()["marks"]}
    assert send(desk, article, form | {"dek": "More"}).status_code == SAVED
    draft = draft_of(Article.objects.get(pk=article.pk))
    assert (draft.fields["headline"], draft.fields["dek"]) == ("Mine", "More")
    assert [byline.contributor_id for byline in draft.bylines][1:] == [added.pk]
    assert [each.caption for each in draft.photo_uses] == ["Theirs", ""]
    assert (draft.tags, draft.related) == ((tag.pk,), (beside.pk,))


def test_a_caption_of_theirs_and_a_photo_of_mine_both_stay(desk: Client, other: Client) -> None:
    article = builders.make_draft()
    use = article.photo_uses.create(photo=builders.make_photo(), slot="body")
    mine, theirs = load(desk, article), load(other, article)
    send(other, article, theirs | {"photos-0-caption": "Theirs"})
    photo = builders.make_photo()
    mine["photos-1-photo"] = photo.pk
    told = send(desk, article, mine).json()
    assert (told["clashes"], told["taken"]) == ([], ["photo_uses"])
    answer = send(desk, article, again(mine, told))
    assert answer.status_code == SAVED
    uses = draft_of(Article.objects.get()).photo_uses
    assert uses[0] == DraftUse(use.pk, use.photo_id, "body", caption="Theirs")
    assert [each.photo_id for each in uses] == [use.photo_id, photo.pk]


def test_clashes_are_told_by_name(desk: Client, other: Client) -> None:
    music, film = (builders.make_section(name=name) for name in ("Music", "Film"))
    article = builders.make_draft()
    photo = builders.make_photo(caption_default="The pier")
    article.photo_uses.create(photo=photo, slot="body")
    builders.add_byline(article, builders.make_contributor(name="Ada Quill"))
    beside = [builders.make_article(headline=name) for name in ("One", "Two")]
    day = timezone.localtime() + timedelta(days=2)
    mine, theirs = load(desk, article), load(other, article)
    mine["loaded_marks"] = ""  # nobody knows what both began with
    for data, which in ((theirs, 0), (mine, 1)):
        data |= {
            "section": [film, music][which].pk, "tags": ["Jazz", "Tides"][which],
            "kind": ["news", "review"][which], "related": beside[which].get_absolute_url(),
            "bylines-0-text_override": ["", "A. Quill"][which],
            "photos-0-caption": ["Theirs", "Mine"][which],
            "publish_at_0": str(day.date()), "publish_at_1": ["08:00", "09:00"][which],
        }  # fmt: skip
    theirs["bylines-0-role"] = Byline.Role.EDITING
    theirs["photos-0-decorative"] = "on"
    theirs["noindex"] = "on"
    assert send(other, article, theirs).status_code == SAVED
    told = send(desk, article, mine).json()
    words = {each["label"]: (each["mine"], each["theirs"]) for each in told["clashes"]}
    assert words.pop("time of publication")[1].endswith("08:00")
    assert (
        words
        == {
            "section": ("Music", "Film"),
            "tags": ("Tides", "Jazz"),
            "related stories": ("Two", "One"),
            "bylines": ("By Ada Quill, printed as “A. Quill”", "Edited by Ada Quill"),
            "photos": (
                "Body: The pier · caption: Mine",
                "Body: The pier · caption: Theirs · decorative",
            ),
            "kind": ("Review", "News"),
            "hidden from search engines": ("no", "yes"),
        }
        or "kind" not in words
    )
    html = desk.post(change(article), mine).content.decode()
    assert "Edited by Ada Quill" in html


@pytest.mark.parametrize(
    ("choice", "names"),
    [("mine", ["Mine"]), ("theirs", ["Theirs"]), ("both", ["Theirs", "Mine"])],
)
def test_a_clash_of_rows_is_settled_as_it_was_chosen(
    choice: str, names: list[str], desk: Client, other: Client
) -> None:
    article = builders.make_draft()
    first = builders.make_contributor(name="First")
    builders.add_byline(article, first)
    people = {name: builders.make_contributor(name=name) for name in ("Mine", "Theirs")}
    mine, theirs = load(desk, article), load(other, article)
    # Two edits of one row, and with it a clash.
    send(other, article, theirs | {
        "bylines-0-text_override": "F.", "bylines-1-contributor": people["Theirs"].pk,
    })  # fmt: skip
    mine |= {"bylines-0-text_override": "First of all", "bylines-1-contributor": people["Mine"].pk}
    told = send(desk, article, mine).json()
    assert [each["part"] for each in told["clashes"]] == ["bylines"]
    # Without a choice it stays a clash.
    assert send(desk, article, again(mine, told)).status_code == CONFLICT
    form = again(mine, told, bylines=choice)
    assert send(desk, article, form).status_code == SAVED
    assert sorted(names_of(article)) == sorted(["First", *names])


def test_a_choice_says_nothing_of_a_third_text(desk: Client, other: Client) -> None:
    article = builders.make_draft(headline="Base")
    mine, theirs = load(desk, article), load(other, article)
    mine["headline"] = "Mine"
    send(other, article, theirs | {"headline": "Theirs"})
    told = send(desk, article, mine).json()
    send(other, article, load(other, article) | {"dek": "A third save"})
    form = again(mine, told, headline="theirs")
    answer = send(desk, article, form)
    assert answer.status_code == CONFLICT
    assert [each["part"] for each in answer.json()["clashes"]] == ["headline"]
    final = again(form, answer.json(), headline="theirs")
    assert send(desk, article, final).status_code == SAVED
    stored = Article.objects.get()
    assert (stored.headline, stored.dek) == ("Theirs", "A third save")


def test_what_can_not_be_read_stays_as_it_was_typed(desk: Client, other: Client) -> None:
    article = builders.make_draft(headline="Base")
    mine, theirs = load(desk, article), load(other, article)
    send(other, article, theirs | {"tags": "Theirs", "dek": "Theirs"})
    mine |= {"headline": "Mine", "tags": "x" * 101, "bylines-0-contributor": "7"}
    answer = send(desk, article, mine)
    assert answer.status_code == CONFLICT
    told = answer.json()
    assert (told["form"]["tags"], told["form"]["dek"]) == ("x" * 101, "Theirs")
    html = desk.post(change(article), mine).content.decode()
    assert "x" * 101 in html
    assert '<option value="7"' not in html
    form = again(mine, told)
    answer = send(desk, article, form)
    assert answer.status_code == 400
    # Mended, it goes beside what they wrote there meanwhile.
    form |= {
        "loaded_version": answer.json()["version"], "loaded_marks": answer.json()["marks"],
        "tags": "Mine", "bylines-0-contributor": "",
    }  # fmt: skip
    assert send(desk, article, form).status_code == SAVED
    stored = Article.objects.get()
    assert (stored.headline, stored.dek) == ("Mine", "Theirs")
    assert sorted(stored.tags.names()) == ["Mine", "Theirs"]


def test_the_time_of_publication_outlives_a_form_that_does_not_know_it(desk: Client) -> None:
    """Published by a script's request, the screen stays and its time is still empty."""
    article = builders.make_story()
    form = load(desk, article)
    told = desk.post(
        article_verbs.address(article, "publish"), headers={"Accept": "application/json"}
    ).json()
    form |= {"loaded_version": told["version"], "headline": "Next"}
    told = send(desk, article, form).json()
    form |= {"loaded_version": told["version"], "loaded_marks": told["marks"], "dek": "Next"}
    assert send(desk, article, form).status_code == SAVED
    stored = Article.objects.get()
    assert draft_of(stored).fields["publish_at"] == stored.publish_at
    assert draft_of(stored).fields["headline"] == "Next"


def test_what_a_person_saves_is_no_autosave(desk: Client, editor: User) -> None:
    article = builders.make_draft()
    form = load(desk, article)
    for headline, deliberate in (("1", ""), ("2", ""), ("3", "1"), ("4", ""), ("5", "")):
        told = send(
            desk, article, form | {"headline": headline} | ({"_save": "1"} if deliberate else {})
        ).json()
        form |= {"loaded_version": told["version"], "loaded_marks": told["marks"]}
    kept = [(each.kind, each.snapshot["headline"]) for each in article.revisions.order_by("number")]
    assert kept == [("autosave", "2"), ("save", "3"), ("autosave", "5")]
    # After ten minutes, and where one has a name, there is a new one.
    Revision.objects.filter(kind="autosave").update(at=timezone.now() - timedelta(minutes=11))
    told = send(desk, article, form | {"headline": "6"}).json()
    assert article.revisions.count() == 4
    Revision.objects.filter(pk=article.revisions.first().pk).update(label="Before the call")  # type: ignore[union-attr]
    form |= {"loaded_version": told["version"], "loaded_marks": told["marks"]}
    send(desk, article, form | {"headline": "7"})
    assert article.revisions.count() == 5
