"""EDTF dates (ISO 8601-2) as spans of possible days.

A date in the table is only as exact as the document: a day, a month, a decade, "until the eleventh of April".
Everything that compares dates compares *spans*: the first and the last day that the words allow.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isinf
from time import struct_time

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from pyparsing import ParserElement

from geodata.model.text import spoken_day

OPEN_START = date.min
"""Stands for "no first day is known" (``../2016-04-11``), so that comparisons need no special case."""
OPEN_END = date.max
"""Stands for "no last day is known" (``2022-09/..``)."""


@dataclass(frozen=True)
class Span:
    """The days an EDTF date allows, both ends included.

    ``first`` is `OPEN_START` and ``last`` is `OPEN_END` where that end of the date is open.
    ``qualified`` is true for ``~`` (approximate), ``?`` (uncertain) and ``%`` (both): such a date is never surely
    inside a window, however wide the window.
    """

    first: date
    last: date
    qualified: bool = False

    def touches(self, first: date, last: date) -> bool:
        """Whether the date may lie inside the window ``first`` to ``last``, both days included."""
        return self.first <= last and self.last >= first

    def surely_inside(self, first: date, last: date) -> bool:
        """Whether every day the date allows lies inside the window, both days included."""
        return not self.qualified and first <= self.first and self.last <= last


@lru_cache(maxsize=65536)
def parse(text: str) -> Span:
    """The span of an EDTF date.

    Bounds are the strict ones of the ``edtf`` library: ``2020-10~`` spans October 2020 and is marked ``qualified``,
    for the library widens an approximate month by thirteen months to each side, which no document means.

    Raises ``ValueError`` with a message that says what is wrong and does not repeat the text.
    """
    if plain := re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text):
        year, month, day = (int(part) if part else 0 for part in plain.groups())
        if year and 1 <= (month or 1) <= 12:  # a season or a mistake is handled below
            return _plain(year, month, day, text)
    if "/" in text:  # the two ends repeat over a large table where the pairs do not
        start, _, end = text.partition("/")
        return _between(start, end, text)
    if re.search(r"^[?~%]|[\[{]|[?~%]-|-[?~%]", text) or re.match(r"\d{4}-[2-4]\d", text):
        raise ValueError("is an EDTF form this table does not use (a set, a season, or a sign of doubt on one part)")
    try:
        parsed = parse_edtf(text)
        first, last = _day(parsed.lower_strict(), OPEN_START), _day(parsed.upper_strict(), OPEN_END)
    except (EDTFParseException, ValueError, AttributeError, OverflowError, TypeError) as error:
        raise ValueError(f"is not an EDTF date ({_reason(text)})") from error
    finally:
        ParserElement.reset_cache()  # its cache holds errors, and they hold our callers' data
    return Span(first, last, qualified=any(sign in text for sign in "~?%"))


def _plain(year: int, month: int, day: int, text: str) -> Span:
    """A bare year, month or day; 0 is "not given". The library needs 12 ms for it, the calendar 2 µs."""
    last_month = month or 12
    length = calendar.monthrange(year, last_month)[1]
    if day > length or text.endswith("-00"):
        raise ValueError(f"is not an EDTF date ({_reason(text)})")
    return Span(date(year, month or 1, day or 1), date(year, last_month, day or length))


def _between(start: str, end: str, text: str) -> Span:
    """An interval. ``..`` or a blank is an open end; one of the two ends may be open."""
    opens = ("..", "")
    if "/" in end or (start in opens and end in opens):
        raise ValueError(f"is not an EDTF date ({_reason(text)})")
    first = Span(OPEN_START, OPEN_START) if start in opens else parse(start)
    last = Span(OPEN_END, OPEN_END) if end in opens else parse(end)
    if first.first > last.last:
        raise ValueError("is not an EDTF date (it ends before it begins)")
    return Span(first.first, last.last, first.qualified or last.qualified)


def _day(bound: struct_time | float, open_end: date) -> date:
    if isinstance(bound, float):
        if isinf(bound):
            return open_end
        raise ValueError("no bound")
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday)


HOW_TO_WRITE = "write 2020-10-04, 2020-10, 2020, 2020-09-27/2020-11, 2020-10~ or ../2016-04-11"


def _reason(text: str) -> str:
    """The most likely mistake, in a few words."""
    if month := re.match(r"^\d{4}-(1[3-9]|[2-9]\d|00)(?!\d)", text):
        return f"month {month[1]}"
    if re.match(r"^\d{1,2}[./]\d{1,2}[./]\d{2,4}$", text):
        return "write the year first: 2020-10-04"
    if re.match(r"^\d{4}-\d{1,2}-\d{1,2}$", text):
        return (
            f"there is no such day: {text[8:]}"
            if re.match(r"^\d{4}-\d\d-\d\d$", text)
            else "use two digits: 2020-10-04"
        )
    if re.match(r"^\d{4}-\d\d-\d\d[T ]", text):
        return "give the day without a time"
    return HOW_TO_WRITE


@lru_cache(maxsize=65536)
def spoken(text: str) -> str:
    """A date in words for a reader: ``2020-10-04`` is "4 Oct 2020", blank is "no date".

    A sign of doubt becomes a word: "about Oct 2020", "2023 (uncertain)".
    """
    if not text:
        return "no date"
    if "/" in text:
        start, end = text.split("/", 1)
        if start in ("..", ""):
            return f"until {spoken(end)}"
        if end in ("..", ""):
            return f"from {spoken(start)}"
        return f"{spoken(start)} – {spoken(end)}"
    bare = text.rstrip("~?%")
    if decade := re.fullmatch(r"(\d{3})X", bare):
        words = f"the {decade[1]}0s"
    else:
        span, parts = parse(bare), len(bare.split("-"))
        words = {1: "%Y", 2: "%b %Y", 3: "%-d %b %Y"}.get(parts, "%Y")
        words = span.first.strftime(words) if "X" not in bare else f"{span.first.year}–{span.last.year}"
    if text.endswith("~"):
        return f"about {words}"
    return f"{words} (uncertain)" if text != bare else words


def spoken_window(first: date, last: date) -> str:
    """A window of days in words: "27 Sep – 10 Nov 2020", with no part repeated."""
    if first == last:
        return spoken_day(first)
    if first.year != last.year:
        return f"{spoken_day(first)} – {spoken_day(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%b} – {spoken_day(last)}"
    return f"{first.day} – {spoken_day(last)}"
