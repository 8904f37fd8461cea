"""manage.py sweep: do all waiting work now, in this process. For cron, where no broker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.embeds.work import resolve
from articles.models import Embed, Photo
from articles.photos.work import (
    make_renditions,
    name_given_up,
    remove_old_files,
    renew_outdated,
)


class Command(BaseCommand):
    help = "Resolve the embeds and make the renditions that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        name_given_up()
        embeds = list(Embed.objects.due().values_list("pk", flat=True))
        renew_outdated()
        photos = list(Photo.objects.awaiting_renditions().values_list("pk", flat=True))
        done = sum(map(resolve, embeds)) + sum(map(make_renditions, photos))
        for photo_id in Photo.objects.with_old_files().values_list("pk", flat=True):
            remove_old_files(photo_id)
        self.stdout.write(f"{done} of {len(embeds) + len(photos)} done.")
