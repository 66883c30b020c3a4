"""The order in which a column writes the parts of its dates, and how far the column proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.store.values.blanks import cleared
from geodata.store.values.forms import mask


@dataclass(frozen=True)
class Guess:
    """How a column writes its dates: a key of `ORDERS`; ``is_proved`` where no other order reads as much.

    ``others`` are the orders that would read just as much, ``why`` is what it was judged by, in words for the reader.
    """

    order: str
    is_proved: bool
    others: tuple[str, ...]
    why: str


_THREE = r"(?:^|[^-/.\d])(?P<a>\d{1,2})\s?[-/. ]\s?(?P<b>\d{1,2})\s?[-/. ]\s?(?P<c>\d{4}|['’]?\d{2})(?:\D|$)"
"""Three numbers of which the first is not a whole year, alone or in a longer text."""
_NUMBER = r"^(?P<number>-?(?:\d{5}|\d{9,13})(?:\.\d+)?)$"
"""Neither a year nor eight digits of a day."""
_LIKELY: Mapping[str, tuple[float, float, float]] = {
    "spreadsheet": (10_000, 80_000, 86_400_000),  # 1927 to 2119
    "epoch-seconds": (1e8, 4.2e9, 1000),  # 1973 to 2103
    "epoch-milliseconds": (1e11, 4.2e12, 1),
}
"""From which number, before which number (both also below 0, before 1970), and the milliseconds of one."""
_PROVED = 0.99
"""The share of texts that an order must read to be proved: in a large table some are mistakes."""


def guess(texts: pa.Array) -> Guess:
    """The order of a column's different texts, which are days without a time of day."""
    tidy = cleared(texts)
    three, numbers = pc.extract_regex(tidy, _THREE), pc.extract_regex(tidy, _NUMBER)
    is_three, is_number = (mask(groups.is_valid()) for groups in (three, numbers))
    total = int((is_three | is_number).sum())
    if not total:
        return _told_by_itself(tidy)
    a, b, c = (_digits(three, name) for name in "abc")
    is_short = is_three & (pc.utf8_length(three.field("c")).to_numpy(zero_copy_only=False) < 4)
    number = pc.cast(_or_zero(numbers.field("number")), pa.float64()).to_numpy()
    size = np.abs(number)
    reads: dict[str, NDArray[np.bool_]] = {
        "day-first": is_three & (a <= 31) & (b <= 12),
        "month-first": is_three & (a <= 12) & (b <= 31),
        "year-first": is_short & (b <= 12) & (c <= 31),
        **{order: is_number & (size >= low) & (size < high) for order, (low, high, _) in _LIKELY.items()},
    }
    counts = {order: int(rows.sum()) for order, rows in reads.items()}
    best = max(counts, key=lambda order: counts[order])  # the earlier of two that read as much
    others = tuple(order for order in counts if order != best and counts[order] == counts[best])
    if best == "day-first" and "month-first" in others and _have_dots(tidy.filter(pa.array(is_three))):
        return Guess(
            best, counts[best] >= _PROVED * total, (), f"dots part the numbers, as in {tidy[int(np.argmax(is_three))]}"
        )
    proofs = np.flatnonzero(reads[best] & (sum([rows.astype(int) for rows in reads.values()]) == 1))
    if best in _LIKELY:
        why = _span_of_numbers(best, number[reads[best]])
    elif not proofs.size:
        why = f"no number tells the day from the month, as in {tidy[int(np.argmax(is_three))]}"
    else:
        place, there = ("second", b) if best == "month-first" else ("first", a)
        why = f"{there[proofs[0]]} stands in the {place} place, as in {tidy[int(proofs[0])]}"
    if left := total - counts[best]:
        why += f"; {left:,} of {total:,} different texts do not fit"
    return Guess(best, not others and counts[best] >= _PROVED * total, others, why)


def _have_dots(texts: pa.Array) -> bool:
    """Whether dots part all these numbers: no usage writes 10.04.2020 for the fourth of October."""
    return bool(pc.all(pc.match_substring_regex(texts, r"\d{1,2}\. ?\d{1,2}\. ?\d{2,4}")).as_py())


def _told_by_itself(texts: pa.Array) -> Guess:
    """The guess for texts that are read alike under any order of dates."""
    compact = pc.match_substring_regex(texts, r"^\d{8}(\.0+)?$")
    if pc.any(compact).as_py():
        return Guess("yyyymmdd", True, (), f"days have eight digits, as in {texts.filter(compact)[0]}")
    given = texts.filter(pc.not_equal(texts, ""))
    if not len(given):
        return Guess("year-first", True, (), "no date is given")
    return Guess("year-first", True, (), f"the year has four digits or the month is named, as in {given[0]}")


def _span_of_numbers(order: str, numbers: NDArray[Any]) -> str:
    """The days that the least and the largest number are."""
    unit = _LIKELY[order][2]
    start = np.datetime64("1899-12-30" if order == "spreadsheet" else "1970-01-01", "ms")
    first, last = (
        (start + np.timedelta64(int(end * unit), "ms")).astype("M8[D]") for end in (numbers.min(), numbers.max())
    )
    return f"read so, the numbers are days between {first} and {last}"


def _digits(groups: pa.StructArray, name: str) -> NDArray[np.int64]:
    digits = pc.replace_substring_regex(groups.field(name), r"\D", "")
    values: NDArray[np.int64] = pc.cast(_or_zero(digits), pa.int64()).to_numpy()
    return values


def _or_zero(digits: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(digits, ""), "0", digits)
