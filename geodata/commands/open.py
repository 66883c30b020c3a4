"""Open a case or a table in the browser, on this machine only; with filters, on these alone. Ctrl+C stops it."""

from __future__ import annotations

import argparse
import os
from functools import partial
from pathlib import Path
from pkgutil import resolve_name

from geodata.commands.arguments import Misused, add_table, table_of
from geodata.options import add_filters, selection_of

WAYS = ("alone", "reading", "signed-in")
"""The ways of hosting, the usual one first: `dashboard.server.options.Access`."""


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    parser.add_argument("--port", type=int, help="where the page is served on localhost (8501)")
    parser.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    parser.add_argument("--access", choices=WAYS, help="who may do what, see docs/hosting.md (alone)")
    add_filters(parser)


def run(options: argparse.Namespace) -> None:
    os.environ["ATTEST_EVENTS"] = _meant(options.events)
    os.environ.pop("ATTEST_CASE", None)  # it would be opened in place of the table
    if options.access:
        os.environ["ATTEST_ACCESS"] = options.access
    ours = [f"--server.port={options.port}"] if options.port is not None else []
    if options.no_browser:
        ours.append("--server.headless=true")
    serve = resolve_name("dashboard.__main__:serve")  # by name: what the events are knows no screen
    serve(ours, partial(selection_of, options))


def _meant(given: Path | str | None) -> str:
    """What is opened, as the dashboard is told it: a path, or the URL of a table in an engine."""
    if isinstance(given, str):
        from geodata.store import distant

        distant.address(given)
        return given
    table = table_of(given)
    if not table.is_file():
        raise Misused(f"argument TABLE: {table} is not there; check the path")
    return str(table.absolute())  # a link stays one, for it may lead elsewhere later
