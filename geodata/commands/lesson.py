"""Check a lesson, or all of a folder, against a table; with -o, write one as a page, a handout or its text."""

from __future__ import annotations

import argparse
from pathlib import Path

from geodata.commands.arguments import Misused, add_output, add_table, format_of, opened, put, tell
from geodata.formats import LESSONS


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", type=Path, help="the lesson's file, or a folder of lessons")
    add_table(parser)
    add_output(parser, LESSONS, is_required=False)


def run(options: argparse.Namespace) -> None:
    from geodata import lessons
    from geodata.model.faults import InvalidData
    from geodata.model.text import number_of
    from geodata.store.classroom import suitable

    given, target = options.lesson, options.output
    if target and given.is_dir():
        raise Misused("argument -o/--output: one lesson is written at a time; give the file of a lesson")
    dataset = opened(options.events)
    if dataset.persons is not None or target:
        dataset = suitable(dataset)
    case = dataset.case
    read, faults = lessons.read_all(given, case) if given.is_dir() else ((lessons.read(given, case),), ())
    if faults := (*faults, *(fault for one in read for fault in lessons.check(one, dataset))):
        raise InvalidData(faults)
    for one in read:
        tell(f"{one.name}: {one.title}; {number_of(len(one.steps), 'step')}, all fit the table", target or Path())
    if target:
        put(LESSONS[format_of(options, LESSONS)](dataset, read[0]), target, "the lesson is")
