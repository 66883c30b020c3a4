"""What a lesson is: steps in order, each a view of the map with words for the class and questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    ValidationInfo,
    create_model,
    field_validator,
)

from geodata.model.case import Case
from geodata.model.cells import Record, Several, Truth, Words, among, one_or_more
from geodata.model.filters import FILTERS, Area, Filter, Kind
from geodata.model.names import namings
from geodata.model.selection import Selection
from geodata.model.text import shown, visible
from geodata.model.vocabulary import CLAIM_STATUSES


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else date.fromisoformat("")
    except ValueError as error:
        raise ValueError(f"{shown(value)} is no day of the calendar (write it as 2020-09-27)") from error


COUNTED = ("reports", "incidents", "documents", "mapped", "unmapped", "vague", "deaths")
"""What `Step.counts` can state beside `counted_names` of a case: reports, incidents, documents; reports with and
without coordinates, and with a date of more than a day; the most deaths that one of them states (never a sum)."""


def counted_names(case: Case) -> tuple[str, ...]:
    """All that `Step.counts` can state: `COUNTED`, and reports by claimant side and by standing."""
    return (*COUNTED, *case.sides, *CLAIM_STATUSES)


Day = Annotated[date, BeforeValidator(_day)]


class Window(Record):
    """Both days included; in a file they are ``from`` and ``to``."""

    model_config = ConfigDict(populate_by_name=True)

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @field_validator("last")
    @classmethod
    def _in_order(cls, last: date, known: ValidationInfo) -> date:
        first = known.data.get("first")
        if first and last < first:
            raise ValueError(f"{last} is before {first}, the first day; exchange the two")
        return last


def _area(value: object) -> object:
    return Area.of(value) if isinstance(value, str) else value


_TYPES: Mapping[Kind, Any] = {
    Kind.IDS: Annotated[tuple[Words, ...], BeforeValidator(one_or_more)],
    Kind.SWITCH: Truth,
    Kind.TEXT: Annotated[str, AfterValidator(visible)],
    Kind.NUMBER: Annotated[int, Field(ge=0)] | None,
    Kind.AREA: Annotated[Area | None, BeforeValidator(_area), PlainSerializer(lambda area: area and str(area))],
}


def _fields(one: Filter) -> dict[str, Any]:
    """The fields that a step has for a filter: a window's days are the step's own, and only its switch is here."""
    if one.kind is Kind.WINDOW:
        return {"surely": (Truth, False)}
    if one.kind is not Kind.LIST:
        return {one.name: (_TYPES[one.kind], one.default)}
    value: Any = Annotated[Words, AfterValidator(_known(one))]
    return {one.name: (Annotated[tuple[value, ...], BeforeValidator(one_or_more)], ())}


def _known(one: Filter) -> Callable[[str, ValidationInfo], str]:
    """A validator of values of a list whose vocabulary the case brings; any value passes where it brings none."""

    def check(value: str, info: ValidationInfo) -> str:
        if info.context is None:
            raise LookupError(f"{one.name} are those of a case; validate with context=case")
        vocabulary = info.context.vocabulary(one.column)
        return among(value, vocabulary) if vocabulary else value

    return check


_MADE: Any = create_model(
    "Filters",
    __base__=Record,
    **{name: field for one in FILTERS if one.in_lessons for name, field in _fields(one).items()},
)


class Filters(_MADE):  # type: ignore[misc]  # its fields are those of the records
    """The filters that a step may set, under their names. What is left out is left open."""

    @classmethod
    def of(cls, chosen: Selection, case: Case) -> Filters:
        """What a selection asks, its days and what no lesson may set apart."""
        filters: Filters = cls.model_validate({name: getattr(chosen, name) for name in cls.model_fields}, context=case)
        return filters


MOST_LATITUDE = 85.0
"""Degrees north or south that the map on screen reaches: Web Mercator ends at 85.05."""


class Camera(Record):
    """The middle of the map (WGS 84 degrees) and Leaflet's zoom."""

    latitude: Annotated[float, Field(ge=-MOST_LATITUDE, le=MOST_LATITUDE)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    zoom: Annotated[float, Field(ge=1.5, le=15)]


def _naming(value: str, info: ValidationInfo) -> str:
    return among(value, {**namings(_case(info)), **_case(info).languages}, blank=True)


def _countable(value: str, info: ValidationInfo) -> str:
    return among(value, dict.fromkeys(counted_names(_case(info))))


def _case(info: ValidationInfo) -> Case:
    if not isinstance(info.context, Case):
        raise LookupError("what a lesson may name is in its case; validate with context=case")
    return info.context


class Step(Record):
    """One view of the map, what the class reads beside it, and what it is asked.

    ``window`` ``None`` means all dates; ``camera`` ``None`` the case's home; a blank ``colour`` or ``names`` the first
    of `marks.schemes` or `names.namings`. ``counts`` are the numbers that the words state, which `check` compares.
    """

    title: Words
    words: Words
    window: Window | None = None
    filters: Filters = Filters()
    camera: Camera | None = None
    incident: str = ""
    colour: str = ""
    names: Annotated[str, AfterValidator(_naming)] = ""
    questions: Several = ()
    counts: Mapping[Annotated[str, AfterValidator(_countable)], Annotated[int, Field(ge=0)]] = {}

    def selection(self) -> Selection:
        """The reports of this step. Graphic ones are never among them: a lesson is shown to a class."""
        days = {"first": self.window.first, "last": self.window.last} if self.window else {}
        return Selection(**days, **dict(self.filters), graphic=False)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, divided at blank lines; a paragraph that is broken into lines in the file is one text."""
        return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", self.words))


class Lesson(Record):
    """A lesson as its file has it. ``name`` is the file's without its ending; ``note`` is for the teacher (Markdown).

    Two lessons are equal wherever in a file their fields stand.
    """

    name: str = ""
    title: Words
    level: str = ""
    minutes: Annotated[int, Field(ge=1, le=1000)] | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    note: str = ""
    _lines: Mapping[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """The line of a field, or of what holds it, as in ``line("steps", 0, "incident")``; 0 where none is known."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Lesson) and dict(self) == dict(other)

    def __hash__(self) -> int:
        return hash((self.name, self.title, len(self.steps)))
