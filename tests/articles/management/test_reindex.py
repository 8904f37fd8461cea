import pytest
from django.core.management import call_command

from articles.search import SearchQuery, search
from tests import builders

pytestmark = pytest.mark.django_db


def test_reindex_makes_every_published_story_findable(capsys: pytest.CaptureFixture[str]) -> None:
    builders.make_article(headline="The pier")
    builders.make_draft(headline="A draft pier")
    assert search(SearchQuery(text="pier")).total == 0
    call_command("reindex")
    assert search(SearchQuery(text="pier")).total == 1
    assert "Articles in the index: 1." in capsys.readouterr().out
