"""How many readers are here at a time: each session has a seat, and one that finds none is told so."""

from __future__ import annotations

import gc
from threading import Lock
from weakref import WeakSet

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.server.options import options

_KEY = "seat"


class _Seat:
    """Lives in the session's state and goes with it."""

    def __init__(self) -> None:
        context = get_script_run_ctx()
        self.session = context.session_id if context else ""

    def is_left(self) -> bool:
        """Whether the page of this session was closed, though Streamlit keeps the session for a while."""
        return runtime.exists() and not runtime.get_instance().is_active_session(self.session)


_TAKEN: WeakSet[_Seat] = WeakSet()
_LOCK = Lock()


def take() -> bool:
    """Whether this session has a seat; it takes one where one is free."""
    if _KEY in st.session_state:
        return True
    with _LOCK:
        if len(_TAKEN) >= options().sessions:
            _clear()
        if len(_TAKEN) >= options().sessions:
            return False
        seat = _Seat()
        _TAKEN.add(seat)
    st.session_state[_KEY] = seat
    return True


def _clear() -> None:
    """Frees the seats of sessions that have ended, which hold theirs until they are collected, and of closed pages.

    Who comes back to such a session finds it as it was: it is not asked for a seat again.
    """
    gc.collect()
    for seat in list(_TAKEN):
        if seat.is_left():
            _TAKEN.discard(seat)


def reader() -> int:
    """A number of this session, the same as long as it lasts; it holds nothing of the session."""
    return id(st.session_state.get(_KEY))


def show_full() -> None:
    """Says why nothing else is on the page."""
    st.error(
        f"This server shows the case to {options().sessions:,} readers at a time, and as many are here. "
        "Load the page again in some minutes.",
        icon=":material/groups:",
    )
