"""A made-up table of any size, for measuring only. EVERY ROW IS INVENTED.

No person, document or event stands behind any of it. The same ``--rows`` and ``--seed`` always give the same table.
Sources, titles and ids say that they are made up; places are points scattered round random centres, most in and round
the South Caucasus, some anywhere in the world.

    python -m benchmarks.made_up --rows 1000000 --seed 1 -o /tmp/t.parquet     (or .csv)
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from geodata.model.kinds import KINDS
from geodata.model.vocabulary import CLAIM_STATUSES
from geodata.store import case_file

SOURCES = tuple(f"made-up source {letter}" for letter in "ABCDEF")
FIRST_YEAR, LAST_YEAR = 1989, 2024
BUSY_YEARS = {1992: 12, 1993: 9, 1994: 5, 2016: 4, 2020: 20, 2022: 6, 2023: 8}
"""How many times an ordinary year's rows these years hold."""

CENTRES_NEAR, CENTRES_ROUND = 160, 40
TOLD_TWICE = 0.2
"""Share of pairs of rows that are one incident told by two sources."""

MONTHS, YEARS, INTERVALS, BACKGROUND = 0.10, 0.03, 0.02, 0.12
"""Shares of rows: dates known to the month only, to the year only, spans of months or years; points anywhere."""


def table(rows: int, seed: int) -> pa.Table:
    """The invented table."""
    dice = np.random.default_rng(seed)
    latitude, longitude = _places(dice, rows)
    sides = tuple(case_file.read(case_file.shipped_case()).sides)
    kind = dice.choice(len(KINDS), rows, p=_falling(len(KINDS)))
    number = np.arange(1, rows + 1)
    source = dice.choice(len(SOURCES), rows, p=_falling(len(SOURCES)))
    # Some rows tell the incident of the row before once more, in another source.
    again = np.flatnonzero(dice.random(rows // 2) < TOLD_TWICE) * 2 + 1
    number[again] = number[again - 1]
    source[again] = (source[again - 1] + dice.integers(1, len(SOURCES), len(again))) % len(SOURCES)
    return pa.table(
        {
            "id": pa.array([f"made-up-{one:07}" for one in number]),
            "date": _dates(dice, rows),
            "latitude": latitude,
            "longitude": longitude,
            "source": _words(SOURCES, source),
            "claimant_side": _words(sides, dice.choice(len(sides), rows, p=_falling(len(sides)))),
            "claim_status": _words(tuple(CLAIM_STATUSES), dice.choice(len(CLAIM_STATUSES), rows, p=_falling(5))),
            "event_type": _words(tuple(KINDS), kind),
            "scope": pa.array(["core"]).take(pa.array(np.zeros(rows, dtype=np.int32))),
            "title": _words(tuple(f"Made up: {name}" for name in KINDS), kind),
        }
    )


def write(made: pa.Table, path: Path) -> None:
    """As CSV or Parquet, by the suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        pyarrow.csv.write_csv(made, path)
    elif path.suffix == ".parquet":
        pyarrow.parquet.write_table(made, path)
    else:
        raise SystemExit(f"{path.name}: end the name in .csv or .parquet")


def _falling(count: int) -> np.ndarray:
    """Shares that fall from the first to the last: 1, 1/2, 1/3 …"""
    shares = 1 / np.arange(1, count + 1)
    return np.asarray(shares / shares.sum())


def _words(vocabulary: Sequence[str], index: np.ndarray) -> pa.Array:
    return pa.array(vocabulary).take(pa.array(index))


def _dates(dice: np.random.Generator, rows: int) -> pa.Array:
    """EDTF texts: mostly days, some months, years and intervals."""
    years = np.arange(FIRST_YEAR, LAST_YEAR + 1)
    weight = np.array([BUSY_YEARS.get(int(year), 1) for year in years], dtype=float)
    year = dice.choice(years, rows, p=weight / weight.sum())
    length = np.where((year % 4) == 0, 366, 365)  # right for 1901 to 2099
    season = np.minimum((length * dice.beta(2.2, 1.6, rows)).astype(np.int64), length - 1)  # autumn is busier
    day = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + season
    end = day + dice.integers(60, 3000, rows)
    text = np.datetime_as_string(day).astype("U21")
    lot = dice.random(rows)
    interval = lot < INTERVALS
    text[interval] = np.char.add(np.char.add(text[interval], "/"), np.datetime_as_string(end[interval]))
    only_year = (lot >= INTERVALS) & (lot < INTERVALS + YEARS)
    text[only_year] = np.datetime_as_string(day[only_year], unit="Y")
    only_month = (lot >= INTERVALS + YEARS) & (lot < INTERVALS + YEARS + MONTHS)
    text[only_month] = np.datetime_as_string(day[only_month], unit="M")
    return pa.array(text)


def _places(dice: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes, to four decimals (about 11 m)."""
    lat = np.concatenate([dice.uniform(38.6, 41.9, CENTRES_NEAR), dice.uniform(34, 46, CENTRES_ROUND)])
    lon = np.concatenate([dice.uniform(43.6, 49.8, CENTRES_NEAR), dice.uniform(34, 56, CENTRES_ROUND)])
    spread = dice.uniform(0.01, 0.15, len(lat))
    centre = dice.choice(len(lat), rows, p=_falling(len(lat)))
    latitude = lat[centre] + spread[centre] * dice.standard_normal(rows)
    longitude = lon[centre] + spread[centre] * 1.3 * dice.standard_normal(rows)
    anywhere = dice.random(rows) < BACKGROUND
    count = int(anywhere.sum())
    latitude[anywhere] = np.degrees(np.arcsin(dice.uniform(np.sin(np.radians(-55)), np.sin(np.radians(70)), count)))
    longitude[anywhere] = dice.uniform(-180, 180, count)
    return np.round(latitude, 4), np.round(longitude, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up table: every row is invented.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, help="a path that ends in .csv or .parquet")
    chosen = parser.parse_args()
    write(table(chosen.rows, chosen.seed), chosen.output)
    print(f"{chosen.rows:,} invented rows are in {chosen.output}")


if __name__ == "__main__":
    main()
