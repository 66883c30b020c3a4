"""Counts of deaths as tables of others write them."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.store.values.blanks import is_blank, strings
from geodata.store.values.forms import Rows, mask, of_form

MOST = 100_000_000
"""The largest count that is read, as in our own table."""

_NONE = -9
"""In place of a number that is not told, while columns are put together."""

NOT_KNOWN = r"^-0*9{1,4}(?:\.0+)?$"
"""-9, -99, -999 and -9999, which codebooks use for "not known"."""

_MARKS = r"[,.'’ \x{00A0}\x{202F}]"
_COUNT = (
    r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:['’]\d{3})+|\d{1,3}(?:[ \x{00A0}\x{202F}]\d{3})+"
    r"|\d+"
)
_NOUN = r"(?:\.0{1,2})?(?: (?:people|persons|dead|deaths?|killed|died|fatalit(?:y|ies)|civilians|погибших|убитых))*"


def _form(before: str, *names: str, between: str = "", after: str = "") -> str:
    counts = between.join(f"(?P<{name}>{_COUNT})" for name in names)
    return rf"(?i)^{before} ?{counts}{after}{_NOUN}$"


_FORMS = (
    rf"^(?P<best>{_COUNT})(?:\.0{{1,2}})?$",
    rf"(?i)^(?P<low>{_COUNT}) ?(?:\+|plus|or more|and more|at least){_NOUN}$",
    _form(
        r"(?:at least|no fewer than|no less than|not less than|minimum(?: of)?|min\.?|>=|≥|не менее|как минимум)", "low"
    ),
    _form(r"(?:more than|over|above|>|более|больше|свыше)", "above"),
    _form(r"(?:up to|at most|no more than|not more than|maximum(?: of)?|max\.?|<=|≤|до|не более)", "high"),
    _form(r"(?:fewer than|less than|under|below|<|менее|меньше)", "below"),
    _form(r"(?:about|around|approximately|approx\.?|circa|ca\.?|c\.|some|roughly|~|≈|около|примерно)", "best"),
    _form(r"(?:between|from|от)?", "low", "high", between=r" ?(?:-|–|—|to|and|or|до) ?"),
    _form("", "best"),
)
"""How counts are written. Of "about 7", 7 is the best that the table tells."""

_WORDS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def read_deaths(texts: pa.Array) -> pa.Table:
    """Counts of deaths, one row a text.

    Columns: ``text`` as given; ``low``, ``best``, ``high`` (int32, null where not told); ``is_not_known``, true where
    the text says that the number is not known (-99, "unknown") and false where it is blank; ``problem``, blank or why
    the text is not read. "at least 5" and "more than 4" are low 5, "up to 9" and "fewer than 10" high 9, "4-6" is low 4
    and high 6, "about 7" best 7.
    """
    given = strings(texts)
    not_known = pc.and_(pc.not_equal(given, ""), pc.or_(is_blank(given), pc.match_substring_regex(given, NOT_KNOWN)))
    cells = pc.if_else(not_known, "", pc.replace_substring(given, "\u2212", "-"))
    counts = {name: np.full(len(cells), _NONE, np.int64) for name in ("low", "best", "high")}
    rest = _fill(counts, cells, np.flatnonzero(mask(pc.not_equal(cells, ""))))
    spelled = [_WORD.sub(lambda word: _WORDS[word[0].lower()], cells[row].as_py()) for row in rest.tolist()]
    left = _fill(counts, pa.array(spelled, pa.string()), np.arange(len(rest)), rest)
    problem: NDArray[np.object_] = np.full(len(cells), "", object)
    for row in rest[left]:
        problem[row] = _reason(cells[row].as_py())
    largest = np.maximum.reduce([*counts.values()])
    problem[largest > MOST] = f"is larger than {MOST:,}, which no count of deaths is"
    problem[counts["high"] == -1] = "is less than 0; leave it blank if the number is not known"
    backward = (counts["low"] > counts["high"]) & (counts["high"] >= 0)
    problem[backward] = "has its higher number first; write 4-6"
    for values in counts.values():
        values[problem != ""] = _NONE
    columns = {name: pa.array(values, pa.int32(), mask=values < 0) for name, values in counts.items()}
    return pa.table({"text": texts, **columns, "is_not_known": not_known, "problem": pa.array(problem, pa.string())})


def _fill(counts: dict[str, NDArray[np.int64]], cells: pa.Array, rows: Rows, to: Rows | None = None) -> Rows:
    """Writes the counts of these rows of ``cells``, to the rows ``to`` where given; returns the rows not read."""
    for form in _FORMS:
        if not rows.size:
            break
        read, chosen = of_form(cells, rows, form)
        if not chosen.any():
            continue
        found = rows[chosen]
        for field in read.type:
            digits = pc.replace_substring_regex(read.field(field.name), _MARKS, "")
            number = np.minimum(pc.cast(digits, pa.float64()).to_numpy(), MOST + 2).astype(np.int64)
            name, step = {"above": ("low", 1), "below": ("high", -1)}.get(field.name, (field.name, 0))
            counts[name][found if to is None else to[found]] = number + step
        rows = rows[~chosen]
    return rows


def _reason(text: str) -> str:
    """Why a text is no count, and what to do."""
    if re.fullmatch(r"-\d[\d.,]*", text):
        return "is less than 0; leave it blank if the number is not known"
    if re.fullmatch(r"\d+[.,]\d+", text):
        return "is not a whole number"
    return "is no count that can be read; write 3, 4-6, at least 5 or up to 9"
