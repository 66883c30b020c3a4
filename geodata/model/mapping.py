"""What each of our columns is read from in a table of others: a mapping, kept as a text file beside the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AfterValidator, Field, StringConstraints

from geodata.model.cells import Record, Several, Truth, one_of
from geodata.model.text import shown
from geodata.model.vocabulary import PRECISIONS

Column = Annotated[str, Field(description="Name of a column of the table.")]
Codes = Mapping[str, str]
"""What the table's own values are called, or what they stand for among ours."""

UNITS: Mapping[str, str] = {
    "day": "the day itself",
    "week": "three days to each side of it",
    "month": "its month",
    "year": "its year",
    "unknown": "a day in doubt",
}
"""How exact a date is, where a table has a column that says so."""


ORDERS: Mapping[str, str] = {
    "year-first": "the year stands first, as in 2020-10-04",
    "day-first": "the day stands first: 04/10/2020 is 4 October 2020",
    "month-first": "the month stands first: 10/04/2020 is 4 October 2020",
    "yyyymmdd": "eight digits are year, month and day: 20201004 is 4 October 2020",
    "spreadsheet": "a number counts days as spreadsheets do, from 1900 on: 44108 is 4 October 2020",
    "epoch-seconds": "a number counts seconds since 1970: 1601769600 is 4 October 2020",
    "epoch-milliseconds": "a number counts thousandths of a second since 1970: 1601769600000 is 4 October 2020",
}
"""How days are written. Names of months, ISO weeks and EDTF are read under any of them."""

Sign = Annotated[str, StringConstraints(strip_whitespace=False)]
"""What parts a text; it may be a blank or a tab."""


def _pattern(value: str) -> str:
    """A regular expression as the engine reads it, which knows no look-ahead."""
    try:
        pc.match_substring_regex(pa.array([""]), value)
    except pa.ArrowInvalid as error:
        raise ValueError(f"{shown(value)} is no regular expression that can be read ({error})") from error
    return value


class Form(Record):
    """How the file is read, where its content does not show it; what is blank is found."""

    sheet: Annotated[str, Field(description="Sheet of a workbook.")] = ""
    member: Annotated[
        str, Field(description="File of a zip, layer of a GeoPackage, or path of a list in JSON, as a.b.")
    ] = ""
    header: Annotated[
        int | None, Field(ge=0, description="Line or row of a sheet that names the columns, from 1; 0 for none.")
    ] = None
    encoding: Annotated[str, Field(description="Encoding of the text, such as windows-1251.")] = ""
    separator: Annotated[Sign, Field(description="Sign between two cells.")] = ""


class Dates(Record):
    """The columns that a date is read from: a day, a first and a last day, or their parts."""

    start: Column = ""
    end: Column = ""
    year: Column = ""
    month: Column = ""
    day: Column = ""
    end_year: Column = ""
    end_month: Column = ""
    end_day: Column = ""
    time: Column = ""
    order: Annotated[str, AfterValidator(one_of(ORDERS, blank=True)), Field(
        description="How days are written, as day-first; blank: the column shows it."
    )] = ""  # fmt: skip
    century: Annotated[int | None, Field(description="First year of the hundred that two-digit years lie in.")] = None
    zone: Annotated[str, Field(description="The zone in which the table counts its days; blank: as written.")] = ""
    precision: Column = ""
    units: Annotated[Mapping[str, Literal["day", "week", "month", "year", "unknown"]], Field(
        description="What each value of the precision column means.")] = {}  # fmt: skip

    @property
    def has_parts(self) -> bool:
        """Whether the day is read from a column for each part."""
        return bool(self.year)


class Position(Record):
    """The columns that coordinates are read from, and those that say where the place lies and how exactly."""

    latitude: Column = ""
    longitude: Column = ""
    cell: Annotated[str, Field(description="Column that holds both: a pair, WKT, MGRS or UTM.")] = ""
    order: Annotated[Literal["", "lat-lon", "lon-lat"], Field(description="Order of a pair in one cell.")] = ""
    swapped: Annotated[Truth | None, Field(
        description="Whether latitude and longitude changed places; left out: asked where they seem to."
    )] = None  # fmt: skip
    radius_km: Column = ""
    precision: Column = ""
    units: Annotated[Mapping[str, Annotated[str, AfterValidator(one_of(PRECISIONS, blank=True))]], Field(
        description="What each value of the precision column is among ours.")] = {}  # fmt: skip
    country: Column = ""
    province: Column = ""
    placed_by: Annotated[str, Field(
        description="Column that says whence coordinates come that the table did not have at first."
    )] = ""  # fmt: skip


class Sources(Record):
    """Who says so: columns of sources, or one name for the whole table."""

    columns: Several = ()
    otherwise: Annotated[Several, Field(description="Columns read where those are all blank.")] = ()
    pattern: Annotated[str, AfterValidator(_pattern), Field(
        description="Regular expression whose group is the source's name, in cells of the columns named last."
    )] = ""  # fmt: skip
    separator: Annotated[Sign, Field(description="Sign between several sources in a cell; json for a list.")] = ""
    item: Annotated[str, Field(description="Of a list of objects in JSON: the field that names the source.")] = ""
    name: Annotated[str, Field(description="The one source of every row, where no column names it.")] = ""
    genre: Annotated[str, Field(description="What a source is, such as newspaper.")] = "source of an imported table"


class Terms(Record):
    """Under which terms the rows of a table stand."""

    licence: Annotated[str, Field(description="Terms of the table.")] = ""
    may_republish: Annotated[Truth, Field(description="Whether its rows may be passed on.")] = True
    credit: Annotated[str, Field(description="Whose data it is.")] = ""


class TableMapping(Record):
    """What each of our columns is read from. A blank one is not read; where several columns are named, the first that
    has a text is taken, and of ``actor``, ``target`` and ``note`` all are joined.
    """

    about: Annotated[str, Field(description="The table that the mapping is for.")] = ""
    signs: Annotated[Several, Field(description="Columns by which the table is known, without regard to case.")] = ()
    form: Form = Form()
    incident_id: Column = ""
    date: Dates = Dates()
    position: Position = Position()
    sources: Sources = Sources()
    title: Several = ()
    summary: Several = ()
    place: Several = ()
    actor: Several = ()
    target: Several = ()
    claimed_by: Several = ()
    claimant_side: Column = ""
    claim_status: Column = ""
    disputed_by: Column = ""
    event_type: Several = ()
    kinds: Annotated[Codes, Field(description="Which of our kinds each of the table's is.")] = {}
    deaths_low: Column = ""
    deaths_best: Column = ""
    deaths_high: Column = ""
    paragraphs: Column = ""
    date_basis: Column = ""
    place_role: Column = ""
    graphic: Column = ""
    graphic_yes: Annotated[Several, Field(
        description="Words in it that mean yes, beside those of many languages; what cannot be read counts as yes."
    )] = ()  # fmt: skip
    graphic_no: Annotated[Several, Field(description="Words in it that mean no.")] = ()
    scope: Column = ""
    note: Several = ()
    categories: Annotated[Several | None, Field(
        description="Columns that colour and filter under their own names; left out: those with few values."
    )] = None  # fmt: skip
    labels: Annotated[Mapping[str, Codes], Field(description="What values of a column mean, column by column.")] = {}
    terms: Terms = Terms()

    @property
    def says_columns(self) -> bool:
        """Whether a column is named; a mapping that says only how the file is read leaves them to be guessed."""
        return any(self.used())

    def used(self) -> Iterator[str]:
        """The columns of the table that something is read from."""
        yield from filter(None, _columns_in(self))


TEXTS: Mapping[str, bool] = {
    "title": False, "summary": False, "place": False, "actor": True, "target": True, "claimed_by": False, "note": True,
}  # fmt: skip
"""Fields of texts that several columns may fill, and whether all of them are joined."""

SINGLE = (
    "incident_id", "claimant_side", "claim_status", "disputed_by", "deaths_low", "deaths_best", "deaths_high",
    "paragraphs", "date_basis", "place_role", "graphic", "scope",
)  # fmt: skip
"""Fields that one column fills."""


def _columns_in(mapping: TableMapping) -> Iterator[str]:
    for name in TEXTS:
        yield from getattr(mapping, name)
    for name in SINGLE:
        yield getattr(mapping, name)
    yield from mapping.event_type
    yield from (*mapping.sources.columns, *mapping.sources.otherwise)
    for group in (mapping.date, mapping.position):
        for name in COLUMNS_OF[type(group)]:
            yield getattr(group, name)


COLUMNS_OF: Mapping[type[Record], frozenset[str]] = {
    Dates: frozenset(Dates.model_fields) - {"order", "century", "zone", "units"},
    Position: frozenset(Position.model_fields) - {"order", "swapped", "units"},
}
"""The fields of a group that name a column."""


def value_at(mapping: TableMapping, path: str) -> Any:
    """The value of a field by its path, as ``date.order``."""
    value: Any = mapping
    for part in path.split("."):
        value = getattr(value, part)
    return value


def changed(mapping: TableMapping, path: str, value: object) -> TableMapping:
    """The mapping with another value of a field, validated. Raises pydantic's ``ValidationError``."""
    fields = mapping.model_dump()
    *groups, last = path.split(".")
    inner = fields
    for group in groups:
        inner = inner[group]
    inner[last] = value
    return TableMapping.model_validate(fields)
