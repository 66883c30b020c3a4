"""What is being done while a file is read, on screen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.parts.plain import plain
from geodata.commands.progress import PATIENCE
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
