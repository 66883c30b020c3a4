"""The filters as options of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from geodata.model.filters import CHOICES, FILTERS, Area, Filter, Kind, whole_number

if TYPE_CHECKING:
    from geodata.model.selection import Selection
    from geodata.store.dataset import Dataset


def add_filters(parser: argparse.ArgumentParser) -> None:
    """An option for each filter, under its name. What is left out is left open."""
    group = parser.add_argument_group("which reports")
    for one in FILTERS:
        for name, settings in _options(one).items():
            group.add_argument(f"--{name.replace('_', '-')}", dest=name, **settings)


def _options(one: Filter) -> dict[str, dict[str, Any]]:
    """Option names with the settings of ``add_argument``."""
    said = f"{one.label}. {one.help}".strip()
    if one.kind is Kind.WINDOW:
        day = {"type": _told(date.fromisoformat), "metavar": "DAY"}
        return {
            "from": day | {"help": "first day, as 2020-09-27"},
            "to": day | {"help": "last day"},
            "surely": {"action": "store_true", "help": said},
        }
    if one.kind is Kind.LIST:
        return {
            one.name: {"action": "append", "default": [], "metavar": "VALUE", "help": f"{one.label}; may be repeated"}
        }
    if one.kind is Kind.SWITCH:
        return {one.name: {"action": argparse.BooleanOptionalAction, "default": one.default, "help": said}}
    if one.kind is Kind.TEXT:
        return {one.name: {"default": one.default, "metavar": "WORDS", "help": said}}
    if one.kind is Kind.NUMBER:
        return {one.name: {"type": _told(whole_number), "metavar": "N", "help": said}}
    form = "degrees, and an equals sign before them: --area=43.5,38.2,48.9,41"
    return {one.name: {"type": _told(Area.of), "metavar": "WEST,SOUTH,EAST,NORTH", "help": f"{said} In {form}"}}


def _told(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The parser with its own words for what is wrong: argparse drops those of a ``ValueError``."""

    def told(text: str) -> Any:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return told


def selection_of(options: argparse.Namespace, dataset: Dataset) -> Selection:
    """The selection that the options of `add_filters` ask of a dataset.

    Raises `InvalidData` for a value that neither the table nor a vocabulary has: nothing is left out by a slip.
    """
    from geodata.count.facets import values_of
    from geodata.lessons.check import absent
    from geodata.model.faults import Fault, InvalidData
    from geodata.model.selection import Selection

    faults = [
        Fault(f"--{name}", 0, "", absent(value, known))
        for name in CHOICES
        for value in getattr(options, name)
        if value not in (known := values_of(dataset, name))
    ]
    if faults:
        raise InvalidData(faults)
    parts = {"first": getattr(options, "from"), "last": options.to, "surely": options.surely}
    asked = {one.name: getattr(options, one.name) for one in FILTERS if one.kind is not Kind.WINDOW}
    return Selection(**parts, **(asked | {name: tuple(asked[name]) for name in CHOICES}))
