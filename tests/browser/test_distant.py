"""A large table that stays in a real PostgreSQL, on the real dashboard: looked at, left alone, and found again."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import pytest
from playwright.sync_api import BrowserContext, expect

from benchmarks import made_up
from geodata.store import distant
from geodata.store.dataset import LOCAL_ROWS
from geodata.timemap import far
from tests import server
from tests.conftest import Screen, opened
from tests.engines import servers, tables
from tests.engines.conftest import needed

pytestmark = [pytest.mark.heavy, pytest.mark.engines]

ROWS = 20_000
PATIENCE = 60_000


@pytest.fixture(scope="module")
def engine() -> Iterator[servers.Postgres]:
    with needed(servers.postgres()) as running:
        backend = ibis.connect(running.url)
        tables.in_postgres(backend, "reports", made_up.table(ROWS, 1))
        backend.disconnect()
        distant.publish(f"{running.url}&table=reports", far.base)
        yield running


@pytest.fixture(scope="module")
def large(engine: servers.Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on the table, for which more than nine thousand reports are many."""
    log: Path = tmp_path_factory.mktemp("distant") / "log.txt"
    command = [sys.executable, "-m", "geodata", "open", f"{engine.url}&table=reports", "--no-browser"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LOCAL_ROWS, "9000")
        with server.started(command, server.ROOT, log) as address:
            assert "The first view was counted once and is kept in the engine" in log.read_text()
            yield address


@pytest.fixture
def screen(reader: BrowserContext, large: str) -> Iterator[Screen]:
    yield from opened(reader, large, (1440, 900))


def drawn(screen: Screen) -> int:
    """How many pixels of the map's overlay have a colour of a mark."""
    number: int = screen.page.locator(".tm").evaluate("""root => {
      const canvases = [...root.querySelectorAll(".tm-leaflet canvas, .tm-maps canvas")];
      return Math.max(...canvases.map((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let found = 0;
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] > 40 && Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1],
              data[at + 2]) > 60) found += 1;
        }
        return found;
      }));
    }""")
    return number


def test_a_table_in_postgresql_is_looked_at_as_a_file_is(screen: Screen) -> None:
    screen.open()
    expect(screen.page.locator(".tm-count")).to_contain_text("20,000 reports on the map")
    expect(screen.sentence).to_contain_text("20,000 reports")
    assert drawn(screen) > 100
    screen.page.locator("[data-testid=stSidebar] [data-testid=stCheckbox] label", has_text="made-up source B").click()
    screen.settle()
    expect(screen.sentence).not_to_contain_text("20,000 reports")
    said = re.findall(r"[\d,]+", screen.sentence.inner_text())[0]
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{said} reports on the map")


def test_a_window_a_list_and_a_card(screen: Screen) -> None:
    screen.open("?from=1992-01-01&to=1994-12-31&panel=reports")
    said = re.findall(r"[\d,]+", screen.sentence.inner_text())[0]
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{said} reports on the map")
    lines = screen.page.locator(".tm-report")
    expect(lines.first).to_contain_text("made-up source")
    expect(screen.page.locator(".tm-panel-body .tm-faint").first).to_contain_text(f"of {said} reports")
    lines.first.click()
    expect(screen.page.locator(".tm-panel h2")).to_contain_text("Made up")
    expect(screen.page.locator(".tm-panel-body")).to_contain_text("Source")


def test_an_engine_that_stops_is_told_and_asked_again_once_it_is_back(screen: Screen, engine: servers.Postgres) -> None:
    screen.open()
    expect(screen.page.locator(".tm-count")).to_contain_text("20,000 reports on the map")
    engine.stop()
    try:
        screen.page.locator(
            "[data-testid=stSidebar] [data-testid=stCheckbox] label", has_text="made-up source A"
        ).click()
        told = screen.page.get_by_text("The engine does not answer", exact=False).first
        expect(told).to_be_visible(timeout=PATIENCE)
        body = screen.page.locator("body").inner_text()
        assert not [word for word in (str(engine.folder), "Traceback", engine.USER + "@") if word in body]
    finally:
        engine.start()
    screen.page.get_by_role("button", name="Ask again").click()
    expect(told).to_be_hidden(timeout=PATIENCE)
    screen.settle()
    said = re.findall(r"[\d,]+", screen.sentence.inner_text())[0]
    assert said != "20,000"
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{said} reports on the map", timeout=PATIENCE)


def test_a_map_that_cannot_be_finer_says_so_and_is_finer_once_the_engine_is_back(
    screen: Screen, engine: servers.Postgres
) -> None:
    screen.open()
    expect(screen.page.locator(".tm-count")).to_contain_text("20,000 reports on the map")
    engine.stop()
    try:
        screen.page.locator(".tm").evaluate("root => root.attest.views[0].map.setView([40.9, 47.3], 7)")
        expect(screen.page.locator(".tm-count")).to_contain_text("the engine does not answer", timeout=PATIENCE)
    finally:
        engine.start()
    expect(screen.page.locator(".tm-count")).not_to_contain_text("does not answer", timeout=PATIENCE)
    for _ in range(80):
        if screen.page.locator(".tm").evaluate("root => root.attest.views[0].table.reports === null"):
            return  # the rows themselves
        screen.page.wait_for_timeout(250)
    pytest.fail("the map stays as coarse as it was")
