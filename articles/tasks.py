"""Celery tasks, thin: load, call, save once. Each is idempotent; the row decides, not the message.

Two queues: "celery" for what somebody waits for, "background" for what nobody does. A worker takes
from both in turn, so ten thousand posts of an import never stand before one of a story that is
being published.
"""

from celery import shared_task

from articles.embeds import hosts, notices, schedule
from articles.embeds.redraw import draw_outdated, outdated
from articles.embeds.turns import MESSAGE_SECONDS, give_back, take_turns, take_turns_of
from articles.embeds.work import resolve
from articles.models import Embed, Photo
from articles.photos.work import (
    make_renditions,
    mind_bucket,
    name_given_up,
    remove_old_files,
    renew_outdated,
)
from articles.search import stale

SWEEP_LIMIT = 200
SWEPT_MESSAGE_EXPIRES_SECONDS = 60
DRAWN_AT_ONCE = 50  # batches; the next sweep goes on
BACKGROUND = "background"


@shared_task(name="articles.resolve_embed")
def resolve_embed(embed_id: int) -> None:
    """Ask a provider: about a new post, where a short link leads, or again (a refresh, a recheck):
    the row says which.
    """
    resolve(embed_id, on_wait=_nudge)


@shared_task(name="articles.go_on_with_host")
def go_on_with_host(host: str) -> int:
    """A host's bucket has requests again: ask for as many of the rows that wait for it; how many.
    One such message a host is on its way at a time, however many rows there are.
    """
    if not hosts.take_nudge(host):
        return 0
    turns, more = take_turns_of(host)
    _send(turns)
    if more:
        _nudge(host, hosts.nudge_seconds(host))
    return len(turns)


def _nudge(host: str, seconds: float) -> None:
    """Have the rows that wait for this host gone on with. Where the message is lost, the sweep does
    it.
    """
    seconds = max(seconds, hosts.NUDGE_SECONDS)
    if hosts.book_nudge(host, seconds):
        go_on_with_host.apply_async([host], countdown=seconds, expires=seconds + MESSAGE_SECONDS)


def _send(turns: list[tuple[int, Embed.Priority]]) -> None:
    """Raises what the broker's client raises; the turns it did not take are free again by then, so
    that the next sweep asks for them, not the one after their messages would have expired.
    """
    sent = 0
    try:
        for embed_id, priority in turns:
            queue = None if priority == Embed.Priority.DESK else BACKGROUND
            resolve_embed.apply_async([embed_id], expires=MESSAGE_SECONDS, queue=queue)
            sent += 1
    finally:
        give_back([embed_id for embed_id, _priority in turns[sent:]])


@shared_task(name="articles.render_embeds")
def render_embeds() -> int:
    """Draw cards anew that an older version drew, or that lack what the desk wrote; how many."""
    return draw_outdated(DRAWN_AT_ONCE)


@shared_task(name="articles.recheck_embeds")
def recheck_embeds() -> int:
    """Plan the looks after posts that readers see; drop counts of long ago. How many were planned."""
    hosts.forget_old_days()
    return schedule.plan()


@shared_task(name="articles.tell_of_gone_embeds")
def tell_of_gone_embeds() -> int:
    """Write to the authors of public stories whose posts are gone; how many letters."""
    return notices.tell_authors()


@shared_task(name="articles.make_renditions")
def make_photo_renditions(photo_id: int) -> None:
    make_renditions(photo_id)


@shared_task(name="articles.index_stale")
def index_stale(_name: int = 0) -> int:
    """Index stories whose names have changed; how many. Whose name asked for it makes no difference."""
    return stale.index_stale()


@shared_task(name="articles.sweep_embeds")
def sweep_embeds() -> int:
    """Ask for rows whose message was lost, whose time has come, or whose card is outdated: as many
    as the queue has room for. How many.
    """
    turns = take_turns(SWEEP_LIMIT)
    _send(turns)
    if outdated().exists():
        render_embeds.apply_async(expires=MESSAGE_SECONDS, queue=BACKGROUND)
    return len(turns)


@shared_task(name="articles.sweep_photos")
def sweep_photos() -> int:
    """Ask again for photos without renditions; how many. Names those that nothing can be made of,
    removes files that no page names any more and, when there is nothing else to do, has the oldest
    renditions made anew.
    """
    name_given_up()
    mind_bucket()
    for photo_id in Photo.objects.with_old_files().values_list("pk", flat=True)[:SWEEP_LIMIT]:
        remove_old_files(photo_id)
    due = Photo.objects.awaiting_renditions().order_by("pk").values_list("pk", flat=True)
    for photo_id in (wanted := list(due[:SWEEP_LIMIT])):
        make_photo_renditions.apply_async([photo_id], expires=SWEPT_MESSAGE_EXPIRES_SECONDS)
    if not wanted:
        renew_outdated()  # the next sweep finds them
    return len(wanted)
