"""Any table with an id, a date, latitude and longitude and a source, up to millions of rows, read by DuckDB.

No row is read in Python. A table with faults is refused with one message for each kind of fault: the first rows that
have it, and how many more there are.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import duckdb
import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.model import dates
from geodata.model.faults import Fault, InvalidData
from geodata.model.kinds import KINDS
from geodata.model.records import Source
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, PLACE_ROLES, PRECISIONS
from geodata.store.dataset import SCHEMA, Dataset, reports_in
from geodata.store.load import case_of_values

ROLES: Mapping[str, tuple[str, ...]] = {
    "incident_id": ("incident_id", "id", "event_id", "event_id_cnty", "globaleventid"),
    "date": ("date", "event_date", "date_start", "sqldate"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "source_id": ("source", "source_id", "source_article", "source_original", "source_office", "publisher"),
}
"""Columns that a table must have, and the names that others give them (ours, ACLED's, UCDP GED's, GDELT's)."""

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "source_headline", "notes", "where_description"),
    "summary": ("summary", "notes", "source_headline"),
    "place": ("place", "location", "where_coordinates", "city"),
    "actor": ("actor", "actor1", "side_a"),
    "target": ("target", "actor2", "side_b"),
    "claimed_by": ("claimed_by", "source_original"),
    "deaths_low": ("deaths_low", "low"),
    "deaths_best": ("deaths_best", "best", "fatalities"),
    "deaths_high": ("deaths_high", "high"),
    **{name: (name,) for name in ("paragraphs", "event_type", "date_basis", "place_role", "precision", "claimant_side",
                                  "claim_status", "disputed_by", "graphic", "scope", "note")},
}  # fmt: skip
"""Columns that a table may have. One that it lacks is blank, and the screen names it."""

VOCABULARIES: Mapping[str, Iterable[str]] = {
    "event_type": KINDS, "claim_status": CLAIM_STATUSES, "precision": PRECISIONS, "date_basis": DATE_BASES,
    "place_role": PLACE_ROLES,
}  # fmt: skip
"""Columns whose values are the same in every case. Sides and scopes are those of the table."""

MEMORY = "600MB"
"""Memory that DuckDB may use for an imported table."""

WORDS = "title, summary, place, actor, target, claimed_by, note, incident_id"
"""Columns that search reads."""

FOLDED = (
    "trim(regexp_replace(translate(strip_accents(lower(regexp_replace({}, '[''’‘ʼʻ`´]', '', 'g'))), 'əığё', 'eigе'), "
    "'[^\\p{{L}}\\p{{N}}_]+', ' ', 'g'))"
)
"""`geodata.model.text.fold` in DuckDB's SQL."""

MOST_FAULTS = 3
"""How many rows are named for each kind of fault; the others are counted."""

GED_PRECISION = {1: "exact", 2: "settlement", 3: "district", 4: "province", 5: "region", 6: "country", 7: "region"}
"""UCDP GED's ``where_prec`` (codebook 23.1): 2 is within 25 km of a point, 5 a line or fuzzy area, 7 open water."""


def _connect() -> duckdb.DuckDBPyConnection:
    """A database in a temporary file: a table larger than `MEMORY` stays on disk. The file goes with the connection."""
    folder = tempfile.mkdtemp(prefix="attest-")
    connection = duckdb.connect(str(Path(folder, "table.duckdb")))
    weakref.finalize(connection, shutil.rmtree, folder, ignore_errors=True)
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    return connection


def read_csv(path: Path) -> duckdb.DuckDBPyConnection:
    """Every column as text, so that nothing is guessed before it is checked."""
    connection = _connect()
    connection.execute(
        "CREATE TABLE raw AS SELECT row_number() OVER () AS n, * FROM read_csv(?, all_varchar = true, header = true)",
        [str(path)],
    )
    return connection


def read_parquet(path: Path) -> duckdb.DuckDBPyConnection:
    """Parquet, and GeoParquet with points: their x and y become ``longitude`` and ``latitude`` (WGS 84)."""
    connection = _connect()
    if b"geo" in (pq.read_schema(path).metadata or {}):
        frame = gpd.read_parquet(path).to_crs("EPSG:4326")
        points = frame.geometry
        table = pa.table({**{name: pa.array(frame[name]) for name in frame.columns if name != points.name},
                          "longitude": points.x.to_numpy(), "latitude": points.y.to_numpy()})  # fmt: skip
        connection.register("points", table)
        connection.execute("CREATE TABLE raw AS SELECT row_number() OVER () AS n, * FROM points")
    else:
        connection.execute("CREATE TABLE raw AS SELECT row_number() OVER () AS n, * FROM read_parquet(?)", [str(path)])
    return connection


def dataset(path: Path, reader: Callable[[Path], duckdb.DuckDBPyConnection]) -> Dataset:
    """The dataset of a foreign table; ``missing`` names the columns it lacks. Raises `InvalidData`."""
    try:
        connection = reader(path)
    except (duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
        first_line = str(error).strip().splitlines()[0][:200]
        raise InvalidData([Fault(path.name, 0, "", f"cannot be read as a table ({first_line})")]) from error
    columns = [str(name) for (name, *_) in connection.execute("DESCRIBE raw").fetchall()][1:]
    found = {role: _named(columns, names) for role, names in {**ROLES, **OPTIONAL}.items()}
    if absent := [role for role in ROLES if found[role] is None]:
        raise InvalidData([
            Fault(path.name, 1, ROLES[role][0], f"no column tells it; name one of: {', '.join(ROLES[role])}")
            for role in absent
        ])  # fmt: skip
    _prepare(connection, found, columns)
    if faults := list(_faults(path.name, connection)):
        raise InvalidData(faults)
    missing = tuple(
        role for role in OPTIONAL if found[role] is None and not (role == "precision" and "where_prec" in columns)
    )
    case = case_of_values(path, _values(connection, "claimant_side"), _values(connection, "scope"))
    sources = _finish(connection, _terms(columns))
    return Dataset(reports_in(connection), sources, {}, case, missing)


def _values(connection: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    """The values of a column, the most frequent first, without blanks."""
    rows = connection.execute(
        f"SELECT {column} FROM named WHERE {column} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1"
    ).fetchall()
    return [value for (value,) in rows]


def _named(columns: list[str], names: tuple[str, ...]) -> str | None:
    lower = {column.lower(): column for column in reversed(columns)}
    return next((lower[name] for name in names if name in lower), None)


def _text(column: str | None) -> str:
    return f"coalesce(trim(cast({_quoted(column)} AS VARCHAR)), '')" if column else "''"


def _quoted(column: str | None) -> str:
    return '"' + str(column).replace('"', '""') + '"'


def _prepare(connection: duckdb.DuckDBPyConnection, found: Mapping[str, str | None], columns: list[str]) -> None:
    """Makes the table ``named``, the columns under our names, still unchecked, and ``spans``, the days of each date."""
    number = {role: f"try_cast({_quoted(found[role])} AS DOUBLE)" if found[role] else "NULL"
              for role in ("latitude", "longitude", "deaths_low", "deaths_best", "deaths_high")}  # fmt: skip
    date = f"regexp_replace({_text(found['date'])}, ' 00:00:00(\\.0+)?$', '')"
    if end := _named(columns, ("date_end",)):
        last = f"regexp_replace({_text(end)}, ' 00:00:00(\\.0+)?$', '')"
        date = f"CASE WHEN {last} IN ('', {date}) THEN {date} ELSE {date} || '/' || {last} END"
    precision = _text(found["precision"])
    if found["precision"] is None and (where := _named(columns, ("where_prec",))):
        cases = " ".join(f"WHEN {number} THEN '{word}'" for number, word in GED_PRECISION.items())
        precision = f"CASE try_cast({_quoted(where)} AS DOUBLE) {cases} ELSE '' END"
    texts = {role: _text(found[role]) for role in (*ROLES, *OPTIONAL)
             if role not in {*number, "date", "precision", "graphic"}}  # fmt: skip
    graphic = f"coalesce(lower({_text(found['graphic'])}) = 'true', false)" if found["graphic"] else "false"
    raw = {role: f"{_text(found[role])} AS raw_{role}" for role in ("latitude", "longitude")}
    selected = ", ".join([
        *(f"{sql} AS {role}" for role, sql in texts.items()), *(f"{sql} AS {role}" for role, sql in number.items()),
        f"{date} AS date", f"{precision} AS precision", f"{graphic} AS graphic", *raw.values(),
    ])  # fmt: skip
    connection.execute(f"CREATE TABLE named AS SELECT n, {selected} FROM raw")
    connection.execute("DROP TABLE raw")
    # A plain day needs no library; any other date is parsed once for each different text.
    connection.execute("CREATE TABLE spans AS SELECT date, try_cast(date AS DATE) AS first_day, try_cast(date AS DATE) "
                       "AS last_day, false AS qualified FROM (SELECT DISTINCT date FROM named) "
                       r"WHERE regexp_full_match(date, '\d{4}-\d\d-\d\d')")  # fmt: skip
    others = connection.execute("SELECT DISTINCT date FROM named WHERE date <> '' AND date NOT IN "
                                "(SELECT date FROM spans WHERE first_day IS NOT NULL)").fetchall()  # fmt: skip
    read: list[tuple[str, dates.Span]] = []
    for (text,) in others:
        try:
            read.append((text, dates.parse(text)))
        except ValueError:
            continue  # `_faults` reports it with its row
    spans = pa.table(
        {
            "date": pa.array([text for text, _ in read], pa.string()),
            "first_day": pa.array([span.first for _, span in read], pa.date32()),
            "last_day": pa.array([span.last for _, span in read], pa.date32()),
            "qualified": pa.array([span.qualified for _, span in read], pa.bool_()),
        }
    )
    connection.register("read", spans)
    connection.execute("INSERT INTO spans SELECT * FROM read")
    connection.unregister("read")


def _faults(name: str, connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """One fault for each kind, with the rows that have it. Row 1 is the first below the header."""
    if connection.execute("SELECT count(*) FROM named").fetchall() == [(0,)]:
        yield Fault(name, 0, "", "has no rows")
        return
    not_number = "raw_{0} <> '' AND ({0} IS NULL OR isnan({0}))"
    kinds: list[tuple[str, str, str, str]] = [
        ("id", "incident_id = ''", "incident_id", "is blank"),
        ("source", "source_id = ''", "source_id", "is blank: every report needs one who says so"),
        ("latitude", not_number.format("latitude"), "raw_latitude", "is not a number of degrees"),
        ("longitude", not_number.format("longitude"), "raw_longitude", "is not a number of degrees"),
        ("latitude", "abs(latitude) > 90 AND abs(latitude) <= 180 AND abs(longitude) <= 90", "raw_latitude",
         "is more than 90 degrees: are latitude and longitude swapped?"),
        ("latitude", "abs(latitude) > 90 AND NOT (abs(latitude) <= 180 AND abs(longitude) <= 90)", "raw_latitude",
         "is outside -90 to 90 degrees"),
        ("longitude", "abs(longitude) > 180", "raw_longitude", "is outside -180 to 180 degrees"),
        ("latitude", "latitude = 0 AND longitude = 0", "raw_latitude",
         "with longitude 0 is no place of an incident: leave both blank"),
        ("latitude", "(latitude IS NULL) <> (longitude IS NULL) AND '' IN (raw_latitude, raw_longitude)",
         "raw_latitude",
         "is half a coordinate: fill both latitude and longitude or neither"),
    ]  # fmt: skip
    for column, condition, quoted, message in kinds:
        yield from _fault(name, connection, column, f"SELECT n, {quoted} FROM named WHERE {condition}", message)
    for column, vocabulary in VOCABULARIES.items():
        known = ", ".join(f"'{word}'" for word in vocabulary)
        query = f"SELECT n, {column} FROM named WHERE {column} NOT IN ('', {known})"
        yield from _fault(
            name, connection, column, query, f"is not in the vocabulary (one of: {', '.join(vocabulary)})"
        )
    yield from _fault(
        name, connection, "date", "SELECT n, date FROM named ANTI JOIN spans USING (date) WHERE date <> ''", None
    )
    repeated = (
        "SELECT n, incident_id FROM (SELECT n, incident_id, row_number() OVER "
        "(PARTITION BY incident_id, source_id, claimed_by ORDER BY n) AS nth FROM named) WHERE nth > 1"
    )
    yield from _fault(name, connection, "id", repeated, "stands in an earlier row with the same source")


def _fault(
    name: str, connection: duckdb.DuckDBPyConnection, column: str, query: str, message: str | None
) -> Iterator[Fault]:
    rows = connection.execute(f"SELECT *, count(*) OVER () FROM ({query}) ORDER BY n LIMIT {MOST_FAULTS}").fetchall()
    if not rows:
        return
    number, text, total = rows[0]
    reason = message or _date_reason(text)
    where = f"row {number}" if total == 1 else f"rows {', '.join(str(row[0]) for row in rows)}" + (
        f" and {total - len(rows):,} more" if total > len(rows) else "")  # fmt: skip
    yield Fault(name, 0, column, f"{where}: '{str(text)[:60]}' {reason}")


def _date_reason(text: str) -> str:
    try:
        dates.parse(text)
    except ValueError as error:
        return str(error)
    return "is not an EDTF date"


def _terms(columns: list[str]) -> tuple[str, bool]:
    """The licence of a well-known export, by a column only it has, and whether its rows may be passed on."""
    if "event_id_cnty" in columns:
        return "ACLED terms of use: rows may not be passed on", False
    if "where_prec" in columns and "relid" in columns:
        return "UCDP GED, CC BY 4.0", True
    return "the table's own terms", True


def _finish(connection: duckdb.DuckDBPyConnection, terms: tuple[str, bool]) -> dict[str, Source]:
    """``reports`` in the columns of our own table, sorted by first day; returns the documents, the most cited first."""
    columns = {field.name: f"named.{field.name}" for field in SCHEMA if field.name in {*ROLES, *OPTIONAL}}
    columns |= {name: f"cast(round({name}) AS INTEGER)" for name in ("deaths_low", "deaths_best", "deaths_high")}
    columns |= {
        "place_id": "''", "publisher": "source_id", "place_label": "place", "radius_km": "NULL::DOUBLE",
        "title": "CASE WHEN title = '' THEN incident_id ELSE title[:160] END",
        "row": "cast(row_number() OVER (ORDER BY first_day NULLS LAST, last_day, n) - 1 AS INTEGER)",
        "first_day": "first_day", "last_day": "last_day", "qualified": "coalesce(qualified, false)",
        "claimed_by": "CASE WHEN claimed_by = '' THEN source_id ELSE claimed_by END",
        "words": FOLDED.format(f"concat_ws(' ', {WORDS})"),
    }  # fmt: skip
    selected = ", ".join(f"{columns[field.name]} AS {_quoted(field.name)}" for field in SCHEMA)
    rows = "named LEFT JOIN spans USING (date)"
    connection.execute(f"CREATE TABLE reports AS SELECT {selected} FROM {rows} ORDER BY row")
    connection.execute("DROP TABLE named")
    cited = connection.execute("SELECT source_id, count(*) AS n FROM reports GROUP BY 1 ORDER BY n DESC, 1").fetchall()
    licence, may_republish = terms
    return {key: Source.unrated(key, "imported table", licence, may_republish=may_republish) for key, _ in cited}
