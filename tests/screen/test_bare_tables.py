"""Tables of others that tell little: every page opens, and says nothing of what is not there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.contents import PAGES
from geodata.briefing import Print, pages
from geodata.exports import EXPORTS
from geodata.model.selection import Selection
from geodata.store.importers import open_table
from tests.server import ROOT
from tests.unit.importing import written

pytestmark = pytest.mark.heavy

TABLES = {
    "no places": "id,date,source,title\na,2020-10-04,Wire A,One\nb,2020-10-05,Wire B,Two\n",
    "no dates": "id,latitude,longitude,source\na,39.8,46.7,Wire A\nb,39.9,46.8,Wire B\n",
    "words alone": "what,who\nA meeting,The council\nA march,The town\n",
    "one row": "id,date,latitude,longitude,source\na,2020-10-04,39.8,46.7,Wire A\n",
    "nothing read": "id,date,latitude,longitude,source\na,long ago,far,away,Wire A\n",
}


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return written(tmp_path, TABLES[request.param])


@pytest.mark.parametrize("query", [{"page": name} for name in PAGES], ids=str)
def test_every_page_opens_on_a_table_that_tells_little(
    table: Path, query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params.update({"page": "map"} | query)
    app.run()
    assert not app.exception
    assert any("report" in part.value for part in app.markdown)


def test_every_file_and_print_is_made_of_a_table_that_tells_little(table: Path) -> None:
    dataset = open_table(table)
    for ending, export in EXPORTS.items():
        assert export(dataset, Selection()), ending
    assert pages(Print(dataset, Selection(), date(2026, 1, 1)), "slide")
