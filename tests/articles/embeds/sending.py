"""`python -m tests.articles.embeds.sending QUEUE ID…`: ask for these embeds by the broker."""

import sys

from newsroom.celery import app

queue, *ids = sys.argv[1:]
with app.producer_or_acquire() as producer:
    for embed_id in ids:
        app.send_task(
            "articles.resolve_embed", args=[int(embed_id)], queue=queue, producer=producer
        )
