"""What is done with many votes at once: proving the counts over millions, voiding tens of thousands."""

import time
from typing import NamedTuple

from tests.bench.reactions_site import Site
from tests.bench.tools import answer_of, manage

VOTES = 5_000_000
VOIDED = 50_000
# Votes of visitors over the site's stories, one story with VOIDED of them, and their tallies.
FILL = """
from django.db import connection
from articles.models import Article
first = Article.objects.order_by("pk").first().pk
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO reactions_vote (article_id, visitor, kind, state, at) "
        "SELECT CASE WHEN n <= %(hot)s THEN %(first)s ELSE %(first)s + 1 + n %% 9999 END, n, 1 + n %% 7, 0, "
        + ("now() FROM generate_series(1, %(all)s) n" if connection.vendor == "postgresql" else
           "datetime('now') FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %(all)s) SELECT n FROM c) numbers"),
        {"hot": N_HOT, "first": first, "all": N_VOTES})
    cursor.execute("DELETE FROM reactions_tally")
    cursor.execute("DELETE FROM reactions_delta")
    cursor.execute("INSERT INTO reactions_tally (article_id, kind_id, n) SELECT article_id, kind, COUNT(*) "
        "FROM reactions_vote WHERE state = 0 AND kind > 0 GROUP BY 1, 2")
"""
VOID = """
import time
from django.contrib.auth import get_user_model
from articles.models import Article
from reactions import moderation, tallies
who, _ = get_user_model().objects.get_or_create(username="bench")
votes = moderation.VoteFilter(articles=(Article.objects.order_by("pk").first().pk,))
began = time.perf_counter()
action = moderation.void(votes, who, reason="Bench.")
voided = time.perf_counter()
moderation.undo(action, who, reason="Bench.")
print(voided - began, time.perf_counter() - voided)
while tallies.roll():
    pass
print(len(tallies.differences()))
"""


class Sums(NamedTuple):
    check_seconds: float  # with Python's start, some 1 s
    void_seconds: float
    undo_seconds: float
    differences: int


def measure(place: Site, votes: int = VOTES) -> Sums:
    code = FILL.replace("N_HOT", str(VOIDED)).replace("N_VOTES", str(votes))
    manage(place.environment, "shell", "--no-imports", "-c", code)
    began = time.perf_counter()
    manage(place.environment, "reactions_check")
    checked = time.perf_counter() - began
    void, undo, differences = answer_of(place.environment, VOID)
    return Sums(checked, float(void), float(undo), int(differences))
