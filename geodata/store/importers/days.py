"""When: the date of each row of a table of others as EDTF, with its days, and the time of day as written."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.mapping import UNITS
from geodata.model.text import number_of
from geodata.store.importers.columns import literal
from geodata.store.importers.work import Work
from geodata.store.opening import Question
from geodata.store.values import dates

CENTURIES = {"2000": "2000 to 2099", "1900": "1900 to 1999", "1800": "1800 to 1899"}


def add(work: Work) -> None:
    """Makes ``dated``: ``n``, ``date`` (EDTF), ``first_day``, ``last_day``, ``qualified``, ``time`` and ``note``."""
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE written AS {_written(work)}")
    texts = work.fetch("SELECT DISTINCT start AS text FROM written WHERE start <> '' UNION SELECT DISTINCT stop "
                       "FROM written WHERE stop <> '' ORDER BY 1")["text"].combine_chunks()  # fmt: skip
    read = _read(work, texts)
    if pc.any(pc.equal(read["problem"], dates.SHORT_YEAR)).as_py():
        asked = "Some years have two digits. In which century are they?"
        work.questions.append(Question("date.century", asked, CENTURIES))
    work.keep("days", read)
    work.keep("spans", _spans(work))
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE dated AS {_DATED}")
    if work.mapping.date.zone:
        _count_in_zone(work, work.mapping.date.zone)
    work.note_unread(_column(work), _UNREAD)
    _tell(work)
    work.connection.execute("DROP TABLE written; DROP TABLE days; DROP TABLE spans")


def _written(work: Work) -> str:
    """SQL of each row's first day, last day, unit, time and zone, as they are written."""
    given, columns = work.mapping.date, work.columns
    unit = f"{_unit(work)} AS unit"
    if given.has_parts:
        names = ("year", "month", "day", "end_year", "end_month", "end_day")
        cells = ", ".join(f"{columns.sql(getattr(given, name))} AS {name}" for name in names)
        end = dates.from_parts("end_year", "end_month", "end_day") if given.end_year else "''"
        return (
            f"SELECT n, {dates.from_parts('year', 'month', 'day')} AS start, {end} AS stop, unit, time, '' AS zone "
            f"FROM (SELECT n, {cells}, {columns.text(given.time)} AS time, {unit} FROM {work.raw})"
        )
    of_cells = (("first", given.start), ("last", given.end), ("clock", given.time))
    cells = ", ".join(f"{columns.text(name)} AS {key}" for key, name in of_cells)
    ends, stop = (("first", "last"), "last_day") if given.end else (("first",), "''")
    read = dates.with_time(f"SELECT n, {cells}, {unit} FROM {work.raw}", *ends)
    return (
        f"SELECT n, first_day AS start, {stop} AS stop, unit, "
        f"coalesce(nullif(clock, ''), first_time) AS time, first_zone AS zone FROM ({read})"
    )


def _unit(work: Work) -> str:
    """SQL of how exact a row's day is: a key of `UNITS`, or blank."""
    given = work.mapping.date
    if not given.precision or not given.units:
        return "''"
    text = f"lower({work.columns.code(given.precision)})"
    cases = " ".join(f"WHEN {literal(code.lower())} THEN {literal(unit)}" for code, unit in given.units.items())
    return f"CASE {text} {cases} ELSE '' END"


def _column(work: Work) -> str:
    return work.mapping.date.start or work.mapping.date.year or "date"


def _read(work: Work, texts: pa.Array) -> pa.Table:
    """The days of the texts in the order that the mapping states or the column proves; what is open is asked."""
    given = work.mapping.date
    guess = dates.guess(texts)
    if given.order:
        return dates.read(texts, given.order, given.century)
    if guess.is_proved or not guess.others:
        if len(texts):
            order = f"{dates.ORDERS[guess.order]} ({guess.why})"
            work.notes.append(f"Dates: {guess.why if guess.order == 'year-first' else order}.")
        return dates.read(texts, guess.order, given.century)
    orders = (guess.order, *guess.others)
    answers = {order: dates.ORDERS[order] for order in orders}
    work.questions.append(Question("date.order", f"How are the dates written? {guess.why}.", answers))
    return _alike(*(dates.read(texts, order, given.century) for order in orders))


def _alike(first: pa.Table, *others: pa.Table) -> pa.Table:
    """What is read alike in every order; the other texts are unread until a person says how they are written."""
    differs = pa.array([False] * len(first))
    for other in others:
        differs = pc.or_(differs, pc.not_equal(first["date"], other["date"]))
    open_text = pa.scalar("can be read in two ways: say how the dates of this column are written")
    return first.set_column(
        first.column_names.index("problem"), "problem", pc.if_else(differs, open_text, first["problem"])
    )


def _count_in_zone(work: Work, name: str) -> None:
    """Moves days with a time of day into the zone in which the mapping counts them."""
    wanted = dates.zone_of(name)
    if wanted is None:
        work.notes.append(f"“{name}” is no zone (write UTC, +04:00 or Europe/Paris): days are counted as written.")
        return
    timed = work.fetch(
        "SELECT DISTINCT first_day AS day, time FROM dated WHERE first_day = last_day AND contains(time, ' ')"
    )
    rows = []
    for row in timed.to_pylist():
        clock, _, written = row["time"].partition(" ")
        if found := dates.moved(row["day"], clock, written, wanted):
            rows.append(row | {"to_day": found[0], "to_time": f"{found[1]} {name}"})
    if not rows:
        return
    with work.lent(pa.Table.from_pylist(rows)) as lent:
        work.connection.execute(
            "CREATE OR REPLACE TEMP TABLE dated AS SELECT dated.* REPLACE ("
            "coalesce(strftime(to_day, '%Y-%m-%d'), date) AS date, coalesce(to_day, first_day) AS first_day, "
            "coalesce(to_day, last_day) AS last_day, "
            f"coalesce(to_time, dated.time) AS time) FROM dated LEFT JOIN {lent} AS moved "
            "ON moved.day = first_day AND moved.time = dated.time AND first_day = last_day"
        )


def _spans(work: Work) -> pa.Table:
    """The span of each different pair of days, as exact as the row says."""
    keys = work.fetch(
        "SELECT keys.*, coalesce(a.date, '') AS first, coalesce(b.date, '') AS last, coalesce(a.time, '') AS clock, "
        "coalesce(nullif(a.problem, ''), nullif(b.problem, ''), '') AS problem "
        "FROM (SELECT DISTINCT start, stop, unit FROM written WHERE start <> '' OR stop <> '') AS keys "
        "LEFT JOIN days AS a ON a.text = start LEFT JOIN days AS b ON b.text = stop"
    )
    both = dates.between(keys["first"], keys["last"])
    problem = pc.if_else(pc.equal(keys["problem"], ""), both["problem"], keys["problem"])
    exact = dates.coarsened(pc.if_else(pc.equal(problem, ""), both["date"], ""), keys["unit"])
    spans = {"date": exact["span"], **{name: exact[name] for name in ("first_day", "last_day", "qualified")}}
    return pa.table({**{name: keys[name] for name in ("start", "stop", "unit", "clock")}, **spans, "problem": problem})


_DATED = """
SELECT n, coalesce(spans.date, '') AS date, spans.first_day, spans.last_day,
  coalesce(spans.qualified, false) AS qualified,
  trim(concat_ws(' ', coalesce(nullif(written.time, ''), spans.clock), nullif(written.zone, ''),
    CASE WHEN spans.clock <> '' AND regexp_matches(start, '^-?\\d{9,}') THEN 'UTC' END)) AS time,
  CASE WHEN coalesce(spans.problem, '') = '' THEN '' ELSE 'Date as written: ' || concat_ws(' to ', nullif(start, ''),
    nullif(stop, '')) || '.' END AS note
FROM written LEFT JOIN spans USING (start, stop, unit)"""

_UNREAD = """
SELECT n, concat_ws(' to ', nullif(start, ''), nullif(stop, '')) AS text, problem AS reason
FROM written JOIN spans USING (start, stop, unit) WHERE problem <> ''"""


def _tell(work: Work) -> None:
    """How exact days are, and in which zone they are counted."""
    units = work.fetch("SELECT unit, count(*) AS rows FROM written WHERE unit NOT IN ('', 'day') GROUP BY 1 ORDER BY 1")
    for row in units.to_pylist():
        exact = f"{number_of(row['rows'], 'date')} exact to the {row['unit']} only"
        work.notes.append(f"{exact}: each is drawn as {UNITS[row['unit']]}.")
    zones = work.fetch("SELECT DISTINCT zone FROM written WHERE zone <> '' ORDER BY 1")["zone"].to_pylist()
    if work.mapping.date.zone:
        zone = work.mapping.date.zone
        work.notes.append(f"Days with a time and a zone are counted in the zone {zone}, as the mapping states.")
    elif zones:
        several = "each in the zone written beside it" if len(zones) > 1 else f"in the zone {zones[0]}"
        work.notes.append(f"Days are counted as written, {several}; the time of day is kept.")
    elif pc.any(pc.not_equal(work.fetch("SELECT DISTINCT time FROM dated")["time"], "")).as_py():
        work.notes.append("Days are counted as written; the time of day is kept, and no zone is stated.")
