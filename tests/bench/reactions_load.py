"""Readers who vote: kept connections on one thread, each with votes that were prepared ahead.

Raw sockets and epoll, because what the generator costs is taken from the server on a small machine:
some 40 µs a vote. A connection has one vote under way at most and sends it again when no answer
came, so that afterwards everybody was told something: `Outcome.told`.
"""

import heapq
import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

END_OF_HEAD = b"\r\n\r\n"
RETRY_SECONDS = 0.05
GIVE_UP_SECONDS = 60.0


class Planned(NamedTuple):
    """A vote and the bytes that ask for it."""

    article: int
    visitor: int
    kind: int
    request: bytes


@dataclass
class Outcome:
    """What the readers saw. `told`: by article and visitor, the kind they were last told stands."""

    seconds: float = 0.0
    cpu: float = 0.0  # of the generator
    latencies: list[float] = field(default_factory=list)  # seconds, of answered votes
    told: dict[tuple[int, int], int] = field(default_factory=dict)
    retries: int = 0
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass(eq=False)
class Lane:
    """One connection and its votes."""

    votes: deque[Planned]
    wire: socket.socket | None = None
    due: float = 0.0  # when the vote under way was to be sent; its latency begins here
    first_try: float = 0.0
    buffer: bytes = b""


class Crowd:
    """`rate`: votes a second offered, however fast the answers come; 0: each connection sends its
    next vote when it has an answer.
    """

    def __init__(
        self, port: int, lanes: list[list[Planned]], *, seconds: float = 0.0, rate: float = 0.0
    ) -> None:
        self.port, self.rate = port, rate
        self.seconds = seconds or float("inf")
        self.lanes = [Lane(deque(votes)) for votes in lanes]
        self.poll = select.epoll()
        self.by_number: dict[int, Lane] = {}
        self.idle: deque[Lane] = deque()
        self.later: list[tuple[float, int, Lane]] = []  # retries
        self.under_way = 0
        self.outcome = Outcome()

    def run(self, on_answer: Callable[[int], None] = lambda number: None) -> Outcome:
        for lane in self.lanes:
            self._connect(lane)
        spent, began = time.process_time(), time.perf_counter()
        self.idle.extend(self.lanes)
        answered = offered = 0
        while True:
            now = time.perf_counter()
            offered += self._send_due(now, began, offered)
            if not self.under_way and not self._goes_on(now, began):
                break
            for number, _ in self.poll.poll(self._patience(now, began, offered)):
                if self._receive(self.by_number[number]):
                    answered += 1
                    on_answer(answered)
        self.outcome.seconds = time.perf_counter() - began
        self.outcome.cpu = time.process_time() - spent
        for lane in self.lanes:
            self._close(lane)
        self.poll.close()
        return self.outcome

    def _goes_on(self, now: float, began: float) -> bool:
        return now - began < self.seconds and any(lane.votes for lane in self.idle)

    def _patience(self, now: float, began: float, offered: int) -> float:
        """Until something is to be done without an answer."""
        next_due = began + offered / self.rate if self.rate and self.idle else now + 1
        if self.later:
            next_due = min(next_due, self.later[0][0])
        return min(max(next_due - now, 0.0), 1.0)

    def _send_due(self, now: float, began: float, offered: int) -> int:
        """Send what is due; how many votes were begun."""
        while self.later and self.later[0][0] <= now:
            self._send(heapq.heappop(self.later)[2])
        sent = 0
        while self.idle and now - began < self.seconds:
            due = began + (offered + sent) / self.rate if self.rate else now
            if due > now:
                break
            lane = self.idle.popleft()
            if not lane.votes:
                continue  # has said all it had to say
            lane.due, lane.first_try = due, now
            self.under_way += 1
            sent += 1
            self._send(lane)
        return sent

    def _send(self, lane: Lane) -> None:
        try:
            if lane.wire is None:
                self._connect(lane)
            assert lane.wire is not None
            lane.wire.send(lane.votes[0].request)
        except OSError:
            self._again(lane)

    def _receive(self, lane: Lane) -> bool:
        """Read; True when the vote's answer is whole and says that it was taken."""
        try:
            assert lane.wire is not None
            data = lane.wire.recv(65_536)
        except OSError:
            data = b""
        if not data:
            self._again(lane)
            return False
        lane.buffer += data
        status = status_of(lane.buffer)
        if status is None:
            return False
        body, lane.buffer = lane.buffer, b""
        self.outcome.statuses[status] += 1
        if status >= 500:
            self._again(lane)
            return False
        if status != 200:
            raise RuntimeError(body.decode(errors="replace"))
        vote = lane.votes.popleft()
        self.outcome.told[vote.article, vote.visitor] = vote.kind
        self.outcome.latencies.append(time.perf_counter() - lane.due)
        self.under_way -= 1
        self.idle.append(lane)
        return True

    def _again(self, lane: Lane) -> None:
        """No answer, or an error of the server's: the vote may stand or not, so send it again."""
        now = time.perf_counter()
        if now - lane.first_try > GIVE_UP_SECONDS:
            raise RuntimeError("The server stayed away.")
        self._close(lane)
        if lane in self.idle:  # a kept connection that the server closed between two votes
            return
        self.outcome.retries += 1
        heapq.heappush(self.later, (now + RETRY_SECONDS, id(lane), lane))

    def _connect(self, lane: Lane) -> None:
        lane.wire = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        lane.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lane.buffer = b""
        self.by_number[lane.wire.fileno()] = lane
        self.poll.register(lane.wire.fileno(), select.EPOLLIN)

    def _close(self, lane: Lane) -> None:
        if lane.wire is not None:
            self.by_number.pop(lane.wire.fileno(), None)
            self.poll.unregister(lane.wire.fileno())
            lane.wire.close()
            lane.wire = None


def status_of(answer: bytes) -> int | None:
    """The status of an answer that is whole, else None."""
    head, found, body = answer.partition(END_OF_HEAD)
    if not found:
        return None
    length = 0
    at = head.lower().find(b"content-length:")
    if at >= 0:
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
    return int(answer[9:12]) if len(body) >= length else None
