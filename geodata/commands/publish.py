"""Prepare a table of an engine, as PostgreSQL, for attest open: dates, words, numbers of rows. What it holds stays."""

from __future__ import annotations

import argparse

from geodata.commands.progress import Told
from geodata.model.text import number_of


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="postgres://user@host/database?table=NAME, without a password")


def run(options: argparse.Namespace) -> None:
    from geodata.store import distant

    with Told() as told:
        made = distant.publish(options.url, told)
    opening = made.opening
    print(f"{number_of(opening.shown, 'row')} of {opening.rows:,} are reports now.")
    for row in opening.set_aside.to_pylist():
        print(f"row {row['row']}: {row['reason']}")
    for note in opening.notes:
        print(note)
