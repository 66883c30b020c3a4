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

ORDERS: Mapping[str, str] = {
    "year-first": "the year stands first, as in 2020-10-04",
    "day-first": "the day stands first: 04/10/2020 is 4 October 2020",
    "month-first": "the month stands first: 10/04/2020 is 4 October 2020",
    "yyyymmdd": "eight digits are year, month and day: 20201004 is 4 October 2020",
    "spreadsheet": "a number counts days as spreadsheets do, from 1900 on: 44108 is 4 October 2020",
    "epoch-seconds": "a number counts seconds since 1970: 1601769600 is 4 October 2020",
    "epoch-milliseconds": "a number counts thousandths of a second since 1970: 1601769600000 is 4 October 2020",
}
"""Each order with a sentence for the reader. Names of months, ISO weeks and EDTF are read under any of them."""


@dataclass(frozen=True)
class Guess:
    """How a column writes its dates: a key of `ORDERS`; ``is_proved`` where no other order reads as much.

    ``others`` are the orders that would read just as much, ``why`` is what it was judged by, in words for the reader.
    ``has_short_years`` tells that some years have two digits, so that their century must be asked for.
    """

    order: str
    is_proved: bool
    others: tuple[str, ...]
    why: str
    has_short_years: bool
