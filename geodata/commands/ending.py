"""The program ends in order when it is told to end: what it keeps in temporary folders goes with it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TOLD_TO_END = (signal.SIGTERM, signal.SIGHUP)
"""The signals of a system that shuts down, of `kill`, and of a terminal that is closed."""

INTERRUPTED = "Query interrupted"
"""The ``RuntimeError`` that DuckDB (2.0) raises in place of what the handler of a signal raised during a query."""


@contextmanager
def orderly() -> Iterator[None]:
    """Within the block these signals, and Ctrl+C, raise ``SystemExit`` with 128 and the signal, as is usual.

    Ctrl+C says on standard error that it has stopped the program. A signal that is ignored, as under ``nohup``, stays
    so. Elsewhere than in the main thread nothing can be set.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        told.append(number)
        raise SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in TOLD_TO_END}
    for number in (number for number, now in before.items() if now == signal.SIG_DFL):
        signal.signal(number, end)
    try:
        yield
    except (KeyboardInterrupt, RuntimeError) as error:
        if isinstance(error, RuntimeError) and str(error) != INTERRUPTED:
            raise
        if not told:
            print("Stopped.", file=sys.stderr)
        raise SystemExit(128 + (told[0] if told else signal.SIGINT)) from None
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
