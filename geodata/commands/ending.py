"""The program ends in order when it is told to end: what it keeps in temporary folders goes with it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TOLD_TO_END = {signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL, signal.SIGINT: signal.default_int_handler}
"""The signals of a system that shuts down or of `kill`, of a terminal that is closed, and Ctrl+C, each with what is
done with it where nothing else is set."""


@contextmanager
def orderly() -> Iterator[None]:
    """Within the block these signals raise ``SystemExit`` with 128 and the signal, as is usual.

    Ctrl+C says on standard error that it has stopped the program. A signal that is ignored, as under ``nohup``, stays
    so. A query of DuckDB is broken off. Elsewhere than in the main thread nothing can be set.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    from geodata.store import breaking  # DuckDB is not loaded to say which version this is

    told: list[int] = []
    handled = threading.Event()

    def end(number: int, _: FrameType | None) -> None:
        if number == signal.SIGINT and not told:
            os.write(sys.stderr.fileno(), b"Stopped.\n")  # what is being printed meanwhile is no matter here
        told.append(number)
        handled.set()
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in TOLD_TO_END}
    ours = frozenset(number for number, usual in TOLD_TO_END.items() if before[number] == usual)
    for number in ours:
        signal.signal(number, end)
    try:
        with breaking.hearing(ours, handled):
            yield
    except Exception:
        if not told:
            raise
        raise SystemExit(128 + told[0]) from None  # what the work made of being broken off
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
