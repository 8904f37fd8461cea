"""One run of the reactions' benchmark in a process of its own: prepares what each reader sends, has
them send it, and compares what they were told with what stands in the database.

`python tests/bench/reactions_crowd.py PORT '{"votes": 10000, …}'` in the environment of the site; the
options are Options' fields. Prints one line of JSON. Visitors come with their cookies and view
tokens, as they would from a page; making those is not in the time that is measured.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django
from django.db import connections

from tests.bench.reactions_load import Crowd, Outcome, Planned

NETWORKS = 5_000
AGES = (86_400, 86_400, 30)  # seconds: two readers in three have been here before


@dataclass(frozen=True)
class Options:
    votes: int = 20_000
    connections: int = 32
    articles: int = 1  # the first of the site's
    visitors: int = 0  # 0: each vote is somebody's first
    seconds: float = 0.0
    rate: float = 0.0
    same_network: bool = False  # and cookies of half a minute: the quota keeps them waiting
    identical: bool = False  # one vote, again and again
    settle: bool = True  # fold, then compare


def request_of(article: int, visitor: object, kind: int, address: str) -> bytes:
    from reactions import networks, tokens, visitors

    net = networks.names_of(address)[0]
    token = tokens.mint(article, visitor, net, now=time.time() - 1)  # type: ignore[arg-type]
    body = f"kind={kind}&token={token}"
    return (
        f"POST /r/{article}/vote HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: {address}\r\n"
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36\r\n"
        "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n"
        f"Cookie: visitor={visitors.sign(visitor)}\r\n"  # type: ignore[arg-type]
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def plan(options: Options, first_visitor: int) -> list[list[Planned]]:
    """Each connection's votes. A visitor keeps to one connection, as a browser does."""
    from reactions import tallies

    chance = random.Random(first_visitor)
    articles = article_numbers(options.articles)
    board = tallies.read_board(articles[0])
    assert board is not None
    kinds = [kind.id for kind in board.kinds]
    lanes: list[list[Planned]] = [[] for _ in range(options.connections)]
    seen: set[int] = set()
    for number in range(options.votes):
        lane = number % options.connections
        visitor = voter(number, lane, options, first_visitor)
        again = visitor.id in seen
        seen.add(visitor.id)
        kind = kinds[0] if options.identical else chance.choice([0, *kinds] if again else kinds)
        address = "203.0.113.9" if options.same_network else address_of(visitor.id)
        article = articles[visitor.id * 7919 % len(articles)]
        lanes[lane].append(
            Planned(article, visitor.id, kind, request_of(article, visitor, kind, address))
        )
    return lanes


def voter(number: int, lane: int, options: Options, first: int):  # type: ignore[no-untyped-def]
    """Who casts vote `number`: somebody new, or one of the connection's own few."""
    from reactions.visitors import Visitor

    if options.identical:
        number = 0
    elif options.visitors:
        own = options.visitors // options.connections
        number = lane + options.connections * (number // options.connections % own)
    age = 30 if options.same_network else AGES[number % len(AGES)]
    return Visitor(id=first + number, issued_at=int(time.time()) - age)


def address_of(visitor: int) -> str:
    network = visitor % NETWORKS
    return f"81.{network >> 8}.{network & 255}.{visitor % 200 + 1}"


def article_numbers(count: int) -> list[int]:
    from articles.models import Article

    return list(Article.objects.order_by("pk").values_list("pk", flat=True)[:count])


def standing(first_visitor: int, until: int) -> Iterator[tuple[int, int, int, int]]:
    from reactions.models import Vote

    rows = Vote.objects.filter(visitor__gte=first_visitor, visitor__lt=until)
    yield from rows.values_list("article_id", "visitor", "kind", "state").iterator(10_000)


def compare(outcome: Outcome, first_visitor: int, until: int) -> dict[str, int]:
    """Told but not there, there but not told, and counts that are not the votes."""
    from reactions import tallies

    rows = list(standing(first_visitor, until))
    there = {(article, visitor): kind for article, visitor, kind, _ in rows}
    # Who withdrew before ever voting has no row, and needs none.
    told = {key: kind for key, kind in outcome.told.items() if kind or key in there}
    return {
        "missing": sum(there.get(key) != kind for key, kind in told.items()),
        "too_many": sum(key not in outcome.told for key in there) + len(rows) - len(there),
        "differences": len(tallies.differences()),
        "rows": len(rows),
        "counted": sum(state == 0 and kind > 0 for _, _, kind, state in rows),
        "states": dict(Counter(state for *_, state in rows)),  # type: ignore[dict-item]
    }


def percentile(sorted_values: list[float], share: float) -> float:
    return sorted_values[min(int(len(sorted_values) * share), len(sorted_values) - 1)]


def main() -> None:
    django.setup()
    options = Options(**json.loads(sys.argv[2]))
    first_visitor = random.randrange(1, 2**30) << 32
    crowd = Crowd(
        int(sys.argv[1]), plan(options, first_visitor), seconds=options.seconds, rate=options.rate
    )
    connections.close_all()  # a session of ours may be the one that is killed
    print("ready", flush=True)
    sys.stdin.readline()
    outcome = crowd.run()
    latencies = sorted(outcome.latencies)
    found = {
        "seconds": outcome.seconds,
        "votes": len(latencies),
        "rate": len(latencies) / outcome.seconds,
        "p50": percentile(latencies, 0.50) * 1_000,
        "p99": percentile(latencies, 0.99) * 1_000,
        "generator_cpu": outcome.cpu,
        "retries": outcome.retries,
        "statuses": dict(outcome.statuses),
        "options": asdict(options),
    }
    print(json.dumps(found), flush=True)
    sys.stdin.readline()
    print(json.dumps(compare(outcome, first_visitor, first_visitor + 2**32)), flush=True)


if __name__ == "__main__":
    main()
