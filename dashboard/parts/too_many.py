"""What of a large table is not shown, and why."""

from __future__ import annotations

import streamlit as st

from geodata.count import counting
from geodata.count.part import TooManyError
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset, most_local


def tell(dataset: Dataset, chosen: Selection, what: str) -> None:
    """What needs the reports of a selection one by one, and what to do so that they are few enough."""
    number = counting.number(dataset, chosen)
    _say(f"{what} needs each report by itself, and is made for up to {most_local():,} at once. The filters leave "
         f"{number:,}")  # fmt: skip


def tell_why(what: str, error: TooManyError) -> None:
    """What an answer is made of is too much, and what to do."""
    _say(f"{what}: {error}")


def _say(why: str) -> None:
    st.info(f"{why}: choose fewer, by a window, an area, a search or a filter.", icon=":material/filter_alt:")
