"""The filters as options of the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from geodata.model.filters import CHOICES, FILTERS, Area, Filter, Kind, whole_number

if TYPE_CHECKING:
    from geodata.model.selection import Selection
    from geodata.store.dataset import Dataset


def add_filters(parser: argparse.ArgumentParser) -> None:
    """An option for each filter, under its name. An option that is not given filters nothing."""
    group = parser.add_argument_group("which reports")
    for one in FILTERS:
        for name, settings in _options(one).items():
            group.add_argument(f"--{name.replace('_', '-')}", dest=name, **settings)


def _options(one: Filter) -> dict[str, dict[str, Any]]:
    """Option names with the settings of ``add_argument``."""
    explanation = f"{one.label}. {one.help}".strip()
    if one.kind is Kind.WINDOW:
        day = {"type": _with_reason(date.fromisoformat), "metavar": "DAY"}
        return {
            "from": day | {"help": "first day, as 2020-09-27"},
            "to": day | {"help": "last day"},
            "surely": {"action": "store_true", "help": explanation},
        }
    if one.kind in (Kind.LIST, Kind.IDS):
        return {
            one.name: {"action": "append", "default": [], "metavar": "VALUE", "help": f"{one.label}; may be repeated"}
        }
    if one.kind is Kind.SWITCH:
        return {one.name: {"action": argparse.BooleanOptionalAction, "default": one.default, "help": explanation}}
    if one.kind is Kind.TEXT:
        return {one.name: {"default": one.default, "metavar": "WORDS", "help": explanation}}
    if one.kind is Kind.NUMBER:
        return {one.name: {"type": _with_reason(whole_number), "metavar": "N", "help": explanation}}
    form = "In degrees, and an equals sign before them: --area=43.5,38.2,48.9,41"
    settings = {"type": _with_reason(Area.of), "metavar": "WEST,SOUTH,EAST,NORTH", "help": f"{explanation} {form}"}
    return {one.name: settings}


def _with_reason(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The parser, its ``ValueError`` turned into an error of which argparse prints the message."""

    def parsed(text: str) -> Any:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parsed


def selection_of(options: argparse.Namespace, dataset: Dataset) -> Selection:
    """The selection that the options of `add_filters` make; a search as on screen, with its notes on standard error.

    Raises `InvalidData` for a value that neither the table nor a vocabulary has: a misspelt one must not hide reports.
    """
    from geodata.count.facets import values_of
    from geodata.count.search import understand
    from geodata.model.faults import Fault, InvalidData
    from geodata.model.selection import Selection
    from geodata.store.absent import absent, absent_incidents

    faults = [
        Fault(f"--{name}", 0, "", absent(value, known))
        for name in CHOICES
        for value in getattr(options, name)
        if value not in (known := values_of(dataset, name))
    ]
    faults += [
        Fault("--incidents", 0, "", message) for message in absent_incidents(options.incidents, dataset).values()
    ]
    if faults:
        raise InvalidData(faults)
    search = understand(dataset, options.text)
    for note in search.notes:
        print(note, file=sys.stderr)
    parts = {"first": getattr(options, "from"), "last": options.to, "surely": options.surely}
    values = {one.name: getattr(options, one.name) for one in FILTERS if one.kind is not Kind.WINDOW}
    values |= {name: tuple(values[name]) for name in (*CHOICES, "incidents")} | {"text": search.text}
    return Selection(**parts, **values)
