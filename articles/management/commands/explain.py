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
from articles.embeds.render import card_for, render_card
from articles.embeds.rows import site_host
from articles.photos.agencies import DEFAULT_AGENCIES
from articles.photos.credits import CreditPart, format_credit, parse_credit
from articles.photos.metadata import PhotoFacts, PhotoRefused, inspect_photo
from articles.photos.passport import credit_of_file
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
    body = clean(text_of(row, "html"))
    return {
        "embeds": [embed_row(ref) for ref in body.embeds],
        "notes": [note.subject for note in body.notes if note.code == "embed"],
    }


def embed_row(ref: EmbedRef) -> Row:
    return {
        "provider": ref.provider,
        "media_id": ref.media_id,
        "canonical_url": ref.canonical_url,
        "start": ref.start,
        "kind": ref.kind,
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
        "credits": [credit_row(part) for part in credit.parts],
        "understood": credit.understood,
        "printed": format_credit(credit),
    }


def credit_row(part: CreditPart) -> Row:
    """One of several credits of a line; the fields mean what they mean for the line."""
    names = ("agency", "via", "kind", "courtesy", "platform", "handle", "raw")
    said: Row = {name: getattr(part, name) for name in names}
    return {"photographers": list(part.photographers), "for": part.for_client, **said}


def explain_html(row: Row) -> Row:
    return {"html": clean(text_of(row, "html")).html}


def explain_rendered(row: Row) -> Row:
    body = clean(text_of(row, "html"))
    cards = {ref.url: pending_card(ref) for ref in body.embeds}
    return {
        "html": render_body(
            body.html, embed_card=lambda url: cards.get(url, ""), photo_figure=lambda use_id: ""
        )
    }


def pending_card(ref: EmbedRef) -> str:
    """The card as no provider is switched off: explaining asks no database."""
    card = card_for(ref, "pending", site_host=site_host())
    return render_card(card) if card else ""


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
    "width", "height", "format", "orientation", "frames", "photographer", "agency", "source",
    "copyright", "caption", "headline", "alt", "instructions", "usage_terms", "web_statement",
    "licensor", "licensor_url", "place", "supplier_ref", "digital_source_type",
)  # fmt: skip


def explain_photo(path: Path) -> Row:
    row: Row = {"file": str(path), "accept": False, "reason": ""}
    try:
        with path.open("rb") as file:
            facts = inspect_photo(file, name=path.name)
    except (PhotoRefused, OSError) as refusal:
        nothing = ("persons", "taken_at", "read_from", "credit")
        return {**row, "reason": str(refusal), **dict.fromkeys((*PHOTO_FIELDS, *nothing))}
    said: Row = {name: getattr(facts, name) for name in PHOTO_FIELDS}
    return {
        **row,
        "accept": True,
        **said,
        "persons": list(facts.persons),
        "taken_at": facts.taken_at.isoformat() if facts.taken_at else None,
        "read_from": dict(facts.provenance),
        "credit": file_credit_row(facts),
    }


def file_credit_row(facts: PhotoFacts) -> Row:
    """What the desk gets: the file's fields and its caption made one credit."""
    found = credit_of_file(facts, DEFAULT_AGENCIES)
    credit = found.credit
    return {
        "caption": found.caption,
        "photographers": list(credit.photographers),
        "agency": credit.agency,
        "via": credit.via,
        "for": credit.for_client,
        "kind": credit.kind,
        "courtesy": credit.courtesy,
        "raw": credit.raw,
        "from_line": sorted(found.from_line),
        "unclear": found.unclear,
        "printed": format_credit(credit),
    }
