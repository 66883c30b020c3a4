"""Which reports are meant: one frozen `Selection` and one pure `select`, written once as an Ibis expression.

The same expression runs on the in-process DuckDB and on any other engine that Ibis speaks to. A filter is one field of
`Selection` and one function of `FILTERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from geodata.model.text import fold


@dataclass(frozen=True)
class Selection:
    """A choice of reports. An empty tuple, a blank text and ``None`` leave that question open.

    The window ``first`` to ``last`` includes both days; a report is in it when its span touches it or, with ``surely``,
    when no day of its span lies outside. A report without a date is in no window.
    """

    first: date | None = None
    last: date | None = None
    surely: bool = False
    sources: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    deaths: bool = False
    """Only reports that state a number of deaths."""
    graphic: bool = True
    """Whether rows that describe mutilation, torture or sexual violence are included."""
    text: str = ""
    """Every word must occur in the report's text, or in any name of its place or of a place that the text names."""

    @property
    def has_window(self) -> bool:
        return self.first is not None or self.last is not None

    def without(self, *names: str) -> Selection:
        """The same selection with these fields left open."""
        open_again: dict[str, Any] = {field.name: field.default for field in fields(self) if field.name in names}
        return replace(self, **open_again)

    def among(self, name: str, values: tuple[str, ...]) -> Selection:
        """The same selection with these values for a field of `CHOICES`."""
        chosen: dict[str, Any] = {name: values}
        return replace(self, **chosen)

    def questions(self) -> Iterator[Selection]:
        """The same selection as one for each question it asks: a report that all of them leave is left by it."""
        asked = {"window": ("first", "last", "surely")} | {name: (name,) for name in FILTERS if name != "window"}
        for names in asked.values():
            one = self.without(*(field.name for field in fields(self) if field.name not in names))
            if one != Selection():
                yield one

    def without_window(self) -> Selection:
        return self.without("first", "last", "surely")


def _window(reports: ir.Table, chosen: Selection) -> ir.BooleanValue | None:
    if not chosen.has_window:
        return None
    if chosen.surely:
        return surely_inside(reports, chosen)
    first, last = _ends(chosen)
    return (reports.first_day <= last) & (reports.last_day >= first)


def surely_inside(reports: ir.Table, chosen: Selection) -> ir.BooleanValue:
    """Whether no possible day of a report lies outside the window, and its date carries no sign of doubt."""
    first, last = _ends(chosen)
    return (reports.first_day >= first) & (reports.last_day <= last) & ~reports.qualified


def _ends(chosen: Selection) -> tuple[date, date]:
    return chosen.first or date.min, chosen.last or date.max


def _among(column: str, field: str) -> Callable[[ir.Table, Selection], ir.BooleanValue | None]:
    def condition(reports: ir.Table, chosen: Selection) -> ir.BooleanValue | None:
        values = getattr(chosen, field)
        return reports[column].isin(values) if values else None

    return condition


def _stated_deaths(reports: ir.Table, chosen: Selection) -> ir.BooleanValue | None:
    stated = ibis.coalesce(reports.deaths_best, reports.deaths_low, reports.deaths_high)
    return stated.notnull() if chosen.deaths else None


def _not_graphic(reports: ir.Table, chosen: Selection) -> ir.BooleanValue | None:
    return None if chosen.graphic else ~reports.graphic


def _words(reports: ir.Table, chosen: Selection) -> ir.BooleanValue | None:
    conditions = [has_word(reports, word) for word in fold(chosen.text).split()]
    return ibis.and_(*conditions) if conditions else None


def has_word(reports: ir.Table, word: str) -> ir.BooleanValue:
    """Whether a report's folded text has a word that begins so: "gence" is Gəncə, and not a part of "intelligence".

    In scripts that write words together, or put particles before them, any part of the text counts.
    """
    if WRITTEN_TOGETHER.search(word):
        return reports.words.contains(word)
    return reports.words.contains(f" {word}") | reports.words.startswith(word)


WRITTEN_TOGETHER = re.compile("[\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Hebrew, Arabic, Thai, Lao, Burmese, Khmer, Japanese and Chinese."""


CHOICES: Mapping[str, str] = {
    "sources": "source_id",
    "publishers": "publisher",
    "sides": "claimant_side",
    "statuses": "claim_status",
    "types": "event_type",
    "places": "place_id",
    "scopes": "scope",
}
"""Fields of `Selection` that list values, and the column each is about."""

FILTERS: Mapping[str, Callable[[ir.Table, Selection], ir.BooleanValue | None]] = {
    "window": _window,
    **{field: _among(column, field) for field, column in CHOICES.items()},
    "deaths": _stated_deaths,
    "graphic": _not_graphic,
    "text": _words,
}


def select(reports: ir.Table, chosen: Selection) -> ir.Table:
    """The reports that every filter leaves, in the order they came."""
    conditions = [condition for rule in FILTERS.values() if (condition := rule(reports, chosen)) is not None]
    return reports.filter(conditions) if conditions else reports


def undated(reports: ir.Table, chosen: Selection) -> ir.Table:
    """Reports without a date that the other filters leave: no window can show them."""
    rest = select(reports, chosen.without_window())
    return rest.filter(rest.first_day.isnull())


def unmapped(reports: ir.Table, chosen: Selection) -> ir.Table:
    """Selected reports without coordinates: the map cannot show them."""
    shown = select(reports, chosen)
    return shown.filter(shown.latitude.isnull())
