"""What is being done while a file is read, on screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geodata.store.opening import Progress


@contextmanager
def watched() -> Iterator[Progress]:
    """A progress that the reader sees as a line. Streamlit's own button *Stop* ends the run that reads the file."""
    line = st.empty()

    def tell(words: str, share: float | None) -> None:
        line.progress(share or 0.0, text=f"{words}{f', {share:.0%}' if share is not None else ''} …")

    try:
        yield tell
    finally:
        line.empty()
