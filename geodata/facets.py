"""How many reports each choice of each filter would leave: one question to the engine, and counting of small codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from geodata.dataset import Dataset
from geodata.selection import CHOICES, Selection, select


@dataclass(frozen=True)
class _Coded:
    """One column as small numbers, in the order of ``row``: ``values[codes[row]]`` is the cell."""

    values: tuple[str, ...]
    codes: npt.NDArray[np.int32]


@lru_cache(maxsize=2)
def _coded(dataset: Dataset) -> Mapping[str, _Coded]:
    columns = [column for column in dict.fromkeys(CHOICES.values()) if column not in dataset.missing]
    table = dataset.fetch(dataset.reports.order_by("row").select(*columns))
    coded = {}
    for column in columns:
        encoded = table[column].combine_chunks().dictionary_encode()
        coded[column] = _Coded(tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy().astype(np.int32))
    return coded


@lru_cache(maxsize=64)
def facets(dataset: Dataset, chosen: Selection) -> Mapping[str, Mapping[str, int]]:
    """For each field of ``CHOICES`` that the table tells, its values and the reports each would leave.

    The other filters stay as they are; the field's own is open. Fields with no filter of their own share one question.
    """
    coded = _coded(dataset)
    shared: npt.NDArray[np.int32] | None = None
    found: dict[str, dict[str, int]] = {}
    for field, column in CHOICES.items():
        if column not in coded:
            continue
        if getattr(chosen, field):
            rows = _rows(dataset, chosen.without(field))
        else:
            rows = shared = _rows(dataset, chosen) if shared is None else shared
        values = coded[column].values
        numbers = np.bincount(coded[column].codes[rows], minlength=len(values))
        found[field] = {values[at]: int(numbers[at]) for at in np.argsort(-numbers, kind="stable") if numbers[at]}
    return found


def _rows(dataset: Dataset, chosen: Selection) -> npt.NDArray[np.int32]:
    rows: npt.NDArray[np.int32] = dataset.fetch(select(dataset.reports, chosen).select("row"))["row"].to_numpy()
    return rows
