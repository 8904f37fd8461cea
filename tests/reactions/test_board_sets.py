"""Which set a story shows, chosen at the desk: what it would inherit, one for many, what is kept."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, generation
from reactions import moderation, tallies
from reactions.models import Base, Board, ReactionKind, ReactionSet, SetKind
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article, make_section
from tests.reactions.test_admin import BOARDS, desk, with_rights
from tests.reactions.test_bar import bar
from tests.reactions.test_set_editor import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def mood(kinds: dict[str, ReactionKind]) -> ReactionSet:
    mood = ReactionSet.objects.create(slug="mood", question="In what mood?")
    SetKind.objects.create(set=mood, kind=kinds["cool"])
    return mood


def page_of(article: Article) -> str:
    Board.objects.for_article(article.pk)
    return reverse("admin:reactions_board_change", args=[article.pk])


def test_the_page_says_what_a_story_would_inherit(moderator: User, mood: ReactionSet) -> None:
    client = desk(moderator)
    section = make_section(name="Music")
    story = make_article(section=section)
    assert "“What do you think?”, from the default" in client.get(page_of(story)).content.decode()
    ReactionSet.objects.filter(pk=mood.pk).update(section=section)
    assert "“In what mood?”, from its section, Music" in client.get(page_of(story)).content.decode()
    ReactionSet.objects.update(section=None, is_default=False)
    assert "No set is the default: there is no bar" in client.get(page_of(story)).content.decode()


def test_a_moderator_reads_the_story_s_name_and_an_editor_its_form(
    moderator: User, editor: User, story: Article
) -> None:
    for login, may_open in ((moderator, False), (editor, True)):
        page = desk(login).get(page_of(story)).content.decode()
        assert story.headline in page
        assert (reverse("admin:articles_article_change", args=[story.pk]) in page) is may_open
        assert f'href="{story.get_absolute_url()}"' in page
        assert desk(login).get(reverse("admin:reactions_board_add")).status_code == (
            200 if may_open else 403
        )
    Article.objects.filter(pk=story.pk).update(status=Article.Status.DRAFT)
    page = desk(moderator).get(page_of(story)).content.decode()
    assert f'href="{story.get_absolute_url()}"' not in page


def test_a_section_that_has_a_set_is_told_in_words(moderator: User, mood: ReactionSet) -> None:
    section = make_section()
    ReactionSet.objects.create(slug="film", question="Seen it?", section=section)
    address = reverse("admin:reactions_reactionset_change", args=[mood.pk])
    page = desk(moderator).post(address, form_of(mood, section=section.pk)).content.decode()
    assert "This section has a set already" in page


def test_forms_lead_a_moderator_to_nothing_that_is_closed_to_them(
    moderator: User, story: Article, heart: int
) -> None:
    frozen = page_of(story)
    moderation.freeze(Board.objects.filter(pk=story.pk), moderator, reason="Too hot.")
    count = Base.objects.create(
        article=story, kind_id=heart, n=3, source="old", imported_at=timezone.now()
    )
    client = desk(moderator)
    for address in (frozen, reverse("admin:reactions_base_change", args=[count.pk])):
        page = LexborHTMLParser(client.get(address).content)
        for link in page.css("form .readonly a"):
            assert client.get(link.attributes["href"]).status_code == 200
    assert story.headline in page.css_first(".field-story").text()


def test_the_list_says_which_set_a_story_shows(
    moderator: User, story: Article, mood: ReactionSet
) -> None:
    Board.objects.create(article=make_article(), set=mood)
    page = desk(moderator).get(BOARDS).content.decode()
    assert "What do you think? (inherited)" in page
    assert ">In what mood?<" in page


def test_one_set_for_many_stories_is_on_their_pages_at_once(
    moderator: User, story: Article, mood: ReactionSet
) -> None:
    client, before = desk(moderator), generation()
    page_of(story)
    data = {"action": "use_set", "_selected_action": [story.pk], "use": mood.pk}
    page = client.post(BOARDS, data, follow=True).content.decode()
    assert "1 story now has “In what mood?”. Votes for kinds" in page
    assert "In what mood?" in bar(story)
    assert generation() != before
    client.post(BOARDS, {**data, "use": ""})
    assert "What do you think?" in bar(story)
    history = client.get(reverse("admin:reactions_board_history", args=[story.pk]))
    assert "In what mood?" in history.content.decode()


def test_a_set_that_is_none_is_refused(moderator: User, story: Article, mood: ReactionSet) -> None:
    page_of(story)
    data = {"action": "use_set", "_selected_action": [story.pk], "use": "x"}
    desk(moderator).post(BOARDS, data)
    assert Board.objects.get().set is None


def test_who_may_not_change_boards_chooses_no_set(story: Article, mood: ReactionSet) -> None:
    page_of(story)
    data = {"action": "use_set", "_selected_action": [story.pk], "use": mood.pk}
    desk(with_rights("view_board", "freeze_board")).post(BOARDS, data)
    assert Board.objects.get().set is None


def test_votes_that_the_new_set_does_not_show_are_named_and_come_back(
    moderator: User, story: Article, visitor: Visitor, heart: int, mood: ReactionSet
) -> None:
    cast_vote(story.pk, visitor, heart)
    tallies.roll()
    client = desk(moderator)
    page = client.post(page_of(story), {"set": mood.pk}, follow=True).content.decode()
    assert "Its set doesn’t have Heart (1): these votes are kept" in page
    assert "Heart" not in bar(story)
    client.post(page_of(story), {"set": ""})
    assert "Heart, 1 reaction" in bar(story)
