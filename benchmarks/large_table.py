"""A made-up table of ten or a hundred million rows, for measuring only. EVERY ROW IS INVENTED.

20,000 towns in 300 countries: the town of rank n has 1/n as many reports as the largest; 37 years, busier towards their
end. Made once, by DuckDB, row by row into a Parquet file that is kept in the user's folder for caches, for it takes
minutes. The same rows always come out, for every value is a hash of the row's number.

    python -m benchmarks.large_table --rows 10000000     (the kept file, made where it is not there)
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
from platformdirs import user_cache_path

from benchmarks.made_up import INTERVALS, MONTHS, SOURCES, YEARS
from geodata.model.kinds import KINDS
from geodata.model.vocabulary import CLAIM_STATUSES
from geodata.store import case_file

FOLDER = "ATTEST_BENCH"
"""Environment variable: another folder for the kept tables."""

FORM = 1
"""Stands in the files' names: raise it with any change of what is made."""

TOWNS, COUNTRIES = 20_000, 300
FIRST_YEAR, SPAN_OF_YEARS = 1989, 37
BLANK_DATES, BLANK_PLACES, TOLD_TWICE = 0.01, 0.02, 0.2

MEMORY = "2GB"
"""That DuckDB may take while it writes."""

BYTES_A_ROW = 60
"""Of disk, a little more than a row takes in the two files."""

IMPORTED_BYTES_A_ROW = 600
"""Of disk, that an import takes at its highest: the table as read, as told, and the file that is kept."""

MEMORY_A_ROW = 45
"""Of memory: as much as the bar for a hundred million rows allows the server."""


class TooSmallError(Exception):
    """A table for which the machine has no room; the text says how much is missing."""


def folder() -> Path:
    """Where the tables are kept."""
    given = os.environ.get(FOLDER)
    return Path(given) if given else user_cache_path("attest", appauthor=False) / "benchmarks"


def check_room(rows: int, *, is_made: bool) -> None:
    """Raises `TooSmallError` where disk or memory is too small to import a table of so many rows, and to make it."""
    where = folder()
    where.mkdir(parents=True, exist_ok=True)
    free, needed = shutil.disk_usage(where).free, rows * (IMPORTED_BYTES_A_ROW + (0 if is_made else BYTES_A_ROW))
    if free < needed:
        mend = f"free some, or name another folder in {FOLDER}"
        raise TooSmallError(f"{rows:,} rows need {needed / 1e9:.0f} GB of disk, {free / 1e9:.0f} are free: {mend}")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if memory < 2 * rows * MEMORY_A_ROW:
        needed_memory = 2 * rows * MEMORY_A_ROW / 1e9
        raise TooSmallError(f"{rows:,} rows need {needed_memory:.0f} GB of memory, this machine has {memory / 1e9:.0f}")


def kept(rows: int) -> tuple[Path, Path]:
    """The table, and its points for the peers (see `points`); made where they are not there.

    Raises `TooSmallError`.
    """
    table, points = (folder() / f"{name}-{rows}-{FORM}.parquet" for name in ("made-up", "points"))
    is_made = table.exists() and points.exists()
    check_room(rows, is_made=is_made)
    if not is_made:
        print(f"Making {rows:,} rows up in {folder()}; they are kept there for the next time.", flush=True)
        write(rows, table, points)
    return table, points


def write(rows: int, table: Path, points: Path) -> None:
    """Both files, each written beside and renamed."""
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(table.parent)}) as connection:
        connection.execute(_macros())
        for path, query in ((table, _TABLE), (points, _POINTS)):
            new = path.with_suffix(".new")
            connection.execute(f"COPY ({_ROWS.format(rows=rows)} {query}) TO '{new}' (FORMAT parquet)")
            new.replace(path)


def _macros() -> str:
    """``dice(row, n)``: the n-th number of a row, 0 to 1. ``falling(u, count)``: a rank, of shares 1, 1/2, 1/3 …"""
    return f"""
    CREATE MACRO dice(row, n) AS hash(row * 64 + n) / 18446744073709551616.0;
    CREATE MACRO falling(u, count) AS least(floor((count + 1) ** u)::INTEGER, count) - 1;
    CREATE MACRO bell(row, n) AS sqrt(-2 * ln(dice(row, n) + 1e-12)) * cos(6.283185307 * dice(row, n + 1));
    CREATE MACRO pick(names, u) AS names[falling(u, len(names)) + 1];
    CREATE MACRO sources() AS {_list(SOURCES)};
    CREATE MACRO sides() AS {_list(tuple(case_file.read(case_file.shipped_case()).sides))};
    CREATE MACRO statuses() AS {_list(tuple(CLAIM_STATUSES))};
    CREATE MACRO kinds() AS {_list(tuple(KINDS))};
    """


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join("'" + name.replace("'", "''") + "'" for name in names) + "]"


_ROWS = f"""
WITH drawn AS (
    SELECT range AS row, falling(dice(range, 1), {TOWNS}) AS town, dice(range, 2) AS lot,
        (DATE '{FIRST_YEAR}-01-01' + floor({SPAN_OF_YEARS} * 365.25 * dice(range, 3) ** 0.6)::INTEGER)::DATE AS day,
        range % 2 = 1 AND dice(range // 2, 4) < {TOLD_TWICE} AS is_again
    FROM range({{rows}})
), placed AS (
    SELECT *, town % {COUNTRIES} AS country,
        degrees(asin(-0.82 + 1.76 * dice(-1 - country, 5))) AS centre_latitude,
        360 * dice(-1 - country, 6) - 180 AS centre_longitude,
        round(centre_latitude + 2 * bell(-1000 - town, 7) + 0.03 * bell(row, 9), 4) AS latitude,
        centre_longitude + 3 * bell(-1000 - town, 11) + 0.03 * bell(row, 13) AS far_longitude,
        round((far_longitude + 540) % 360 - 180, 4) AS longitude,
        dice(row, 15) >= {BLANK_PLACES} AS is_placed, dice(row, 16) >= {BLANK_DATES} AS is_dated
    FROM drawn
)
"""

_TABLE = f"""
SELECT printf('made-up-%09d', row - is_again::INTEGER) AS id,
    CASE WHEN NOT is_dated THEN ''
         WHEN lot < {INTERVALS} THEN strftime(day, '%Y-%m-%d') || '/' || strftime(day + 400, '%Y-%m-%d')
         WHEN lot < {INTERVALS + YEARS} THEN strftime(day, '%Y')
         WHEN lot < {INTERVALS + YEARS + MONTHS} THEN strftime(day, '%Y-%m')
         ELSE strftime(day, '%Y-%m-%d') END AS date,
    CASE WHEN is_placed THEN latitude END AS latitude, CASE WHEN is_placed THEN longitude END AS longitude,
    pick(sources(), dice(row, 17)) AS source, pick(sides(), dice(row, 18)) AS claimant_side,
    pick(statuses(), dice(row, 19)) AS claim_status, pick(kinds(), dice(row, 20)) AS event_type,
    'core' AS scope, 'Made up: ' || event_type AS title, printf('Made-up town %d', town) AS place,
    printf('Made-up country %d', country) AS country
FROM placed
"""

_POINTS = """
SELECT longitude, latitude, (day - DATE '1970-01-01')::BIGINT AS day FROM placed
WHERE is_placed AND is_dated ORDER BY day
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a large table up: every row is invented.")
    parser.add_argument("--rows", type=int, default=10_000_000)
    for path in kept(parser.parse_args().rows):
        print(path)


if __name__ == "__main__":
    main()
