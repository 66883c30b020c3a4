"""The map and its timeline as a component, and what is sent to it when a filter changes; `serve` sends the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.parts import share
from dashboard.parts.plain import plain
from dashboard.state import collected, data, first_marks, lesson_state, link, opened
from dashboard.state.view import View
from geodata.count import counting
from geodata.count.compare import Pair
from geodata.exports import names
from geodata.model import address
from geodata.model.filters import Area
from geodata.model.selection import Selection, opening
from geodata.store.dataset import Dataset
from geodata.timemap import far, marks, script, tiles

WINDOW = "max(420px, calc(100dvh - var(--attest-above, 133px)))"
"""Height of map and timeline together, as CSS has it: the window, but for the header and the row of chips."""

_map = st.components.v2.component("attest_map", html='<div class="tm"></div>', js=script("streamlit_map"))


CLOSED = -1
"""Comes in place of a row when the reader closes the card."""


@dataclass(frozen=True)
class Compared:
    """The two sets to compare: on two maps, or on the same map with a divider (``is_split``)."""

    pair: Pair
    titles: tuple[str, str]
    is_split: bool


def show(
    view: View,
    *,
    key: str = "timemap",
    height: str = WINDOW,
    compared: Compared | None = None,
    is_large: bool = False,
    may_collect: bool = False,
    camera: dict[str, Any] | None = None,
    tells_camera: bool = False,
) -> None:
    """Draws the map of the selection; a click on a mark opens its incident. A session's first map is on screen, or soon
    will be, when this returns: see `first_marks`.

    ``key`` names the map on its page. ``height`` is that of map and timeline, as CSS has it. ``is_large`` is for a
    class room. With ``may_collect`` incidents can be taken into the collection. ``camera`` moves the map when it
    changes: latitude and longitude in degrees, and zoom. With ``tells_camera`` `link.camera` is always where it looks.
    """
    state, chosen = st.session_state, view.chosen
    selected = _rows_of(view.dataset, state["incident"])
    if state["incident"] and not selected:
        st.warning(f"The link names an incident that is not in this table: {plain(state['incident'])}")
    drawn = compared.pair.together(chosen) if compared else chosen
    _map(
        key=key,
        data={
            **_addresses(view),
            "height": height,
            **_teaching(is_large=is_large, is_making=tells_camera),
            "camera": camera,
            "name": names.around_days(view.dataset, drawn),
            **_look(view),
            "surely": chosen.surely,
            "mask": None if view.dataset.is_large else _mask(view.dataset, drawn),
            **_squares(view, drawn),
            "compared": _compared(view, compared) if compared else None,
            "area": chosen.area,
            **_chosen_there_too(view, selected),
            "collected": collected.told(view.dataset) if may_collect else None,
            "heard": state.get(_heard(key)),
            "shown": first_marks.address(),
        },
        # A session keeps its callbacks: one that held the dataset would keep an old table alive.
        on_told_change=partial(_told, key, view.token),
    )
    first_marks.wait()


def _told(key: str, token: str) -> None:
    """Acts on each message of the map once; it comes again until the map knows that it was heard: ``unheard.js``."""
    state = st.session_state
    told, heard = state[key]["told"], state.get(_heard(key))
    last = heard["number"] if heard and heard["teller"] == told["teller"] else 0
    for number, name, value in told["messages"]:
        if number > last:
            state[_heard(key)] = {"teller": told["teller"], "number": number}
            HEARING[name](value, token)


def _heard(key: str) -> str:
    """The key of the session for the last message that a map's page has acted on."""
    return f"{key}_heard"


def _addresses(view: View) -> dict[str, str]:
    """Where script and table are fetched, and the page that others can open."""
    token = view.token
    return {"engine": data.engine_address(), "table": data.table_address(token), "base": share.base_for_others()}


def _look(view: View) -> dict[str, Any]:
    look = view.look
    asked = tiles.offered()[look.tiles].as_dict() if look.tiles else None
    return {"scheme": look.colour, "naming": look.naming, "tiles": asked}


def _teaching(*, is_large: bool, is_making: bool) -> dict[str, bool]:
    """What a class room changes, and where a lesson is made: large marks, a clicker's keys, a camera that is told."""
    is_stepping = is_large and lesson_state.current() is not None
    return {"large": is_large, "stepping": is_stepping, "telling": is_making}


def _chosen_there_too(view: View, selected: list[int]) -> dict[str, Any]:
    """What the reader chooses on the map as well; it takes it from here where the key is another: `link.tell_map`."""
    state, chosen = st.session_state, view.chosen
    return {
        "window": [str(chosen.first), str(chosen.last)] if chosen.first and chosen.last else None,
        "windowKey": state.get("window_set", 0),
        "selected": selected,
        "selectedKey": state.get("incident_set", 0),
        "collectedKey": state.get("collected_set", 0),
    }


def _mask(dataset: Dataset, chosen: Selection) -> str | None:
    """The rows that pass every filter but the window, see `marks.mask`; ``None`` where all rows do."""
    kept = counting.selection_mask(dataset, chosen.without_window())
    return None if kept.all() else marks.mask(kept)


def _squares(view: View, chosen: Selection) -> dict[str, Any]:
    """What the map of a large table asks for, as a query, and whether it is a part of what another query has."""
    if not view.dataset.is_large:
        return {"view": "", "part": None}
    kept, scheme = chosen.without_window(), view.look.colour
    codes = far.codes_left(view.dataset, kept, scheme)
    part = None if codes is None else {"whole": _query(view, Selection()), "codes": sorted(codes)}
    return {"view": _query(view, kept), "part": part}


def _query(view: View, chosen: Selection) -> str:
    at_first = opening(view.dataset.case, view.dataset.missing)
    return urlencode(address.written(chosen, at_first) | {"scheme": (view.look.colour,)}, doseq=True)


def _compared(view: View, compared: Compared) -> dict[str, Any]:
    each = [chosen.without_window() for chosen in compared.pair.selections(view.chosen)]
    is_large = view.dataset.is_large
    return {
        "titles": compared.titles,
        "masks": [] if is_large else [marks.mask(counting.selection_mask(view.dataset, chosen)) for chosen in each],
        "sets": [_squares(view, chosen) for chosen in each] if is_large else [],
        "split": compared.is_split,
    }


def _rows_of(dataset: Dataset, incident: str) -> list[int]:
    if not incident:
        return []
    rows = dataset.reports.filter(dataset.reports.incident_id == incident).select("row")
    return [int(row) for row in dataset.fetch(rows)["row"].to_pylist()]


def _stepped(count: int, _: str) -> None:
    if (lesson := lesson_state.current()) is not None:
        lesson_state.go(lesson.number + count)


def _looked(camera: str, _: str) -> None:
    link.looked(camera)  # a blank text is home


def _window_changed(window: Sequence[str], _: str) -> None:
    first, last = map(date.fromisoformat, window) if window else (None, None)  # an empty list is all dates
    st.session_state.update(first=first, last=last)


def _area_changed(area: Sequence[float], _: str) -> None:
    st.session_state["area"] = Area(*area) if area else None


def _collected(told: Mapping[str, Any], token: str) -> None:
    if (dataset := opened.named(token)) is not None:
        notes = {int(row): str(note) for row, note in told["notes"]}
        collected.take_from_map(dataset, notes, {int(row) for row in told["out"]})


def _selected(row: int, token: str) -> None:
    if row == CLOSED:
        st.session_state["incident"] = ""
    elif (dataset := opened.named(token)) is not None:  # after a change of the table the number may be another row's
        found = dataset.fetch(dataset.numbered([row]).select("incident_id"))
        st.session_state["incident"] = found["incident_id"][0].as_py()


HEARING: Mapping[str, Callable[[Any, str], None]] = {
    "window": _window_changed,
    "select": _selected,
    "collect": _collected,
    "area": _area_changed,
    "step": _stepped,
    "camera": _looked,
}
"""By what the reader does on a map: what its value and the token of its table change in the session."""
