"""Who is blocked now: asked by every vote, so kept in the process for a few seconds."""

import time
from collections.abc import Iterable

from django.utils import timezone

from reactions.models import Block

KEPT_SECONDS = 5.0

_kept: tuple[float, dict[int, str], dict[int, str]] | None = None  # until, visitors, networks


def mode_of(visitor: int, nets: Iterable[int]) -> str | None:
    """Block.Mode of the visitor or of one of the network's names; None where neither is blocked.

    At most KEPT_SECONDS behind the table.
    """
    visitors, networks = _active()
    found = {visitors.get(visitor), *(networks.get(net) for net in nets)}
    return next((mode for mode in (Block.Mode.REJECT, Block.Mode.SHADOW) if mode in found), None)


def forget() -> None:
    """Of this process: read the table again at the next vote."""
    global _kept  # noqa: PLW0603 (one value of the process)
    _kept = None


def _active() -> tuple[dict[int, str], dict[int, str]]:
    global _kept  # noqa: PLW0603
    kept = _kept
    if kept is None or time.monotonic() >= kept[0]:
        rows = Block.objects.filter(until__gt=timezone.now()).order_by("-mode")  # refusals last
        visitors: dict[int, str] = {}
        networks: dict[int, str] = {}
        for visitor, net, mode in rows.values_list("visitor", "net", "mode"):
            if visitor is not None:
                visitors[visitor] = mode
            elif net is not None:
                networks[net] = mode
        kept = _kept = (time.monotonic() + KEPT_SECONDS, visitors, networks)
    return kept[1], kept[2]
