"""Tell the faults of a table, or count its reports by document, kind, precision and standing."""

from __future__ import annotations

import argparse

from geodata.commands.arguments import add_table, table_of

COUNTED = {"document": "source_id", "type": "event_type", "precision": "precision", "standing": "claim_status"}


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)


def run(options: argparse.Namespace) -> None:
    import ibis

    from geodata.model.text import number_of
    from geodata.store.importers import open_table

    dataset = open_table(table_of(options.events))
    reports = dataset.reports
    totals = dataset.fetch(
        reports.aggregate(
            reports=reports.count(),
            incidents=reports.incident_id.nunique(),
            unmapped=reports.latitude.isnull().sum(),
            undated=reports.first_day.isnull().sum(),
        )
    ).to_pylist()[0]
    counted = f"{number_of(totals['reports'], 'report')} of {number_of(totals['incidents'], 'incident')}"
    print(f"{counted}; {totals['unmapped']} without coordinates, {totals['undated']} without a date")
    for title, column in COUNTED.items():
        counted = reports.group_by(column).aggregate(n=reports.count()).order_by(ibis.desc("n"))
        print(f"\nby {title}")
        for row in dataset.fetch(counted).to_pylist():
            name = dataset.sources[row[column]].label if column == "source_id" else row[column] or "(no place)"
            print(f"{row['n']:>6}  {name}")
