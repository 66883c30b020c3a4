"""The reader's own layers: lines, areas, points and scanned maps that a case lays under its reports.

A layer is no report: it shows what its source says of a stretch of time, as a front line or a border of 1992.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from geodata.model import dates
from geodata.model.cells import Edtf, Record, Words, within_case
from geodata.model.text import shown

if TYPE_CHECKING:
    from pyproj import CRS

MOST_LAYERS = 20
"""Layers of a case: as many as `COLOURS` and `DASHES` together tell apart."""

COLOURS = ("#D55E00", "#0072B2", "#111111", "#6B3E0A")
"""Colours of layers, none of which is a side's: two of Okabe and Ito's (2008), black, and a dark brown."""

DASHES = ((12, 5), (3, 4), (12, 4, 3, 4), (22, 6), (6, 3, 2, 3, 2, 3))
"""Dash patterns of lines and outlines, in pixels. Their number and that of `COLOURS` have no common divisor."""


class CaseLayer(Record):
    """A layer as ``case.yaml`` lists it. Whether it is lines, areas, points or a picture is told from its file."""

    file: Annotated[Words, AfterValidator(within_case), Field(
        description="The file, from the case's folder, as layers/front.geojson."
    )]  # fmt: skip
    title: Annotated[Words, Field(description="What it shows, in a few words.")]
    source: Annotated[Words, Field(description="Who says so; stands with the layer wherever it is shown.")]
    terms: Annotated[str, Field(description="Terms under which it may be passed on.")] = ""
    first: Annotated[Edtf, Field(
        description="Date (EDTF) from which the whole layer holds; left out: it has no first day."
    )] = ""  # fmt: skip
    last: Annotated[Edtf, Field(
        description="Date (EDTF) until which the whole layer holds; left out: it has no last day."
    )] = ""  # fmt: skip
    first_column: Annotated[str, Field(description="Column with the date (EDTF) from which each feature holds.")] = ""
    last_column: Annotated[str, Field(description="Column with the date (EDTF) until which each feature holds.")] = ""
    name_column: Annotated[str, Field(
        description="Column with each feature's name; left out: name, title or label, where there is one."
    )] = ""  # fmt: skip
    crs: Annotated[str, Field(
        description="Reference system of its numbers, as EPSG:32638, where the file tells none or a wrong one."
    )] = ""  # fmt: skip

    @field_validator("crs")
    @classmethod
    def _known_system(cls, value: str) -> str:
        from pyproj import CRS  # noqa: PLC0415  # takes 60 ms, and few cases need it
        from pyproj.exceptions import CRSError  # noqa: PLC0415

        if value:
            try:
                crs = CRS.from_user_input(value)
            except CRSError as error:
                raise ValueError(f"{shown(value)} is no reference system (write it as EPSG:32638)") from error
            if not has_places(crs):
                raise ValueError(f"{shown(value)} has no longitude and latitude, and no east and north ({crs.name})")
        return value

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> CaseLayer:
        if self.first and self.last and self.span.first > self.span.last:
            raise ValueError("its last day is before its first")
        return self

    @property
    def span(self) -> dates.Span:
        """All days on which the layer may hold; an end that is not given is open."""
        first = dates.parse(self.first) if self.first else dates.Span(dates.OPEN_START, dates.OPEN_START)
        last = dates.parse(self.last) if self.last else dates.Span(dates.OPEN_END, dates.OPEN_END)
        return dates.Span(first.first, last.last, first.qualified or last.qualified)

    @property
    def spoken_span(self) -> str:
        """The layer's span in words; blank where it has none."""
        if self.first and self.last:
            if self.first == self.last:
                return dates.spoken(self.first)
            return f"{dates.spoken(self.first)} – {dates.spoken(self.last)}"
        if self.first:
            return f"from {dates.spoken(self.first)}"
        return f"until {dates.spoken(self.last)}" if self.last else ""

    @property
    def credit(self) -> str:
        """The layer with its source, and its terms where it states any: "Front line · source: Journal, CC BY"."""
        return f"{self.title} · source: {self.source}" + (f", {self.terms}" if self.terms else "")


def has_places(crs: CRS) -> bool:
    """Whether the numbers of a reference system are places on a map, and no heights or those of a plan."""
    return crs.is_geographic or crs.is_projected


def look(number: int) -> tuple[str, tuple[int, ...]]:
    """Colour and dash pattern of a layer by its number in the case, from 1."""
    return COLOURS[(number - 1) % len(COLOURS)], DASHES[(number - 1) % len(DASHES)]
