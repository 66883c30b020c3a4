"""Counts that the engine makes, one question each: of a large table whose rows never come here.

`counting` asks here or counts masks, by `Dataset.is_large`; the answers are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from pydantic import TypeAdapter

from geodata.count.totals import Totals
from geodata.model import dates
from geodata.model.selection import Selection, select, undated, unmapped
from geodata.model.vocabulary import SOURCE_NOT_NAMED
from geodata.store.answers import remembered
from geodata.store.dataset import INCIDENTS, Dataset

TOTALS = "totals"
"""The name of the totals in `Dataset.kept`."""

_TOTALS = TypeAdapter(Totals)


def base(dataset: Dataset, *names: str) -> Iterator[tuple[str, bytes]]:
    """The totals of all reports and the counts by each of these columns, for `Dataset.kept`."""
    yield TOTALS, _TOTALS.dump_json(totals(dataset, Selection()))
    for name in names:
        counted, sink = by(dataset, Selection(), name), pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, counted.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_table(counted)
        yield _named(name), sink.getvalue().to_pybytes()


def _named(*names: str) -> str:
    return f"by {' '.join(names)}"


def counted_by(reports: ir.Table, name: str) -> ir.Value:
    """A column by which reports are counted: one of theirs, or one of these that they do not have.

    ``is_mapped``: true with coordinates; ``year``: that of every possible day, blank where there is none.
    """
    first, last = reports.first_day, reports.last_day
    if name == "is_mapped":
        return reports.latitude.notnull()
    if name == "year":
        is_known = (first.year() == last.year()) & (first != ibis.literal(dates.OPEN_START))
        return ibis.ifelse(is_known, first.year().cast("int32"), None)
    return reports[name]


@remembered(most=256)
def by(dataset: Dataset, chosen: Selection, *names: str) -> pa.Table:
    """As `counting.by`."""
    if chosen == Selection() and (known := dataset.kept.get(_named(*names))):
        return pa.ipc.open_stream(known).read_all()
    return dataset.fetch(grouped(select(dataset.reports, chosen), *names))


def grouped(reports: ir.Table, *names: str) -> ir.Table:
    """The question of `by`."""
    each = reports.select(**{name: counted_by(reports, name) for name in names})
    return each.group_by(names).aggregate(reports=each.count()).select(*names, "reports")


@remembered(most=64)
def totals(dataset: Dataset, chosen: Selection) -> Totals:
    """As `counting.totals`."""
    if chosen == Selection() and (known := dataset.kept.get(TOTALS)):
        return _TOTALS.validate_json(known)
    incidents = dataset.kept.get(INCIDENTS) if chosen == Selection() else None
    [found] = dataset.fetch(totalled(select(dataset.reports, chosen), with_incidents=not incidents)).to_pylist()
    if incidents:
        found["incidents"] = int(incidents)
    return Totals(
        **found,
        unmapped=_number(dataset, unmapped(dataset.reports, chosen)),
        undated=_number(dataset, undated(dataset.reports, chosen)),
        surely=number(dataset, chosen.having(surely=True)) if chosen.has_window else 0,
    )


def totalled(reports: ir.Table, *, with_incidents: bool = True) -> ir.Table:
    """What `totals` asks of the reports of a selection. To count incidents is half of the work, or more."""
    first, last = ibis.literal(dates.OPEN_START), ibis.literal(dates.OPEN_END)
    starts, ends = reports.first_day.nullif(first), reports.last_day.nullif(last)
    named = reports.source_id.nullif(SOURCE_NOT_NAMED)
    told = {
        "reports": reports.count(),
        "documents": named.nunique(),
        "unnamed": reports.count() - named.count(),
        "first": ibis.least(starts.min(), ends.min()),
        "last": ibis.greatest(starts.max(), ends.max()),
    }
    if with_incidents:
        told["incidents"] = reports.incident_id.nunique()
    return reports.aggregate(**told)


def of_incidents(reports: ir.Table, chosen: Selection) -> ir.Table:
    """All that is told of the incidents of a selection's reports, whether the selection keeps it or not."""
    if chosen == Selection():
        return reports
    return reports.semi_join(select(reports, chosen).select("incident_id").distinct(), "incident_id")


@remembered(most=256)
def number(dataset: Dataset, chosen: Selection) -> int:
    """As `counting.number`."""
    if chosen == Selection() and TOTALS in dataset.kept:
        return totals(dataset, chosen).reports
    return _number(dataset, select(dataset.reports, chosen))


def _number(dataset: Dataset, reports: ir.Table) -> int:
    return int(dataset.fetch(reports.aggregate(n=reports.count()))["n"][0].as_py())
