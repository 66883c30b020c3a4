"""Counts for a selection. Each filter has a boolean mask, made once, and NumPy joins masks and counts. The mask of a
choice of values is of a column's codes; of any other filter, DuckDB finds the rows.

When a filter changes, a dozen counts change with it, and Ibis would need more time to write their SQL than all of them
need here. Only the mask of the changed filter is new: those of the others are cached. The rows of a large table are
too many for masks: `by`, `totals` and `number` ask its engine instead, and the other functions are not for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import asked
from geodata.count.totals import Totals
from geodata.model import dates
from geodata.model.filters import CHOICES, OWN, OWN_LIST
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import SOURCE_NOT_NAMED
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

COUNTED = (
    *(column for column in CHOICES.values() if column != OWN_LIST),
    "place_role", "first_day", "last_day", "telling", "is_mapped", "year",
)  # fmt: skip
"""Columns by which reports are counted, with those of `asked.counted_by`; `columns` also has ``row``, ``incident``
(the number of its incident, which is the ``row`` of the incident's first report), and the categories that tables of
others have of their own."""


@remembered(most=1)
def columns(dataset: Dataset) -> pa.Table:
    """`COUNTED` and what goes with it, of every report, ordered by ``row``; text as dictionary codes."""
    assert not dataset.is_large, "its rows are never here"
    reports = dataset.reports
    own = (name for name in reports.columns if name.startswith(OWN))
    names = ("row", *COUNTED, *own)
    counted = reports.select(**{name: asked.counted_by(reports, name) for name in names})
    table = dataset.fetch(counted.order_by("row")).combine_chunks()
    # As numbers: a dictionary of the names would hold as many texts as a table has rows.
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
    ((name, values),) = single.active()
    if CHOICES.get(name) in COUNTED:
        return _has_any(columns(dataset)[CHOICES[name]], values)
    rows = dataset.fetch(select(dataset.reports, single).select("row"))["row"].to_numpy()
    # A filtered Dataset keeps the numbers of the whole one: ``row`` need not be 0, 1, 2 …, so it is looked up.
    every = columns(dataset)["row"].to_numpy()
    mask: npt.NDArray[np.bool_] = _seen(rows, int(every.max(initial=-1)) + 1)[every]
    return mask


def _has_any(coded: pa.ChunkedArray, values: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which reports have one of the values, in a column of dictionary codes. To word a question would take longer."""
    codes = coded.combine_chunks()
    wanted = {*values}
    is_wanted = np.array([value in wanted for value in codes.dictionary.to_pylist()], bool)
    mask: npt.NDArray[np.bool_] = is_wanted[codes.indices.to_numpy()]
    return mask


def _seen(numbers: npt.NDArray[np.int32], most: int) -> npt.NDArray[np.bool_]:
    """Which of the numbers below ``most`` are there: many times as fast as to sort or to hash a million of them."""
    seen = np.zeros(most, dtype=bool)
    seen[numbers] = True
    return seen


def selected(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """The named columns of `columns`, for the reports that the selection keeps."""
    return columns(dataset).select(names).take(np.flatnonzero(selection_mask(dataset, chosen)))


def number(dataset: Dataset, chosen: Selection) -> int:
    """How many reports the selection keeps."""
    return asked.number(dataset, chosen) if dataset.is_large else int(selection_mask(dataset, chosen).sum())


@remembered(most=64)
def totals(dataset: Dataset, chosen: Selection) -> Totals:
    """What a sentence tells of the selection, in numbers."""
    if dataset.is_large:
        return asked.totals(dataset, chosen)
    kept = selected(dataset, chosen, "incident", "source_id", "first_day", "last_day", "is_mapped")
    unnamed = int(pc.sum(pc.equal(kept["source_id"], SOURCE_NOT_NAMED)).as_py() or 0)
    in_any_window = selected(dataset, chosen.without_window(), "first_day") if chosen.has_window else kept
    in_any_area = selected(dataset, chosen.without("area"), "is_mapped") if chosen.area else kept
    return Totals(
        reports=len(kept),
        incidents=int(_seen(kept["incident"].to_numpy(), columns(dataset)["row"].to_numpy().max(initial=-1) + 1).sum()),
        documents=distinct(kept["source_id"]) - (unnamed > 0),
        unnamed=unnamed,
        unmapped=len(in_any_area) - int(in_any_area["is_mapped"].to_numpy().sum()),
        undated=in_any_window["first_day"].null_count,
        surely=number(dataset, chosen.having(surely=True)) if chosen.has_window else 0,
        first=_bound(kept, pc.min),
        last=_bound(kept, pc.max),
    )


def _bound(reports: pa.Table, outermost: Callable[[pa.Array], pa.Scalar]) -> date | None:
    days = pa.concat_arrays(
        reports[end].filter(pc.not_equal(reports[end], open_end)).combine_chunks()
        for end, open_end in (("first_day", dates.OPEN_START), ("last_day", dates.OPEN_END))
    )
    found: date | None = outermost(days).as_py()
    return found


def incidents(dataset: Dataset, chosen: Selection) -> pa.Array:
    """The number of each incident that a report of the selection tells of, once: see `COUNTED`."""
    return pc.unique(selected(dataset, chosen, "incident")["incident"])


def of_same_incidents(dataset: Dataset, rows: Sequence[int]) -> tuple[int, ...]:
    """The ``row`` of each report of the incidents to which the reports ``rows`` belong."""
    row, incident = (columns(dataset)[name].to_numpy() for name in ("row", "incident"))
    most = int(row.max(initial=-1)) + 1
    numbers = incident[_seen(np.array(rows, np.int32), most)[row]]
    return tuple(row[_seen(numbers, most)[incident]].tolist())


@remembered(most=32)
def by(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """The reports that the selection keeps, counted for each combination of the named columns: see `grouped`."""
    if dataset.is_large:
        return asked.by(dataset, chosen, *names)
    return grouped(selected(dataset, chosen, *names), *names)


def grouped(reports: pa.Table, *names: str) -> pa.Table:
    """One row for each combination of values of these columns, with the number of its reports in ``reports``."""
    counted = reports.group_by(names).aggregate([([], "count_all")])
    return counted.rename_columns([*names, "reports"])


def distinct(coded: pa.ChunkedArray) -> int:
    """The number of different values in a column of dictionary codes."""
    codes = coded.combine_chunks()
    return int(_seen(codes.indices.to_numpy(), len(codes.dictionary)).sum())
