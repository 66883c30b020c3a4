"""A session's first marks come before what stands around the map: to draw header, chips and filters keeps a browser
busy for as long as the map itself, and the map is what the reader came for.

The script sends the map, and waits until the browser has said, by an address that only this page was told, that it
shows the marks. Where it does not say so soon, the rest comes all the same. Later answers have a short time of their
own to be shown in, before the filters come.
"""

from __future__ import annotations

import secrets
import time
from threading import Event
from weakref import WeakValueDictionary

import streamlit as st
from streamlit import runtime

PATIENCE = 1.0
"""Seconds that header and filters wait at most."""

_KEY = "marks_awaited"

_AWAITED: WeakValueDictionary[str, Event] = WeakValueDictionary()
"""By a name that nobody can guess; the session holds its own, and it goes with the session."""


def address() -> str | None:
    """Where the browser says that it shows marks, below the page's own address; ``None`` where nobody waits for it."""
    if _KEY in st.session_state or not runtime.exists():  # a test of the script has no browser
        return None
    name = secrets.token_urlsafe()
    st.session_state[_KEY] = _AWAITED[name] = Event()
    return f"attest/{name}/shown"


def shown(name: str) -> None:
    """The browser shows the marks of the session that waits under this name, if one does."""
    if (awaited := _AWAITED.get(name)) is not None:
        awaited.set()


ANSWER = 0.04
"""Seconds in which a browser puts a page's answer on screen."""


def let_answer() -> None:
    """Lets the browser show the page before what comes next: else it draws all of it first, in one go."""
    if runtime.exists():
        time.sleep(ANSWER)


def wait() -> None:
    """Returns once the session's first marks are on screen, or after `PATIENCE`; at once where it waited before."""
    awaited: Event | None = st.session_state.get(_KEY)
    if awaited is not None:
        awaited.wait(PATIENCE)
        awaited.set()
