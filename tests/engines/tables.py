"""The tables that every engine is asked about, and how they are brought there."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from benchmarks import made_up
from geodata.model.filters import OWN
from geodata.model.records import Source
from geodata.store import case_file
from geodata.store.dataset import REPORTS, Dataset, keep, reports_in

ODD = (
    "it's", '"quoted"', "`ticks`", "back\\slash", "\\'; DROP TABLE reports; --", "'; DROP TABLE reports; --", "\\n",
    "\\", "line\nfeed", "tab\t", "100%", "%s", "a_b", "a=b", "?", ":name", "$1", "{}", "NULL", " between blanks ",
    "\x1f", "\ue000", "Ağdam, Şuşa", "Շուշի, Արցախ", "Шуша, ёлка", "شوشا، قره‌باغ", "Straße O’Neil", "🏔", "#", "/*",
    "--", "%(x)s",
)  # fmt: skip
"""Texts that a language of engines may take for something else, and texts in four scripts."""

DAYS = (
    "", "1904-05~", "1915", "../1916-03", "1582-10-10", "0001-01-01", "9999-12-31", "2020-10/..", "2020-09-27/2020-11?",
    "2016-04-01/2016-04-05", "2020-02-29", "2023%",
)  # fmt: skip
"""Dates that are no single day of these years; blank is none."""

SEED = 17


def made_up_reports(rows: int) -> pa.Table:
    """An invented table with all columns that filters read: spans, blanks, odd texts. The same at each call."""
    told, dice = made_up.table(rows, SEED), np.random.default_rng(SEED)

    def drawn(values: Sequence[object], blanks: float = 0) -> pa.Array:
        """One of these values in each row, the first ones more often; a share of the rows, ``blanks``, has none."""
        shares = 1 / np.arange(1, len(values) + 1)
        column = pa.array(values).take(pa.array(dice.choice(len(values), rows, p=shares / shares.sum())))
        return pc.if_else(dice.random(rows) < blanks, pa.scalar(None, column.type), column)

    texts = ("", *ODD)
    is_blank = dice.random(rows) < 0.1
    given = {
        "incident_id": pc.if_else(dice.random(rows) < 0.01, drawn(ODD), told["id"]),
        "source_id": drawn(ODD),
        "event_type": told["event_type"],
        "date": pc.if_else(dice.random(rows) < 0.1, drawn(DAYS), told["date"]),
        "place_id": drawn(texts[::-1]),
        "latitude": pc.if_else(is_blank, pa.scalar(None, pa.float64()), told["latitude"]),
        "longitude": pc.if_else(is_blank, pa.scalar(None, pa.float64()), told["longitude"]),
        "claimant_side": told["claimant_side"],
        "claim_status": told["claim_status"],
        "disputed_by": pc.if_else(dice.random(rows) < 0.9, "", drawn(texts)),
        "deaths_low": drawn(range(40), 0.5).cast(pa.int32()),
        "deaths_best": drawn(range(60), 0.5).cast(pa.int32()),
        "deaths_high": drawn(range(90), 0.5).cast(pa.int32()),
        "graphic": pa.array(dice.random(rows) < 0.05),
        "scope": drawn(("core", "context", "")),
        **{name: drawn(texts) for name in ("title", "place", "actor", "target", "claimed_by", "note")},
    }
    blank = drawn(("",))
    reports = pa.table([given.get(name, blank) for name in REPORTS.names], schema=REPORTS)
    sources = {text: Source.unrated(text, "made up") for text in ODD}
    dataset = Dataset.of(reports, sources, {}, case_file.read(case_file.shipped_case()))
    finished = dataset.fetch(dataset.reports.order_by("row"))
    finished = finished.set_column(finished.column_names.index("origin"), "origin", drawn(texts))
    return finished.append_column(f"{OWN}colour", drawn(texts)).append_column(f'{OWN}it\'s "odd"', drawn(texts, 0.2))


def in_duckdb(reports: pa.Table) -> ibis.Table:
    """The table in a DuckDB of its own, as a `Dataset` has it: what every other engine is compared with."""
    connection = duckdb.connect()
    keep(connection, "reports", reports)
    return reports_in(connection)


def in_postgres(engine: ibis.BaseBackend, name: str, reports: pa.Table) -> ibis.Table:
    """The table in PostgreSQL, copied there as CSV, in which a blank text is quoted and an absent value is not."""
    engine.create_table(name, schema=ibis.Schema.from_pyarrow(reports.schema))
    cells = io.BytesIO()
    pyarrow.csv.write_csv(reports, cells, pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid"))
    with engine.con.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
        copy.write(cells.getvalue())
    engine.con.commit()
    return engine.table(name)


def in_spark(engine: ibis.BaseBackend, name: str, reports: pa.Table, folder: Path) -> ibis.Table:
    """The table as a view of Spark on a Parquet file in ``folder``, kept in its memory."""
    path = folder / f"{name}.parquet"
    pyarrow.parquet.write_table(reports, path)
    view = engine._session.read.parquet(str(path)).cache()
    view.createOrReplaceTempView(name)
    return engine.table(name)
