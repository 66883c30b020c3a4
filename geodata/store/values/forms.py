"""Which texts of a column have a form that a regular expression tells, and the parts of those that have."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Rows = NDArray[np.intp]
"""Numbers of rows, from 0."""


def of_form(texts: pa.Array, rows: Rows, pattern: str) -> tuple[pa.StructArray, NDArray[np.bool_]]:
    """The named groups of those texts of ``rows`` that match ``pattern``, and which of ``rows`` these are."""
    groups = pc.extract_regex(texts if rows.size == len(texts) else texts.take(pa.array(rows)), pattern)
    is_matched = groups.is_valid()
    return groups.filter(is_matched), is_matched.to_numpy(zero_copy_only=False)
