"""Write pages of chosen incidents, or of those of a selection: their map, reports side by side, and documents."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from geodata.commands.arguments import Misused, add_output, add_print, add_table, format_of, naming_of, opened, put
from geodata.formats import BRIEFINGS, Unprintable
from geodata.options import add_filters, selection_of

if TYPE_CHECKING:
    from geodata.store.dataset import Dataset


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    parser.add_argument("--incident", action="append", default=[], metavar="ID",
                        help="an incident_id of the table; may be repeated. Left out, the filters choose")  # fmt: skip
    add_output(parser, BRIEFINGS)
    parser.add_argument("--graphic-texts", action="store_true", help="print the words of graphic reports")
    add_print(parser)
    add_filters(parser)


def run(options: argparse.Namespace) -> None:
    from geodata.briefing import Briefing
    from geodata.model.text import number_of

    dataset = opened(options.events)
    briefing = Briefing(
        dataset,
        _incidents(options, dataset),
        made=options.made,
        naming=naming_of(options, dataset.case),
        title=options.title,
        graphic_texts=options.graphic_texts,
    )
    incidents = number_of(len({row["incident_id"] for row in briefing.rows}), "incident")
    content = BRIEFINGS[format_of(options, BRIEFINGS)](briefing)
    put(content, options.output, f"{number_of(len(briefing.rows), 'report')} of {incidents}")


def _incidents(options: argparse.Namespace, dataset: Dataset) -> tuple[str, ...]:
    """The incidents named, else those of the selection.

    Raises `Misused` where both are given, and `Unprintable` where the selection has none or too many.
    """
    from geodata.count.choosing import MOST_INCIDENTS
    from geodata.model.selection import Selection, select
    from geodata.tell import words

    chosen = selection_of(options, dataset)
    if options.incident:
        if chosen != Selection():
            raise Misused("argument --incident: name incidents or give filters, not both")
        return tuple(options.incident)
    summary = words.summarise(dataset, chosen)
    if not 0 < summary.incidents <= MOST_INCIDENTS:
        raise Unprintable(
            f"{words.sentence(summary, chosen)} A briefing holds 1 to {MOST_INCIDENTS} incidents: "
            "change the filters, or name incidents with --incident."
        )
    found = dataset.fetch(select(dataset.reports, chosen).select("incident_id").distinct())
    return tuple(sorted(found["incident_id"].to_pylist()))
