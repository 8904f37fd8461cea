"""`python -m tests.articles.embeds.dying POINT EMBED_ID`: a worker that is killed at one point of
its work, as kill -9 or the kernel's memory killer would. With POINT "drawing" it draws outdated
cards instead, and EMBED_ID is the one at which it dies.
"""

import os
import signal
import sys

import django

django.setup()

from articles.embeds import redraw, work  # noqa: E402 (Django first)
from articles.models import Embed  # noqa: E402 (Django first)

point, embed_id = sys.argv[1], int(sys.argv[2])
draw = redraw.draw


def die(at: str) -> None:
    if at == point:
        os.kill(os.getpid(), signal.SIGKILL)


def draw_or_die(embed: Embed) -> None:
    if embed.pk == embed_id:
        die("drawing")
    draw(embed)


work.mark = die
redraw.draw = draw_or_die
if point == "drawing":
    redraw.draw_outdated()
else:
    work.resolve(embed_id)
