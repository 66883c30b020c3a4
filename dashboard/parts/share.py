"""The view as a link, and as a frame for another page."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from markupsafe import Markup

from dashboard.state import link

FRAME = (960, 800)
"""Width and height of the frame in pixels: it holds map, timeline, legend and attribution."""


def address(**more: str) -> str:
    """The address that restores the view as it stands, with more parameters put in."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    given = [(name, value) for name, value in link.query_now() if name not in more]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode([*given, *more.items()]), ""))


def show() -> None:
    """The link and the code of a frame, each to copy."""
    link, frame = st.columns(2)
    with link:
        st.markdown("**Link to this view**")
        st.code(address(), language=None, wrap_lines=True)
    with frame:
        st.markdown("**Code to embed it in a page**")
        width, height = FRAME
        code = Markup('<iframe src="{}" width="{}" height="{}" title="Attest: incidents and who says so"></iframe>')
        st.code(str(code.format(address(embed="true"), width, height)), language="html", wrap_lines=True)
