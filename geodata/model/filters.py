"""The filters of the reports: `FILTERS`.

Sidebar, address, lessons, wording of prints, command line and counts are made of its records: a new filter is a
record here and a test of its condition. The module imports nothing slow, for the command line's help is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.model.text import fold, number_of, spoken_day
from geodata.model.vocabulary import DEATHS

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Kind(Enum):
    """What the value of a filter is, and so how it is drawn, written and read."""

    LIST = auto()
    """A tuple of values of one column, any of which a report may have; empty filters nothing."""
    IDS = auto()
    """A tuple of ids, any of which a report may have; empty filters nothing. No widget lists them: others set it."""
    SWITCH = auto()
    """A bool."""
    TEXT = auto()
    """Words."""
    NUMBER = auto()
    """A whole number from 0 on, or ``None``."""
    WINDOW = auto()
    """A `Window` of days."""
    AREA = auto()
    """An `Area` of the map, or ``None``."""


class Window(NamedTuple):
    """Days from ``first`` to ``last``, both included; ``None`` is an open end.

    A report is in the window when its span touches it or, with ``surely``, when its date carries no sign of doubt and
    no day of its span lies outside. A report without a date is in no window.
    """

    first: date | None = None
    last: date | None = None
    surely: bool = False

    @property
    def is_open(self) -> bool:
        return self.first is None and self.last is None


class Area(NamedTuple):
    """A rectangle of the map in WGS 84 degrees, its edges included. ``west`` is larger than ``east`` where it spans the
    antimeridian. A report without coordinates is in no area.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def crosses(self) -> bool:
        """Whether it spans the antimeridian."""
        return self.west > self.east

    @classmethod
    def of(cls, text: str) -> Area:
        """The area of a text as ``str`` writes it: "43.5,38.2,48.9,41". Raises ``ValueError``."""
        try:
            area = cls(*map(float, text.split(",")))
        except (TypeError, ValueError):
            raise ValueError(f"{text!r} is no area (write west,south,east,north in degrees)") from None
        if not (abs(area.west) <= 180 and abs(area.east) <= 180 and -90 <= area.south <= area.north <= 90):
            raise ValueError(f"{text!r} is no area: longitudes go from -180 to 180, latitudes from -90 in the south")
        return area

    def __str__(self) -> str:
        return ",".join(f"{degrees:g}" for degrees in (round(edge, 3) for edge in self))


def whole_number(text: str) -> int:
    """The whole number, from 0 on, that a text states. Raises ``ValueError``."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError(f"{text!r} is not a whole number from 0 on")
    return int(text)


@dataclass(frozen=True)
class Filter:
    """A filter. ``label`` names it on screen and on the command line, ``help`` explains it.

    ``columns`` are those it reads; it is not offered for a table that has none of them. ``parameters`` name it
    in the address: one name, and for a window one for each of its parts. ``default`` is the value that filters nothing.
    ``condition`` takes the reports and a value and returns the Ibis expression that a report must fulfil, or ``None``
    where the value filters nothing. ``in_words`` takes a value, and a function that labels a value of the column, and
    returns the words for a print. With ``explains`` the label of a value has its meaning added. ``in_lessons`` is
    false for a filter that a step of a lesson may not set.
    """

    name: str
    kind: Kind
    label: str
    columns: tuple[str, ...]
    parameters: tuple[str, ...]
    default: Any
    condition: Callable[[ir.Table, Any], ir.BooleanValue | None]
    in_words: Callable[[Any, Callable[[str], str]], str]
    help: str = ""
    explains: bool = False
    in_lessons: bool = True

    @property
    def column(self) -> str:
        """The column of a `Kind.LIST`."""
        return self.columns[0]

    def is_offered(self, missing: Collection[str]) -> bool:
        """Whether a table without the columns ``missing`` has one that the filter reads; true for search."""
        return not self.columns or any(column not in missing for column in self.columns)


def _list(name: str, column: str, label: str, noun: str, *, explains: bool = False) -> Filter:
    return Filter(
        name, Kind.LIST, label, (column,), (name,), (),
        lambda reports, values: is_one_of(reports[column], values) if values else None,
        lambda values, label_of: f"{noun} {', '.join(map(label_of, values))}",
        explains=explains,
    )  # fmt: skip


LONG = 500
"""A list of more values goes to the engine as one text: Ibis takes seconds to word twenty thousand literals."""


def is_one_of(texts: ir.StringColumn, values: Sequence[str]) -> ir.BooleanValue:
    """Whether a text is one of these values, however many they are."""
    # No table has a text with NUL (its reader leaves it out), and PostgreSQL would read a question up to there.
    values = [value for value in values if "\0" not in value]
    if len(values) <= LONG:
        return texts.isin(values)
    import ibis  # noqa: PLC0415  # slow to import; here it has been, for the column is made of it

    # The sign is for private use (Unicode, from U+E000 on), and one that no value has.
    taken = set("".join(values))
    sign = next(each for each in map(chr, range(0xE000, 0xF900)) if each not in taken)
    listed = ibis.literal(sign.join(values)).split(sign).name("value").as_table()
    return texts.isin(listed.unnest("value").value)


def _has_words(reports: ir.Table, text: str) -> ir.BooleanValue | None:
    conditions = [has_word(reports, word) for word in fold(text).split()]
    return reduce(and_, conditions) if conditions else None


def has_word(reports: ir.Table, word: str) -> ir.BooleanValue:
    """Whether a report's folded text has a word that begins so: "gence" is Gəncə, and not a part of "intelligence".

    In scripts that write words together, or put particles before them, any part of the text counts.
    """
    if WRITTEN_TOGETHER.search(word):
        return reports.words.contains(word)
    return reports.words.contains(f" {word}") | reports.words.startswith(word)


WRITTEN_TOGETHER = re.compile("[\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Hebrew, Arabic, Thai, Lao, Burmese, Khmer, Japanese and Chinese."""


def _in_window(reports: ir.Table, window: Window) -> ir.BooleanValue | None:
    if window.is_open:
        return None
    first, last = window.first or date.min, window.last or date.max
    if window.surely:
        return (reports.first_day >= first) & (reports.last_day <= last) & ~reports.qualified
    return (reports.first_day <= last) & (reports.last_day >= first)


def _window_in_words(window: Window, _: Callable[[str], str]) -> str:
    if window.is_open:
        return ""
    first, last = (spoken_day(day) if day else "open" for day in (window.first, window.last))
    return f"{'surely' if window.surely else 'possibly'} within {first} – {last}"


def _in_area(reports: ir.Table, area: Area | None) -> ir.BooleanValue | None:
    return None if area is None else is_inside(reports, area, crosses=area.crosses)


def is_inside(reports: ir.Table, area: Area, *, crosses: bool) -> ir.BooleanValue:
    """Whether reports lie in an area, of which the edges may be Ibis values: ``crosses`` says what they cannot."""
    longitude = reports.longitude
    east, west = longitude >= area.west, longitude <= area.east
    across = east | west if crosses else east & west
    return across & reports.latitude.between(area.south, area.north)


def _area_in_words(area: Area | None, _: Callable[[str], str]) -> str:
    if area is None:
        return ""
    west, east = (f"{abs(edge):g}° {'W' if edge < 0 else 'E'}" for edge in (area.west, area.east))
    south, north = (f"{abs(edge):g}° {'S' if edge < 0 else 'N'}" for edge in (area.south, area.north))
    return f"map area {west} to {east}, {south} to {north}, in which no report without coordinates is"


def _states_deaths(reports: ir.Table, is_asked: bool) -> ir.BooleanValue | None:
    low, best, high = (reports[column].notnull() for column in DEATHS)
    return low | best | high if is_asked else None


def _deaths_at_least(reports: ir.Table, least: int | None) -> ir.BooleanValue | None:
    if least is None:
        return None
    low, best, high = (reports[column] >= least for column in DEATHS)
    return low | best | high  # true if the greatest is; a comparison with a blank is never true


OWN = "own:"
"""Stands before the name of a category of a table of others in the names of the reports' columns."""


OWN_LIST = "own"
"""Stands for all these columns in `CHOICES`; no column is called so."""


def own_value(text: str) -> tuple[str, str]:
    """The column and the value of "column=value"."""
    name, _, value = text.partition("=")
    return name, value


def _has_own(reports: ir.Table, chosen: tuple[str, ...]) -> ir.BooleanValue | None:
    """Of each column any of its chosen values. A column that the table does not have filters nothing."""
    by_column: dict[str, list[str]] = {}
    for name, value in map(own_value, chosen):
        if OWN + name in reports.columns:
            by_column.setdefault(OWN + name, []).append(value)
    conditions = [is_one_of(reports[column], values) for column, values in by_column.items()]
    return reduce(and_, conditions) if conditions else None


FILTERS: tuple[Filter, ...] = (
    Filter(
        "text", Kind.TEXT, "Search words or places", (), ("q",), "", _has_words,
        lambda text, _: f"words “{' '.join(text.split())}”" if text.strip() else "",
        "Every word must occur. Any name of a place finds it, in every language, small slips included.",
    ),
    _list("scopes", "scope", "Scope", "scope", explains=True),
    _list("sources", "source_id", "Document", "told by"),
    _list("sides", "claimant_side", "Who claims it", "claimant side"),
    _list("statuses", "claim_status", "Standing of the claim", "standing", explains=True),
    _list("types", "event_type", "Kind of event", "kind of event"),
    Filter(
        "own", Kind.LIST, "Categories of the table", (OWN_LIST,), ("own",), (), _has_own,
        lambda values, label_of: f"of the table's own categories {', '.join(map(label_of, values))}",
        "As column=value.",
    ),
    _list("tables", "origin", "Table", "tables"),
    _list("places", "place_id", "Place", "places"),
    _list("publishers", "publisher", "Publisher or author", "publishers"),
    _list("speakers", "claimed_by", "Speaker", "speakers"),
    _list("actors", "actor", "Who is said to have acted", "said to have acted"),
    _list("targets", "target", "On whom", "said to have been acted on"),
    Filter(
        "window", Kind.WINDOW, "Only surely inside the window", ("date",), ("from", "to", "surely"), Window(),
        _in_window, _window_in_words,
        "Off: a report counts when its date may touch the window. On: only when no possible day lies outside.",
    ),
    Filter(
        "area", Kind.AREA, "Map area", ("latitude",), ("area",), None, _in_area, _area_in_words,
        "A rectangle drawn on the map; a report without coordinates is in none.",
    ),
    Filter(
        "incidents", Kind.IDS, "Chosen incidents", ("incident_id",), ("incidents",), (),
        lambda reports, ids: is_one_of(reports.incident_id, ids) if ids else None,
        lambda ids, _: f"only {number_of(len(ids), 'chosen incident')}" if ids else "",
        "As a collection holds them.",
    ),
    Filter(
        "disputed", Kind.SWITCH, "Only reports that somebody disputes", ("disputed_by",), ("disputed",), False,
        lambda reports, is_asked: reports.disputed_by != "" if is_asked else None,
        lambda is_asked, _: "only reports that somebody disputes" if is_asked else "",
        "The document says who denies it.",
    ),
    Filter(
        "deaths", Kind.SWITCH, "Only reports that state deaths", DEATHS, ("deaths",), False, _states_deaths,
        lambda is_asked, _: "only reports that state a number of deaths" if is_asked else "",
    ),
    Filter(
        "deaths_at_least", Kind.NUMBER, "Deaths stated, at least", DEATHS, ("deaths_at_least",), None, _deaths_at_least,
        lambda least, _: "" if least is None else f"deaths stated, at least {least:,}",
        "By the greatest number that the report states. A report without a number is left out.",
    ),
    Filter(
        "graphic", Kind.SWITCH, "Include reports marked graphic", ("graphic",), ("graphic",), True,
        lambda reports, is_included: None if is_included else ~reports.graphic,
        lambda is_included, _: "" if is_included else "graphic reports left out",
        "They tell of mutilation, torture or sexual violence; their texts stay closed until opened.",
        in_lessons=False,  # a lesson is for a class, and never has them
    ),
)  # fmt: skip
"""Every filter, in the order in which a reader meets them."""

BY_NAME: Mapping[str, Filter] = {one.name: one for one in FILTERS}

CHOICES: Mapping[str, str] = {one.name: one.column for one in FILTERS if one.kind is Kind.LIST}
"""The filters that list values, and the column each is about."""
