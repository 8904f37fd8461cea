"""Stories come and go at their minute on every public page, with the cache on and warm and nobody
there to do it: no worker, no beat, no purge. What the cache answers is what Django would answer.
"""

import time
from datetime import timedelta

import pytest
from django.conf import LazySettings

from articles import site_clock
from articles.models import Article, SlotEntry, public_changed
from tests import builders
from tests.articles.caching.conftest import Front, _keep_the_connection
from tests.live import eventually
from tests.test_site import PAGES, Site, machine_pages, site

__all__ = ["_keep_the_connection", "site"]  # fixtures

pytestmark = pytest.mark.django_db

TRIES = 4


def everywhere(paper: Site) -> list[str]:
    """Every public address of the paper."""
    words = ["/search/?q=Tonight", "/search/?q=Yesterday", "/search/", "/robots.txt"]
    return [*(page(paper) for page in PAGES.values()), *machine_pages(paper), *words]


def story_of(paper: Site, **fields: object) -> Article:
    """A story that stands on as many pages as one can."""
    story = builders.make_article(section=paper.story.section, **fields)
    builders.add_tag(story, paper.story.tag_uses.get().tag)
    builders.add_byline(story, paper.story.bylines.get().contributor)
    return story


@pytest.fixture
def front(settings: LazySettings) -> Front:
    settings.FRAGMENT_BYTES = 1_000_000  # the pieces of pages, too
    return Front()


def test_stories_come_and_go_on_time_everywhere(site: Site, front: Front) -> None:
    coming = story_of(site, headline="Tonight the lamps return")
    going = story_of(site, headline="Yesterday was only for a day")
    paths = [*everywhere(site), coming.get_absolute_url(), going.get_absolute_url()]
    before = warm_until_the_moment(front, paths, coming=coming, going=going)
    listing = [path for path in paths if going.headline in before[path]]
    assert len(listing) > 8, "the story stood on home, lists, feeds and its own page"
    assert not any(coming.headline in text for path, text in before.items())

    fresh = Front(limit=0)  # no cache
    for path in paths:
        now, right = front.get(path), fresh.get(path)
        assert (now.status, now.text) == (right.status, right.text), path
        assert going.headline not in now.text
    shown = {path for path in paths if coming.headline in front.get(path).text}
    assert {"/", site.section, site.tag, site.contributor, "/feed/"} <= shown
    assert front.get(coming.get_absolute_url()).status == 200
    assert front.get(going.get_absolute_url()).status == 410


def warm_until_the_moment(
    front: Front, paths: list[str], *, coming: Article, going: Article
) -> dict[str, str]:
    """Let all pages be kept while one story waits and the other is public, then let the time of
    both pass. On a machine too busy to render them all before it passes, try a later one.
    """
    for attempt in range(1, TRIES + 1):
        moment = site_clock.database_now() + timedelta(seconds=4 * attempt)
        Article.objects.filter(pk=coming.pk).update(publish_at=moment)
        Article.objects.filter(pk=going.pk).update(expire_at=moment)
        public_changed()
        before = {path: front.get(path).text for path in paths}
        renders = front.renders
        again = {path: front.get(path).text for path in paths if "q=" not in path}
        kept = front.renders == renders
        if site_clock.database_now() < moment:
            assert kept, "the second reader's pages came from the cache"
            assert all(before[path] == text for path, text in again.items())
            eventually(lambda at=moment: site_clock.database_now() >= at, "the moment")  # type: ignore[misc]
            return before
    pytest.fail("Too slow a machine to warm the pages.")


def test_a_copy_that_was_made_just_before_its_time_is_not_used_after_it(front: Front) -> None:
    end = site_clock.database_now() + timedelta(seconds=1)
    story = builders.make_article(headline="Gone in a second", expire_at=end)
    path = story.get_absolute_url()
    while site_clock.database_now() < end - timedelta(milliseconds=20):
        front.get(path)
        time.sleep(0.005)
    eventually(lambda: site_clock.database_now() >= end, "its end")
    assert front.get(path).status == 410


def test_an_entry_of_a_front_leaves_at_its_time(front: Front) -> None:
    from articles.models import Front as FrontPage

    old = builders.make_article(headline="An old favourite")
    Article.objects.filter(pk=old.pk).update(publish_at=old.created_at - timedelta(days=900))
    builders.make_article(headline="Today's")
    end = site_clock.database_now() + timedelta(seconds=2)
    slot = FrontPage.objects.create().slots.create(key="lead")
    SlotEntry.objects.create(slot=slot, article=old, until=end)
    first = front.get("/").text
    if site_clock.database_now() < end:
        assert first.index("An old favourite") < first.index("Today&#x27;s")
    eventually(lambda: site_clock.database_now() >= end, "its end")
    text = front.get("/").text
    assert text.index("Today&#x27;s") < text.index("An old favourite")
