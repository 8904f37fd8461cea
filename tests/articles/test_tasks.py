"""The tasks, thin: they are known by name, do the row's work once, and the sweep asks for what is due."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from articles import tasks
from articles.actions.embedding import RESOLVE_TASK
from articles.actions.photo_facts import RENDITIONS_TASK
from articles.models import Embed
from articles.models.embed import MAX_ATTEMPTS
from tests import builders

pytestmark = pytest.mark.django_db


def test_what_is_sent_by_name_and_what_beat_sends_is_known() -> None:
    sent = {RESOLVE_TASK, RENDITIONS_TASK}
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


def test_the_sweep_asks_for_due_rows_only_and_the_longest_due_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    late = builders.make_embed(next_check_at=now - hour)
    later = builders.make_embed(next_check_at=now - 2 * hour)
    left = builders.make_embed(next_check_at=now - 3 * hour, lease_until=now - hour)
    builders.make_embed(next_check_at=now + hour)
    builders.make_embed(next_check_at=None)
    builders.make_embed(next_check_at=now - hour, lease_until=now + hour)
    builders.make_embed(next_check_at=now - hour, attempts=MAX_ATTEMPTS)
    sent: list[tuple[list[int], int]] = []
    monkeypatch.setattr(
        tasks.resolve_embed, "apply_async", lambda args, expires: sent.append((args, expires))
    )
    assert tasks.sweep_embeds() == 3
    assert [args for args, _ in sent] == [[left.pk], [later.pk], [late.pk]]
    assert {expires for _, expires in sent} == {tasks.SWEPT_MESSAGE_EXPIRES_SECONDS}
    monkeypatch.setattr(tasks, "SWEEP_LIMIT", 2)
    assert tasks.sweep_embeds() == 2
