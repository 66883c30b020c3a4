"""Counts for a selection. DuckDB finds the rows of each filter once, for a boolean mask; NumPy joins masks and counts.

When a filter changes, a dozen counts change with it, and Ibis would need more time to write their SQL than all of them
need here. Only the mask of the changed filter is new: those of the others are cached.
"""

from __future__ import annotations

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.filters import CHOICES, OWN, OWN_LIST
from geodata.model.selection import Selection, select
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

COUNTED = (
    *(column for column in CHOICES.values() if column != OWN_LIST),
    "place_role", "first_day", "last_day", "telling",
)  # fmt: skip
"""Columns by which reports are counted; `columns` also has ``row``, ``is_mapped`` (true with coordinates), ``incident``
(the number of its incident, which is the ``row`` of the incident's first report), and the categories that tables of
others have of their own."""


@remembered(most=1)
def columns(dataset: Dataset) -> pa.Table:
    """`COUNTED` and what goes with it, of every report, ordered by ``row``; text as dictionary codes."""
    reports = dataset.reports
    own = (name for name in reports.columns if name.startswith(OWN))
    chosen_columns = reports.select("row", *COUNTED, *own, is_mapped=reports.latitude.notnull())
    table = dataset.fetch(chosen_columns.order_by("row")).combine_chunks()
    # As numbers: a dictionary of the names would hold as many texts as a large table has rows.
    first = reports.row.min().over(ibis.window(group_by=reports.incident_id))
    numbers = dataset.fetch(reports.select("row", incident=first).order_by("row"))
    table = table.append_column("incident", numbers["incident"])
    coded = [column.dictionary_encode() if pa.types.is_string(column.type) else column for column in table.columns]
    return pa.table(dict(zip(table.column_names, coded, strict=True)))


def selection_mask(dataset: Dataset, chosen: Selection) -> npt.NDArray[np.bool_]:
    """A mask over all reports, ordered by ``row``: true where the selection keeps the report."""
    mask = np.ones(dataset.size, dtype=bool)
    for single in chosen.single_filters():
        mask &= _filter_mask(dataset, single)
    return mask


@remembered(most=64)
def _filter_mask(dataset: Dataset, single: Selection) -> npt.NDArray[np.bool_]:
    rows = dataset.fetch(select(dataset.reports, single).select("row"))["row"].to_numpy()
    mask = np.zeros(dataset.size, dtype=bool)
    # A filtered Dataset keeps the numbers of the whole one: ``row`` need not be 0, 1, 2 …, so it is looked up.
    mask[np.searchsorted(columns(dataset)["row"].to_numpy(), rows)] = True
    return mask


def selected(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """The named columns of `columns`, for the reports that the selection keeps."""
    return columns(dataset).select(names).take(np.flatnonzero(selection_mask(dataset, chosen)))


def incidents(dataset: Dataset, chosen: Selection) -> pa.Array:
    """The number of each incident that a report of the selection tells of, once: see `COUNTED`."""
    return pc.unique(selected(dataset, chosen, "incident")["incident"])


def by(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """The reports that the selection keeps, counted for each combination of the named columns: see `grouped`."""
    return grouped(selected(dataset, chosen, *names), *names)


def grouped(reports: pa.Table, *names: str) -> pa.Table:
    """One row for each combination of values of these columns, with the number of its reports in ``reports``."""
    counted = reports.group_by(names).aggregate([([], "count_all")])
    return counted.rename_columns([*names, "reports"])


def distinct(coded: pa.ChunkedArray) -> int:
    """The number of different values in a column of dictionary codes."""
    codes = coded.combine_chunks()
    is_there = np.zeros(len(codes.dictionary), dtype=bool)
    is_there[codes.indices.to_numpy()] = True
    return int(is_there.sum())
