"""From the parts of an import to the engine's table of reports, in the columns of our own table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from geodata.model.case import Key
from geodata.model.faults import plainly
from geodata.model.kinds import KINDS
from geodata.model.mapping import TEXTS
from geodata.model.text import number_of
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, DEATHS, MOST_COLOURS, PLACE_ROLES
from geodata.store import search_words
from geodata.store.dataset import SCHEMA, quoted
from geodata.store.importers import positions
from geodata.store.importers.columns import literal
from geodata.store.importers.work import Work
from geodata.store.own_columns import OwnCategory
from geodata.store.values import truths

NAME: TypeAdapter[str] = TypeAdapter(Key)
"""What a side or a scope may be called."""

LONGEST_TITLE = 160
"""Characters; a longer title is cut at a word, and all of it goes into the summary."""

TYPES = {pa.int32(): "INTEGER", pa.float64(): "DOUBLE", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}
"""The engine's names of the types of `SCHEMA`."""

AT_ONCE = 1_000_000
"""Rows that are put together at a time: joins of more would not stay in the engine's memory."""

MOST_GROUPS = 10_000_000
"""Numbers that are counted at a time: more groups would not stay in the engine's memory."""

VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "claim_status": CLAIM_STATUSES, "date_basis": DATE_BASES, "place_role": PLACE_ROLES,
}  # fmt: skip
"""Columns whose values are the same in every case; any other value is told as unread."""


SINGLE_TEXTS = ("paragraphs", "disputed_by", "claimant_side", "scope", *VOCABULARIES)
"""Columns of ours whose text is that of one column of the table."""


def add(work: Work, table: str, categories: Sequence[OwnCategory], origin: str, offset: int) -> int:
    """Makes ``table``: the reports, one for each source of a row; ``row`` counts them within this table.

    Returns the number of their incidents.
    """
    texts = {name: (work.columns.joined if joins else work.columns.first)(getattr(work.mapping, name))
             for name, joins in TEXTS.items()}  # fmt: skip
    columns = texts | {
        "n": "n", "incident_id": _ids(work), "event_type": _kind(work),
        "graphic_text": work.columns.sql(work.mapping.graphic),
        **{name: _single(work, name) for name in SINGLE_TEXTS},
        **{quoted(category.column): work.columns.code(category.name) for category in categories},
        "precision_text": work.columns.sql(work.mapping.position.precision),
        "radius_km": positions.radius(work),
    }  # fmt: skip
    selected = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    for name, vocabulary in VOCABULARIES.items():
        _note_strange(work, name, vocabulary)
    _graphic(work)
    parts = _parts(work)
    _order(work, parts)
    own = "".join(f", {quoted(category.column)}" for category in categories)
    folded = search_words.folded(work.connection)
    alike = {} if origin else _alike(work)  # what a case writes over cannot be worked out
    stored = [field.name for field in SCHEMA if field.name not in alike]
    told = ", ".join(f"{folded} AS words" if name == "words" else name for name in stored)
    chosen = f"BY NAME SELECT {told}{own} FROM (SELECT {_selected(origin, offset)}{own} FROM"
    rows = [_joined(f"SELECT {selected} FROM {work.raw}", *part) for part in enumerate(parts, 1)]
    _create(work, table, alike, categories)
    # In the order that is written the wide rows of `named` pass by the others; else DuckDB (2.0) may hold them instead.
    work.connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    work.connection.execute("BEGIN")  # a commit after each part would write its last rows twice
    for some in rows:
        work.connection.execute(f"INSERT INTO {table} {chosen} ({some}))")
    work.connection.execute("COMMIT")
    work.connection.execute("RESET disabled_optimizers")
    return _tell(work, table)


def _alike(work: Work) -> dict[str, str]:
    """Columns of a table by itself that have the same in all rows, or what another column has; and that, as SQL."""
    mapping = work.mapping
    blank = [name for name in ("place", "actor", "target", *SINGLE_TEXTS, "event_type") if not getattr(mapping, name)]
    found = {"place_id": "''", "publisher": "source_id", "origin": "''", **dict.fromkeys(blank, "''")}
    found["place_label"] = found.get("place", "place")
    if not mapping.claimed_by:
        found["claimed_by"] = "source_id"
    if not mapping.graphic:
        found["graphic"] = "false"
    if not mapping.position.radius_km:
        found["radius_km"] = "NULL"
    if not any(getattr(mapping, name) for name in DEATHS):
        found |= dict.fromkeys(DEATHS, "NULL")
    return found


def _create(work: Work, table: str, alike: Mapping[str, str], categories: Sequence[OwnCategory]) -> None:
    """Makes ``table``, empty. Columns of `_alike` are worked out when they are read: to write them takes as long as to
    write others.
    """
    kinds = {field.name: TYPES.get(field.type, "VARCHAR") for field in SCHEMA}
    columns = [
        f"{name} {kind} GENERATED ALWAYS AS (CAST({alike[name]} AS {kind})) VIRTUAL" if name in alike
        else f"{name} {kind}" for name, kind in kinds.items()
    ]  # fmt: skip
    columns += [f"{quoted(category.column)} VARCHAR" for category in categories]
    work.connection.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(columns)})")


def _joined(named: str, part: int, some: str) -> str:
    """The rows of ``named`` with what the steps read of them; ``some``, a condition on ``n``, leaves a part of them."""
    return (
        "SELECT named.*, coalesce(marked.is_true, false) AS graphic, dated.* EXCLUDE (n, note), "
        "placed.latitude, placed.longitude, placed.placed_by, "
        "coalesce(nullif(precise.precision, ''), placed.filled_precision) AS precision, deaths.* EXCLUDE (n), "
        "ordered.source_id, ordered.row, concat_ws(' ', nullif(dated.note, ''), nullif(placed.note, '')) AS flagged "
        f"FROM ({named} WHERE {some}) AS named JOIN ({_ordered(part, some)}) AS ordered USING (n) "
        f"JOIN (FROM dated WHERE {some}) AS dated USING (n) JOIN (FROM placed WHERE {some}) AS placed USING (n) "
        f"LEFT JOIN (FROM deaths WHERE {some}) AS deaths USING (n) LEFT JOIN precise ON precise.text = precision_text "
        "LEFT JOIN marked ON marked.text = graphic_text"
    )


def _graphic(work: Work) -> None:
    """Makes ``marked``, the columns of `truths.read`: which texts of the column mean that a row is graphic."""
    column, text = work.mapping.graphic, work.columns.sql(work.mapping.graphic)
    work.keep("marked", truths.read(work.texts(text), work.mapping.graphic_yes, work.mapping.graphic_no))
    work.note_unread_texts(column, text, "marked")


def _parts(work: Work) -> list[str]:
    """Conditions on ``n``, each of which leaves `AT_ONCE` rows."""
    [[rows]] = work.connection.execute(f"SELECT max(n) FROM {work.raw}").fetchall()
    return [f"n BETWEEN {first} AND {first + AT_ONCE - 1}" for first in range(1, (rows or 0) + 1, AT_ONCE)]


def _order(work: Work, parts: Sequence[str]) -> None:
    """Makes ``begun``: how many reports stand before those of a part that have the same days and time.

    Reports are ordered by first day, undated ones last, then by last day and time. Only these are sorted, each once a
    part: DuckDB (2.0) does not sort a hundred million rows within the memory that it is given.
    """
    columns = "part INTEGER, first_day DATE, last_day DATE, time VARCHAR, reports HUGEINT"
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE counted ({columns})")
    for part, some in enumerate(parts, 1):
        work.connection.execute(
            f"INSERT INTO counted SELECT {part}, first_day, last_day, time, sum(len(sources)) FROM "
            f"(FROM dated WHERE {some}) JOIN (FROM said WHERE {some}) USING (n) GROUP BY first_day, last_day, time"
        )
    work.connection.execute(
        "CREATE OR REPLACE TEMP TABLE begun AS SELECT * EXCLUDE (reports), CAST(sum(reports) OVER (ORDER BY first_day "
        "NULLS LAST, last_day, time, part ROWS UNBOUNDED PRECEDING) - reports AS INTEGER) AS before FROM counted"
    )


def _ordered(part: int, some: str) -> str:
    """SQL of ``n``, ``source_id`` and ``row`` of the reports of a part."""
    return (
        "SELECT n, source_id, CAST(before + row_number() OVER (PARTITION BY before ORDER BY n, place_in_row) - 1 "
        "AS INTEGER) AS row FROM (SELECT n, unnest(sources) AS source_id, "
        f"generate_subscripts(sources, 1) AS place_in_row FROM said WHERE {some}) "
        f"JOIN (SELECT n, first_day, last_day, time FROM dated WHERE {some}) AS days USING (n) "
        f"JOIN begun ON part = {part} AND begun.first_day IS NOT DISTINCT FROM days.first_day "
        "AND begun.last_day IS NOT DISTINCT FROM days.last_day AND begun.time = days.time"
    )


def _single(work: Work, name: str) -> str:
    return work.columns.text(getattr(work.mapping, name))


def _ids(work: Work) -> str:
    """SQL of the incident's name: as written, without the ``.0`` that a program added; else the row's number."""
    text = _single(work, "incident_id")
    if work.mapping.incident_id:
        other = work.connection.execute(  # which ends with the first that it finds
            f"SELECT 1 FROM {work.raw} WHERE {text} <> '' AND NOT regexp_full_match({text}, '\\d+\\.0') LIMIT 1"
        ).fetchall()
        text = text if other else f"regexp_replace({text}, '\\.0$', '')"
    return f"coalesce(nullif({text}, ''), 'row ' || n)"


def _kind(work: Work) -> str:
    """SQL of our kind: that of the first column whose word the mapping or the vocabulary knows; else blank.

    Not by ``CASE … WHEN``, in which DuckDB (2.0) writes the text anew for each word.
    """
    known = {name.lower(): name for name in KINDS} | {word.lower(): kind for word, kind in work.mapping.kinds.items()}
    words = ", ".join(f"{literal(word)}: {literal(kind)}" for word, kind in known.items())
    each = [f"map_extract_value(MAP {{{words}}}, lower({work.columns.text(name)}))" for name in work.mapping.event_type]
    return f"coalesce({', '.join(each)}, '')" if each else "''"


def _note_strange(work: Work, name: str, vocabulary: Mapping[str, str]) -> None:
    text, words = _single(work, name), ", ".join(map(literal, vocabulary))
    if column := getattr(work.mapping, name):
        work.note_unread(
            column,
            f"SELECT n, {text} AS text, 'is none of: {', '.join(vocabulary)}' AS reason FROM {work.raw} "
            f"WHERE {text} NOT IN ('', {words})",
        )


def _selected(origin: str, offset: int) -> str:
    """SQL of the columns of `SCHEMA`."""
    is_long = f"length(title) > {LONGEST_TITLE}"
    columns = {
        "title": f"CASE WHEN title = '' THEN incident_id WHEN {is_long} THEN "
                 f"regexp_replace(title[:{LONGEST_TITLE - 1}], '\\s+\\S*$', '') || '…' ELSE title END",
        "summary": f"CASE WHEN NOT {is_long} OR starts_with(summary, title) THEN summary "
                   "WHEN summary = '' THEN title ELSE title || chr(10) || summary END",
        "claimed_by": "coalesce(nullif(claimed_by, ''), source_id)",
        "note": "concat_ws(' ', nullif(note, ''), nullif(flagged, ''))",
        "place_id": "''", "publisher": "source_id", "place_label": "place",
        "words": "NULL",
        "telling": f"n + {offset}", "origin": literal(origin), "qualified": "qualified",
        **{name: f"CASE WHEN {name} IN ({', '.join(map(literal, words))}) THEN {name} ELSE '' END"
           for name, words in VOCABULARIES.items()},
    }  # fmt: skip
    return ", ".join(
        f"CAST({columns.get(field.name, field.name)} AS {TYPES.get(field.type, 'VARCHAR')}) AS {field.name}"
        for field in SCHEMA
    )


def _tell(work: Work, table: str) -> int:
    """What of rows and incidents a reader should know; returns the number of incidents."""
    told = "incident_id, source_id, claimed_by"
    named = _often(work, "often_named", table, "incident_id")
    several = f"(FROM {table} SEMI JOIN {named} ON hash(incident_id) = told)"
    repeats = (
        f"(SELECT 1 FROM {several} SEMI JOIN {_often(work, 'often_told', several, told)} ON hash({told}) = told "
        f"GROUP BY {told} HAVING count(*) > 1)"
    )
    blank = f"{table} WHERE starts_with(incident_id, 'row ') AND regexp_full_match(incident_id, 'row \\d+')"
    [counted] = work.connection.execute(
        f"SELECT (SELECT count(*) FROM {table}) - count(*) + count(DISTINCT incident_id), "
        f"(SELECT count(*) FROM {repeats}), (SELECT count(*) FROM {blank}) FROM {several}"
    ).fetchall()
    incidents, again, unnamed = map(int, counted)
    if not work.mapping.incident_id:
        work.notes.append("No column names the incidents: each row is one, named by its number in the file.")
    elif unnamed:
        reports = number_of(unnamed, "report")
        work.notes.append(f"{reports} without a name of the incident: the row's number stands for it.")
    if again:
        work.notes.append(f"{number_of(again, 'incident')} of one source in several rows: all of them are kept.")
    return incidents


def _often(work: Work, name: str, rows: str, columns: str) -> str:
    """Makes a table of ``told``: the hashes of what rows have more than once in these columns, each once.

    Hashes in place of texts take half as long to count, and few rows are left for their texts. Returns its name.
    """
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE numbers AS SELECT hash({columns}) AS told FROM {rows}")
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} (told UBIGINT)")
    [[size]] = work.connection.execute("SELECT count(*) FROM numbers").fetchall()
    parts = 1 + size // MOST_GROUPS
    for part in range(parts):
        work.connection.execute(
            f"INSERT INTO {name} SELECT told FROM numbers WHERE told % {parts} = {part} GROUP BY 1 HAVING count(*) > 1"
        )
    work.connection.execute("DROP TABLE numbers")
    return name


def sides(work: Work) -> list[str]:
    """The sides that the table names, the most frequent first.

    More than can be told apart on a map are none, nor are texts that are no names: they are a column of the table's
    own.
    """
    found = _names(work, "claimant_side", "sides")
    if len(found) <= MOST_COLOURS:
        return found
    can = f"{MOST_COLOURS} can be told apart"
    return _left_out(work, "claimant_side", f"names {len(found)} sides; {can}")


def scopes(work: Work) -> list[str]:
    """The scopes that the table names, the most frequent first; texts that are no names are as in `sides`."""
    return _names(work, "scope", "scopes")


def _names(work: Work, field: str, what: str) -> list[str]:
    """The names in a column, the most frequent first; none where one of its texts cannot be a name."""
    found = _values(work, field)
    for value in found:
        try:
            NAME.validate_python(value)
        except ValidationError as error:
            return _left_out(work, field, f"cannot name {what}: {plainly(error.errors()[0])}")
    return found


def _left_out(work: Work, field: str, why: str) -> list[str]:
    """No names, and a note: nothing of ours is read from this column."""
    column = getattr(work.mapping, field)
    work.mapping = work.mapping.model_copy(update={field: ""})
    work.notes.append(f"“{column}” {why}, so it is a column of the table's own.")
    return []


def _values(work: Work, field: str) -> list[str]:
    text = _single(work, field)
    rows = work.connection.execute(
        f"SELECT {text} AS value FROM {work.raw} WHERE value <> '' GROUP BY 1 ORDER BY count(*) DESC, 1"
    ).fetchall()
    return [value for (value,) in rows]
