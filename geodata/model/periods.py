"""Periods that a case names: a war, a strike, a truce, which a reader takes as the window in one choice."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from geodata.model import dates
from geodata.model.cells import Edtf, Record, Words


class Period(Record):
    """A stretch of days with a name that all who are spoken of can accept: best the days themselves."""

    name: Annotated[Words, Field(
        max_length=60, description="In the menu Periods: its days, as 27 Sep – Nov 2020, not a party's word for it."
    )]  # fmt: skip
    first: Annotated[Edtf, Field(min_length=1, description="Date (EDTF) on which it begins.")]
    last: Annotated[Edtf, Field(
        description="Date (EDTF) on which it ends; left out: the last day that the first date allows."
    )] = ""  # fmt: skip

    @model_validator(mode="after")
    def _begins_and_ends(self) -> Self:
        first, last = self.days
        if first == dates.OPEN_START or last == dates.OPEN_END:
            raise ValueError("needs a first and a last day; no end of it may be open")
        if first > last:
            raise ValueError("its last day is before its first")
        return self

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day, both included."""
        return dates.parse(self.first).first, dates.parse(self.last or self.first).last
