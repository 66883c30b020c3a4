"""A session keeps no old table: neither while its reader looks at the page nor while nobody touches it."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.state import data
from geodata.store.dataset import Dataset
from tests.server import ROOT


def live_datasets() -> int:
    gc.collect()
    return sum(isinstance(one, Dataset) for one in gc.get_objects())


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("parameter", "value", "datasets"), [("page", "map", 1), ("page", "compare", 1), ("mode", "class", 2)]
)
def test_a_session_keeps_no_table_that_has_been_edited(
    parameter: str, value: str, datasets: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in (ROOT / "tests/cases/islands").glob("*.*"):  # it has a list of persons, so that a class may read it
        shutil.copy(file, tmp_path)
    table = tmp_path / "events.csv"
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    monkeypatch.chdir(ROOT)
    others = live_datasets()
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params[parameter] = value
    for edit in range(3):
        os.utime(table, ns=(edit * 10**9, edit * 10**9))
        app.run()
        assert not app.exception
        assert live_datasets() == others + datasets
    os.utime(table, ns=(10**12, 10**12))
    data.current()  # another session reads the edit, this one is idle
    assert live_datasets() == others + 1
