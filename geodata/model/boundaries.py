"""What a case does with a boundary line of the base map, and why: hidden, dashed, or replaced by a layer of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Self

from pydantic import Field, model_validator

from geodata.model.cells import Record, Words
from geodata.model.region import Extent

TREATMENTS = ("hide", "dash", "replace")
"""``replace`` hides the line where a layer of the case draws another."""

Degrees = Annotated[float, Field(ge=-180, le=540)]


class Boundary(Record):
    """A boundary line of the base map that the case does not draw as its source does."""

    between: Annotated[tuple[str, str], Field(
        description="The two that the line parts, by the base map's codes of three letters, as [ARM, AZE]."
    )]  # fmt: skip
    treatment: Annotated[str, Field(pattern=f"^({'|'.join(TREATMENTS)})$", description="hide, dash or replace.")]
    reason: Annotated[Words, Field(description="Why, in a sentence that stands in the notes to the map.")]
    box: Annotated[tuple[Degrees, Degrees, Degrees, Degrees] | None, Field(
        description="West, south, east, north in degrees: the part of the line that is meant; left out: all of it."
    )] = None  # fmt: skip
    layer: Annotated[str, Field(description="With replace: the file of the case's layer that draws the line.")] = ""

    @model_validator(mode="after")
    def _is_drawn(self) -> Self:
        if self.line not in lines():
            first, second = self.between
            pairs = [line.split("|") for line in lines()]
            beside = sorted({code for pair in pairs if first in pair for code in pair} - {first})
            known = f"{first} has lines with {', '.join(beside)}" if beside else f"{first} has no line at all"
            raise ValueError(f"between: the base map has no line between {first} and {second} ({known})")
        if self.box and not (self.box[0] < self.box[2] <= self.box[0] + 360 and -90 <= self.box[1] < self.box[3] <= 90):
            raise ValueError("box: west must be less than east, south less than north, and both within 90 degrees")
        if (self.treatment == "replace") != bool(self.layer):
            raise ValueError("layer: name the case's layer that draws the line where treatment is replace, only there")
        return self

    @property
    def line(self) -> str:
        """The line's name in the base map."""
        return "|".join(sorted(self.between))

    @property
    def said(self) -> str:
        """What is done with the line, and why, in a sentence."""
        first, second = lines()[self.line]
        where = "in part " if self.box else ""
        done = {"hide": "not drawn", "dash": "dashed", "replace": "drawn as a layer has it"}[self.treatment]
        return f"The base map's line between {first} and {second} is {where}{done}: {self.reason}"

    @property
    def extent(self) -> Extent:
        """The box that is meant: the world where the case names none."""
        return self.box or (-180.0, -90.0, 180.0, 90.0)


@cache
def lines() -> Mapping[str, tuple[str, str]]:
    """The base map's boundary lines by their names, as ``ARM|AZE``, and the names of the two sides in its source."""
    text = files(__package__).joinpath("boundary_lines.json").read_text(encoding="utf-8")
    return {line: (first, second) for line, (first, second) in json.loads(text).items()}
