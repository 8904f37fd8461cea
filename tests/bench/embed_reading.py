"""How fast articles are cleaned and their embeds found: ordinary bodies, and those made to cost time.

CPU seconds of this process. `embed_reading.py [SHAPE …]` measures some of the hostile shapes
(tests/articles/embeds/hostile.py) alone.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from articles.body.clean import clean
from articles.embeds.detect import rewrite_embeds
from newsroom.lib.html_guard import MAX_BODY_BYTES, BodyRefused
from tests.articles.embeds.hostile import BEYOND, FILM, POST, SHAPES
from tests.bench.tools import heading

ROUNDS = 200
# Some 5 KB, as an article is: words, a link, three embeds in three forms.
SENTENCE = (
    'Words of an ordinary story, <b>some</b> of them <a href="https://a.example/">linked</a>. '
)
PARAGRAPH = f"<p>{SENTENCE * 5}</p>\n"
BODY = (
    PARAGRAPH * 4
    + f"<p>{FILM}</p>"
    + f'<blockquote class="twitter-tweet"><p>Words</p>&mdash; Some One (@someone) <a href="{POST}">May 1</a></blockquote>'
    + PARAGRAPH * 4
    + '<amp-instagram data-shortcode="C-abc_123-"></amp-instagram>'
    + PARAGRAPH * 2
)


def seconds(read: object, text: str, rounds: int = 1) -> tuple[float, str]:
    """CPU seconds a round, and what became of it."""
    said = "read"
    before = time.process_time()
    for _ in range(rounds):
        try:
            read(text)  # type: ignore[operator]
        except BodyRefused:
            said = "refused"
    return (time.process_time() - before) / rounds, said


def main(names: list[str]) -> None:
    print(heading())
    for name, read in (("embeds alone", rewrite_embeds), ("the whole cleaning", clean)):
        spent, _ = seconds(read, BODY, ROUNDS)
        print(
            f"{name}: {spent * 1000:.2f} ms a body of {len(BODY):,} bytes, {len(BODY) / spent / 1e6:.1f} MB/s"
        )
    for name in names or SHAPES:
        text = SHAPES[name](MAX_BODY_BYTES - 10_000)
        spent, said = seconds(clean, text)
        print(f"{name}: {len(text) / 1e6:.2f} MB {said} in {spent:.2f} s")
    for name, text in () if names else BEYOND.items():
        spent, said = seconds(clean, text)
        print(f"beyond, {name}: {said} in {spent * 1000:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
