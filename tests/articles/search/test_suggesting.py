"""Help where nothing was found."""

import pytest

from articles.models import TagAlias
from articles.search.suggesting import near_names, popular_tags
from tests import builders

pytestmark = pytest.mark.django_db


def test_the_tags_of_the_newest_stories_come_by_use() -> None:
    often, once, never = (builders.make_tag(name) for name in ("Often", "Once", "Never"))
    for tags in ([often, once], [often]):
        article = builders.make_article()
        for tag in tags:
            builders.add_tag(article, tag)
    builders.add_tag(builders.make_draft(), never)
    assert popular_tags() == [often, once]


def test_a_name_in_nearly_this_spelling_is_offered() -> None:
    tag = builders.make_tag("Zoë Marin")
    TagAlias.objects.create(tag=tag, name="The Brassmaker", slug="brassmaker")
    person = builders.make_contributor(name="Zora Quill")
    article = builders.make_article()
    builders.add_tag(article, tag)
    builders.add_byline(article, person)
    assert near_names("zoe marrin") == [tag]
    assert near_names("the brasmaker") == [tag]
    assert near_names("zora quil") == [person]
    assert near_names("something else") == []
    assert near_names("z") == []


def test_a_name_that_only_drafts_have_is_not_told() -> None:
    tag = builders.make_tag("Secret merger")
    person = builders.make_contributor(name="Secret witness")
    draft = builders.make_draft()
    builders.add_tag(draft, tag)
    builders.add_byline(draft, person)
    assert near_names("secret merge") == []
    assert near_names("secret witnes") == []
