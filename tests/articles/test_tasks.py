"""The tasks, thin: they are known by name, do the row's work once, and the sweep asks for what is due."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from articles import tasks
from articles.actions.embedding import RESOLVE_TASK
from articles.actions.naming import INDEX_TASK
from articles.actions.photo_facts import RENDITIONS_TASK
from articles.models import Embed
from tests import builders

pytestmark = pytest.mark.django_db


def test_what_is_sent_by_name_and_what_beat_sends_is_known() -> None:
    sent = {RESOLVE_TASK, RENDITIONS_TASK, INDEX_TASK}
    sent |= {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    current_app.loader.import_default_modules()
    assert sent <= set(current_app.tasks)


def test_a_message_that_comes_twice_does_its_work_once() -> None:
    embed = builders.make_embed()
    for _ in range(2):
        tasks.resolve_embed(embed.pk)
    embed.refresh_from_db()
    assert (embed.state, embed.attempts) == (Embed.State.OK, 0)
    tasks.resolve_embed(999_999)
    tasks.make_photo_renditions(999_999)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int], str | None]]:
    """The messages of the sweep: task, arguments, queue."""
    messages: list[tuple[str, list[int], str | None]] = []

    def note(task: Any) -> Any:
        def apply(args: Any = (), *, expires: int, queue: str | None = None) -> None:
            assert expires == 60
            messages.append((task.name, list(args), queue))

        return apply

    for task in (tasks.resolve_embed, tasks.render_embeds):
        monkeypatch.setattr(task, "apply_async", note(task))
    return messages


def test_the_sweep_sends_the_desks_rows_before_the_rest_and_by_another_queue(
    sent: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    imported = builders.make_embed(next_check_at=hour_ago, priority=Embed.Priority.IMPORT)
    desk = builders.make_embed()
    assert tasks.sweep_embeds() == 2
    name = "articles.resolve_embed"
    assert sent == [(name, [desk.pk], None), (name, [imported.pk], "background")]
    assert tasks.sweep_embeds() == 0
    monkeypatch.setattr(tasks, "SWEEP_LIMIT", 3)
    for _ in range(3):
        builders.make_embed()
    assert tasks.sweep_embeds() == 1


def test_what_the_broker_did_not_take_is_asked_for_by_the_next_sweep(
    sent: list[tuple[str, list[int], str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (builders.make_embed() for _ in range(3))
    takes = tasks.resolve_embed.apply_async

    def refuse_after_one(args: list[int], **options: Any) -> None:
        if sent:
            raise ConnectionError("the broker is away")
        takes(args, **options)

    monkeypatch.setattr(tasks.resolve_embed, "apply_async", refuse_after_one)
    with pytest.raises(ConnectionError):
        tasks.sweep_embeds()
    monkeypatch.setattr(tasks.resolve_embed, "apply_async", takes)
    assert tasks.sweep_embeds() == 2
    assert sorted(args[0] for _name, args, _queue in sent) == [first.pk, second.pk, third.pk]


def test_the_sweep_has_outdated_cards_drawn(sent: list[object]) -> None:
    builders.make_embed(state=Embed.State.OK, next_check_at=None)
    tasks.sweep_embeds()
    assert sent == [("articles.render_embeds", [], "background")]
    assert tasks.render_embeds() == 1
    sent.clear()
    tasks.sweep_embeds()
    assert sent == []


def test_beat_plans_looks_and_writes_letters(settings: Settings) -> None:
    settings.EMBED_FETCH = True
    embed = builders.make_embed(state=Embed.State.OK, next_check_at=None)
    builders.use_embed(builders.make_article(), embed)
    assert tasks.recheck_embeds() == 1
    assert tasks.tell_of_gone_embeds() == 0
