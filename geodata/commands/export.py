"""Write reports to a file, attribution included."""

from __future__ import annotations

import argparse
import sys

from geodata.commands.arguments import Misused, add_output, add_table, format_of, opened, put, tell
from geodata.formats import EXPORTS, Format
from geodata.model.text import listed
from geodata.options import add_filters, selection_of

MANY = 200_000
"""Rows beyond which a file that is made in memory may take more than there is: 4 kilobytes a row, almost a gigabyte."""


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    add_output(parser, EXPORTS)
    add_filters(parser)


def run(options: argparse.Namespace) -> None:
    from geodata.exports.attribution import rows_of, withheld_sentence
    from geodata.model.text import number_of

    dataset = opened(options.events)
    chosen = selection_of(options, dataset)
    rows, withheld = rows_of(dataset, chosen)
    form = EXPORTS[format_of(options, EXPORTS)]
    if len(rows) > MANY and not (form.in_parts or form.is_small):
        print(_held(form, len(rows)), file=sys.stderr)
    try:
        content = form(dataset, chosen)
    except MemoryError as error:
        raise Misused(f"argument --format: {_held(form, len(rows))} There is not enough of it.") from error
    put(content, options.output, number_of(len(rows), "report"))
    if said := withheld_sentence(withheld):
        tell(said, options.output)


def _held(form: Format, rows: int) -> str:
    """Why a large file may fail, and what to take instead."""
    others = listed([one.name for one in EXPORTS.values() if one.in_parts])
    return (
        f"{form.name} is made in memory, at about 4 kilobytes a row: {rows * 4 / 1e6:,.1f} GB for {rows:,} rows. "
        f"{others} take a fraction of that; or choose fewer reports."
    )
