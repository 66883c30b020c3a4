"""The view as a link: the address holds the selection, and an address restores it.

The session holds the filters under the keys of their widgets: a tick of a list under ``name:value``, the parts of the
window under theirs, every other filter under its name. `chosen` and `put` turn that into a `Selection` and back, and
`geodata.model.address` a selection into parameters. The map's camera, the stretch of the timeline and its lanes are
kept in the same address by the script in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from dashboard.state.view import COLOUR
from geodata.count.facets import facet, values_of
from geodata.lessons import Camera
from geodata.model import address
from geodata.model.filters import CHOICES, FILTERS, Kind, Window
from geodata.model.names import LABEL, namings
from geodata.model.selection import Selection, opening
from geodata.store.dataset import Dataset
from geodata.tell import words


@dataclass(frozen=True)
class Parameter:
    """A parameter that is no filter: its name in the address, its key in the session, and its value at first.

    It is a text, a switch or a list of texts, as ``default`` is. With a ``page`` only that page's address has it.
    Where it ``is_id``, older addresses have a title in its place, and the id is made of that title's words.
    """

    name: str
    key: str
    default: str | bool | tuple[str, ...] = ""
    page: str = ""
    is_id: bool = False

    def read(self, texts: list[str]) -> Any:
        """The state for these values of the parameter."""
        if isinstance(self.default, tuple):
            return [text for text in texts if text]
        last = texts[-1] if texts else ""
        if self.is_id:
            last = "-".join(last.lower().split())
        return last == "1" if isinstance(self.default, bool) else last or self.default

    def written(self, state: Any) -> tuple[str, ...]:
        """The values of the parameter for a state; none for its default."""
        if isinstance(self.default, tuple):
            return tuple(state)
        return () if (state or "") == (self.default or "") else ("1" if state is True else str(state or ""),)


PARAMETERS = (
    Parameter("page", "page", "map", is_id=True),
    Parameter("by", "colour", COLOUR),
    Parameter("names", "naming", LABEL),
    Parameter("tiles", "tiles_kept"),  # written where the reader says so; asked for again in any case: `online`
    Parameter("incident", "incident"),
    Parameter("compare", "compared", "sources"),
    Parameter("a", "set_a", (), page="compare"),
    Parameter("b", "set_b", (), page="compare"),
    Parameter("divider", "split", default=False),
    Parameter("stand", "stand", "different", page="disagreements"),
    Parameter("document", "document"),
    Parameter("mode", "mode"),
    Parameter("collection", "collection"),
    Parameter("collected", "collected", ()),
    Parameter("lesson", "lesson"),
    Parameter("step", "step"),
)

ONCE_BELOW_THE_MAP = ("3-d", "briefing", "download")
"""Pages that older addresses name as a part below the map, in ``view``."""

OURS = frozenset((*(name for one in FILTERS for name in one.parameters), *(one.name for one in PARAMETERS), "view"))
"""Every parameter that is written here; the others of an address stay as they are."""


def chosen(dataset: Dataset) -> Selection:
    """The filters of the session, the text of the search as it was typed.

    A filter that the table cannot answer, and a value that it does not know, are left out: a filter that nobody can
    see or untick would hide everything.
    """
    state, ticked = st.session_state, _ticked()
    values: dict[str, Any] = {}
    for one in FILTERS:
        if not one.is_offered(dataset.missing):
            continue
        if one.kind is Kind.LIST:
            values[one.name] = tuple(value for value in ticked[one.name] if value in values_of(dataset, one.name))
        elif one.kind is Kind.WINDOW:
            values[one.name] = Window(*(state[part] for part in Window._fields))
        else:
            values[one.name] = state[one.name]
    return Selection(**values)


def put(selection: Selection) -> None:
    """Sets every filter of the session. For a callback, or before the widgets are made."""
    state = st.session_state
    for name, values in _ticked().items():
        state.update({f"{name}:{value}": False for value in values})
    for one in FILTERS:
        value = selection[one.name]
        if one.kind is Kind.LIST:
            state.update({f"{one.name}:{each}": True for each in value})
        else:
            state.update(value._asdict() if one.kind is Kind.WINDOW else {one.name: value})
    tell_map("window")


def tell_map(*parts: str) -> None:
    """The map takes ``parts`` ("window", "incident", "collected") as the session has them now.

    Where no part is told, what the map has is newer: the reader has chosen it there, and may have chosen on meanwhile.
    """
    st.session_state.update({f"{part}_set": st.session_state.get(f"{part}_set", 0) + 1 for part in parts})


def open_incident(incident: str) -> None:
    """Opens an incident's card on the map, too; blank closes the card that is open."""
    st.session_state["incident"] = incident
    tell_map("incident")


def restore(dataset: Dataset) -> None:
    """Takes the choices of the address, once a session and when the browser went back, before any widget is made."""
    state, asked = st.session_state, st.query_params.get_all
    if "restored" in state:
        return
    state["restored"] = True
    put(_with_both_ends(dataset, address.read(asked, opening(dataset.case, dataset.missing))))
    state.update({one.key: one.read(asked(one.name)) for one in PARAMETERS})
    tell_map("incident", "collected")
    if state["page"] == "map" and (part := "-".join(asked("view")[-1:]).lower()) in ONCE_BELOW_THE_MAP:
        state["page"] = part
    if state["collected"]:
        state["collected_long"] = []
    if state["naming"] not in namings(dataset.case):
        state["naming"] = LABEL
    for key in ("set_a", "set_b"):
        known = facet(dataset, Selection(), state["compared"]) if state["compared"] in CHOICES else {}
        state[key] = [value for value in state[key] if value in known]


def _with_both_ends(dataset: Dataset, selection: Selection) -> Selection:
    """The same selection with the ends of its window in order; an end that is not given is that of the table."""
    if not selection.has_window:
        return selection
    summary = words.summarise(dataset, Selection())
    first, last = selection.first or summary.first, selection.last or summary.last
    if first is None or last is None:  # nothing in the table has a date
        return selection.having(first=None, last=None)
    return selection.having(first=min(first, last), last=max(first, last))


OF_SCRIPTS = ("camera", "axis", "lanes", "layers_off", "panel")
"""Parameters that the scripts of the page write, in the order of ``history.js``."""


def written_by_scripts() -> str:
    """The part of the address that is the scripts', as far as Python knows it: as the browser last told it.

    After it stands ``size``, which is no part of the address: see `map_size`.
    """
    asked = st.session_state.get("stands")
    if asked is None:
        asked = urlencode([(name, st.query_params[name]) for name in OF_SCRIPTS if st.query_params.get(name)])
    return str(asked)


def learn(stands: str) -> None:
    """The part of the address that is the scripts' now is ``stands``, a query."""
    st.session_state["stands"] = stands


def looked(camera: str) -> None:
    """The map looks elsewhere: latitude, longitude and zoom as the address has them, or blank for home."""
    rest = [(name, value) for name, value in parse_qsl(written_by_scripts()) if name != "camera"]
    learn(urlencode([("camera", camera), *rest] if camera else rest))


def query_now() -> list[tuple[str, str]]:
    """The parameters of the address as it stands in the browser."""
    asked = st.query_params
    ours = [(name, value) for name in asked if name not in OF_SCRIPTS for value in asked.get_all(name)]
    return [*ours, *((name, value) for name, value in parse_qsl(written_by_scripts()) if name in OF_SCRIPTS)]


def camera() -> Camera | None:
    """The map's middle and zoom as the address gives them; ``None`` where it gives none, or none that can be read."""
    try:
        latitude, longitude, zoom = dict(parse_qsl(written_by_scripts())).get("camera", "").split(",")
        return Camera.model_validate({"latitude": latitude, "longitude": longitude, "zoom": zoom})
    except ValueError:  # no camera, or a link edited by hand
        return None


def map_size() -> tuple[int, int] | None:
    """Width and height in pixels of the map that was last on screen; ``None`` before the browser has told of one."""
    wide, _, high = dict(parse_qsl(written_by_scripts())).get("size", "").partition(",")
    return (int(wide), int(high)) if wide.isdecimal() and high.isdecimal() and int(wide) and int(high) else None


def went_back() -> None:
    """After the browser went back or forward: the next run reads the selection from the address (`restore`) and does
    not write it there (`keep`), for a new entry of the history would stand in the way of going further back.
    """
    for key in ("restored", "mode", "stands"):
        st.session_state.pop(key, None)
    st.session_state["is_going_back"] = True


def keep(dataset: Dataset) -> None:
    """Writes changed choices to the address in a single call, so that each change is one entry of the history."""
    state, asked = st.session_state, st.query_params
    ours = _parameters(dataset, chosen(dataset))
    for one in PARAMETERS:
        if one.page in ("", state["page"]) and (values := one.written(state.get(one.key))):
            ours[one.name] = values
    if state.get("collected_long"):  # its ids would be too long here as well; the page says so
        ours.pop("incidents", None)
    before, state["written"] = state.get("written"), ours
    # Streamlit runs the script when the browser goes back, too, and may do so before it calls `went_back`: nothing
    # has changed then, and the address is not to be overwritten.
    if state.pop("is_going_back", False) or ours == before:
        return
    if {name: set(asked.get_all(name)) for name in asked if name in OURS} != {name: set(ours[name]) for name in ours}:
        others = {name: asked.get_all(name) for name in asked if name not in OURS}
        asked.from_dict({**others, **{name: list(values) for name, values in ours.items()}})


def query(dataset: Dataset, selection: Selection) -> str:
    """The query of the address that opens the page on a selection, without its question mark."""
    return urlencode(_parameters(dataset, selection), doseq=True)


def _parameters(dataset: Dataset, selection: Selection) -> dict[str, tuple[str, ...]]:
    return address.written(selection, opening(dataset.case, dataset.missing))


def _ticked() -> Mapping[str, tuple[str, ...]]:
    """The ticked values of each list, in a fixed order."""
    ticked: dict[str, list[str]] = {name: [] for name in CHOICES}
    for key, is_on in st.session_state.to_dict().items():
        name, colon, value = str(key).partition(":")
        if colon and is_on is True and name in ticked:
            ticked[name].append(value)
    return {name: tuple(sorted(values)) for name, values in ticked.items()}
