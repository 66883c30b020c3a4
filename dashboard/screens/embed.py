"""The map in a frame of another page (``?embed=true``): map, timeline, legend and attribution, and nothing else.

All of it fits the frame: the map takes what sentence, timeline and attribution leave, and where a frame is too low for
all of them the page scrolls within it. ``frame.js`` measures that and tells the host page the height at which nothing
has to be scrolled, as ``window.parent.postMessage({type: "attest-height", height})``: a number and nothing else. The
code that *Download* gives listens to it (`share.code_of`); without it, or without scripts, the frame keeps its height.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts import credit, timemap
from dashboard.parts.style import text
from dashboard.state.view import View
from geodata.tell import words

_frame = st.components.v2.component("attest_frame", html="<span></span>", js=text("frame.js"))


def is_on() -> bool:
    """Whether the page stands in a frame that asked for it."""
    return bool(st.context.is_embedded)


def show(view: View) -> None:
    """The selection in a sentence, the map, and who is cited."""
    dataset, chosen = view.dataset, view.chosen
    with st.container(key="embedded", gap="xsmall"):
        st.markdown(f"**{words.sentence(words.summarise(dataset, chosen), chosen)}**")
        timemap.show(view, height="auto")
        st.caption(credit.in_words(view))
    _frame(key="frame", data=None)
