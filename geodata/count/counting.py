"""What a selection shows, to count by: each question is asked of the engine once, short columns are counted in memory.

One filter that changes asks a dozen counts; Ibis takes longer to word each of them than all of them take here. A new
tick asks the engine one thing: which rows it leaves. What the other filters leave is known.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geodata.model.filters import CHOICES
from geodata.model.selection import Selection, select
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

COUNTED = (*CHOICES.values(), "incident_id", "place_role", "first_day", "last_day")
"""Columns that are counted by; `columns` has ``row`` and ``is_mapped`` (whether there are coordinates) as well."""


@remembered(most=1)
def columns(dataset: Dataset) -> pa.Table:
    """The counted columns of every report, in the order of ``row``; text as dictionary codes."""
    reports = dataset.reports
    told = reports.select("row", *COUNTED, is_mapped=reports.latitude.notnull())
    table = dataset.fetch(told.order_by("row")).combine_chunks()
    coded = [column.dictionary_encode() if pa.types.is_string(column.type) else column for column in table.columns]
    return pa.table(dict(zip(table.column_names, coded, strict=True)))


def kept(dataset: Dataset, chosen: Selection) -> npt.NDArray[np.bool_]:
    """Whether the selection leaves each report, in the order of ``row``."""
    left = np.ones(dataset.size, dtype=bool)
    for question in chosen.questions():
        left &= _kept(dataset, question)
    return left


@remembered(most=64)
def _kept(dataset: Dataset, question: Selection) -> npt.NDArray[np.bool_]:
    rows = dataset.fetch(select(dataset.reports, question).select("row"))["row"].to_numpy()
    left = np.zeros(dataset.size, dtype=bool)
    left[np.searchsorted(columns(dataset)["row"].to_numpy(), rows)] = True  # a part of a dataset keeps its numbers
    return left


def shown(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """These of `columns` for the reports that the selection leaves."""
    return columns(dataset).select(names).take(np.flatnonzero(kept(dataset, chosen)))


def by(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """The reports that the selection leaves by the values of these of `columns`: their number in ``reports``."""
    return grouped(shown(dataset, chosen, *names), *names)


def grouped(reports: pa.Table, *names: str) -> pa.Table:
    """One row for each combination of values of these columns, with the number of its reports in ``reports``."""
    counted = reports.group_by(names).aggregate([([], "count_all")])
    return counted.rename_columns([*names, "reports"])


def distinct(coded: pa.ChunkedArray) -> int:
    """How many different values a column of dictionary codes has."""
    codes = coded.combine_chunks()
    is_there = np.zeros(len(codes.dictionary), dtype=bool)
    is_there[codes.indices.to_numpy()] = True
    return int(is_there.sum())
