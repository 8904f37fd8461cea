"""Celery tasks, thin: load, call, save once. Each is idempotent; the row decides, not the message."""

from celery import shared_task

from articles.embeds.work import resolve
from articles.models import Embed, Photo
from articles.photos.work import (
    make_renditions,
    name_given_up,
    remove_old_files,
    renew_outdated,
)

SWEEP_LIMIT = 200
SWEPT_MESSAGE_EXPIRES_SECONDS = 60


@shared_task(name="articles.resolve_embed")
def resolve_embed(embed_id: int) -> None:
    resolve(embed_id)


@shared_task(name="articles.make_renditions")
def make_photo_renditions(photo_id: int) -> None:
    make_renditions(photo_id)


@shared_task(name="articles.sweep_embeds")
def sweep_embeds() -> int:
    """Ask again for every row whose message was lost or whose time has come; how many."""
    due = Embed.objects.due().order_by("next_check_at").values_list("pk", flat=True)
    for embed_id in (wanted := list(due[:SWEEP_LIMIT])):
        resolve_embed.apply_async([embed_id], expires=SWEPT_MESSAGE_EXPIRES_SECONDS)
    return len(wanted)


@shared_task(name="articles.sweep_photos")
def sweep_photos() -> int:
    """Ask again for photos without renditions; how many. Names those that nothing can be made of,
    removes files that no page names any more and, when there is nothing else to do, has the oldest
    renditions made anew.
    """
    name_given_up()
    for photo_id in Photo.objects.with_old_files().values_list("pk", flat=True)[:SWEEP_LIMIT]:
        remove_old_files(photo_id)
    due = Photo.objects.awaiting_renditions().order_by("pk").values_list("pk", flat=True)
    for photo_id in (wanted := list(due[:SWEEP_LIMIT])):
        make_photo_renditions.apply_async([photo_id], expires=SWEPT_MESSAGE_EXPIRES_SECONDS)
    if not wanted:
        renew_outdated()  # the next sweep finds them
    return len(wanted)
