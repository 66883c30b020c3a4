"""Tell the faults of a table, or count its reports by document, kind, precision and standing."""

from __future__ import annotations

import argparse

from geodata.commands.arguments import add_table, opened
from geodata.options import add_filters, selection_of

MOST_LISTED = 40
"""Values of a column that are counted one by one."""

COUNTED = {"document": "source_id", "type": "event_type", "precision": "precision", "standing": "claim_status"}


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    add_filters(parser)


def run(options: argparse.Namespace) -> None:
    import ibis

    from geodata.model.faults import InvalidData
    from geodata.model.selection import select
    from geodata.model.vocabulary import NOT_STATED
    from geodata.tell import accounts, nouns, words

    dataset = opened(options.events)
    for line in accounts.of_layers(dataset):
        print(line)
    for opening in dataset.openings:
        if opening.mapping or len(opening.set_aside):
            print("\n".join((*accounts.lines(opening), "")))
    chosen = selection_of(options, dataset)
    summary = words.summarise(dataset, chosen)
    print(words.sentence(summary, chosen))
    reports = select(dataset.reports, chosen)
    told = {title: column for title, column in COUNTED.items() if not dataset.lacks(column)}
    for title, column in told.items() if summary.reports else ():
        counted = reports.group_by(column).aggregate(n=reports.count()).order_by([ibis.desc("n"), column])
        print(f"\nby {nouns.of(dataset).said(title)}")
        listed = dataset.fetch(counted).to_pylist()
        for row in listed[:MOST_LISTED]:
            blank = "(no place)" if column == "precision" else NOT_STATED
            name = dataset.sources[row[column]].label if column == "source_id" else row[column] or blank
            print(f"{row['n']:>6}  {name}")
        if (more := len(listed) - MOST_LISTED) > 0:
            print(f"{sum(row['n'] for row in listed[MOST_LISTED:]):>6}  {more:,} others")
    if dataset.layer_faults:  # the reports are whole, so they are counted first; the exit code tells of a fault
        raise InvalidData(dataset.layer_faults)
