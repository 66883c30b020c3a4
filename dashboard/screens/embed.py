"""The map in a frame of another page (``?embed=true``): map, timeline, legend and attribution, and nothing else.

All of it fits the frame: the map takes what sentence, timeline and attribution leave, and where a frame is too low for
all of them the page scrolls within it. ``frame.js`` measures that and tells the host page the height at which nothing
has to be scrolled, as ``window.parent.postMessage({type: "attest-height", height})``: a number and nothing else. The
code that *Download* gives listens to it (`share.code_of`); without it, or without scripts, the frame keeps its height.
"""

from __future__ import annotations

import streamlit as st

from dashboard.parts import timemap
from dashboard.parts.style import plain, text
from dashboard.state.view import View
from geodata.count.facets import facet
from geodata.tell import nouns, terms, words
from geodata.timemap import basemap

MOST_NAMED = 12
"""Sources that are named under the map, the most cited."""

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
        st.caption(
            f"Told by: {_tellers(view)}. {words.no_evidence(dataset)} Made with Attest. Base map: {basemap.CREDIT}. "
            f"{basemap.DISCLAIMER} {terms.credit(dataset)}"
        )
    _frame(key="frame", data=None)


def _tellers(view: View) -> str:
    """Who is cited most, by name, and how many others are."""
    dataset, cited = view.dataset, facet(view.dataset, view.chosen.without("sources"), "sources")
    keys = [key for key in cited if not view.chosen.sources or key in view.chosen.sources]
    if not keys:
        return nouns.of(dataset).said("no document")
    named = "; ".join(sorted(plain(dataset.sources[key].label) for key in keys[:MOST_NAMED]))
    return f"{named}; {len(keys) - MOST_NAMED:,} others" if len(keys) > MOST_NAMED else named
