"""Texts of dates to spans of days: shapes, signs of doubt, and two ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model import dates
from geodata.store.values.blanks import cleared
from geodata.store.values.dates import shapes
from geodata.store.values.dates.readings import Readings, joined, open_ends, signed
from geodata.store.values.forms import Rows, Texts, mask, objects, of_form

_DOUBT = (
    r"(?i)^(?:(?:in|on|the|during)\s)?(?:(?P<about>(?:circa|ca?\.?|about|around|approximately|approx\.?|~|≈|около|приблизительно|примерно|близько"
    r"|приблизно|vers|environ|etwa|um|ungefähr|hacia|alrededor de|por volta de)\s?)"
    r"|(?P<perhaps>(?:perhaps|possibly|probably|maybe|likely)\s)"
    r"|(?P<vague>(?:early|mid|middle|late|beginning|start|end|spring|summer|autumn|fall|winter)(?:\s(?:in|of)|-)?\s?))?"
    r"(?P<core>.*\d.*?)\s?(?P<sign>[~?%]|\(\?\)|\(?(?:circa|ca?\.|approx\.?|approximate(?:ly)?)\)?)?$"
)
"""A date with a word or a sign of doubt, or with a word that says nothing."""

_SEASON = (r"^(\d{4})-2[1-4]$", r"\1~")
"""A season of EDTF. Which months it has depends on the hemisphere: it is about the year."""

_SOME_DIGITS = r"^[\dX]{4}(?:-[\dX]{2}){0,2}[~?%]?$"
"""EDTF with unknown digits, ``20XX``. There are few such texts, and `dates.parse` reads them one by one."""

_INTERVAL = r"^(?P<start>\.\.|[^/]{4,}|)/(?P<end>\.\.|[^/]{4,}|)$"
"""An interval of EDTF. ``2020/10`` and ``2020/10/04`` are none."""

_RANGES = (
    r"(?i)^(?:before|until|till|up to|by|prior to|no later than|не позднее|до|avant|vor|bis|antes de)\s(?P<end>.+)$",
    r"(?i)^(?:after|since|from|as of|not before|no earlier than|после|с|après|depuis|nach|seit|desde)\s"
    r"(?P<start>[^/]+?)(?:\s(?:on|onwards?))?$",
    r"(?i)^between\s(?P<start>.+)\sand\s(?P<end>.+)$",
    r"^(?P<start>\d[\d/.]+s?)-(?P<end>\d[\d/.]+s?)$",
    r"(?i)^(?:(?:from|с|з|du|von|desde)\s)?(?P<start>.+?)"
    r"(?:\s(?:to|till|until|through|bis|au|до|по|-|–|—)\s|\s?[–—]\s?)(?P<end>.+)$",
)
"""Two ends of which one may be open. A first or last day that a word names belongs to the span."""

_SHARED_PARTS = (
    (r"^(\d{1,2})\s?[-–—/]\s?(\d{1,2})[\s.]+(\pL+\.?\s\d{4})$", r"\1 \3 to \2 \3"),
    (r"^(\d\d)(\d\d)\s?[–/]\s?(\d\d)$", r"\1\2 to \1\3"),
    (r"^(\pL+\.?\s\d{1,2})\s?[-–—]\s?(\pL+\.?\s\d{1,2},?\s(\d{4}))$", r"\1 \3 to \2"),
    (r"^(\pL+\.?)\s(\d{1,2})\s?[-–—]\s?(\d{1,2}),?\s(\d{4})$", r"\1 \2 \4 to \1 \3 \4"),
    (r"^((?:\d{1,2}\s)?\pL+)\s?[-–—/]\s?((?:\d{1,2}\s)?\pL+\s(\d{4}))$", r"\1 \3 to \2"),
)
"""Spans that tell a month or a year once for both ends: "4–6 October 2020", "October-November 2020"."""

_TIDY = (
    (r"[\s\x{00A0}\x{2000}-\x{200F}\x{202F}\x{FEFF}]+", " "),
    ("[\u2212\u2010\u2011]", "-"),
    (r"^ | ?[,;]? ?$", ""),
)
"""Spaces and hyphens of other kinds, and what ends a text."""

_EASTERN_DIGITS = {ord(sign): str(number % 10) for number, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}


def read(texts: pa.Array, order: str, century: int | None = None) -> pa.Table:
    """The days that texts of a column allow, one row a text.

    ``order`` is a key of `ORDERS`. ``century`` is the first of the hundred years that two digits mean: 2000 reads 63
    as 2063, 1900 and 1950 as 1963; without it such a text has a problem. Columns: ``text`` as given, ``date`` (EDTF),
    ``first_day`` and ``last_day`` (date32; an open end is `dates.OPEN_START` or `dates.OPEN_END`), ``qualified``,
    ``time`` ("21:30", "21:30:05"; of counted seconds in UTC, of a spreadsheet as written) and ``problem``: why the text
    is not read and what to do. A blank text has neither a date nor a problem.
    """
    tidy = _tidy(cleared(texts))
    if order not in shapes.NUMBER_ORDERS:
        tidy = pc.if_else(pc.match_substring_regex(tidy, r"^0[-/. 0]*$"), "", tidy)
    found = readings(tidy, order, century)
    for row in np.flatnonzero(found.is_unread & (objects(tidy) != "")):
        found.problem[row] = _reason(tidy[row].as_py(), order)
    return pa.table({"text": texts, **found.columns()})


def readings(texts: pa.Array, order: str, century: int | None) -> Readings:
    """As `read`, of tidy texts; what has no form of a date stays unread."""
    found = Readings(len(texts))
    one = partial(_one, order=order, century=century)
    rest = _spans(found, texts, np.flatnonzero(objects(texts) != ""), _INTERVAL, one)
    found.put(rest, one(texts.take(pa.array(rest))))
    rest = rest[found.is_unread[rest]]
    for pattern, parts in _SHARED_PARTS:
        texts = pc.replace_substring_regex(texts, pattern, parts) if rest.size else texts
    for pattern in _RANGES:
        rest = _spans(found, texts, rest, pattern, one)
    return found


def _spans(found: Readings, texts: pa.Array, rows: Rows, pattern: str, one: Callable[[pa.Array], Readings]) -> Rows:
    """Reads the texts of these rows that are two ends by a pattern; returns the rows that are not."""
    if not rows.size:
        return rows
    groups, matched = of_form(texts, rows, pattern)
    chosen = np.flatnonzero(matched)
    if not chosen.size:
        return rows
    start, end = (_end(groups, name, one) for name in ("start", "end"))
    is_read = ~(start.is_unread | end.is_unread | (start.date + end.date == "...."))
    found.put(rows[chosen[is_read]], joined(start, end).at(is_read))
    return np.delete(rows, chosen[is_read])


def _tidy(texts: pa.Array) -> pa.Array:
    """The texts with plain spaces, hyphens and digits."""
    for pattern, plain in _TIDY:
        texts = pc.replace_substring_regex(texts, pattern, plain)
    if pc.any(pc.match_substring_regex(texts, "[٠-٩۰-۹]")).as_py():
        texts = pa.array([text.translate(_EASTERN_DIGITS) for text in texts.to_pylist()], pa.string())
    return texts


def _end(groups: pa.StructArray, name: str, one: Callable[[pa.Array], Readings]) -> Readings:
    """One end of a span; it is open where its text is blank or ``..``, or where the pattern has no such group."""
    if name not in {field.name for field in groups.type}:
        return open_ends(len(groups))
    texts = groups.field(name)
    found = one(texts)
    is_open = np.isin(objects(texts), ("", ".."))
    found.put(np.flatnonzero(is_open), open_ends(int(is_open.sum())))
    return found


def _one(texts: pa.Array, order: str, century: int | None) -> Readings:
    """Days, months and other single dates, with or without doubt."""
    found = shapes.read(texts, order, century)
    rest = np.flatnonzero(found.is_unread)
    if not rest.size:
        return found
    texts = pc.replace_substring_regex(texts.take(pa.array(rest)), *_SEASON)
    groups = pc.extract_regex(texts, _DOUBT)
    signs, cores = _signs(groups), groups.field("core")
    shorter = mask(groups.is_valid()) & (objects(cores) != objects(texts))
    if shorter.any():
        certain = shapes.read(cores.filter(pa.array(shorter)), order, century)
        certain.date = signed(certain.date, signs[shorter])
        certain.qualified |= (signs[shorter] != "") & (certain.date != "")
        found.put(rest[shorter], certain)
    some_digits = pc.and_(pc.match_substring_regex(texts, _SOME_DIGITS), pc.match_substring(texts, "X"))
    for row in np.flatnonzero(mask(some_digits) & found.is_unread[rest]):
        _parse(found, rest[row], texts[row].as_py())
    return found


def _signs(groups: pa.StructArray) -> Texts:
    """The sign of doubt that EDTF has for the words of each text: about, perhaps, both, or blank."""
    words = {name: objects(groups.field(name)) for name in ("about", "perhaps", "vague", "sign")}
    about = (words["about"] != "") | (words["vague"] != "") | np.isin(words["sign"], ("~", "%"))
    about |= mask(pc.match_substring_regex(groups.field("sign"), r"\pL"))
    perhaps = (words["perhaps"] != "") | np.isin(words["sign"], ("?", "(?)", "%"))
    signs: Texts = np.array(["", "~", "?", "%"], object)[about + 2 * perhaps]
    return signs


def _parse(found: Readings, row: int, text: str) -> None:
    """Reads one EDTF date as our own table does."""
    try:
        span = dates.parse(text)
    except ValueError as error:
        found.problem[row] = str(error)
    else:
        found.date[row], found.first[row], found.last[row] = text, span.first, span.last
        found.qualified[row] = span.qualified


def _reason(text: str, order: str) -> str:
    """Why a text is not read, and what to do, by the most likely mistake."""
    for pattern, reason in _REASONS:
        if re.search(pattern, text):
            return reason.format(order=order.replace("-", " "))
    return f"is not a date that can be read ({dates.HOW_TO_WRITE})"


_REASONS = (
    (
        r"^\d{1,2} ?[-/. ] ?\d{1,2} ?[-/. ] ?(\d{4}|\d\d)\.?$",
        "does not have the order that the column is read in ({order}); choose whether day or month stands first",
    ),
    (r"^\d{5}(\.\d+)?$", "is no date by itself; if a spreadsheet counted days, choose that reading"),
    (
        r"^\d{9,13}(\.\d+)?$",
        "is no date by itself; if it counts seconds or milliseconds since 1970, choose that reading",
    ),
    (r"\d:\d|\d[Tt]\d", "has a time of day that cannot be read; write 2020-10-04 21:30"),
    (r"^(\d{1,2}[-/. ]\d{1,2}|[^\W\d_]{3,}\.? ?\d{1,2}|\d{1,2}[. ]{0,2}[^\W\d_]{3,}\.?|--.*)$", "has no year; add it"),
    (r"^\d{6,}$", "is not a day that can be read; eight digits are year, month and day: 20201004"),
)
"""Patterns of texts that are not read, and what is said of each."""
