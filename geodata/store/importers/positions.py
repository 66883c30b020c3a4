"""Where: the coordinates of each row of a table of others, and how exactly they are known."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.cells import MOST_RADIUS
from geodata.store.importers.work import Work
from geodata.store.opening import Question
from geodata.store.values import coordinates, precision
from geodata.store.values.blanks import cleared_sql, whole


def add(work: Work) -> None:
    """Makes ``placed`` (``n`` and the columns of `coordinates.read`) and ``precise`` (those of `precision.read`)."""
    placed = _read(work)
    work.keep("placed", placed)
    column = work.mapping.position.cell or work.mapping.position.latitude
    written = work.columns.text(column) if column else "''"
    if work.mapping.position.longitude:
        written = f"concat_ws(', ', {written}, nullif({work.columns.text(work.mapping.position.longitude)}, ''))"
    work.note_unread(
        column,
        f"SELECT n, {written} AS text, problem AS reason FROM placed JOIN {work.raw} USING (n) WHERE problem <> ''",
    )
    _ask_whether_swapped(work)
    _precision(work)
    _note_radius(work)


def _read(work: Work) -> pa.Table:
    where, columns = work.mapping.position, work.columns
    names = (where.latitude, where.longitude) if where.latitude else (where.cell, "")
    cells = work.fetch(
        f"SELECT n, {columns.text(names[0])} AS first, {columns.text(names[1])} AS second FROM {work.raw} ORDER BY n"
    ).combine_chunks()
    first, second = cells["first"].combine_chunks(), cells["second"].combine_chunks()
    if where.cell and not where.latitude:
        stated = (where.order, "as the mapping states") if where.order else None
        if found := stated or coordinates.guess_cell_order(first):
            work.notes.append(f"How pairs are read: {coordinates.ORDERS[found[0]]} ({found[1]}).")
        read = coordinates.read_cells(first, found[0] if found else "lat-lon")
    else:
        read = coordinates.read(second, first) if where.swapped else coordinates.read(first, second)
    note = pc.if_else(
        pc.equal(read["note"], ""), "", pc.binary_join_element_wise("Coordinates: ", read["note"], ".", "")
    )
    return pa.table(
        {"n": cells["n"], **{name: read[name] for name in ("latitude", "longitude", "problem")}, "note": note}
    )


def _ask_whether_swapped(work: Work) -> None:
    """Asks where the places lie in the countries that the table names once the numbers are exchanged."""
    where = work.mapping.position
    if not where.country:
        return
    if where.latitude and where.longitude:
        field, answers = "position.swapped", None if where.swapped is not None else ("true", "false")
    else:
        guess = coordinates.guess_cell_order(work.texts(work.columns.text(where.cell)))
        other = "lon-lat" if guess and guess[0] == "lat-lon" else "lat-lon"
        field, answers = "position.order", (other, guess[0]) if guess and not where.order else None
    if answers is None:
        return
    rows = work.fetch(
        f"SELECT latitude, longitude, {work.columns.text(where.country)} AS country FROM placed "
        f"JOIN {work.raw} USING (n) WHERE latitude IS NOT NULL"
    ).combine_chunks()
    shares = coordinates.are_swapped(*(whole(rows[name]) for name in ("latitude", "longitude", "country")))
    if shares.is_likely:
        work.questions.append(Question(
            field,
            f"{shares.swapped:.0%} of the places lie in the country that the table names once latitude and longitude "
            f"are exchanged, {shares.as_written:.0%} as they are read. Exchange them?",
            dict(zip(answers, ("exchange them", "leave them as they are read"), strict=True)),
        ))  # fmt: skip


def _precision(work: Work) -> None:
    where = work.mapping.position
    column = work.columns.sql(where.precision)
    work.keep("precise", precision.read(work.texts(column), where.units))
    work.note_unread_texts(where.precision, column, "precise")


def radius(work: Work) -> str:
    """SQL of the radius in kilometres; NULL where there is none, or none that our own table could hold."""
    number = f"try_cast({work.columns.sql(work.mapping.position.radius_km)} AS DOUBLE)"
    return f"CASE WHEN {number} > 0 AND {number} <= {MOST_RADIUS} THEN {number} END"  # NaN is above all numbers


def _note_radius(work: Work) -> None:
    column = work.mapping.position.radius_km
    text = cleared_sql(work.columns.sql(column))
    is_read = f"try_cast(text AS DOUBLE) BETWEEN 0 AND {MOST_RADIUS}"  # 0 says that there is none
    work.note_unread(
        column,
        f"SELECT n, text, 'is no radius; write kilometres, above 0 and up to {MOST_RADIUS:,}' AS reason "
        f"FROM (SELECT n, {text} AS text FROM {work.raw}) WHERE text <> '' AND NOT coalesce({is_read}, false)",
    )


def extent_note(work: Work, table: str) -> None:
    """Says where the reports lie, so that a reader sees whether the columns were read right."""
    west, south, east, north = work.connection.execute(
        f"SELECT min(longitude), min(latitude), max(longitude), max(latitude) FROM {table}"
    ).fetchall()[0]
    if west is not None:
        work.notes.append(
            f"Places lie between {_degrees(south, 'N', 'S')} and {_degrees(north, 'N', 'S')}, "
            f"{_degrees(west, 'E', 'W')} and {_degrees(east, 'E', 'W')}."
        )


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.4g}° {positive if value >= 0 else negative}"
