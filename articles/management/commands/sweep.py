"""manage.py sweep: do all waiting work now, in this process. For cron, where no broker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.embeds import hosts, notices, schedule
from articles.embeds.redraw import draw_outdated
from articles.embeds.work import resolve
from articles.models import Embed, Photo
from articles.photos.work import (
    make_renditions,
    mind_bucket,
    name_given_up,
    remove_old_files,
    renew_outdated,
)
from articles.search import index_stale


class Command(BaseCommand):
    help = "Resolve the embeds, draw the cards, make the renditions and index the stories that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        name_given_up()
        schedule.plan()
        hosts.forget_old_days()
        due = Embed.objects.due().order_by("priority", "next_check_at")
        embeds = list(due.values_list("pk", flat=True))
        renew_outdated()
        mind_bucket()
        photos = list(Photo.objects.awaiting_renditions().values_list("pk", flat=True))
        done = sum(map(resolve, embeds)) + sum(map(make_renditions, photos))
        draw_outdated()
        notices.tell_authors()
        while index_stale():
            pass
        for photo_id in Photo.objects.with_old_files().values_list("pk", flat=True):
            remove_old_files(photo_id)
        self.stdout.write(f"{done} of {len(embeds) + len(photos)} done.")
