"""The program ends in order when it is told to end: what it keeps in temporary folders goes with it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TOLD_TO_END = (signal.SIGTERM, signal.SIGHUP)
"""The signals of a system that shuts down, of `kill`, and of a terminal that is closed."""


@contextmanager
def orderly() -> Iterator[None]:
    """Within the block these signals end the program as ``SystemExit`` does, with 128 and the signal, as is usual.

    A signal that is ignored, as under ``nohup``, stays so. Elsewhere than in the main thread nothing can be set.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in TOLD_TO_END}
    for number in (number for number, now in before.items() if now == signal.SIG_DFL):
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _end(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)
