"""A letter to the authors of public stories when a post in them is gone.

The change's own event is the record that they were told. It is taken before the letter is sent, so
that two workers never send two; it is given back where the mail server took none. The board says
the same, and says it without a mail server.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.embeds.providers import by_slug
from articles.embeds.states import State
from articles.models import Article, EmbedEvent

logger = logging.getLogger(__name__)

# What died earlier is no news: a mail server that is set up later sends no letters about years.
NEWS_FOR = timedelta(days=7)
LIMIT = 50


def tell_authors() -> int:
    """Write about each post that is gone since the last time; how many letters were sent. None
    without a mail server (EMAIL_URL).
    """
    if not settings.EMAIL_URL:
        return 0
    sent = 0
    for event in _untold():
        if not EmbedEvent.objects.filter(pk=event.pk, told_at=None).update(told_at=timezone.now()):
            continue  # another worker writes this one
        letter = _letter(event)
        try:
            sent += letter.send() if letter else 0
        except (OSError, SMTPException) as error:
            EmbedEvent.objects.filter(pk=event.pk).update(told_at=None)
            logger.warning("The mail server took no letter: %s", error)
            return sent  # it will take no other either; the next run tries again
    return sent


def _untold() -> list[EmbedEvent]:
    news = EmbedEvent.objects.filter(
        to_state=State.GONE, told_at=None, at__gt=timezone.now() - NEWS_FOR, embed__state=State.GONE
    )
    return list(news.select_related("embed").order_by("pk")[:LIMIT])


def _letter(event: EmbedEvent) -> EmailMessage | None:
    """One letter to all its authors, who see no address of each other. None where no story is
    public, nobody has an address, or its only reader would be who said it is gone.
    """
    stories = list(Article.objects.published().filter(embed_uses__embed=event.embed).distinct())
    about = Q(pk__in=[story.created_by_id for story in stories if story.created_by_id])
    about |= Q(contributor__bylines__article__in=stories)
    people = get_user_model().objects.filter(about, is_active=True).exclude(pk=event.by_id or 0)
    addresses = sorted({person.email for person in people if person.email})
    if not addresses:
        return None
    return EmailMessage(
        # A headline is one line (LineField): nothing in it starts another header.
        subject=f"A post in “{stories[0]}” is gone",
        body=_text(event, stories),
        bcc=addresses,
    )


def _text(event: EmbedEvent, stories: list[Article]) -> str:
    embed, site = event.embed, settings.SITE_URL
    provider = by_slug(embed.provider)
    kept = "Readers see the words that the newsroom kept of it."
    asked = (
        "Readers see that it is gone. If you have its words and the right to show them, add them:"
    )
    lines = [
        f"This post is no longer available on {provider.name if provider else embed.provider}:",
        *(f"  {line}" for line in (embed.url, event.reason) if line),
        "",
        kept if embed.quote else asked,
        f"  {site}{reverse('admin:articles_embed_change', args=[embed.pk])}",
        "",
        "It stands in",
        *(f"  {story}: {site}{story.get_absolute_url()}" for story in stories),
    ]
    return "\n".join([*lines, ""])
