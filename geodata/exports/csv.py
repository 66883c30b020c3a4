"""CSV for a spreadsheet: UTF-8 with a byte order mark, RFC 4180, no cell that would run as a formula."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from geodata.exports.attribution import columns_of, parts_of, records
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.files import csv_text


def to_csv(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports as CSV, one line a report, blank where the document states nothing.

    The byte order mark makes Excel read letters of every script as they are.
    """
    return b"".join(written(dataset, chosen))


def written(dataset: Dataset, chosen: Selection) -> Iterator[bytes]:
    """The same file in parts, none of which grows with the table."""
    columns = columns_of(dataset)
    yield codecs.BOM_UTF8 + csv_text(columns, ()).encode()
    for rows in parts_of(dataset, chosen):
        yield csv_text(columns, records(dataset, rows), headed=False).encode()
