"""The newest of a tag or contributor are what the plain query says, whichever way they are found."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.cards import CardList
from articles.listing import of_contributor, of_tag
from articles.models import Article, Byline, Contributor, Section, Tag, TaggedArticle, newest_of
from tests import builders

pytestmark = pytest.mark.django_db
STORIES = 60
# LOOKS and COUNTED: gone through a little; all are gone through; all of its own are read.
WAYS = {"both": (4, 3), "walked": (STORIES, STORIES), "read": (0, 0)}
every_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture(autouse=True)
def _way(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, counted = WAYS[way]
    monkeypatch.setattr(newest_of, "LOOKS", looks)
    monkeypatch.setattr(newest_of, "COUNTED", counted)
    monkeypatch.setattr(newest_of, "COUNTED_EACH", 0)


def random_paper(seed: int) -> tuple[list[Section], list[Tag], list[Contributor]]:
    """Stories in every state, made in another order than they came out, many in the same minute."""
    chance = random.Random(seed)
    sections = [builders.make_section() for _ in range(2)]
    tags = [builders.make_tag() for _ in range(4)]
    people = [builders.make_contributor() for _ in range(3)]
    now = timezone.now()
    for _ in range(STORIES):
        status = chance.choice([*Article.Status, *3 * [Article.Status.PUBLISHED]])
        story = builders.make_article(
            status=status,
            publish_at=now - timedelta(minutes=chance.randint(-10, 40)),
            expire_at=chance.choice([None, None, now + timedelta(minutes=chance.choice([-5, 5]))]),
            section=chance.choice(sections),
        )
        for number, tag in enumerate(tags):  # on three of four stories, on half of them …
            if chance.random() < 0.75 / (number + 1) ** 2:
                builders.add_tag(story, tag)
        for role in chance.sample(list(Byline.Role), 2):  # twice the same person, perhaps
            builders.add_byline(story, chance.choice(people), role=role)
    return sections, tags, people


@every_way
@pytest.mark.parametrize("seed", range(2))
def test_a_list_is_the_plain_querys(way: str, seed: int) -> None:
    _, tags, people = random_paper(seed)
    with_tag, by_person = CardList(of_tag), CardList(of_contributor)
    for start, count in ((0, 1), (0, 7), (5, 10), (0, 2 * STORIES), (STORIES, 1)):
        part = slice(start, start + count)
        for tag in tags:
            plain = Article.objects.published().filter(tag_uses__tag=tag).newest()
            assert with_tag.part(start, count, tag=tag.pk) == list(plain[part])
        for person in people:
            plain = Article.objects.published().filter(bylines__contributor=person)
            expected = list(plain.distinct().newest()[part])
            assert by_person.part(start, count, contributor=person.pk) == expected


@every_way
def test_those_of_one_section_are_the_plain_querys(way: str) -> None:
    sections, tags, _ = random_paper(9)
    for section in sections:
        for tag in tags:
            uses = TaggedArticle.objects.filter(tag=tag)
            numbers = newest_of.newest_of(uses, "content_object", depth=5, section=section)
            plain = Article.objects.published().filter(tag_uses__tag=tag, section=section)
            assert list(Article.objects.filter(pk__in=numbers).newest()) == list(plain.newest()[:5])


@every_way
def test_a_story_is_there_from_its_moment_on_and_while_it_is_public(way: str) -> None:
    tag = builders.make_tag()
    story = builders.make_article(publish_at=timezone.now() + timedelta(hours=1))
    builders.add_tag(story, tag)
    stories = CardList(of_tag)
    assert stories.part(0, 5, tag=tag.pk) == []
    Article.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    assert stories.part(0, 5, tag=tag.pk) == [story]
    Article.objects.update(expire_at=timezone.now() - timedelta(milliseconds=1))
    assert stories.part(0, 5, tag=tag.pk) == []
    Article.objects.update(expire_at=None)
    assert stories.part(0, 5, tag=tag.pk) == [story]
    Article.objects.update(status=Article.Status.WITHDRAWN)
    assert stories.part(0, 5, tag=tag.pk) == []
