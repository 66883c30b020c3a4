"""CSV for a spreadsheet: UTF-8 with a byte order mark, RFC 4180, no cell that would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geodata.exports.attribution import attributed, columns_of
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell (OWASP, CSV injection)."""


def to_csv(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as CSV, one line a report, blank where the document states nothing.

    The byte order mark makes Excel read letters of every script as they are.
    """
    return table(columns_of(dataset), attributed(dataset, chosen)).encode("utf-8-sig")


def table(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Records as the text of a CSV file with a header; an apostrophe goes before a cell that would run as a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in record.items()} for record in records)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
