"""Fill blank coordinates of a table from the gazetteer, offline; with --online, ask Nominatim for the rest."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.commands.arguments import add_table, table_of


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    parser.add_argument("--online", action="store_true", help="ask Nominatim for what the gazetteer does not know")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/attest/nominatim.json", metavar="FILE",
                        help="earlier answers of Nominatim (%(default)s)")  # fmt: skip
    parser.add_argument("--nominatim", default="", metavar="URL", help="another Nominatim server")


def run(options: argparse.Namespace) -> None:
    from geodata.store import geocode

    online = geocode.nominatim(options.cache, url=options.nominatim) if options.online else None
    for line in geocode.report(geocode.geocode_file(table_of(options.events), online)):
        print(line)
