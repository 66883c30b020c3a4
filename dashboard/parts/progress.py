"""What is being done while a file is read or made, on screen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.elements.lib.mutable_status_container import StatusContainer

from dashboard.parts.plain import plain
from dashboard.state import line, seats
from geodata.commands.progress import PATIENCE
from geodata.model.text import number_of
from geodata.store import wanted
from geodata.store.opening import Progress


@contextmanager
def watched() -> Iterator[Progress]:
    """A progress that the reader sees as a line once it takes long. Streamlit's own *Stop* ends the reading with it."""
    started, line = time.monotonic(), None

    def tell(words: str, share: float | None) -> None:
        nonlocal line
        if time.monotonic() - started < PATIENCE:
            return
        line = line or st.empty()
        line.progress(share or 0.0, text=f"{plain(words)}{f', {share:.0%}' if share is not None else ''} …")

    yield tell
    if line is not None:
        line.empty()


@contextmanager
def counting() -> Iterator[None]:
    """Within the block a page whose engine takes long says that it counts, and keeps what it showed meanwhile.

    Streamlit hears of a newer choice when something is written to the page; what was asked for the one before is then
    given up in the engine (`wanted`).
    """
    started, line = time.monotonic(), st.empty()

    def look() -> None:
        if time.monotonic() - started < PATIENCE:
            line.empty()
        else:
            line.caption("Counting … What you see is from before.")

    with wanted.looking(look):
        yield
    if time.monotonic() - started >= PATIENCE:
        line.empty()


@contextmanager
def in_turn(progress: Progress) -> Iterator[None]:
    """Waits in line for a piece of heavy work (`line`), and tells ``progress`` how many are before."""
    with line.HEAVY.turn(seats.reader(), lambda before: progress(_before(before), None)):
        yield


def _before(before: int) -> str:
    return f"Waiting for {number_of(before, 'other task')} of this server"


class Work:
    """A piece of heavy work on screen, see `working`."""

    def __init__(self, status: StatusContainer) -> None:
        self._status = status
        self.is_refused = False

    def tell(self, words: str, share: float | None = None) -> None:
        """A `Progress`. Raises where the reader has cancelled, or chosen something else."""
        self._status.update(label=f"{words}{f', {share:.0%}' if share is not None else ''} …")

    def refuse(self, words: str) -> None:
        """Says in plain text why it cannot be done."""
        self.is_refused = True
        self._status.update(label=plain(words), state="error")


@contextmanager
def working(doing: str) -> Iterator[Work]:
    """Heavy work in its turn, as a line that says what is ``doing``; *Cancel*, as any other choice, ends it.

    Streamlit hears of a choice when something is written to the page: between the parts that `Work.tell` tells of.
    """
    status, cancel = st.status(f"{doing} …"), st.empty()
    cancel.button("Cancel", key=f"cancel {doing}")
    work = Work(status)
    with status:
        with in_turn(work.tell):
            work.tell(doing)
            yield work
        cancel.empty()
        if not work.is_refused:
            status.update(label="Ready.", state="complete")
