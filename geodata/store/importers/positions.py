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
    _place(work)
    column = work.mapping.position.cell or work.mapping.position.latitude
    written = work.columns.text(column) if column else "''"
    if work.mapping.position.longitude:
        written = f"concat_ws(', ', {written}, nullif({work.columns.text(work.mapping.position.longitude)}, ''))"
    [[faults]] = work.connection.execute("SELECT count(*) FROM placed WHERE problem <> ''").fetchall()
    if faults:  # else a join of all rows, which takes the more memory the more there are
        work.note_unread(
            column,
            f"SELECT n, {written} AS text, problem AS reason FROM placed JOIN {work.raw} USING (n) WHERE problem <> ''",
        )
    _ask_whether_swapped(work)
    _precision(work)
    _note_radius(work)
    work.connection.execute("DROP TABLE positions")


AT_ONCE = 1_000_000
"""Rows whose texts are here at a time."""


def _place(work: Work) -> None:
    """Makes ``placed``. Plain numbers within their bounds, and no numbers at all, the engine reads itself."""
    where, columns = work.mapping.position, work.columns
    names = (where.latitude, where.longitude) if where.latitude else (where.cell, "")
    if where.latitude and where.swapped:
        names = names[::-1]
    first, second = map(columns.sql, names)
    latitude, longitude = (
        f"CASE WHEN regexp_full_match({name}, '{coordinates.PLAIN}') THEN try_cast({name} AS DOUBLE) END"
        for name in ("first", "second")
    )
    has_place = "abs(latitude) <= 90 AND abs(longitude) <= 180 AND NOT (latitude = 0 AND longitude = 0)"
    is_read = f"coalesce({has_place}, first = '' AND second = '')" if where.latitude else "false"
    work.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE positions AS SELECT n, latitude, longitude, {is_read} AS is_read FROM "
        f"(SELECT *, {latitude} AS latitude, {longitude} AS longitude FROM "
        f"(SELECT n, {first} AS first, {second} AS second FROM {work.raw}))"
    )
    work.connection.execute(
        "CREATE OR REPLACE TEMP TABLE placed AS SELECT n, latitude, longitude, '' AS problem, '' AS note "
        "FROM positions WHERE is_read"
    )
    first, second = map(columns.text, names)
    rest = f"SELECT n, {first} AS first, {second} AS second FROM {work.raw} JOIN positions USING (n) WHERE NOT is_read"
    order = "lat-lon" if where.latitude else _order(work, rest)
    [[lowest, highest]] = work.connection.execute("SELECT min(n), max(n) FROM positions WHERE NOT is_read").fetchall()
    for start in range(lowest, highest + 1, AT_ONCE) if lowest is not None else ():
        cells = work.fetch(f"{rest} AND n BETWEEN {start} AND {start + AT_ONCE - 1} ORDER BY n").combine_chunks()
        with work.lent(_read(cells, order, is_pair=bool(where.latitude))) as lent:
            work.connection.execute(f"INSERT INTO placed SELECT * FROM {lent}")


def _order(work: Work, cells: str) -> str:
    """The order of numbers in cells that hold pairs: as the mapping states, else a guess, which is told."""
    where = work.mapping.position
    stated = (where.order, "as the mapping states") if where.order else None
    texts = work.fetch(f"SELECT first FROM ({cells}) WHERE n % {_each(work)} = 0 ORDER BY n")["first"].combine_chunks()
    found = stated or coordinates.guess_cell_order(texts)
    if found:
        work.notes.append(f"How pairs are read: {coordinates.ORDERS[found[0]]} ({found[1]}).")
    return found[0] if found else "lat-lon"


def _read(cells: pa.Table, order: str, *, is_pair: bool) -> pa.Table:
    """``cells``: ``n``, and texts ``first`` and ``second``, of which a pair is latitude and longitude."""
    first, second = cells["first"].combine_chunks(), cells["second"].combine_chunks()
    read = coordinates.read(first, second) if is_pair else coordinates.read_cells(first, order)
    note = pc.if_else(
        pc.equal(read["note"], ""), "", pc.binary_join_element_wise("Coordinates: ", read["note"], ".", "")
    )
    return pa.table(
        {"n": cells["n"], **{name: read[name] for name in ("latitude", "longitude", "problem")}, "note": note}
    )


def _each(work: Work) -> int:
    """Of how many rows one is looked at where all are judged together."""
    [[rows]] = work.connection.execute("SELECT count(*) FROM positions").fetchall()
    return 1 + int(rows) // AT_ONCE


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
        f"JOIN {work.raw} USING (n) WHERE latitude IS NOT NULL AND n % {_each(work)} = 0"
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
