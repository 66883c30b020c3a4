"""The view as a link, and as a frame for another page."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from markupsafe import Markup

from dashboard.parts.plain import plain
from dashboard.server.headers import frame_ancestors
from dashboard.server.options import options
from dashboard.state import hosts, link
from geodata.model.text import listed

FRAME_HEIGHT = "clamp(680px, 1060px - 30vw, 960px)"
"""Height of the frame before its page has told the one that it takes, or where scripts are forbidden: the narrower the
window, the more lines the words take.
"""

LISTENER = """<script>
addEventListener("message", ({data, source}) => {
  if (data?.type !== "attest-height" || !(data.height > 0)) return;
  for (const frame of document.querySelectorAll("iframe.attest"))
    if (frame.contentWindow === source) frame.style.height = `${data.height}px`;
});
</script>"""
"""For the host page: gives the frame the height that its page tells (``frame.js``), and reads nothing else of it. Only
the frame that speaks is changed, so any number of frames may stand in a page, each with this code.
"""


def address(**more: str) -> str:
    """The address that restores the view as it stands, with more parameters put in."""
    parts = urlsplit(st.context.url or "http://localhost:8501/")
    given = [(name, value) for name, value in link.query_now() if name not in more]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode([*given, *more.items()]), ""))


def for_others(**more: str) -> str:
    """As `address`, for a reader elsewhere: under `base_for_others`; blank where there is none."""
    base = base_for_others()
    return urlunsplit(urlsplit(base)._replace(query=urlsplit(address(**more)).query)) if base else ""


def base_for_others() -> str:
    """The address of the page without a view: its own, or the public one that the author gave where its own is private;
    blank where none is given.
    """
    own = urlunsplit(urlsplit(address())._replace(query=""))
    if not hosts.is_private(own):
        return own
    try:
        return hosts.public(st.session_state.get("public_address") or "")
    except ValueError:
        return ""


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
        st.warning(f"No link is printed: this {plain(str(error))}.", icon=":material/link_off:")


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
        st.code(
            code_of(shown(embed="true")),
            language=None,  # its colours of code are too pale to be read
            wrap_lines=True,
        )
        st.caption(
            "As wide as its place, from 320 pixels. The script gives the frame the height that it tells, a number; "
            f"where a page takes no scripts, leave it out: the frame scrolls.{_who_may_show_it()}"
        )


def _who_may_show_it() -> str:
    """Which pages the browser lets show the frame, where that is not any."""
    if "*" in frame_ancestors():
        return ""
    named = options().frame_ancestors
    if named:
        return f" Only pages of {plain(listed(named))} may show it."
    return " Only pages of this machine may show it until the server has a public name."


def code_of(link: str) -> str:
    """The code of a frame that is as wide as its place, and as high as what stands in it."""
    frame = Markup(
        '<iframe class="attest" src="{}" title="Attest: incidents and who says so"\n'
        ' style="width: 100%; height: {}; border: 0"></iframe>\n'
    )
    return str(frame.format(link, FRAME_HEIGHT)) + LISTENER
