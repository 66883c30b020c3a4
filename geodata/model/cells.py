"""What a cell of a table or a field of a file may hold: types that check it as it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from geodata.model import dates
from geodata.model.text import paragraph_numbers, shown, suggestion, visible

LONGEST_CELL = 10_000
"""Characters. The longest honest cell is a note of some hundreds; a longer one is a slipped quotation mark."""

MOST_RADIUS = 20_000
"""Kilometres: half the way round the Earth."""


class Record(BaseModel):
    """A record that does not change, of the fields it names and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def within_case(value: str) -> str:
    """A path from the folder of a case that stays in it. Raises ``ValueError``: who hands a case on names no other."""
    path = PurePosixPath(value.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in value or "\0" in value:
        raise ValueError(f"{shown(value)} must lie in the folder of the case, as layers/front.geojson")
    return path.as_posix()


def among(value: str, vocabulary: Mapping[str, object], *, blank: bool = False) -> str:
    """Returns a value of the vocabulary. Raises ``ValueError`` for another; its message has the most similar one."""
    if value in vocabulary or (blank and not value):
        return value
    if not vocabulary:
        raise ValueError(f"{shown(value)} is not in the vocabulary (case.yaml names no value; add it there)")
    hint = suggestion(value, vocabulary, "one of: " + ", ".join(vocabulary))
    raise ValueError(f"{shown(value)} is not in the vocabulary ({hint})")


def one_of(vocabulary: Mapping[str, object], *, blank: bool = False) -> Callable[[str], str]:
    """A validator of values of a vocabulary that is the same in every case."""
    return lambda value: among(value, vocabulary, blank=blank)


def one_of_case(name: str, *, blank: bool = False) -> Callable[[str, ValidationInfo], str]:
    """A validator of values of a vocabulary that the case defines: the attribute ``name`` of the validation context.

    The context is the `Case`: ``Report.model_validate(cells, context=case)``. Raises ``LookupError`` without a
    context: a mistake of the program and not of the file.
    """

    def check(value: str, info: ValidationInfo) -> str:
        if info.context is None:
            raise LookupError(f"{name} are defined by a case; validate with context=case")
        return among(value, getattr(info.context, name), blank=blank)

    return check


def truth(value: object) -> object:
    """A validator of "true" and "false". Spreadsheets write TRUE; no other word is accepted."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in ("true", "false"):
        raise ValueError(f"{shown(value)} is neither 'true' nor 'false'")
    return word


def one_or_more(value: object) -> object:
    """A validator that turns a single text into a list of one."""
    return (value,) if isinstance(value, str) else value


def _edtf(value: str) -> str:
    if value:
        try:
            dates.parse(value)
        except ValueError as error:
            raise ValueError(f"{shown(value)} {error}") from error
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(f"{shown(value)} is not a slug (lower-case letters, digits and single hyphens)")
    return value


def _paragraphs(value: str) -> str:
    paragraph_numbers(value)
    return value


def _text(value: str) -> str:
    visible(value)
    if value[:1] in ("=", "+", "@", "\t"):
        raise ValueError(
            f"{shown(value)} begins with {value[0]!r}, which a spreadsheet would run as a formula "
            "(put a word before it)"
        )
    return value


def _plain(value: object) -> object:
    """A validator before that of numbers: blank is ``None``; an underscore, which Python accepts, is a fault."""
    if isinstance(value, str) and "_" in value:
        raise ValueError(f"{shown(value)} is not a number")
    return None if isinstance(value, str) and not value.strip() else value


Text = Annotated[str, Field(max_length=LONGEST_CELL), AfterValidator(_text)]
Needed = Annotated[str, Field(min_length=1, max_length=LONGEST_CELL), AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(_slug)]
Edtf = Annotated[Text, AfterValidator(_edtf)]
Paragraphs = Annotated[Needed, AfterValidator(_paragraphs)]
Latitude = Annotated[Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None, BeforeValidator(_plain)]
Longitude = Annotated[Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None, BeforeValidator(_plain)]
Radius = Annotated[Annotated[float, Field(gt=0, le=MOST_RADIUS, allow_inf_nan=False)] | None, BeforeValidator(_plain)]
Deaths = Annotated[Annotated[int, Field(ge=0, le=100_000_000)] | None, BeforeValidator(_plain)]
Truth = Annotated[bool, BeforeValidator(truth)]
Words = Annotated[str, Field(min_length=1), AfterValidator(visible)]
"""A text of a file that is written by hand: what a spreadsheet would do with it does not matter."""
Several = Annotated[tuple[Words, ...], BeforeValidator(one_or_more)]
