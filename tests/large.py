"""A large table on a server, for tests in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import made_up
from geodata.store.dataset import LOCAL_ROWS
from tests import server

ROWS, FEW = 120_000, 54_000


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server with `ROWS` reports, for which more than `FEW` are many."""
    table = folder / "reports.parquet"
    made_up.write(made_up.table(ROWS, 1), table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LOCAL_ROWS, str(FEW))
        with server.running(table, table.with_suffix(".log")) as address:
            yield address


def number_in(text: str) -> int:
    return int(re.findall(r"[\d,]+", text)[0].replace(",", ""))
