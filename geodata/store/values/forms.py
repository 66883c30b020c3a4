"""Columns of texts read by their forms: which texts a regular expression fits, and what is read, an entry a text."""

from __future__ import annotations

from copy import copy
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Rows = NDArray[np.intp]
"""Numbers of rows, from 0."""

Mask = NDArray[np.bool_]
Texts = NDArray[np.object_]


class Entries:
    """What is read of a column: arrays of one length as attributes, in each of them a value for each text."""

    def put(self, rows: Rows, other: Self) -> None:
        """Writes the entries of another, in order, over those of these rows."""
        for name, values in vars(other).items():
            getattr(self, name)[rows] = values

    def at(self, rows: Rows | Mask) -> Self:
        """The entries of these rows, in order."""
        found = copy(self)
        for name, values in vars(self).items():
            setattr(found, name, values[rows])
        return found


def objects(texts: pa.Array) -> Texts:
    """A column of texts as an array of Python's own."""
    values: Texts = texts.to_numpy(zero_copy_only=False)
    return values


def mask(column: pa.Array | pa.ChunkedArray) -> Mask:
    """A column of truths as an array."""
    values: Mask = column.to_numpy(zero_copy_only=False)
    return values


def of_form(texts: pa.Array, rows: Rows, pattern: str) -> tuple[pa.StructArray, Mask]:
    """The named groups of those texts of ``rows`` that match ``pattern``, and which of ``rows`` these are."""
    groups = pc.extract_regex(texts if rows.size == len(texts) else texts.take(pa.array(rows)), pattern)
    is_matched = groups.is_valid()
    return groups.filter(is_matched), mask(is_matched)
