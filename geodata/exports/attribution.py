"""The columns of every export: the report as coded, and the document it cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from geodata.model import dates
from geodata.model.filters import OWN
from geodata.model.records import Report, Source
from geodata.model.selection import Selection, select
from geodata.model.text import number_of
from geodata.store.dataset import Dataset
from geodata.tell import facts, legend, nouns, words

SOURCE_COLUMNS = ("title", "publisher", "author", "published", "side", "reliability", "credibility", "licence")


DAYS = {"first_day": dates.OPEN_START, "last_day": dates.OPEN_END}
"""Columns of the days that a date allows, which stand behind it, and what an open end has in the table's engine."""

_REPORT = tuple(column for name in Report.model_fields for column in (name, *(DAYS if name == "date" else ())))

COLUMNS = (*_REPORT, *(f"source_{name}" for name in SOURCE_COLUMNS), "place_names", "radius_km", "drawn_as")
"""The columns of an attributed record, in order; after them come those that a table of others has of its own."""

OF_TABLES = ("time", "placed_by", "read_from")
"""Columns of an attributed record where there are tables of others, before the own ones of these."""


def columns_of(dataset: Dataset) -> tuple[str, ...]:
    """`COLUMNS`; with tables of others `OF_TABLES` and, as ``own:`` and their names, the other columns of these."""
    own = dict.fromkeys(f"{OWN}{name}" for own in dataset.own.values() for name in own.columns)
    return (*COLUMNS, *(OF_TABLES if dataset.own else ()), *own)


def rows_of(dataset: Dataset, chosen: Selection) -> tuple[pa.Table, int]:
    """The selected reports in the order of ``row``, and how many were left out.

    Left out are rows of documents whose terms forbid passing them on (``may_republish`` is false).
    """
    rows = dataset.fetch(select(republishable(dataset).reports, chosen).order_by("row"))
    return rows, _count(dataset, select(dataset.reports, chosen)) - len(rows)


def withheld(dataset: Dataset, chosen: Selection) -> int:
    """How many of the selected reports no file may hold, see `rows_of`."""
    kept = select(republishable(dataset).reports, chosen)
    return _count(dataset, select(dataset.reports, chosen)) - _count(dataset, kept)


def _count(dataset: Dataset, rows: ir.Table) -> int:
    return int(dataset.fetch(rows.aggregate(n=rows.count()))["n"][0].as_py())


PART = 10_000
"""Rows of a part of a file that is sent as it is written; some 40 megabytes while it is made."""


def parts_of(dataset: Dataset, chosen: Selection) -> Iterator[pa.Table]:
    """The rows of `rows_of` in the same order, `PART` at most at a time, so that a table of any size fits into memory.

    Each part is a question of its own: nothing is held in the engine while a reader is slow to take the last one.
    """
    reports = republishable(dataset).reports
    last = dataset.fetch(reports.aggregate(last=reports.row.max()))["last"][0].as_py()
    for first in range(0, -1 if last is None else last + 1, PART):
        part = reports.filter(reports.row.between(first, first + PART - 1))
        rows = dataset.fetch(select(part, chosen).order_by("row"))
        if len(rows):
            yield rows


def republishable(dataset: Dataset) -> Dataset:
    """The dataset without the reports of documents whose terms forbid passing them on."""
    closed = [key for key, source in dataset.sources.items() if not source.may_republish]
    if not closed:
        return dataset
    return dataset.filtered(dataset.reports.filter(~dataset.reports.source_id.isin(closed)))


def attributed(dataset: Dataset, chosen: Selection) -> list[dict[str, Any]]:
    """The selected reports as `records`."""
    return records(dataset, rows_of(dataset, chosen)[0])


def records(dataset: Dataset, rows: pa.Table) -> list[dict[str, Any]]:
    """Rows as dictionaries of `columns_of`: with the document (``source_*``), the place, the mark and the rest.

    The days are a ``date``, ``None`` where the report is undated or that end of its date is open.
    """
    attributed_rows, listed = [], rows.to_pylist()
    also = dataset.also({row["telling"]: row["origin"] for row in listed})
    own = [name for name in columns_of(dataset) if name.startswith(OWN)]
    for row in listed:
        source, place = dataset.sources[row["source_id"]], dataset.places.get(row["place_id"])
        record = {name: None if row[name] == DAYS.get(name) else row[name] for name in _REPORT}
        record |= {f"source_{name}": getattr(source, name) for name in SOURCE_COLUMNS}
        record |= {"place_names": " | ".join(place.names) if place else "", "radius_km": row["radius_km"]}
        record["drawn_as"] = legend.drawn_as(row, nouns.of_row(dataset, row))
        if dataset.own:
            record |= {"time": row["time"], "placed_by": row["placed_by"]}
            record["read_from"] = facts.where_in_table(dataset, row)
        cells = also.get(row["telling"], {})
        record |= {name: cells.get(name.removeprefix(OWN), "") for name in own}
        attributed_rows.append(record)
    return attributed_rows


def documents(dataset: Dataset, chosen: Selection) -> list[Source]:
    """The documents that the selected reports cite, in the order in which they first do."""
    rows = select(republishable(dataset).reports, chosen)
    first = rows.group_by("source_id").aggregate(first=rows.row.min()).order_by("first")
    return [dataset.sources[key] for key in dataset.fetch(first)["source_id"].to_pylist()]


def cited(dataset: Dataset, rows: pa.Table) -> list[Source]:
    """The documents that rows cite, in the order in which they first do."""
    return [dataset.sources[key] for key in dict.fromkeys(rows["source_id"].to_pylist())]


def withheld_sentence(withheld: int) -> str:
    """How many reports are left out because their documents forbid passing them on; blank where there is none."""
    if not withheld:
        return ""
    are, their, them = ("is", "its", "it") if withheld == 1 else ("are", "their", "them")
    return f"{number_of(withheld, 'report')} {are} left out: the terms of {their} table forbid passing {them} on."


def about(dataset: Dataset, withheld: int) -> str:
    """The description of a data file: what is no evidence, the legend in words, and how many reports are left out."""
    said = (words.no_evidence(dataset), legend.in_words(dataset), withheld_sentence(withheld))
    return " ".join(filter(None, said))
