"""Write reports to a file, attribution included."""

from __future__ import annotations

import argparse

from geodata.commands.arguments import add_output, add_table, format_of, opened, put, tell
from geodata.formats import EXPORTS
from geodata.options import add_filters, selection_of


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
    content = EXPORTS[format_of(options, EXPORTS)](dataset, chosen)
    put(content, options.output, number_of(len(rows), "report"))
    if said := withheld_sentence(withheld):
        tell(said, options.output)
