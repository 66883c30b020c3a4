"""Choices whose words end in a number that follows the filters.

The browser holds a choice as its words, and sends them with whatever the reader does next. Streamlit does not know
again what was chosen under another number, and takes the words themselves for what is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

BEFORE_NUMBER = " · "


def label(words: str, number: int) -> str:
    return f"{words}{BEFORE_NUMBER}{number:,}"


def read(key: str, values: Collection[str], words_of: Callable[[str], str]) -> None:
    """What is chosen under ``key`` is of ``values`` again, where the browser sent words with an earlier number."""
    chosen = str(st.session_state[key])
    words, separator, _ = chosen.rpartition(BEFORE_NUMBER)
    if separator and chosen not in values:
        st.session_state[key] = next((value for value in values if words_of(value) == words), chosen)


def tell(key: str, labels: Mapping[str, str]) -> None:
    """The browser is told the choice again where its words are others. Before the widget with these labels is made."""
    state = st.session_state
    if state.get(f"{key}_labels") != labels:
        state.update({key: state[key], f"{key}_labels": dict(labels)})
