"""Dates in DuckDB's SQL: the time apart from the day, and a day put together from its parts."""

from __future__ import annotations

from collections.abc import Callable

from geodata.store.values.blanks import cleared_sql

_HALF, _SIXTY, _HOUR = r"([AaPp])\.?[Mm]\.?", r"([0-5]\d)", r"([01]?\d|2[0-3])"
_TIME = (
    rf"^(?:(.*?\d)[Tt]([01]\d|2[0-3])(?::?{_SIXTY}(?::?{_SIXTY}(?:[.,]\d+)?)?)?"
    rf"|(\S.*?),?\s+(?:at |um |в |à |о )?{_HOUR}(?:[:h]{_SIXTY}(?::{_SIXTY}(?:[.,:]\d+)?)?|h)(?:\s?{_HALF})?"
    rf"|(\S.*?),?\s+(?:at )?{_HOUR}\s?{_HALF}"
    rf"|(\d{{8}})([01]\d|2[0-3]){_SIXTY}{_SIXTY})"
    r"\s?([Zz]|(?:UTC|GMT)?\s?[-+−](?:0?\d|1[0-4])(?::?[0-5]\d)?|[A-Z]{3,5})?(?:\s?\(.*\))?(\s\d{4})?$"
)
"""A day and a time of day in four forms, then a zone and, as Twitter writes it, the year of the day."""
_DAY_ALONE = r"[\d/.-]{1,13}"
"""Texts that can have no time of day, as most: of the forms of `_TIME` the shortest without a letter or a blank has 14
signs. Which they are is told sooner than that they have none of its forms."""
_GROUPS = (
    "day1", "hour1", "minute1", "second1", "day2", "hour2", "minute2", "second2", "half2", "day3", "hour3", "half3",
    "day4", "hour4", "minute4", "second4", "zone", "year",
)  # fmt: skip


def with_time(query: str, *columns: str) -> str:
    """A query's rows with three columns more of each of these columns of texts such as ``2020-10-04T21:30:05Z``.

    ``…_day`` is the text as it stands without its time. ``…_time`` is ``21:30`` or ``21:30:05``, ``…_zone`` is as
    written; both are blank where no time of day stands in the text. Midnight is how a day is written by programs that
    know only moments: it is no time.
    """
    for step in _STEPS:
        added = ", ".join(f"{sql} AS {of}_{name}" for of in columns for name, sql in step(of).items())
        query = f"SELECT *, {added} FROM ({query})"
    return query


def _parts(text: str) -> str:
    """The groups of `_TIME`, all blank where a text has no time; NULL where that is told by its signs."""
    names = ", ".join(f"'{name}'" for name in _GROUPS)
    is_day = f"regexp_full_match({text}, '{_DAY_ALONE}')"
    return f"CASE WHEN NOT {is_day} THEN regexp_extract({text}, '{_TIME}', [{names}]) END"


def _part(parts: str, name: str) -> str:
    """A part, whichever of the forms has it; a group that took no part is blank."""
    return "(" + " || ".join(f"struct_extract({parts}, '{group}')" for group in _GROUPS if name in group) + ")"


def _clock(parts: str) -> str:
    hour, minute, second, half = (_part(parts, name) for name in ("hour", "minute", "second", "half"))
    number = f"CAST({hour} AS INTEGER)"
    of_day = f"CASE lower({half}) WHEN '' THEN {number} WHEN 'p' THEN {number} % 12 + 12 ELSE {number} % 12 END"
    seconds = f"CASE WHEN {second} IN ('', '00') THEN '' ELSE ':' || {second} END"
    clock = f"printf('%02d', {of_day}) || ':' || lpad({minute}, 2, '0') || {seconds}"
    return f"CASE WHEN {parts} IS NULL THEN '00:00' WHEN {hour} = '' THEN '00:00' ELSE {clock} END"


def _split(of: str) -> dict[str, str]:
    hour, day, year, zone = (_part(f"{of}_parts", name) for name in ("hour", "day", "year", "zone"))
    is_timed = f"{of}_clock <> '00:00'"
    return {
        "day": f"CASE WHEN {of}_parts IS NULL THEN {of}_text WHEN {hour} = '' THEN {of}_text ELSE {day} || {year} END",
        "time": f"CASE WHEN {is_timed} THEN {of}_clock ELSE '' END",
        "zone": f"CASE WHEN {is_timed} THEN {zone} ELSE '' END",
    }


_STEPS: tuple[Callable[[str], dict[str, str]], ...] = (
    lambda of: {"text": f"trim(replace(coalesce({of}, ''), chr(160), ' '))"},
    lambda of: {"parts": _parts(f"{of}_text")},
    lambda of: {"clock": _clock(f"{of}_parts")},
    _split,
)
"""Columns that are added to those before, each with its SQL. Written out wherever it is used, a date would be seventy
thousand signs of SQL, which DuckDB takes longer to read than to work out for a thousand rows."""


def from_parts(year: str, month: str, day: str) -> str:
    """An expression for the text of a date, ``1970-01-05``, from expressions for the texts of its parts.

    A part that is blank or 0 is not known, and those after it do not count: ``1970-01``, ``1970``. A month may be a
    name. A part that cannot be one stays in the text, so that `read` tells what is wrong; a month without a year too.
    """
    whole = ", ".join(f"{name}: {_whole(part)}" for name, part in zip("ymd", (year, month, day), strict=True))
    y, m, d = "part.y", "part.m", "part.d"
    is_name = rf"regexp_matches({m}, '^\pL')"
    named = rf"trim(CASE WHEN {d} = '' THEN '' ELSE {d} || ' ' END || {m} || ' ' || {y})"
    numbers = f"{_padded(y, 4)} || '-' || {_padded(m, 2)} || CASE WHEN {d} = '' THEN '' ELSE '-' || {_padded(d, 2)} END"
    text = (
        f"CASE WHEN {m} = '' THEN {y} WHEN {is_name} THEN {named}"
        f" WHEN {y} = '' THEN '--' || {m} || CASE WHEN {d} = '' THEN '' ELSE '-' || {d} END ELSE {numbers} END"
    )
    # A list of one gives the parts names: written out wherever they are used, they would be thousands of words.
    return f"list_transform([{{{whole}}}], lambda part: {text})[1]"


def _whole(part: str) -> str:
    """A part without the ``.0`` that tables of numbers add; blank for 0 and for words that mean "not known"."""
    return rf"regexp_replace({cleared_sql(part)}, '^0*(\.0+)?$|\.0+$', '')"


def _padded(part: str, width: int) -> str:
    """Digits with zeros before them. A year of two digits stays one, to be asked about."""
    digits = rf"regexp_full_match({part}, '\d{{1,{width}}}')"
    short = rf" AND NOT regexp_full_match({part}, '\d\d')" if width == 4 else ""
    return f"CASE WHEN {digits}{short} THEN lpad({part}, {width}, '0') ELSE {part} END"
