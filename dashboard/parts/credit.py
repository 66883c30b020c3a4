"""Who is cited under a map, in a frame and on paper."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.parts import share
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.count.facets import facet
from geodata.model.text import spoken_day
from geodata.tell import nouns, terms, words
from geodata.timemap import basemap

MOST_NAMED = 12
"""Sources that are named under the map, the most cited."""

MOST_PRINTED = 60
"""Sources that are named on paper, the most cited."""


def in_words(view: View, most: int = MOST_NAMED) -> str:
    """The documents, the caution, and the base map with its terms, as Markdown."""
    return plain(
        f"Told by: {_tellers(view, most)}. {words.no_evidence(view.dataset)} Made with Attest. "
        f"Base map: {basemap.CREDIT}. {basemap.DISCLAIMER} {terms.credit(view.dataset)}"
    )


def on_paper(view: View) -> None:
    """The same with the day and the link, for paper alone: ``style.css`` hides it on screen."""
    link = share.for_others()
    with st.container(key="printed"):
        st.caption(" ".join(filter(None, (in_words(view, MOST_PRINTED), f"{spoken_day(date.today())}.", plain(link)))))


def _tellers(view: View, most: int) -> str:
    """Who is cited most, by name, and how many others are."""
    dataset, cited = view.dataset, facet(view.dataset, view.chosen.without("sources"), "sources")
    keys = [key for key in cited if not view.chosen.sources or key in view.chosen.sources]
    if not keys:
        return nouns.of(dataset).said("no document")
    named = "; ".join(sorted(dataset.sources[key].label for key in keys[:most]))
    return f"{named}; {len(keys) - most:,} others" if len(keys) > most else named
