"""The small tables of others that were gathered beside the repository: each opens, and no row of any is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.store.importers import open_table
from tests.server import ROOT

CASES = ROOT.parent / "shared" / "cases"
FILES = sorted(path for kind in ("open", "guards") for path in (CASES / kind).glob("*"))


@pytest.mark.skipif(not FILES, reason="../shared/cases is not at hand")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_gathered_table_opens_and_keeps_every_row(path: Path) -> None:
    dataset = open_table(path)
    [opening] = dataset.openings
    shown = len(dataset.fetch(dataset.reports.select("telling").distinct()))
    assert shown == opening.shown > 0
    assert opening.rows == shown + len(opening.set_aside)
