"""The choice of the base map: the offline one, or tiles of a host, asked for only once the reader has read what leaves.

Off at each start. A link may name tiles, if whoever made it said so; it does not ask for them: its reader does.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts.plain import plain
from geodata.timemap import tiles as providers

OFFLINE = "Offline"


def asked() -> str:
    """The tiles whose host the reader has asked (a key of ``offered``), blank for none. It readies the session for
    `choice`, which is drawn after it.
    """
    state = st.session_state
    kept = state["tiles_kept"] if state["tiles_kept"] in providers.offered() else ""
    state.update(tiles_kept=kept, keep_tiles=bool(kept))
    if kept:
        state["tiles"] = kept
    tiles = str(state.get("tiles", ""))
    return tiles if state.get("tiles_asked") == tiles else ""


def choice() -> None:
    """Draws the choice of the base map, and the warning of tiles whose host was not asked yet."""
    offered = providers.offered()
    chosen = st.selectbox(
        "Base map",
        ["", *offered],
        format_func={"": OFFLINE, **providers.TITLES}.__getitem__,
        key="tiles",
        persist_state="session",
        on_change=_choose,
        help="Offline nothing leaves this machine. The others are hosts on the network, asked only when you say so.",
    )
    if not chosen:
        return
    if st.session_state.get("tiles_asked") != chosen:
        st.caption(plain(offered[chosen].warning))
        host = offered[chosen].host
        st.button(plain(f"Ask {host} for tiles"), key="ask_tiles", on_click=_ask, args=(chosen,), width="stretch")
    st.checkbox(
        "Keep this in the address",
        key="keep_tiles",
        on_change=_keep,
        help="A link to this view then offers these tiles; who opens it is asked first.",
    )


def _choose() -> None:
    """Other tiles are another host: the reader is asked anew."""
    state = st.session_state
    state["tiles_asked"] = ""
    if state["tiles_kept"]:
        state["tiles_kept"] = state["tiles"]


def _ask(chosen: str) -> None:
    st.session_state["tiles_asked"] = chosen


def _keep() -> None:
    state = st.session_state
    state["tiles_kept"] = state["tiles"] if state["keep_tiles"] else ""
