"""The view as a link, and as a frame for another page."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from markupsafe import Markup

from dashboard.parts.style import plain
from dashboard.state import hosts, link

FRAME = (960, 800)
"""Width and height of the frame in pixels: it holds map, timeline, legend and attribution."""


def address(**more: str) -> str:
    """The address that restores the view as it stands, with more parameters put in."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    given = [(name, value) for name, value in link.query_now() if name not in more]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode([*given, *more.items()]), ""))


def for_others(**more: str) -> str:
    """As `address`, for a reader elsewhere: under the public address that the author gave, where the page's own is
    private; blank where none is given.
    """
    own = address(**more)
    if not hosts.is_private(own):
        return own
    try:
        base = hosts.public(st.session_state.get("public_address") or "")
    except ValueError:
        return ""
    return urlunsplit(urlsplit(base)._replace(query=urlsplit(own).query))


def ask_for_public_address() -> None:
    """Where others could not open the page's own address, a field for one that they can; the session keeps it."""
    own = address()
    if not hosts.is_private(own):
        return
    given = st.text_input(
        "Public address of this page", key="public_address", placeholder="https://maps.example.org/",
        help="Under it prints, captions and slides link to this view.", persist_state="session", width=480,
    )  # fmt: skip
    here = plain(urlsplit(own).netloc)
    if not given:
        st.caption(f"No link is printed: {here} leads nowhere on the reader's machine.")
        return
    try:
        hosts.public(given)
    except ValueError as error:
        st.warning(f"No link is printed: this {error}.", icon=":material/link_off:")


def show() -> None:
    """The link and the code of a frame, each to copy."""
    is_open = bool(for_others())
    shown = for_others if is_open else address
    own, frame = st.columns(2)
    with own:
        st.markdown("**Link to this view**")
        st.code(shown(), language=None, wrap_lines=True)
        if not is_open:
            st.caption("Others cannot open it. Under *Briefing* a public address can be given.")
    with frame:
        st.markdown("**Code to embed it in a page**")
        width, height = FRAME
        code = Markup('<iframe src="{}" width="{}" height="{}" title="Attest: incidents and who says so"></iframe>')
        st.code(
            str(code.format(shown(embed="true"), width, height)),
            language=None,  # its colours of code are too pale to be read
            wrap_lines=True,
        )
