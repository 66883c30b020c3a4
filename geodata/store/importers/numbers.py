"""How many: the deaths that each row of a table of others states."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.text import number_of
from geodata.store.importers.work import Work
from geodata.store.values import numbers

FIELDS = ("deaths_low", "deaths_best", "deaths_high")


def add(work: Work) -> None:
    """Makes ``deaths``: ``n`` and the three numbers. A cell such as "4-6" fills low and high where it stands alone."""
    read = []
    for field in FIELDS:
        column = getattr(work.mapping, field)
        text = work.columns.sql(column)
        cells = numbers.read_deaths(work.texts(text))
        work.keep(f"{field}_cells", cells)
        _tell_not_known(work, column, cells)
        read.append(f"LEFT JOIN {field}_cells AS {field} ON {field}.text = texts.{field}")
        with work.lent(cells.filter(pc.not_equal(cells["problem"], ""))) as lent:
            work.note_unread(
                column,
                f"SELECT n, text, problem AS reason FROM (SELECT n, {text} AS text FROM {work.raw}) "
                f"JOIN {lent} USING (text)",
            )
    texts = ", ".join(f"{work.columns.sql(getattr(work.mapping, field))} AS {field}" for field in FIELDS)
    low, best, high = FIELDS
    work.connection.execute(
        "CREATE OR REPLACE TABLE deaths AS SELECT n, "
        f"coalesce({low}.best, {low}.low, {best}.low) AS {low}, {best}.best AS {best}, "
        f"coalesce({high}.best, {high}.high, {best}.high) AS {high} "
        f"FROM (SELECT n, {texts} FROM {work.raw}) AS texts {' '.join(read)}"
    )


def _tell_not_known(work: Work, column: str, cells: pa.Table) -> None:
    """How many cells say that the number is not known, as -99 does."""
    words = cells.filter(cells["is_not_known"])["text"]
    if len(words):
        with work.lent(pa.table({"text": words})) as lent:
            text = work.columns.sql(column)
            (number,) = work.connection.execute(
                f"SELECT count(*) FROM (SELECT {text} AS text FROM {work.raw}) JOIN {lent} USING (text)"
            ).fetchall()[0]
        said = ", ".join(map(str, words.slice(0, 3).to_pylist()))
        work.notes.append(f"{number_of(number, 'cell')} of “{column}” with no known number ({said}): blank here.")
