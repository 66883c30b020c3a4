"""``python -m geodata check | geocode | export | picture | briefing | lesson``: the table on the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import ibis

from geodata import lessons
from geodata.briefing import BRIEFINGS, FORMATS, SHAPES, Briefing, Unprintable, View, caption, pages
from geodata.exports import EXPORTS
from geodata.exports.attribution import left_out, rows_of
from geodata.model.cells import among
from geodata.model.faults import Fault, InvalidData
from geodata.model.names import LABEL, namings
from geodata.model.text import number_of
from geodata.options import add_filters, selection_of
from geodata.store import geocode
from geodata.store.classroom import Closed, suitable
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table

FORMATS_OF = {
    "export": tuple(EXPORTS),
    "picture": FORMATS,
    "briefing": tuple(BRIEFINGS),
    "lesson": tuple(lessons.WRITERS),
}
"""File formats of each command that writes one, the usual one first."""

COUNTED = {"document": "source_id", "type": "event_type", "precision": "precision", "standing": "claim_status"}


def _opened(options: argparse.Namespace) -> Dataset:
    """The table, where its case knows the scopes and the way of naming that are asked for."""
    dataset = open_table(options.events)
    asked: list[tuple[str, Mapping[str, object]]] = [
        (scope, dataset.case.scopes) for scope in getattr(options, "scope", ())
    ]
    asked.append((getattr(options, "names", LABEL), dict.fromkeys([*namings(dataset.case), *dataset.case.languages])))
    for value, known in asked:
        try:
            among(value, known)
        except ValueError as error:
            raise InvalidData([Fault("command line", 0, "", str(error))]) from error
    return dataset


def check(options: argparse.Namespace) -> None:
    """Faults of the table, or counts by document, type, precision and standing."""
    dataset = open_table(options.events)
    reports = dataset.reports
    totals = dataset.fetch(
        reports.aggregate(
            reports=reports.count(),
            incidents=reports.incident_id.nunique(),
            unmapped=reports.latitude.isnull().sum(),
            undated=reports.first_day.isnull().sum(),
        )
    ).to_pylist()[0]
    print(
        "{reports} reports of {incidents} incidents; {unmapped} without coordinates, {undated} without a date".format(
            **totals
        )
    )
    for title, column in COUNTED.items():
        counted = reports.group_by(column).aggregate(n=reports.count()).order_by(ibis.desc("n"))
        print(f"\nby {title}")
        for row in dataset.fetch(counted).to_pylist():
            name = dataset.sources[row[column]].label if column == "source_id" else row[column] or "(no place)"
            print(f"{row['n']:>6}  {name}")


def fill(options: argparse.Namespace) -> None:
    """Fill blank coordinates from the gazetteer; --online asks Nominatim for what it does not know."""
    online = geocode.nominatim(options.cache, url=options.nominatim) if options.online else None
    for line in geocode.report(geocode.geocode_file(options.events, online)):
        print(line)


def export(options: argparse.Namespace) -> None:
    """Write the reports to a file, attribution included."""
    dataset = _opened(options)
    chosen = selection_of(options, dataset)
    rows, withheld = rows_of(dataset, chosen)
    options.output.write_bytes(EXPORTS[options.format](dataset, chosen))
    print(f"{number_of(len(rows), 'report')} written to {options.output}")
    if said := left_out(withheld):
        print(said)


def picture(options: argparse.Namespace) -> None:
    """Draw the reports as a map to print, with a key that says who claims each; more pages of key are more files."""
    dataset = _opened(options)
    view = View(
        dataset,
        selection_of(options, dataset),
        made=options.made,
        naming=options.names,
        title=options.title,
    )
    for page, content in enumerate(pages(view, options.shape, options.format), start=1):
        target = options.output if page == 1 else options.output.with_stem(f"{options.output.stem}-{page}")
        target.write_bytes(content)
        print(f"{'map' if page == 1 else 'key'} written to {target}")
    print(f"\n{caption(view)}", end="")


def brief(options: argparse.Namespace) -> None:
    """Write pages of chosen incidents: their map, their reports side by side, and the documents."""
    briefing = Briefing(
        _opened(options),
        tuple(options.incident),
        made=options.made,
        naming=options.names,
        title=options.title,
        graphic_texts=options.graphic_texts,
    )
    options.output.write_bytes(BRIEFINGS[options.format](briefing))
    reports, incidents = len(briefing.rows), len(set(options.incident))
    print(f"{number_of(reports, 'report')} of {number_of(incidents, 'incident')} written to {options.output}")


def lesson(options: argparse.Namespace) -> None:
    """Check a lesson, or all of a folder, against the table; with -o, write one as a page, a handout or its text."""
    dataset = open_table(options.events)
    if dataset.persons is not None or options.output:
        dataset = suitable(dataset)
    given, case = options.lesson, dataset.case
    read, faults = lessons.read_all(given, case) if given.is_dir() else ((lessons.read(given, case),), ())
    if faults := (*faults, *(fault for one in read for fault in lessons.check(one, dataset))):
        raise InvalidData(faults)
    for one in read:
        print(f"{one.name}: {one.title}; {len(one.steps)} steps, all fit the table")
    if options.output and len(read) == 1:
        options.output.write_bytes(lessons.WRITERS[options.format](dataset, read[0]))
        print(f"written to {options.output}")


COMMANDS = {"check": check, "geocode": fill, "export": export, "picture": picture, "briefing": brief, "lesson": lesson}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; the exit code is 1 where the table has faults, which go to standard error."""
    parser = argparse.ArgumentParser(prog="python -m geodata", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run in COMMANDS.items():
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run)
        if name == "lesson":
            command.add_argument("lesson", type=Path, help="the lesson's file, or a folder of lessons")
        command.add_argument("events", nargs="?", type=Path, default=Path("events.csv"), help="table or case's folder")
        if name == "geocode":
            command.add_argument("--online", action="store_true", help="ask Nominatim, one name a second")
            command.add_argument(
                "--cache",
                type=Path,
                default=Path.home() / ".cache/attest/nominatim.json",
                help="file of earlier answers",
            )
            command.add_argument("--nominatim", default="", metavar="URL", help="another Nominatim server")
        if name in FORMATS_OF:
            command.add_argument("--format", choices=FORMATS_OF[name], default=FORMATS_OF[name][0])
            command.add_argument("-o", "--output", type=Path, required=name != "lesson")
        if name in ("export", "picture"):
            add_filters(command)
        if name in ("picture", "briefing"):
            command.add_argument(
                "--names", default=LABEL, help="how places are named: label, or a language of the case"
            )
            command.add_argument("--title", default="", help="above the map; made from the selection if left out")
            command.add_argument("--made", type=date.fromisoformat, default=date.today(), help="the date on the page")
        if name == "picture":
            command.add_argument("--shape", choices=SHAPES, default="slide")
        if name == "briefing":
            command.add_argument("--incident", action="append", required=True, metavar="ID", help="may repeat")
            command.add_argument("--graphic-texts", action="store_true", help="print the words of graphic reports")
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except (InvalidData, OSError, Unprintable, Closed) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
