"""One number of degrees in a cell: plain, with a decimal comma, with a letter, or with minutes and seconds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.model.text import fold
from geodata.store.values.blanks import strings
from geodata.store.values.coordinates.points import tidy
from geodata.store.values.forms import Entries, Texts, mask, of_form

LATITUDE, LONGITUDE = 1, 2
"""The axis that a letter tells; 0 where there is none."""

PLAIN = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_WHOLE_OR_PART = r"\d{1,2}(?:[.,]\d+)?"
_DECIMAL = r"^(?P<before>[^-+\d]*)(?P<sign>[-+]?) ?(?P<degrees>\d{1,3}(?:[.,]\d*)?)(?P<after>[^\d]*)$"
_PARTS = (
    r"^(?P<before>[^-+\d]*)(?P<sign>[-+]?) ?(?P<degrees>\d{1,3})(?P<unit>[^-+\d.,]+)"
    rf"(?P<minutes>{_WHOLE_OR_PART})(?:(?P<unit2>[^-+\d.,]+)(?P<seconds>{_WHOLE_OR_PART}))?(?P<after>[^\d]*)$"
)
"""Degrees with a fraction; degrees, minutes and, if any, seconds. What stands around and between is looked at apart."""
_UNITS: Mapping[str, Callable[[str], Any]] = {
    "unit": re.compile(r" ?(?:[°º˚*:d ]|deg\.?) ?").fullmatch,
    "unit2": re.compile(r"(?: ?(?:['′’‘´`ʹ:m ]|min\.?) ?)?").fullmatch,
}
"""What may stand after degrees, and after minutes if seconds follow."""
_LAST_UNIT = re.compile(
    r"^ ?(?:[°º˚*]|deg\.?|d\b|['′’‘´`ʹ]{1,2}|min\.?|m|[\"″”“]|sec\.?|s(?= ?[nsew]$))? ?", re.IGNORECASE
)

_WORDS = {
    (LATITUDE, 1): ("n", "north", "nord", "norte", "с", "с ш", "сш", "север", "пн", "пн ш"),
    (LATITUDE, -1): ("s", "south", "sud", "sur", "sul", "ю", "ю ш", "юш", "юг", "пд", "пд ш"),
    (LONGITUDE, 1): ("e", "east", "est", "este", "ost", "leste", "в", "в д", "вд", "восток", "сх", "сх д"),
    (LONGITUDE, -1): ("w", "west", "ouest", "oeste", "з", "з д", "зд", "запад", "зх", "зх д"),
}
"""Letters and words of directions, folded, with their axis and sign. O is left out: it is west in French and Spanish
and east in German."""
_DIRECTIONS = {"": (0, 1), **{word: direction for direction, words in _WORDS.items() for word in words}}
UNKNOWN = 0
"""In place of the sign of a direction: letters that are none."""


class Angles(Entries):
    """One entry a text: ``degrees`` (NaN where none are read), ``axis`` of the letter, and ``problem``."""

    def __init__(self, count: int) -> None:
        self.degrees = np.full(count, np.nan)
        self.axis = np.zeros(count, np.int8)
        self.problem: Texts = np.full(count, "", object)


def of_column(texts: pa.Array) -> tuple[pa.Array, Angles]:
    """The tidy texts of a column and their angles. Plain numbers, which most columns hold, cost little."""
    given = strings(texts)
    is_plain = pc.match_substring_regex(given, f"^{PLAIN}$")
    found, plain = Angles(len(given)), mask(is_plain)
    found.degrees[plain] = pc.cast(given.filter(is_plain), pa.float64()).to_numpy()
    if not plain.all():
        odd = tidy(given.filter(pc.invert(is_plain)))
        given = pc.replace_with_mask(given, pc.invert(is_plain), odd)
        found.put(np.flatnonzero(~plain), read(odd))
    return given, found


def read(texts: pa.Array) -> Angles:
    """Degrees of tidy texts. A text that has no form of degrees has neither degrees nor a problem."""
    found = Angles(len(texts))
    dotted = pc.replace_substring_regex(texts, r"^([-+]?\d{1,3}),(\d+)$", r"\1.\2")
    is_plain = pc.match_substring_regex(dotted, f"^{PLAIN}$")
    plain = mask(is_plain)
    found.degrees[plain] = pc.cast(dotted.filter(is_plain), pa.float64()).to_numpy()
    rest = np.flatnonzero(~plain)
    for pattern in (_DECIMAL, _PARTS):
        if not rest.size:
            break
        groups, matched = of_form(texts, rest, pattern)
        if matched.any():
            found.put(rest[matched], _angles(groups))
            rest = rest[~matched]
    return found


def _angles(groups: pa.StructArray) -> Angles:
    found = Angles(len(groups))
    names = {field.name for field in groups.type}
    degrees, is_unread = _number(groups.field("degrees")), np.zeros(len(groups), bool)
    for name, share in (("minutes", 60), ("seconds", 3600)):
        if name in names:
            part = _number(groups.field(name))
            degrees += part / share
            found.problem[part >= 60] = f"has 60 {name} or more"
    for name in set(_UNITS) & names:
        is_unread |= ~_each(groups.field(name), _UNITS[name]).astype(bool)
    around = pc.binary_join_element_wise(groups.field("before"), groups.field("after"), "\n")
    axis, sign = _each(around, lambda text: _DIRECTIONS.get(_word(text), (0, UNKNOWN))).T
    minus = mask(pc.equal(groups.field("sign"), "-"))
    found.problem[minus & (axis != 0) & (sign > 0)] = "has a minus and a letter of the north or east"
    is_o = _each(around, lambda text: _word(text) == "o")
    found.problem[is_o] = "has the letter O, which is west in some languages and east in others; write W or E"
    is_unread |= (sign == UNKNOWN) & ~is_o
    found.problem[is_unread] = ""
    found.axis = np.where(is_unread, 0, axis).astype(np.int8)
    found.degrees = np.where(minus & (sign > 0), -degrees, degrees * sign)
    found.degrees[is_unread | (found.problem != "")] = np.nan
    return found


def _each(texts: pa.Array, worked_out: Callable[[str], Any]) -> NDArray[Any]:
    """What is worked out for each text, once for those that are equal."""
    coded = pc.dictionary_encode(texts)
    values = np.array([worked_out(text) for text in coded.dictionary.to_pylist()])
    found: NDArray[Any] = values[coded.indices.to_numpy(zero_copy_only=False)]
    return found


def _number(digits: pa.Array) -> NDArray[np.float64]:
    dotted = pc.replace_substring(digits, ",", ".")
    values: NDArray[np.float64] = pc.cast(pc.if_else(pc.equal(dotted, ""), "0", dotted), pa.float64()).to_numpy()
    return values.copy()


def _word(around: str) -> str:
    """The folded direction of what stands before and, on a second line, after an angle."""
    before, _, after = around.partition("\n")
    return fold(f"{before} {_LAST_UNIT.sub('', after)}")
