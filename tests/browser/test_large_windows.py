"""What a window of a large table asks the server for, and what stands on the map until it came."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request, Route, expect

from tests.conftest import Screen, opened
from tests.large import number_in

pytestmark = pytest.mark.heavy


@pytest.fixture
def screen(reader: BrowserContext, large: str) -> Iterator[Screen]:
    yield from opened(reader, large, (1440, 900))


def months_asked(screen: Screen) -> list[str]:
    """The years whose months are asked for from now on; a blank one where all years are."""
    asked: list[str] = []

    def listen(request: Request) -> None:
        if "/months?" in request.url:
            asked.extend(parse_qs(urlsplit(request.url).query).get("year", [""]))

    screen.page.on("request", listen)
    return asked


def test_a_window_of_whole_years_asks_for_no_months(screen: Screen) -> None:
    asked = months_asked(screen)
    screen.open("?from=1992-01-01&to=1994-12-31")
    assert asked == [""]


def test_a_window_within_a_year_asks_for_its_months_and_for_those_beside_it_once(screen: Screen) -> None:
    asked = months_asked(screen)
    screen.open("?from=1992-04-01&to=1994-12-31")
    said = number_in(screen.sentence.inner_text())
    assert number_in(screen.page.locator(".tm-count").inner_text()) == said
    assert sorted(asked) == ["", "1991", "1992", "1993"]
    screen.page.locator(".tm").evaluate("""(root) => {
      const day = (year, month) => Date.UTC(year, month, 1) / 86_400_000;
      root.attest.timeline.take({ first: day(1992, 7), last: day(1995, 0) - 1 });
    }""")
    screen.settle()
    fewer = number_in(screen.sentence.inner_text())
    assert 0 < fewer < said
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{fewer:,} reports on the map")
    assert len(asked) == 4


def test_until_the_months_of_a_window_are_here_the_map_says_so_and_is_as_before(screen: Screen) -> None:
    screen.open("?from=1992-01-01&to=1994-12-31")
    before = number_in(screen.page.locator(".tm-count").inner_text())
    held: list[Route] = []

    def hold(route: Route) -> None:
        if len(held) < 3:  # those of the year and of the two beside it
            held.append(route)
        else:
            route.continue_()

    screen.page.route(re.compile(r"/months\?.*year="), hold)
    screen.page.locator(".tm").evaluate("""(root) => {
      const day = (year, month) => Date.UTC(year, month, 1) / 86_400_000;
      root.attest.timeline.take({ first: day(1992, 3), last: day(1995, 0) - 1 });
    }""")
    expect(screen.page.locator(".tm-count")).to_contain_text("the months of the window are on their way")
    drawn = screen.page.locator(".tm").evaluate("({ attest: map }) => map.table.number(map.table.rowsIn(map.bounds))")
    assert drawn == before
    assert len(held) == 3
    for route in held:
        route.abort()  # asked for again after some seconds
    expect(screen.page.locator(".tm-count")).to_contain_text("reports on the map", timeout=20_000)
    said = number_in(screen.sentence.inner_text())
    assert said < before
    expect(screen.page.locator(".tm-live")).to_contain_text(f"{said:,} reports shown")
    assert number_in(screen.page.locator(".tm-count").inner_text()) == said


def test_each_picture_of_a_film_waits_for_the_months_of_its_window(screen: Screen) -> None:
    screen.open()
    screen.page.route(re.compile(r"/months\?.*year="), slowly)
    root = screen.page.locator(".tm")
    with screen.page.expect_download(timeout=60_000):
        root.evaluate("""({ attest: map }) => {
          const day = (year, month) => Date.UTC(year, month, 1) / 86_400_000;
          const years = [1993, 2001, 2009];
          map.film.windows = () => years.map((year) => ({ first: day(year, 3), last: day(year, 8) - 1 }));
          map.film.pictured = [];
          const draw = map.film.draw.bind(map.film);
          map.film.draw = (canvas, window) => {
            map.film.pictured.push([new Date(window.first * 86_400_000).getUTCFullYear(), map.shown]);
            draw(canvas, window);
          };
          map.film.button.click();
        }""")
    pictured = root.evaluate("({ attest: map }) => map.film.pictured")
    assert [year for year, _ in pictured] == [1993, 2001, 2009]
    for year, shown in pictured:
        total = root.evaluate(
            """async ({ attest: map }, days) => JSON.parse(new TextDecoder().decode(
              await map.far.ask("listed", `${map.far.query}&kind=shown&most=1&${days}`))).total""",
            f"from={year}-04-01&to={year}-08-31",
        )
        assert shown == total > 0


def slowly(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()
