"""CSV for a spreadsheet: UTF-8 with a byte order mark, RFC 4180, no cell that would run as a formula."""

from __future__ import annotations

from geodata.exports.attribution import attributed, columns_of
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.files import csv_text


def to_csv(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as CSV, one line a report, blank where the document states nothing.

    The byte order mark makes Excel read letters of every script as they are.
    """
    return csv_text(columns_of(dataset), attributed(dataset, chosen)).encode("utf-8-sig")
