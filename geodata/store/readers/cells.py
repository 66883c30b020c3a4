"""Typed cells as the text a person would write: ISO dates, whole numbers without a fraction, true and false."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

DIGITS = 15
"""Digits that spreadsheets keep of a number."""

DATE_PARTS = "date-parts"
"""What CSL-JSON names a date by (CSL-JSON schema 1.0, date-variable)."""


def text_of(value: Any, digits: int = 17) -> str | None:
    """One cell; None where it is blank. ``digits`` is how many of a number count; lists and objects become JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value, digits)
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() or value.tzinfo else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, bytes):
        return value.decode("utf-8") if _is_text(value) else value.hex()
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=text_of)
    return str(value)


def flattened(value: Any, name: str = "") -> Iterator[tuple[str, str | None]]:
    """A value as named cells: a nested object's have dots in their names, a list is JSON text."""
    if isinstance(value, dict) and (value or not name):
        for key, inner in value.items():
            yield from flattened(inner, f"{name}.{key}" if name else key)
    elif name.endswith(DATE_PARTS) and (day := _date_of(value)):
        yield name, day
    else:
        yield name or "value", text_of(value)


def _date_of(parts: Any) -> str | None:
    """One or two lists of a year, a month and a day as ISO text, two with a stroke between; None for anything else."""
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        return None
    ends = [[str(part) for part in end] if isinstance(end, list) else [] for end in parts]
    if not all(1 <= len(end) <= 3 and all(part.isdecimal() for part in end) for end in ends):
        return None
    return "/".join("-".join((end[0].zfill(4), *(part.zfill(2) for part in end[1:]))) for end in ends)


def _number(value: float, digits: int) -> str | None:
    if math.isnan(value):
        return None
    if value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return repr(value) if digits >= 17 else repr(float(f"{value:.{digits}g}"))


def _is_text(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def as_text(column: pa.Array) -> pa.Array:
    """A column of any Arrow type as text, as `text_of` writes it."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if any(is_kind(kind) for is_kind in TEXTS):
        return _whole(pc.cast(column, pa.string()))
    if any(is_kind(kind) for is_kind in AS_THEY_ARE):
        return pc.cast(column, pa.string())
    if pa.types.is_floating(kind):
        return _numbers(column)
    if pa.types.is_timestamp(kind):
        return _moments(column)
    return pa.array([text_of(value) for value in _values(column)], pa.string())


def _values(column: pa.Array) -> list[Any]:
    """The cells of a column as Python has them; one of which it has none, as a day in the year 100,000, as words."""
    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError):
        values = [*map(_value, column)]
    return values


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except (OverflowError, ValueError):
        return f"<{cell.type} out of range>"


TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)

AS_THEY_ARE = (pa.types.is_integer, pa.types.is_boolean, pa.types.is_date32)
"""Types that Arrow writes as a person does."""


def _whole(texts: pa.Array) -> pa.Array:
    """Texts as they are; bytes that are not UTF-8, which a damaged file may have, are U+FFFD."""
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        cells = texts.cast(pa.binary()).to_pylist()
        return pa.array([cell and cell.decode("utf-8", "replace") for cell in cells], pa.string())
    return texts


def _numbers(column: pa.Array) -> pa.Array:
    """Numbers with a fraction; Arrow writes large and small ones with an exponent, a person does not."""
    text = pc.cast(column, pa.string())
    text = pc.if_else(pc.is_nan(column), pa.scalar(None, pa.string()), text)
    with_exponent = pc.fill_null(pc.match_substring(text, "e"), False)
    if not pc.any(with_exponent).as_py():
        return text
    written = [text_of(float(value)) for value in text.filter(with_exponent).to_pylist()]
    return pc.replace_with_mask(text, with_exponent, pa.array(written, pa.string()))


def _moments(column: pa.Array) -> pa.Array:
    """Times as ISO text: the day alone at midnight, no fraction of a second where it is zero, the zone where known.

    Arrow keeps moments in UTC: in a zone that nobody knows they are written so, with Z.
    """
    try:
        text = pc.cast(column, pa.string())
    except pa.ArrowInvalid:
        text = pc.cast(column.cast(pa.timestamp(column.type.unit, "UTC")), pa.string())
    text = pc.replace_substring_regex(text, r"\.0+(Z|[+-]\d{4})?$", r"\1")
    text = pc.replace_substring_regex(text, r" 00:00:00Z?$", "")
    text = pc.replace_substring_regex(text, r"([+-]\d\d)(\d\d)$", r"\1:\2") if column.type.tz else text
    return pc.replace_substring(text, " ", "T", max_replacements=1)
