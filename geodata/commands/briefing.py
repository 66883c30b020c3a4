"""Write pages of chosen incidents: their map, their reports side by side, and the documents."""

from __future__ import annotations

import argparse

from geodata.commands.arguments import add_output, add_print, add_table, format_of, naming_of, put, table_of
from geodata.formats import BRIEFINGS


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    parser.add_argument("--incident", action="append", required=True, metavar="ID",
                        help="an incident_id of the table; may be repeated")  # fmt: skip
    add_output(parser, BRIEFINGS)
    parser.add_argument("--graphic-texts", action="store_true", help="print the words of graphic reports")
    add_print(parser)


def run(options: argparse.Namespace) -> None:
    from geodata.briefing import Briefing
    from geodata.model.text import number_of
    from geodata.store.importers import open_table

    dataset = open_table(table_of(options.events))
    briefing = Briefing(
        dataset,
        tuple(options.incident),
        made=options.made,
        naming=naming_of(options, dataset.case),
        title=options.title,
        graphic_texts=options.graphic_texts,
    )
    reports, incidents = number_of(len(briefing.rows), "report"), number_of(len(set(options.incident)), "incident")
    put(BRIEFINGS[format_of(options, BRIEFINGS)](briefing), options.output, f"{reports} of {incidents}")
