"""How many: the deaths that each row of a table of others states."""

from __future__ import annotations

import pyarrow.compute as pc

from geodata.model.text import number_of
from geodata.model.vocabulary import DEATHS
from geodata.store.importers.work import Work
from geodata.store.values import numbers


def add(work: Work) -> None:
    """Makes ``deaths``: ``n`` and the three numbers, of the rows that state one. A cell such as "4-6" fills low and
    high where it stands alone.
    """
    read = []
    for field in DEATHS:
        column = getattr(work.mapping, field)
        text = work.columns.sql(column)
        cells = f"{field}_cells"
        work.keep(cells, numbers.read_deaths(work.texts(text)))
        _tell_not_known(work, column, cells)
        work.note_unread_texts(column, text, cells)
        read.append(f"LEFT JOIN {cells} AS {field} ON {field}.text = texts.{field}")
    texts = ", ".join(f"{work.columns.sql(getattr(work.mapping, field))} AS {field}" for field in DEATHS)
    low, best, high = DEATHS
    stated = (
        f"SELECT n, coalesce({low}.best, {low}.low, {best}.low, {high}.low) AS {low}, {best}.best AS {best}, "
        f"coalesce({high}.best, {high}.high, {best}.high, {low}.high) AS {high} "
        f"FROM (SELECT n, {texts} FROM {work.raw}) AS texts {' '.join(read)}"
    )
    work.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE deaths AS FROM ({stated}) WHERE coalesce({low}, {best}, {high}) IS NOT NULL"
    )


def _tell_not_known(work: Work, column: str, cells: str) -> None:
    """How many cells say that the number is not known, as -99 does."""
    text = work.columns.sql(column)
    words = work.fetch(
        f"SELECT text, count(*) AS rows FROM (SELECT {text} AS text FROM {work.raw}) JOIN {cells} USING (text) "
        "WHERE is_not_known GROUP BY 1 ORDER BY 1"
    )
    if len(words):
        said = ", ".join(words["text"].to_pylist()[:3])
        number = number_of(pc.sum(words["rows"]).as_py(), "cell")
        work.notes.append(f"{number} of “{column}” with no known number ({said}): blank here.")
