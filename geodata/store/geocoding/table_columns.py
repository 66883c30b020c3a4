"""The columns of a table's file that tell where: all that geocoding takes from the reading of tables."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from geodata.model.faults import Fault, InvalidData
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.importers import READERS
from geodata.store.importers.foreign import OPTIONAL, ROLES
from geodata.store.load import has_own_columns

NAMES = {
    "place": OPTIONAL["place"],
    "latitude": ROLES["latitude"],
    "longitude": ROLES["longitude"],
    "country": ("country", "country_name", "country_txt"),
    "admin1": ("admin1", "adm_1", "adm1_name", "admin1_name", "provstate", "province"),
    "precision": OPTIONAL["precision"],
}
"""What others call these columns, in any case of letters."""


def is_own_table(path: Path) -> bool:
    """Whether a file is a CSV table of our own columns, or is not there, which its reader tells."""
    return path.suffix.lower() == ".csv" and (not path.is_file() or has_own_columns(path))


def columns_of(path: Path) -> PlaceColumns:
    """The columns of a table of others. Raises `InvalidData` where no column names places, or has coordinates.

    A row whose coordinates are written and cannot be read names no place here: it is not blank.
    """
    if path.suffix.lower() not in READERS:
        raise InvalidData([Fault(path.name, 0, "", f"does not end in one of: {', '.join(READERS)}")])
    try:
        connection = READERS[path.suffix.lower()](path)
    except (duckdb.Error, OSError, ValueError) as error:
        raise InvalidData([Fault(path.name, 0, "", f"cannot be read as a table ({error})")]) from error
    given = {str(name).lower(): str(name) for (name, *_) in connection.execute("DESCRIBE raw").fetchall()}
    found = {role: given[name] for role, names in NAMES.items() for name in reversed(names) if name in given}
    if absent := [role for role in ("place", "latitude", "longitude") if role not in found]:
        raise InvalidData([
            Fault(path.name, 1, role, f"no column tells it; name one of: {', '.join(NAMES[role])}") for role in absent
        ])  # fmt: skip
    texts = ", ".join(f"{_text(name)} AS {role}" for role, name in found.items())
    numbers = "TRY_CAST(nullif(latitude, '') AS DOUBLE) AS y, TRY_CAST(nullif(longitude, '') AS DOUBLE) AS x"
    is_unread = "(latitude <> '' AND y IS NULL) OR (longitude <> '' AND x IS NULL)"
    table: pa.Table = connection.sql(
        f"SELECT * REPLACE (CASE WHEN {is_unread} THEN '' ELSE place END AS place, "
        "CASE WHEN x <> 0 OR y <> 0 THEN y END AS latitude, CASE WHEN x <> 0 OR y <> 0 THEN x END AS longitude) "
        f"FROM (SELECT *, {numbers} FROM (SELECT n, {texts} FROM raw)) ORDER BY n"
    ).to_arrow_table()
    connection.close()
    return PlaceColumns(**{role: table[role] for role in found})


def _text(column: str) -> str:
    quoted = column.replace('"', '""')
    return f"coalesce(trim(cast(\"{quoted}\" AS VARCHAR)), '')"
