"""Heavy work in line: a few pieces at a time, one of each reader, and no place for who no longer waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from dashboard.state.line import HEAVY, MOST_FILES, Line, in_line

SOON = 20
"""Seconds that nothing here takes; a test that waits so long has failed."""


class Piece:
    """Work of a reader in a thread of its own: it goes on until it is let go."""

    def __init__(self, line: Line, reader: str, tell: Callable[[int], None] = lambda _: None) -> None:
        self.begun, self.waits, self._may_end = Event(), Event(), Event()
        self._tell = tell
        self._pool = ThreadPoolExecutor(1)
        self.done: Future[None] = self._pool.submit(self._work, line, reader)

    def _work(self, line: Line, reader: str) -> None:
        with line.turn(reader, self._waiting):
            self.begun.set()
            assert self._may_end.wait(SOON)

    def _waiting(self, before: int) -> None:
        self.waits.set()
        self._tell(before)

    def end(self) -> None:
        self._may_end.set()
        self.done.result(SOON)
        self._pool.shutdown()


@pytest.fixture
def line() -> Line:
    return Line(lambda: 2)


def test_as_many_go_on_at_a_time_as_there_are_places_and_the_next_begins_when_one_ends(line: Line) -> None:
    one, other = Piece(line, "a"), Piece(line, "b")
    assert one.begun.wait(SOON)
    assert other.begun.wait(SOON)
    told: list[int] = []
    third = Piece(line, "c", told.append)
    assert third.waits.wait(SOON)
    assert not third.begun.is_set()
    one.end()
    assert third.begun.wait(SOON)
    assert set(told) == {1}
    other.end()
    third.end()


def test_a_reader_who_asks_for_much_has_one_place_and_another_reader_need_not_wait(line: Line) -> None:
    greedy = [Piece(line, "a")]
    assert greedy[0].begun.wait(SOON)
    for _ in range(3):
        greedy.append(Piece(line, "a"))
        assert greedy[-1].waits.wait(SOON)
    other = Piece(line, "b")
    assert other.begun.wait(SOON)
    assert [one.begun.is_set() for one in greedy] == [True, False, False, False]
    other.end()
    for one in greedy:
        assert one.begun.wait(SOON)
        one.end()


def test_who_no_longer_waits_gives_the_place_up(line: Line) -> None:
    class Cancelled(BaseException):
        """As Streamlit ends a script: no Exception."""

    def cancel(_: int) -> None:
        raise Cancelled

    going = [Piece(line, "a"), Piece(line, "b")]
    for one in going:
        assert one.begun.wait(SOON)
    given_up = Piece(line, "c", cancel)
    assert isinstance(given_up.done.exception(SOON), Cancelled)
    last = Piece(line, "d")
    assert last.waits.wait(SOON)
    going[0].end()
    assert last.begun.wait(SOON)
    going[1].end()
    last.end()


def test_a_reader_may_have_four_files_in_line_and_one_more_is_refused() -> None:
    may_end = Event()

    def make() -> bytes:
        assert may_end.wait(SOON)
        return b"made"

    made = in_line("a", make)
    with ThreadPoolExecutor(MOST_FILES) as pool:
        asked = [pool.submit(made) for _ in range(MOST_FILES)]
        while HEAVY.asked_by("a") < MOST_FILES:
            assert not any(one.done() for one in asked)
        with pytest.raises(RuntimeError, match="4 files in line"):
            made()
        may_end.set()
        assert [one.result(SOON) for one in asked] == [b"made"] * MOST_FILES
    assert in_line("a", make)() == b"made"


def test_work_that_fails_leaves_its_place(line: Line) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), line.turn("a"):
            raise ZeroDivisionError
    piece = Piece(line, "b")
    assert piece.begun.wait(SOON)
    piece.end()
