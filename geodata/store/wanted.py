"""Whether anybody still waits for an answer: what is asked for nobody is given up, and leaves its engine free."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from queue import Empty, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")

EVERY = 0.25
"""Seconds between two looks whether an answer is still wanted."""

GIVES_UP_IN = 5.0
"""Seconds for which an engine that was told to give up is waited for."""


class Unwanted(BaseException):
    """Nobody waits for the answer any more. Like Streamlit's own signals of that it is no error, so none catch it."""


_LOOK: ContextVar[Callable[[], None] | None] = ContextVar("look", default=None)


@contextmanager
def looking(look: Callable[[], None]) -> Iterator[None]:
    """Within the block, in this thread, ``look`` is called while an engine works. It raises where nobody waits."""
    token = _LOOK.set(look)
    try:
        yield
    finally:
        _LOOK.reset(token)


def answer(coming: Future[T], within: float | None = None) -> T:
    """The result of a future. Raises what the look raises, and ``TimeoutError`` after so many seconds."""
    look, ends = _LOOK.get(), None if within is None else time.monotonic() + within
    if look is None:
        return coming.result(within)
    while not wait([coming], timeout=EVERY).done:
        look()
        if ends is not None and time.monotonic() > ends:
            raise TimeoutError
    return coming.result()


def taken(line: Queue[T], within: float) -> T:
    """The next of a queue. Raises what the look raises, and ``queue.Empty`` after so many seconds."""
    look, ends = _LOOK.get(), time.monotonic() + within
    while True:
        try:
            return line.get(timeout=max(0.0, min(EVERY, ends - time.monotonic())))
        except Empty:
            if time.monotonic() >= ends:
                raise
            if look is not None:
                look()


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Future[T]]:
    """The result to come of ``work``, which another thread does beside the block: both are done when the block ends.

    Where the block is left by an error, as where nobody waits, the work is given up. Raises what the work raises.
    """
    is_left = Event()

    def look() -> None:  # that of the block is for its own thread
        if is_left.is_set():
            raise Unwanted

    def watched() -> T:
        with looking(look):
            return work()

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(watched)
        try:
            yield coming
            answer(coming)
        except BaseException:
            is_left.set()
            raise


def worked(work: Callable[[], T], give_up: Callable[[], object], *, within: float | None = None) -> T:
    """The result of ``work``. Where it is no longer wanted, ``give_up`` has it end, and what the look raised passes on.

    ``within`` so many seconds it must be there, else it is given up with a ``TimeoutError``. Without either the work is
    done in this thread; else in another, while this one looks.
    """
    look = _LOOK.get()
    if look is None and within is None:
        return work()
    if look is not None:
        look()
    coming: Future[T] = Future()
    Thread(target=_do, args=(coming, work), daemon=True).start()
    try:
        return answer(coming, within)
    except BaseException:
        if not coming.done():
            give_up()
            wait([coming], timeout=GIVES_UP_IN)
        raise


def _do(coming: Future[T], work: Callable[[], T]) -> None:
    try:
        coming.set_result(work())
    except BaseException as error:  # passed on to who asked
        coming.set_exception(error)
