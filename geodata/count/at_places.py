"""The different places that reports of a selection lie at, and what is told at each, at any size of table.

Of a table whose rows are here masks are counted; a large table's engine counts for each place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.count.part import TooManyError
from geodata.model.filters import BY_NAME
from geodata.model.selection import Selection, select
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

Numbers = npt.NDArray[np.int64]

PLACE = ("latitude", "longitude", "radius_km", "precision")
"""Columns in which two places differ."""

TOLD_BY = ("claimed_by", "source_id")
"""Columns of who tells: their different values are counted."""

MOST_PLACES = 200_000
"""Different places of a large table that are told apart: each has a disc of its own, of a kilobyte or more."""


@dataclass(frozen=True, eq=False)  # compared by identity: it is a key of a cache
class Places:
    """``table`` has the columns `PLACE`, in WGS 84 degrees and kilometres, blank where they are not known."""

    table: pa.Table


@dataclass(frozen=True)
class AtPlaces:
    """What the reports of a selection tell, with a number for each place of `places`, in its order."""

    reports: Numbers
    first: Numbers
    """The smallest ``row``; -1 without a report."""
    about: Numbers
    """Statements about the place, which do not tell of an event there."""
    disputed: Numbers
    tellers: Mapping[str, tuple[Numbers, Numbers]]
    """For each of `TOLD_BY`: the different pairs of a place and a value that is not blank, both as numbers."""


def places(dataset: Dataset, chosen: Selection) -> Places:
    """The different places in the order of the first report at each: of all reports, or, where these lie at too many,
    of those of the selection. Raises `TooManyError`.
    """
    if not dataset.is_large:
        return _here(dataset)[0]
    everywhere = _there(dataset, Selection())
    found = everywhere if everywhere is not None else _there(dataset, chosen)
    if found is None:
        raise TooManyError(f"up to {MOST_PLACES:,} different places are told apart, and the filters leave more")
    return found


def told(dataset: Dataset, chosen: Selection) -> AtPlaces:
    """What the selection tells at each place. Raises as `places`."""
    return _asked(dataset, chosen) if dataset.is_large else _masked(dataset, chosen)


@remembered(most=1)
def _here(dataset: Dataset) -> tuple[Places, Numbers]:
    """The places of all reports, and the number of each report's own, ordered by ``row``."""
    rows = dataset.fetch(dataset.reports.select("row", *PLACE).order_by("row")).drop_columns("row").combine_chunks()
    code = np.zeros(len(rows), dtype=np.int64)
    for column in rows.columns:
        values = pc.dictionary_encode(column, null_encoding="encode").combine_chunks()
        code = code * (len(values.dictionary) + 1) + values.indices.to_numpy()
        code = pc.dictionary_encode(pa.array(code)).indices.to_numpy().astype(np.int64)
    first = np.zeros(code.max(initial=-1) + 1, dtype=np.int64)
    first[code[::-1]] = np.arange(len(code) - 1, -1, -1)
    return Places(rows.take(first)), code


@remembered(most=2)
def _there(dataset: Dataset, chosen: Selection) -> Places | None:
    """As `places`, of a selection of a large table; ``None`` where they are too many."""
    each = select(dataset.reports, chosen).group_by(PLACE)
    found = dataset.fetch(each.aggregate(row=lambda reports: reports.row.min()).limit(MOST_PLACES + 1))
    return None if len(found) > MOST_PLACES else Places(found.sort_by("row").select(PLACE).combine_chunks())


def _masked(dataset: Dataset, chosen: Selection) -> AtPlaces:
    known, of_row = _here(dataset)
    kept = counting.selection_mask(dataset, chosen)
    place = of_row[kept]
    told = counting.selected(dataset, chosen, "row", "place_role", *TOLD_BY)
    is_disputed = counting.selection_mask(dataset, Selection(disputed=True))[kept]
    is_about = pc.equal(told["place_role"].cast(pa.string()), "subject").to_numpy()
    first = np.full(len(known.table), -1)
    first[place[::-1]] = told["row"].to_numpy()[::-1]

    def number(of: Numbers) -> Numbers:
        return np.bincount(of, minlength=len(known.table))

    tellers = {name: _pairs(place, told[name].combine_chunks()) for name in TOLD_BY}
    return AtPlaces(number(place), first, number(place[is_about]), number(place[is_disputed]), tellers)


def _asked(dataset: Dataset, chosen: Selection) -> AtPlaces:
    known = places(dataset, chosen).table.to_pandas()
    known["place"] = range(len(known))
    reports = select(dataset.reports, chosen)
    found = _placed(known, dataset.fetch(by_place(reports, dataset.missing)))
    blank = {"reports": 0, "first": -1, "about": 0, "disputed": 0}
    counted = {name: np.full(len(known), value) for name, value in blank.items()}
    for name, values in counted.items():
        values[found["place"]] = found[name]
    tellers = {}
    for name in TOLD_BY:
        # Not remembered as an answer of its own: it may be as long as the places times the tellers.
        pairs = dataset.fetch(told_by(reports, name))
        tellers[name] = _pairs(
            _placed(known, pairs)["place"].to_numpy(), pairs["who"].dictionary_encode().combine_chunks()
        )
    return AtPlaces(**counted, tellers=tellers)


def by_place(reports: ir.Table, missing: Collection[str]) -> ir.Table:
    """The question of `told`: `PLACE` and the numbers of `AtPlaces`, for each place with reports. What is counted of
    the columns ``missing`` is 0.
    """
    conditions = {
        "about": (reports.place_role == "subject", "place_role"),
        "disputed": (BY_NAME["disputed"].condition(reports, True), "disputed_by"),
    }
    return reports.group_by(PLACE).aggregate(
        reports=reports.count(),
        first=reports.row.min(),
        **{name: ibis.literal(0) if column in missing else condition.sum().fill_null(0)
           for name, (condition, column) in conditions.items()},
    )  # fmt: skip


def told_by(reports: ir.Table, name: str) -> ir.Table:
    """The question of `told` for a column of `TOLD_BY`: each place, and each value of the column, ``who``, there."""
    return reports.select(*PLACE, who=reports[name]).distinct()


def _placed(known: pd.DataFrame, found: pa.Table) -> pd.DataFrame:
    """What was found for places, with the number of each in ``place``."""
    placed: pd.DataFrame = found.to_pandas().merge(known, on=list(PLACE), how="left", validate="many_to_one")
    return placed


def _pairs(place: Numbers, coded: pa.DictionaryArray) -> tuple[Numbers, Numbers]:
    """The different pairs of a place and a value of a column of dictionary codes, without blanks."""
    codes, blank = coded.indices.to_numpy(), coded.dictionary.index("").as_py()
    size = len(coded.dictionary) or 1
    is_told = codes != blank
    pairs = np.unique(place[is_told] * size + codes[is_told])
    return pairs // size, pairs % size
