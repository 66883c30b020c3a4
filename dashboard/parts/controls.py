"""The sidebar: every filter as a widget of its kind, with the number of reports beside each choice of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import streamlit as st

from dashboard.parts import online
from dashboard.parts.plain import plain
from dashboard.state import link
from dashboard.state.view import Look, View, first_colour
from geodata.count import search
from geodata.count.facets import facet, values_of
from geodata.model.filters import FILTERS, Filter, Kind
from geodata.model.names import LABEL, namings
from geodata.model.selection import Selection
from geodata.model.text import fold
from geodata.store.dataset import Dataset
from geodata.tell import nouns, words
from geodata.tell.nouns import Noun
from geodata.timemap import marks

COLOURS = {"side": "Who claims it", "document": "Document", "type": "Kind of event", "table": "Table"}
"""The ways to colour marks (keys of `marks.schemes`), as the sidebar offers them: see `Noun.said`."""

ALWAYS = ("scopes", "sides", "statuses")
"""Short lists that have every choice, also those without a report: who is silent is part of the answer."""

SHORT = 12
"""Choices of a list up to which all of them stay, also those without a report."""

EXPANDED = ("scopes", "sources", "sides")
"""Lists that are open at first."""

EVERY_WORD = "Every word must occur."
"""The help of the search where a table has no list of places: it finds no name but those that are written."""

MOST_CHOICES = 60
"""Choices that a list has on screen; where there are more, the reader types a part of what to look for."""


def search_field(view: View) -> None:
    """The search, in the header."""
    _widgets(view).draw(one for one in FILTERS if one.kind is Kind.TEXT)


def sidebar(view: View) -> None:
    """How marks look, and below it every filter but the search."""
    dataset = view.dataset
    noun = nouns.of(dataset)
    ways = {key: noun.said(COLOURS[key]) if key in COLOURS else plain(scheme.title)
            for key, scheme in marks.schemes(dataset).items()}  # fmt: skip
    _one_of("Colour marks by", ways, "colour", label_visibility="visible")
    names = namings(dataset.case)
    if len(names) > 1:
        st.selectbox("Names of places", names, format_func=names.__getitem__, key="naming", persist_state="session")
    online.choice()
    _widgets(view).draw(one for one in FILTERS if one.kind is not Kind.TEXT)


def _widgets(view: View) -> _Widgets:
    """The numbers beside the choices follow the filters as they are before the widgets are drawn."""
    return _Widgets(view.dataset, view.chosen, view.look.naming)


def view(dataset: Dataset, token: str) -> View:
    """What is chosen in the sidebar and in the search. It is in the session before a run draws any of them."""
    found = view_alone(dataset, token)
    return replace(found, look=replace(found.look, tiles=online.asked()))


def view_alone(dataset: Dataset, token: str) -> View:
    """What the address or a lesson chooses, on a page without a sidebar.

    A way to colour or to name that the table does not have becomes the first that it has.
    """
    state = st.session_state
    if state["colour"] not in marks.schemes(dataset):
        state["colour"] = first_colour(dataset)
    if state["naming"] not in namings(dataset.case):
        state["naming"] = LABEL
    asked = link.chosen(dataset)
    chosen = asked.having(text=search.understand(dataset, asked.text).text)
    return View(dataset, token, chosen, Look(state["colour"], state["naming"]), asked.text)


def page(titles: Mapping[str, str]) -> str:
    """The id of the page that the reader chose. ``titles`` are by id; a page that the table does not have becomes the
    first.
    """
    if st.session_state["page"] not in titles:
        st.session_state["page"] = next(iter(titles))
    return str(st.session_state["page"])


def pages(titles: Mapping[str, str]) -> None:
    """Lets the reader choose a page. ``titles`` are by id."""
    _one_of("Page", titles, "page")


def _one_of(
    label: str, titles: Mapping[str, str], key: str, *, label_visibility: Literal["visible", "collapsed"] = "collapsed"
) -> None:
    st.segmented_control(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        label_visibility=label_visibility,
        required=True,
        persist_state="session",
    )


@dataclass(frozen=True)
class _Widgets:
    """The widgets of the filters. A filter that the table cannot answer has none."""

    dataset: Dataset
    chosen: Selection
    naming: str

    def draw(self, filters: Iterable[Filter]) -> None:
        noun = nouns.of(self.dataset)
        of_kind: Mapping[Kind, Callable[[Filter], None]] = {
            Kind.LIST: self._list,
            Kind.SWITCH: lambda one: _switch(one, one.name, noun),
            Kind.TEXT: self._text,
            Kind.NUMBER: self._number,
            Kind.WINDOW: lambda one: _switch(one, "surely", noun),  # its days are chosen on the timeline
            Kind.AREA: self._area,
            Kind.IDS: _by_others,
        }
        for one in filters:
            if one.is_offered(self.dataset.missing):
                of_kind[one.kind](one)

    def _text(self, one: Filter) -> None:
        st.text_input(
            one.label,
            key=one.name,
            persist_state="session",
            placeholder=self.dataset.case.search_hint or one.label,
            label_visibility="collapsed",
            help=one.help if self.dataset.places else EVERY_WORD,
        )

    def _number(self, one: Filter) -> None:
        st.number_input(
            one.label,
            min_value=0,
            value=None,
            step=1,
            key=one.name,
            persist_state="session",
            help=one.help,
            placeholder="any",
        )

    def _area(self, one: Filter) -> None:
        """The area drawn on the map, in words, and a button to remove it on pages without a map."""
        if (area := self.chosen[one.name]) is not None:
            said = one.in_words(area, str)
            st.caption(plain(said[0].upper() + said[1:]) + ".")
            st.button("Remove the map area", key=f"remove_{one.name}", on_click=_remove, args=(one.name,))

    def _list(self, one: Filter) -> None:
        ticked = self.chosen[one.name]
        if not (offered := values_of(self.dataset, one.name)):
            return
        # A list that is closed is not drawn at all: a hundred checkboxes would make each answer wait. Its label and how
        # it stands at first do not change, else Streamlit would make it anew, and the keyboard would lose its place.
        label, key = nouns.of(self.dataset).said(one.label), f"list_{one.name}"
        _open_for(ticked, key)
        box = st.expander(label, expanded=one.name in EXPANDED, key=key, on_change="rerun")
        if not box.open:
            if ticked:
                st.caption(f"{label}: {len(ticked)} chosen")
            return
        numbers = facet(self.dataset, self.chosen, one.name)
        label_of = partial(words.label_of, self.dataset, one.name, naming=self.naming, explained=True)
        # Nothing moves under the hand: only of a long list what has no report is left out.
        is_short = one.name in ALWAYS or len(offered) <= SHORT
        listed = [value for value in offered if is_short or value in numbers or value in ticked]
        with box:
            if len(listed) > MOST_CHOICES:
                listed = _found(one, listed, ticked, label_of)
            for value in listed[:MOST_CHOICES]:
                st.checkbox(
                    f"{plain(label_of(value))} · {numbers.get(value, 0):,}",
                    key=f"{one.name}:{value}",
                    persist_state="session",
                )
            if len(listed) > MOST_CHOICES:
                st.caption(f"{len(listed) - MOST_CHOICES:,} more: type a part of what you look for.")
            if not listed:
                st.caption("No report is left to choose from.")


def _open_for(ticked: tuple[str, ...], key: str) -> None:
    """Opens a list in which something came to be chosen, by a link say. Then it is the reader's to close."""
    had = f"{key}_had"
    if ticked and not st.session_state.get(had) and not st.session_state.get(key):
        st.session_state[key] = True
    st.session_state[had] = bool(ticked)


def _by_others(_: Filter) -> None:
    """A collection sets it, and its chip takes it away: the sidebar has nothing of it."""


def _switch(one: Filter, key: str, noun: Noun) -> None:
    st.toggle(one.label, key=key, persist_state="session", help=noun.said(one.help) or None)


def _remove(name: str) -> None:
    st.session_state[name] = None


def _found(one: Filter, listed: list[str], ticked: tuple[str, ...], label_of: Callable[[str], str]) -> list[str]:
    """The ticked choices, then the others whose label has what the reader typed."""
    typed = fold(st.text_input(f"Find in this list of {len(listed):,}", key=f"find_{one.name}"))
    chosen = set(ticked)
    others = [value for value in listed if value not in chosen]
    return [*ticked, *(value for value in others if typed in fold(label_of(value)))] if typed else [*ticked, *others]
