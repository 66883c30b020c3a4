"""Prepare a table of an engine, as PostgreSQL, for attest open: dates, words, numbers of rows. What it holds stays."""

from __future__ import annotations

import argparse

from geodata.commands.progress import Told
from geodata.model.text import number_of


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "url",
        metavar="URL",
        help="postgres://user@host/database?table=NAME, without a password; or spark://host:7077?warehouse=FOLDER&table=NAME",
    )


def run(options: argparse.Namespace) -> None:
    from geodata.store import distant
    from geodata.timemap import far

    kept: dict[str, bytes] = {}

    with Told() as told:
        made = distant.publish(options.url, lambda dataset: kept.update(far.base(dataset)) or kept, told)
    opening = made.opening
    print(f"{number_of(opening.shown, 'row')} of {opening.rows:,} are reports now.")
    print(f"Its first view is counted and kept beside it: {far.size_told(kept)}.")
    for row in opening.set_aside.to_pylist():
        print(f"row {row['row']}: {row['reason']}")
    for note in opening.notes:
        print(note)
