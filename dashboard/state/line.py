"""Heavy work of all readers: a few pieces at a time, one of each reader, the others in line.

A print or a large file takes a core for seconds. Without a line ten of them would slow every page down, and one reader
who asks for ten would have the others wait.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

from dashboard.server.options import options

LOOK = 0.3
"""Seconds after which one who waits tells again how many are before; telling is where a reader's *Cancel* is heard."""


@dataclass(eq=False)
class _Ticket:
    reader: Hashable


class Line:
    """``places`` says how many pieces of work go on at a time."""

    def __init__(self, places: Callable[[], int]) -> None:
        self._places = places
        self._tickets: list[_Ticket] = []
        self._moved = Condition()

    @contextmanager
    def turn(self, reader: Hashable, tell: Callable[[int], None] = lambda _: None) -> Iterator[None]:
        """Waits for the turn of ``reader`` and has it until the end. ``tell`` hears how many are before, 1 or more.

        ``tell`` may raise, as Streamlit does where the reader no longer waits: the place in line is then given up.
        """
        ticket = _Ticket(reader)
        with self._moved:
            self._tickets.append(ticket)
        try:
            while before := self._before(ticket):
                tell(before)
                with self._moved:
                    self._moved.wait(LOOK)
            yield
        finally:
            with self._moved:
                self._tickets.remove(ticket)
                self._moved.notify_all()

    def asked_by(self, reader: Hashable) -> int:
        """How many pieces of work of a reader go on or wait."""
        with self._moved:
            return sum(ticket.reader == reader for ticket in self._tickets)

    def _before(self, ticket: _Ticket) -> int:
        """How many pieces of work have to end before this one begins; none where it may go on."""
        with self._moved:
            first: dict[Hashable, _Ticket] = {}
            for each in self._tickets:
                first.setdefault(each.reader, each)
            heads = list(first.values())
            if ticket not in heads:  # another of this reader's own goes on, or waits
                return max(1, self._tickets.index(ticket) - self._places() + 1)
            return max(0, heads.index(ticket) - self._places() + 1)


HEAVY = Line(lambda: options().heavy)
"""The line of this server."""


MOST_FILES = 4
"""Files that a reader may have asked for at a time; one more is refused, for each that waits holds a thread."""


def in_line(reader: Hashable, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same in its turn: for a file that is made when its reader saves it, and no sooner.

    It raises ``RuntimeError`` where the reader has `MOST_FILES` in line already.
    """

    def made() -> bytes:
        if HEAVY.asked_by(reader) >= MOST_FILES:
            raise RuntimeError(f"a reader has {MOST_FILES} files in line, the most that one may have")
        with HEAVY.turn(reader):
            return make()

    return made
