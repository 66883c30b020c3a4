"""The filters as options of the command line."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.model.selection import Selection
    from geodata.store.dataset import Dataset


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that choose reports. What is left out is left open."""
    group = parser.add_argument_group("which reports")
    group.add_argument("--from", type=date.fromisoformat, metavar="DAY", help="first day, as 2020-09-27")
    group.add_argument("--to", type=date.fromisoformat, metavar="DAY", help="last day")
    group.add_argument("--scopes", action="append", default=[], metavar="VALUE",
                       help="core, context or historical; may be repeated")  # fmt: skip
    group.add_argument("--text", default="", metavar="WORDS", help="words that must all occur")


def selection_of(options: argparse.Namespace, dataset: Dataset) -> Selection:  # noqa: ARG001  # vocabularies come of it
    """The selection that the options of `add_filters` ask of a dataset.

    Raises `InvalidData` for a value that no vocabulary has: nothing is left out by a slip.
    """
    from geodata.model.schema import SCOPES
    from geodata.model.selection import Selection
    from geodata.store.load import Fault, InvalidData

    if unknown := [scope for scope in options.scopes if scope not in SCOPES]:
        message = f"'{unknown[0]}' is not in the vocabulary (one of: {', '.join(SCOPES)})"
        raise InvalidData([Fault("--scopes", 0, "", message)])
    first = getattr(options, "from")
    return Selection(first=first, last=options.to, scopes=tuple(options.scopes), text=options.text)
