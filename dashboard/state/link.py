"""The view as a link: what is chosen stands in the address, and an address restores what was chosen.

Widgets hold the state under keys of the form ``field:value``; this module turns the keys into a short query string
and back. The map's camera, the stretch of the timeline and its lanes are kept in the same address by the script in the
browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from geodata.count.facets import facets
from geodata.lessons import Camera
from geodata.model.names import LABEL, namings
from geodata.model.selection import CHOICES, Selection
from geodata.store.dataset import Dataset
from geodata.tell import words

TEXTS = {
    "page": "page", "q": "text", "by": "colour", "names": "naming", "view": "view", "from": "first", "to": "last",
    "incident": "incident", "compare": "compared", "document": "document", "mode": "mode", "lesson": "lesson",
    "step": "step",
}  # fmt: skip
"""Parameters that hold one text, and the key of the widget or state that holds it."""

SWITCHES = {"surely": "surely", "deaths": "deaths", "divider": "split"}
"""Parameters that are 1 where a switch is on."""

LISTS = {"a": "set_a", "b": "set_b"}
"""Parameters that hold several texts."""

DEFAULTS = {"page": "Map", "colour": "side", "naming": LABEL, "view": "Reports", "graphic": True,
            "compared": "sources"}  # fmt: skip

KEPT = (*TEXTS.values(), *SWITCHES.values(), *LISTS.values(), "graphic")
"""State that outlives its widget: Streamlit forgets it with a page or a sidebar that is not drawn, as it does the ticks
of a closed list."""


def restore(dataset: Dataset) -> None:
    """Takes the choices of the address, once a session, before any widget is made.

    A value that the table does not know is left: a filter that nobody can see or untick would hide everything.
    """
    state, parameters = st.session_state, st.query_params
    state["opening_scopes"] = dataset.case.opening_scopes
    if "restored" in state:
        for key in (*(key for key in KEPT if key in state), *ticks()):
            state[key] = state[key]
        return
    state["restored"] = True
    for field in CHOICES:
        asked = set(parameters.get_all(field)) - {""}
        known = facets(dataset, Selection()).get(field, {}) if asked else {}
        for value in asked.intersection(known):
            state[f"{field}:{value}"] = True
    if "scopes" not in parameters:
        state.update({f"scopes:{scope}": True for scope in opening_scopes()})
    for parameter, key in TEXTS.items():
        state[key] = parameters.get(parameter) or DEFAULTS.get(key, "")
    state["first"], state["last"] = _window(dataset, state["first"], state["last"])
    for parameter, key in SWITCHES.items():
        state[key] = parameters.get(parameter) == "1"
    for parameter, key in LISTS.items():
        state[key] = [value for value in parameters.get_all(parameter) if value]
    state["graphic"] = parameters.get("graphic") != "0"
    if state["naming"] not in namings(dataset.case):
        state["naming"] = DEFAULTS["naming"]
    if any(state[key] for key in LISTS.values()):
        known = facets(dataset, Selection()).get(str(state["compared"]), {})
        state.update({key: [value for value in state[key] if value in known] for key in LISTS.values()})


def _window(dataset: Dataset, first: str, last: str) -> tuple[str, str]:
    """The ends of a window in order, as ISO days. An end that is not given, or cannot be read, is that of the table."""
    ends = [_day(first), _day(last)]
    if not any(ends):
        return "", ""
    summary = words.summarise(dataset, Selection())
    low, high = (end or str(bound or "") for end, bound in zip(ends, (summary.first, summary.last), strict=True))
    return (low, high) if low <= high else (high, low)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:  # a link edited by hand: an unreadable date asks for nothing
        return ""


def camera() -> Camera | None:
    """Where the map looks; nothing where it looks at home, or where the address cannot be read."""
    try:
        latitude, longitude, zoom = st.query_params.get("camera", "").split(",")
        return Camera.model_validate({"latitude": latitude, "longitude": longitude, "zoom": zoom})
    except ValueError:  # no camera, or a link edited by hand
        return None


def forget() -> None:
    """The browser went back or forward: the address says what is chosen, and `restore` takes it from there."""
    state = st.session_state
    for key in ticks():
        state[key] = False
    state.pop("restored", None)
    state["window_set"] = state.get("window_set", 0) + 1


def opening_scopes() -> tuple[str, ...]:
    """The scopes that are ticked when the case is opened."""
    return tuple(st.session_state.get("opening_scopes", ()))


def ticks() -> list[str]:
    """The keys of the lists' checkboxes: a field of `CHOICES`, a colon, a value."""
    return [str(key) for key in st.session_state if str(key).partition(":")[0] in CHOICES and ":" in str(key)]


def is_filtered() -> bool:
    """Whether anything but the colour, the part below the map and the open card differs from the opening view."""
    state = st.session_state
    ticks = any(values != (opening_scopes() if field == "scopes" else ()) for field, values in choices().items())
    return ticks or any(state.get(key) for key in ("text", "first", "last", "surely", "deaths")) or not state["graphic"]


def clear() -> None:
    """Back to what the dashboard opens on; the colour, the part below the map and the camera stay."""
    state = st.session_state
    for key in ticks():
        state[key] = key.removeprefix("scopes:") in opening_scopes() and key.startswith("scopes:")
    state.update(text="", first="", last="", surely=False, deaths=False, graphic=True)
    state["window_set"] = state.get("window_set", 0) + 1


def choices() -> dict[str, tuple[str, ...]]:
    """The ticked values of each field of `CHOICES`, in a fixed order."""
    ticked: dict[str, list[str]] = {field: [] for field in CHOICES}
    for key, on in st.session_state.to_dict().items():
        field, colon, value = str(key).partition(":")
        if colon and on is True and field in ticked:
            ticked[field].append(value)
    return {field: tuple(sorted(values)) for field, values in ticked.items()}


def keep() -> None:
    """Writes the choices to the address; what stands at its default is left out."""
    state = st.session_state
    for field, values in choices().items():
        usual = opening_scopes() if field == "scopes" else ()
        _set(field, None if values == usual else values or ("",))
    for parameter, key in TEXTS.items():
        value = state.get(key) or ""
        _set(parameter, None if value == DEFAULTS.get(key, "") else (str(value),))
    is_comparing = state["page"] == "Compare"
    for parameter, key in SWITCHES.items():
        _set(parameter, ("1",) if state.get(key) else None)
    for parameter, key in LISTS.items():
        _set(parameter, state[key] if is_comparing else None)
    _set("graphic", None if state.get("graphic", True) else ("0",))


def _set(parameter: str, values: Iterable[str] | None) -> None:
    wanted = list(values) if values is not None else []
    if st.query_params.get_all(parameter) == wanted:
        return
    if wanted:
        st.query_params[parameter] = wanted
    else:
        del st.query_params[parameter]
