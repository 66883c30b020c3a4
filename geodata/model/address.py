"""A selection as parameters of an address, and back. Values that the dashboard opens with are not written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from geodata.model.filters import FILTERS, Area, Filter, Kind, Window, whole_number
from geodata.model.selection import Selection

NONE = ("",)
"""A blank parameter sets no filter, even where the dashboard opens with one."""


def written(chosen: Selection, opening: Selection) -> dict[str, tuple[str, ...]]:
    """The parameters of what differs from ``opening``, each with its values."""
    parameters: dict[str, tuple[str, ...]] = {}
    for one in FILTERS:
        if chosen[one.name] != opening[one.name]:
            parameters |= _texts(one, chosen[one.name])
    return parameters


def read(values_of: Callable[[str], Sequence[str]], opening: Selection) -> Selection:
    """The selection of an address: ``values_of`` returns the values of a parameter, none where it is absent.

    A value that cannot be read, as in a link edited by hand, is ignored.
    """
    values: dict[str, Any] = {}
    for one in FILTERS:
        texts = [tuple(values_of(parameter)) for parameter in one.parameters]
        if any(texts):
            try:
                values[one.name] = _value(one, texts)
            except ValueError:
                continue
    return opening.having(**values)


def _texts(one: Filter, value: Any) -> Mapping[str, tuple[str, ...]]:
    if one.kind is Kind.WINDOW:
        texts = (*(day.isoformat() if day else "" for day in (value.first, value.last)), "1" if value.surely else "")
        return {parameter: (text,) for parameter, text in zip(one.parameters, texts, strict=True) if text}
    [parameter] = one.parameters
    if one.kind in (Kind.LIST, Kind.IDS):
        return {parameter: value or NONE}
    if one.kind is Kind.SWITCH:
        return {parameter: ("1" if value else "0",)}
    return {parameter: NONE if value is None else (str(value),)}


def _value(one: Filter, texts: Sequence[tuple[str, ...]]) -> Any:
    if one.kind is Kind.WINDOW:
        *ends, surely = ("".join(values[-1:]) for values in texts)
        first, last = (date.fromisoformat(day) if day else None for day in ends)
        return Window(first, last, surely == "1")
    [values] = texts
    if one.kind in (Kind.LIST, Kind.IDS):
        return tuple(sorted(set(values) - {""}))
    text = values[-1]
    if one.kind is Kind.SWITCH:
        return {"1": True, "0": False}.get(text, one.default)
    if one.kind is Kind.TEXT:
        return text
    if not text:
        return None
    return Area.of(text) if one.kind is Kind.AREA else whole_number(text)
