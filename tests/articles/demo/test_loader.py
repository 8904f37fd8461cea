"""Loading the demo: through the product's verbs, once, and never over a writer's work."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone

from articles.actions.publishing import publish
from articles.demo import loader
from articles.demo.loader import load_demo
from articles.demo.toml_table import ContentError
from articles.models import (
    Agency,
    Article,
    Contributor,
    Embed,
    Photo,
    Redirect,
    Revision,
    Section,
    Tag,
    TagAlias,
)
from tests.articles.demo.small import STORIES, small_content

pytestmark = pytest.mark.django_db

MENDER = "the-umbrella-mender"
TOLLHOUSE = "tollhouse-closes-upper-circle"


def everything() -> list[object]:
    """What a second run must leave as it is."""
    models = (Article, Contributor, Photo, Section, Tag, TagAlias, Agency, Revision, Embed)
    counts: list[object] = [model._default_manager.count() for model in models]
    return [
        *counts,
        Article.objects.aggregate(Max("modified_at"), Max("version")),
        list(Article.objects.values_list("pk", "body_html", "lead_id").order_by("pk")),
    ]


def test_a_story_comes_in_with_all_that_hangs_on_it() -> None:
    load_demo(small_content(MENDER))
    article = Article.objects.published().get(slug=MENDER)
    assert article.section
    assert article.section.slug == "style"
    assert [str(byline) for byline in article.bylines.all()] == ["Juno Thackeram", "Greta Sundmark"]
    assert [use.tag.name for use in article.tag_uses.all()] == [
        "Idris Bellamine",
        "Ropewalk",
        "Repair",
    ]
    assert [embed.provider for embed in Embed.objects.all()] == ["tiktok"]
    assert article.live
    assert article.live.kind == Revision.Kind.PUBLISH
    assert article.word_count > 300


def test_the_photos_stand_where_the_body_says_with_their_credit() -> None:
    load_demo(small_content(MENDER))
    article = Article.objects.get(slug=MENDER)
    assert article.lead
    assert article.lead.photo.credit_raw == "Photographs: Greta Sundmark"
    body_use = article.photo_uses.get(slot="body")
    assert f'<figure data-photo="{body_use.pk}"></figure>' in article.body_html
    assert "{{" not in article.body_html
    assert body_use.photo.photographer
    assert body_use.photo.photographer.slug == "greta-sundmark"
    assert body_use.photo.agency_text == "Tidelamp"
    assert body_use.alt_text == "Dark teal checked cloth in soft folds"


def test_a_photo_without_a_line_is_credited_from_its_file() -> None:
    content = small_content(MENDER)
    photo = replace(content.photos["umbrella-cloth"], credit="", contributor="")
    load_demo(replace(content, photos={**content.photos, "umbrella-cloth": photo}))
    use = Article.objects.get(slug=MENDER).photo_uses.get(slot="body")
    assert use.photo.photographer_text == "Greta Sundmark"
    assert use.photo.photographer is None


def test_posts_come_finished_so_that_nobody_is_asked(nudges: list[tuple[str, list[int]]]) -> None:
    load_demo(small_content(MENDER))
    embed = Embed.objects.get()
    assert embed.state == Embed.State.OK
    assert not Embed.objects.due().exists()
    assert embed.quote == "Grandad does your ribs in ninety seconds."
    assert embed.quote in embed.card_html
    assert "articles.resolve_embed" not in {task for task, _ in nudges}


def test_a_post_that_is_known_keeps_what_is_known() -> None:
    content = small_content(MENDER)
    load_demo(content)
    Embed.objects.update(quote="Another word", state=Embed.State.GONE)
    Article.objects.all().delete()
    load_demo(content)
    assert Embed.objects.get().quote == "Another word"


def test_the_dates_count_back_from_the_load() -> None:
    now = timezone.now()
    load_demo(small_content("lowlight-moves-indoors"), now=now)
    article = Article.objects.get(slug="lowlight-moves-indoors")
    assert article.publish_at == article.first_published_at == now - timedelta(days=6)
    assert article.updated_at_public == now - timedelta(days=5.9)


def test_what_is_scheduled_or_a_draft_is_not_public() -> None:
    load_demo(small_content())
    public = set(Article.objects.published().values_list("slug", flat=True))
    assert public == set(STORIES) - {"averil-film-week-closing-film", "oral-history-of-the-shed"}
    later = timezone.now() + timedelta(days=3)
    assert Article.objects.published(later).filter(slug="averil-film-week-closing-film").exists()
    draft = Article.objects.get(slug="oral-history-of-the-shed")
    assert draft.status == Article.Status.DRAFT
    assert draft.revisions.get().kind == Revision.Kind.SAVE


def test_a_correction_marks_its_article() -> None:
    load_demo(small_content(TOLLHOUSE, MENDER))
    article = Article.objects.get(slug=TOLLHOUSE)
    assert article.has_corrections
    assert [c.kind for c in article.corrections.all()] == ["clarification"]
    assert not Article.objects.get(slug=MENDER).has_corrections


def test_a_link_leads_to_the_other_story() -> None:
    content = small_content(MENDER, TOLLHOUSE)
    mender, tollhouse = content.articles
    linked = replace(
        mender, body=f'<p><a href="{{{{article:{TOLLHOUSE}}}}}">There</a></p>', embeds=()
    )
    load_demo(replace(content, articles=(linked, tollhouse)))
    target = Article.objects.get(slug=TOLLHOUSE).get_absolute_url()
    assert f'href="{target}"' in Article.objects.get(slug=MENDER).body_html


def test_a_second_run_changes_nothing() -> None:
    content = small_content(MENDER, TOLLHOUSE)
    report = load_demo(content)
    assert (report.articles, report.people) == (2, len(content.people))
    assert report.photos == Photo.objects.count() == 3
    before = everything()
    again = load_demo(content)
    assert (again.articles, again.people, again.photos) == (0, 0, 0)
    assert everything() == before


def test_a_writers_changes_stay() -> None:
    content = small_content(MENDER)
    load_demo(content)
    Article.objects.filter(slug=MENDER).update(headline="Mine now")
    Section.objects.filter(slug="style").update(name="Wear")
    Contributor.objects.filter(slug="juno-thackeram").update(bio="")
    Tag.objects.filter(name="Ropewalk").update(description="")
    load_demo(content)
    assert Article.objects.get(slug=MENDER).headline == "Mine now"
    assert Section.objects.get(slug="style").name == "Wear"
    assert Contributor.objects.get(slug="juno-thackeram").bio == ""
    assert Tag.objects.get(name="Ropewalk").description == ""


def test_a_story_that_moved_is_not_loaded_again() -> None:
    content = small_content(MENDER)
    load_demo(content)
    article = Article.objects.get(slug=MENDER)
    old_path = article.get_absolute_url()
    Article.objects.filter(pk=article.pk).update(slug="ribs-and-springs")
    Redirect.objects.create(old_path=old_path, target_article=article)
    assert load_demo(content).articles == 0
    assert not Article.objects.filter(slug=MENDER).exists()


def test_a_missing_story_comes_back_with_the_photos_that_are_there() -> None:
    content = small_content(MENDER)
    load_demo(content)
    photos = Photo.objects.count()
    Article.objects.get(slug=MENDER).delete()
    report = load_demo(content)
    assert (report.articles, report.photos) == (1, 0)
    assert Photo.objects.count() == photos


def test_a_story_that_fails_leaves_no_half_and_spares_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = small_content(MENDER, TOLLHOUSE)

    def broken(article: Article, **options: object) -> Article:
        if article.slug == TOLLHOUSE:
            raise RuntimeError("the roof came down")
        return publish(article, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(loader, "publish", broken)
    with pytest.raises(RuntimeError, match="roof"):
        load_demo(content)
    assert list(Article.objects.values_list("slug", flat=True)) == [MENDER]


def test_content_that_contradicts_itself_is_refused_before_anything_is_written() -> None:
    content = small_content(MENDER)
    story = replace(content.articles[0], section="sport")
    with pytest.raises(ContentError, match="sport"):
        load_demo(replace(content, articles=(story,)))
    assert not Section.objects.exists()


def test_people_get_their_login_and_portrait(writer: User) -> None:
    content = small_content(MENDER)
    person = next(p for p in content.people if p.login == "writer")
    portrait = replace(content.photos["neon-teal"].picture, recipe="portrait")
    people = tuple(replace(p, portrait=portrait) if p == person else p for p in content.people)
    load_demo(replace(content, articles=(), people=people))
    contributor = Contributor.objects.get(slug=person.slug)
    assert contributor.user == writer
    assert contributor.portrait
    assert [tag.name for tag in contributor.beats.all()] == [
        "Cinema economics",
        "Theatre buildings",
    ]


def test_a_login_that_has_a_profile_keeps_it(writer: User) -> None:
    own = Contributor.objects.create(user=writer, name="Someone Else", slug="someone-else")
    load_demo(small_content(MENDER))
    assert Contributor.objects.get(user=writer) == own


def test_tags_that_are_there_are_used_as_they_are() -> None:
    Tag.objects.create(name="ROPEWALK", slug="ropewalk", kind="topic")
    load_demo(small_content(MENDER))
    assert Tag.objects.get(norm_key="ropewalk").kind == "topic"
    assert not TagAlias.objects.filter(name="Ropewalk").exists()


def test_agencies_know_their_house() -> None:
    load_demo(small_content(MENDER))
    lanternslide = Agency.objects.get(name="Lanternslide")
    assert lanternslide.parent
    assert lanternslide.parent.name == "Quayside Pictures"
