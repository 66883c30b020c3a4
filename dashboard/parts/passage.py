"""A passage of a page that changes at each answer: tables, bars and sentences as one element.

Streamlit takes 6 ms of a browser for each table of HTML that changes and 44 for a chart; a passage takes 3 in all. Its
HTML goes as the text of a hidden element, which the component's script sets out as soon as it is there: what Streamlit
hands to a script comes later, for it imports the script again each time, and a frame is painted meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st
from markupsafe import Markup

from dashboard.parts.style import text

KEYS = ("heard", "years_numbers", "differences", "list_a", "list_both", "list_together", "list_b", "list_silent")
"""All passages: the style sheet names each, to hide its text."""

_passage = st.components.v2.component(
    "attest_passage", html='<div class="attest-passage"></div>', js=text("passage.js"), isolate_styles=False
)


def show(pieces: Iterable[Markup], *, key: str, chosen: Callable[[str], None] = lambda _: None) -> None:
    """Draws the pieces, one below the other. Each has escaped every text that is not its own. ``key`` is of `KEYS`.

    ``chosen`` is told what stands in ``data-chosen`` of a button that was clicked on. A session keeps it: it must hold
    no dataset, which would keep an old table alive.
    """
    assert key in KEYS, "its text would be seen"
    with st.container(key=f"passage_{key}", gap=None):
        st.text(json.dumps([str(piece) for piece in pieces]))
        _passage(key=key, on_chosen_change=partial(_tell, key, chosen))


def _tell(key: str, chosen: Callable[[str], None]) -> None:
    chosen(str(st.session_state[key]["chosen"]))


def title(said: str) -> Markup:
    """The words above what follows."""
    return Markup('<p class="attest-title">{}</p>').format(said)


def note(said: str) -> Markup:
    """A sentence below what it is about."""
    return Markup('<p class="attest-note">{}</p>').format(said)
