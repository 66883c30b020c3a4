"""Below the header: what filters, each to be taken away; the selection in words; what an empty place does not mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.parts import collection
from dashboard.parts.plain import plain
from dashboard.state import link
from dashboard.state.view import View
from geodata.count import instead, search
from geodata.count.facets import facet
from geodata.count.instead import Instead
from geodata.model.filters import BY_NAME, FILTERS, Filter, Kind
from geodata.model.selection import Selection, opening
from geodata.model.text import listed
from geodata.store.dataset import Dataset
from geodata.tell import words

MOST_LETTERS = 44
"""Of the words on a chip; its help has them all."""

DRAWN = "chips_drawn"
"""Key of the session for the number of chips that the last run drew."""


@dataclass(frozen=True)
class Overview:
    """The places of a row of chips, of a sentence with its caution below it, and of ways out where nothing is left."""

    chips: DeltaGenerator
    said: DeltaGenerator
    instead: DeltaGenerator

    def tell(self, view: View) -> None:
        """Draws the sentence."""
        dataset, chosen = view.dataset, view.chosen
        summary = words.summarise(dataset, chosen)
        notes = [plain(note) for note in search.understand(dataset, view.typed).notes]
        told = [f"**{words.sentence(summary, chosen)}**", _unknown(view), *notes, words.no_evidence(dataset)]
        self.said.markdown(" ".join(filter(None, told)))
        with self.instead:
            if summary.reports:
                st.empty()  # the ways out that the last answer had here go at once
            else:
                with st.container(horizontal=True, gap="xsmall"):
                    _instead(view)

    def show_chips(self, view: View) -> None:
        """Draws a chip for each filter that leaves something out, and what is always in that row."""
        dataset, chosen = view.dataset, view.chosen
        with self.chips:
            # What is always there comes first: a chip that comes or goes moves none of it.
            at_first = opening(dataset.case, dataset.missing)
            st.button("Clear all", key="clear", on_click=link.put, args=(at_first,), disabled=view.asked == at_first)
            collection.show(view)
            # A table without sides has said so above.
            summary = words.summarise(dataset, chosen)
            balance = "" if dataset.lacks("claimant_side") else words.balance(dataset.case, summary)
            rest = map(plain, (balance, unticked_scopes_sentence(dataset, chosen), words.set_aside(dataset)))
            with st.popover("Who speaks, what is left out", type="tertiary"):
                st.markdown("\n\n".join(filter(None, rest)) or "Nothing is left out but what the chips say.")
            _chips(view)


def place(*, is_large: bool) -> Overview:
    """Keeps the room, so that what is drawn below it stays where it is when the words come.

    Of a large table they come late: the words of the last answer do not stand beside the new one until then.
    """
    with st.container(key="overview", gap=None):
        return Overview(
            chips=st.container(key="chips", horizontal=True, vertical_alignment="center", gap="xsmall"),
            said=st.container(key="said").empty() if is_large else st.container(key="said"),
            instead=st.container(key="instead"),
        )


def _chips(view: View) -> None:
    """A button for each filter that leaves something out.

    Streamlit keeps a button that a run did not draw again until all of the run is on screen, unless it is alone in a
    room that something else has taken: so a chip goes with the answer.
    """
    dataset, nothing, chosen, drawn = view.dataset, Selection(), view.asked, 0
    for one in FILTERS:
        is_set = one.is_offered(dataset.missing) and chosen[one.name] != nothing[one.name]
        if is_set and (said := _words(dataset, one, chosen)):  # with no window, how it is meant says nothing
            st.container(width="content").button(
                f"{plain(_shortened(said))} ✕", key=f"chip_{one.name}", help=f"Take away: {plain(said)}",
                on_click=_take_away, args=(chosen, one.name))  # fmt: skip
            drawn += 1
    for _ in range(drawn, st.session_state.get(DRAWN, 0)):
        st.empty()
    st.session_state[DRAWN] = drawn


def _unknown(view: View) -> str:
    """Names the words of the search that no report has."""
    unknown = instead.unknown_words(view.dataset, view.chosen.text) if view.chosen.text else []
    quoted = listed((f"“{plain(word)}”" for word in unknown), "or")
    return f"No report has {quoted}." if unknown else ""


def _instead(view: View) -> None:
    """A button for each near selection that has reports."""
    for number, one in enumerate(instead.nearest(view.dataset, view.chosen)):
        said = f"{_said(view, one)} · {one.reports:,}"
        st.button(said, key=f"instead_{number}", on_click=link.put, args=(one.chosen,))


def _said(view: View, one: Instead) -> str:
    where = {"": "", "scopes": " in every scope"}.get(one.without, " everywhere")
    if one.text:
        return f"Search “{plain(one.text)}”{where}"
    if one.without == instead.ALL_BUT_WORDS:
        return f"Search{where}"
    return f"Take away: {plain(_shortened(_words(view.dataset, BY_NAME[one.without], view.chosen)))}"


def _shortened(said: str) -> str:
    return said if len(said) <= MOST_LETTERS else f"{said[: MOST_LETTERS - 1].rstrip()}…"


def _words(dataset: Dataset, one: Filter, chosen: Selection) -> str:
    said = one.in_words(chosen[one.name], partial(words.label_of, dataset, one.name))
    if one.kind is Kind.SWITCH:
        said = one.label
    return said[:1].upper() + said[1:]


def _take_away(chosen: Selection, name: str) -> None:
    link.put(chosen.without(name))


def heading(dataset: Dataset) -> str:
    """The head of a page without the header, as Markdown."""
    return f"Attest: {plain(dataset.case.title)}"


def unticked_scopes_sentence(dataset: Dataset, chosen: Selection) -> str:
    """How many reports each scope that is not ticked would add; blank where there is none."""
    if not chosen.scopes:
        return ""
    rest = tuple(scope for scope in dataset.case.scopes if scope not in chosen.scopes)
    if not rest:
        return ""
    numbers = facet(dataset, chosen, "scopes")
    more = [f"{numbers[scope]:,} {scope}" for scope in rest if scope in numbers]
    return f"Left out by scope: {' and '.join(more)}." if more else ""
