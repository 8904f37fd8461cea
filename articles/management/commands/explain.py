"""manage.py explain embeds|credit|html|url|photo: what the product makes of a thing, as JSON lines.

For the desk and for tests. One line in, one line out; a bad line gets {"id", "error"} and the
rest goes on. For photo the arguments are file paths.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from articles.body.clean import clean
from articles.body.render import render_body
from articles.embeds.provider import EmbedRef
from articles.embeds.rows import preview_card
from articles.photos.credits import parse_credit
from articles.photos.metadata import PhotoRefused, inspect_photo
from newsroom.lib.http import judge_url

Row = dict[str, Any]


class Command(BaseCommand):
    help = "Say what the product makes of embeds, credit lines, HTML, URLs or photos (JSON lines)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", choices=["embeds", "credit", "html", "url", "photo"])
        parser.add_argument("files", nargs="*", type=Path, help="For photo: the files.")
        parser.add_argument(
            "--rendered", action="store_true", help="For html: as a reader gets it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["subject"] == "photo":
            for path in options["files"]:
                self.put(explain_photo(path))
            return
        explain = LINES[options["subject"]]
        if options["rendered"] and explain is explain_html:
            explain = explain_rendered
        # Bytes split at \n only: U+2028 inside a JSON string is no line's end.
        for line in sys.stdin.buffer:
            if line.strip():
                self.put(explain_line(line, explain))

    def put(self, row: Row) -> None:
        # ASCII escapes: a lone surrogate in the input must not stop the output.
        self.stdout.write(json.dumps(row))


def explain_line(line: bytes, explain: Callable[[Row], Row]) -> Row:
    """One input line's answer; never raises for a bad line."""
    identity: Any = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            return {"id": None, "error": "The line is no JSON object."}
        identity = scalar(row.get("id"))
        return {"id": identity, **explain(row)}
    except (ValueError, TypeError, RecursionError) as error:
        return {"id": identity, "error": str(error)}


def scalar(value: Any) -> str | int | None:
    """An id as it may be given back: NaN and a list of a thousand lists are no ids."""
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError("“id” must be a string or a whole number.")


def text_of(row: Row, name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise TypeError(f"“{name}” must be a string.")
    return value


def explain_embeds(row: Row) -> Row:
    return {"embeds": [embed_row(ref) for ref in clean(text_of(row, "html")).embeds]}


def embed_row(ref: EmbedRef) -> Row:
    return {
        "provider": ref.provider,
        "media_id": ref.media_id,
        "canonical_url": ref.canonical_url,
        "start": ref.start,
    }


def explain_credit(row: Row) -> Row:
    credit = parse_credit(text_of(row, "text"))
    return {
        "caption": credit.caption,
        "photographers": list(credit.photographers),
        "agency": credit.agency,
        "via": credit.via,
        "for": credit.for_client,
        "kind": credit.kind,
        "courtesy": credit.courtesy,
        "platform": credit.platform,
        "handle": credit.handle,
        "url": credit.url,
        "raw": credit.raw,
    }


def explain_html(row: Row) -> Row:
    return {"html": clean(text_of(row, "html")).html}


def explain_rendered(row: Row) -> Row:
    body = clean(text_of(row, "html"))
    cards = {ref.url: preview_card(ref) for ref in body.embeds}
    return {
        "html": render_body(
            body.html, embed_card=lambda url: cards.get(url, ""), photo_figure=lambda use_id: ""
        )
    }


def explain_url(row: Row) -> Row:
    taken = row.get("resolves_to")
    if taken is not None and not (
        isinstance(taken, list) and all(isinstance(address, str) for address in taken)
    ):
        raise TypeError("“resolves_to” must be a list of addresses.")
    verdict = judge_url(text_of(row, "url"), resolves_to=taken)
    return {"allow": verdict.allow, "reason": verdict.reason}


LINES: dict[str, Callable[[Row], Row]] = {
    "embeds": explain_embeds,
    "credit": explain_credit,
    "html": explain_html,
    "url": explain_url,
}
PHOTO_FIELDS = (
    "width", "height", "format", "orientation", "photographer", "agency", "copyright", "caption",
    "alt", "instructions",
)  # fmt: skip


def explain_photo(path: Path) -> Row:
    row: Row = {"file": str(path), "accept": False, "reason": ""}
    try:
        with path.open("rb") as file:
            facts = inspect_photo(file, name=path.name)
    except (PhotoRefused, OSError) as refusal:
        return {**row, "reason": str(refusal), **dict.fromkeys(PHOTO_FIELDS)}
    return {**row, "accept": True, **{name: getattr(facts, name) for name in PHOTO_FIELDS}}
