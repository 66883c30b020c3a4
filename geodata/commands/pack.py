"""Write a whole case as one file: a data package for any reader, which `attest open` opens as the case it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.commands.arguments import Misused, add_table, put, table_of, tell


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip", help="the file to write; - is "
                        "the output")  # fmt: skip


def run(options: argparse.Namespace) -> None:
    from geodata.exports.attribution import rows_of, withheld_sentence
    from geodata.exports.pack import packed
    from geodata.model.selection import Selection
    from geodata.model.text import number_of
    from geodata.store.importers import open_table

    table = table_of(options.events)
    if table.name != "events.csv":
        raise Misused(f"argument TABLE: {table} is a table alone; give the folder of a case")
    dataset = open_table(table)
    rows, withheld = rows_of(dataset, Selection())
    put(packed(dataset, table.parent), options.output, f"the case with {number_of(len(rows), 'report')}")
    if said := withheld_sentence(withheld):
        tell(said, options.output)
