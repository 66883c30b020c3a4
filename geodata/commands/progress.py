"""What takes longer than a moment, told on standard error while it lasts. Ctrl+C stops it."""

from __future__ import annotations

import sys
import time
from typing import Self

PATIENCE = 1.0
"""Seconds before anything is told: most tables are open by then."""


class Told:
    """A progress for a person at a terminal: one line that is written over; nothing where nobody looks."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def __call__(self, words: str, share: float | None) -> None:
        if time.monotonic() - self.started >= PATIENCE:
            self._write(f"{words}{'' if share is None else f', {share:.0%}'} … (Ctrl+C stops)")

    def _write(self, line: str) -> None:
        if sys.stderr.isatty() and (line or self.length):
            sys.stderr.write(f"\r{line.ljust(self.length)}" + ("" if line else "\r"))
            sys.stderr.flush()
            self.length = len(line)
