"""A large table on the real dashboard: squares of the world, rows of a view, lists with their whole number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from geodata.store.dataset import LOCAL_ROWS
from tests import server
from tests.conftest import Screen, opened
from tests.large import FEW, ROWS, number_in

pytestmark = pytest.mark.heavy


@pytest.fixture
def screen(reader: BrowserContext, large: str) -> Iterator[Screen]:
    yield from opened(reader, large, (1440, 900))


def test_every_report_is_counted_though_no_row_is_here(screen: Screen) -> None:
    screen.open()
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{ROWS:,} reports on the map")
    expect(screen.sentence).to_contain_text(f"{ROWS:,} reports")
    held = screen.page.locator(".tm").evaluate("root => root.attest.table.number(root.attest.table.rowsIn(null))")
    rows = screen.page.locator(".tm").evaluate("root => root.attest.table.length")
    assert held == ROWS
    assert rows < ROWS


def test_a_window_of_whole_years_counts_as_the_sentence_does(screen: Screen) -> None:
    screen.open("?from=1992-01-01&to=1994-12-31")
    said = number_in(screen.sentence.inner_text())
    assert number_in(screen.page.locator(".tm-count").inner_text()) == said
    expect(screen.page.locator(".tm-count")).to_contain_text("in whole months")


def test_a_filter_gives_other_squares(screen: Screen) -> None:
    screen.open()
    screen.page.locator("[data-testid=stSidebar] [data-testid=stCheckbox] label", has_text="made-up source B").click()
    screen.settle()
    expect(screen.sentence).not_to_contain_text(f"{ROWS:,} reports")
    said = number_in(screen.sentence.inner_text())
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{said:,} reports on the map")


@pytest.mark.parametrize("address", ["", "?from=1992-01-01&to=1994-12-31"], ids=["all days", "a window"])
def test_a_filter_by_the_colours_is_counted_as_the_sentence_does_and_asks_for_no_squares(
    screen: Screen, address: str
) -> None:
    screen.open(address)
    everything = number_in(screen.sentence.inner_text())
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    side = screen.page.locator('[class*="st-key-sides-"] label').first
    for is_chosen in (True, False):
        side.click()
        screen.settle()
        said = number_in(screen.sentence.inner_text())
        assert (said < everything) is is_chosen
        expect(screen.page.locator(".tm-count")).to_contain_text(f"{said:,}")
        assert number_in(screen.page.locator(".tm-count").inner_text()) == said
    assert not [url for url in asked if "/cells" in url or "/months" in url]


def test_a_click_lists_who_says_so_and_opens_the_card(screen: Screen) -> None:
    screen.open("?camera=40.2,46.5,6")
    screen.page.wait_for_timeout(1500)
    box = screen.page.locator(".tm-leaflet").bounding_box()
    assert box is not None
    spot = screen.page.locator(".tm").evaluate("""root => {
      const { overlay, table } = root.attest.views[0];
      const row = [...table.rowsIn(null)].find((each) => overlay.raster.cellOf[each] >= 0 && table.areaOf[each] < 0);
      return overlay.project(row);
    }""")
    screen.page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    lines = screen.page.locator(".tm-report")
    expect(lines.first).to_contain_text("made-up source")
    said = screen.page.locator(".tm-panel-body .tm-faint").first.inner_text()
    assert number_in(re.sub(r"^[\d,]+ of ", "", said)) >= lines.count() > 0  # "24 of 3,412": the rest is on its way
    lines.first.click()
    expect(screen.page.locator(".tm-panel h2")).to_contain_text("Made up")
    expect(screen.page.locator(".tm-panel-body")).to_contain_text("Source")
    expect(screen.page).to_have_url(re.compile("incident=made-up"))
    among = screen.page.locator(".tm-among")
    expect(among).to_contain_text(re.compile(r"1 of \d+ incidents? listed"))
    expect(among.get_by_role("button", name="Previous")).to_be_disabled()
    title = screen.page.url
    among.get_by_role("button", name="Next").click()
    expect(among).to_contain_text("2 of")
    expect(screen.page).not_to_have_url(title)
    among.get_by_role("button", name="Previous").click()
    expect(among).to_contain_text("1 of")
    expect(screen.page).to_have_url(title)
    for _ in range(2):  # the second time it is the list that is here already
        screen.page.locator(".tm").evaluate("""root => {
          const [view] = root.attest.views;
          const { overlay, table } = view;
          const isSquare = (each) => overlay.raster.cellOf[each] >= 0 && table.areaOf[each] < 0;
          const row = [...table.rowsIn(null)].find(isSquare);
          const [x, y] = overlay.project(row);
          view.pointing.click(view.itemAt({ x, y }));
        }""")
        expect(lines.first).to_contain_text("made-up source")


VIEW_AND_SERVER = """async (root) => {
  const { far, views: [view], bounds } = root.attest;
  const { table } = view;
  const isFiner = table.x !== root.attest.table.x && table.reports !== null;
  if (!isFiner || (bounds && table.isCounting(bounds))) return null;
  const box = far.looks.get(view).box.split(" ")[1];
  const window = bounds ? "&from=1992-01-01&to=1994-12-31" : "";
  const answer = await far.ask("listed", `${far.query}&kind=shown&box=${box}${window}`);
  return [table.number(table.rowsIn(bounds)), JSON.parse(new TextDecoder().decode(answer)).total];
}"""
"""How many reports the finer squares of a view show, and how many the server counts there; nothing until they came."""


@pytest.mark.parametrize("window", ["", "&from=1992-01-01&to=1994-12-31"], ids=["all days", "a window"])
def test_the_finer_squares_of_a_view_count_what_the_server_counts_there(screen: Screen, window: str) -> None:
    screen.open(f"?camera=40.2,46.5,5{window}")
    found = None
    for _ in range(60):
        if found := screen.page.locator(".tm").evaluate(VIEW_AND_SERVER):
            break
        screen.page.wait_for_timeout(250)
    assert found is not None
    assert found[0] == found[1] > 0


COUNTED_BY_SERVER = """async (root, window) => {
  const { far } = root.attest;
  const { first, second } = far.worlds.of;
  const answers = [first, second].map(({ query }) => far.ask("listed", `${query}&kind=shown${window}`));
  return (await Promise.all(answers)).map((answer) => JSON.parse(new TextDecoder().decode(answer)).total);
}"""


@pytest.mark.parametrize(("by", "asked"), [("side", 3), ("document", 1)])
@pytest.mark.parametrize("window", ["", "&from=1992-01-01&to=2016-12-31"], ids=["all days", "a window"])
def test_two_sets_of_a_large_table_are_compared_on_two_maps(screen: Screen, window: str, by: str, asked: int) -> None:
    urls: list[str] = []
    screen.page.on("request", lambda request: urls.append(request.url))
    screen.open(f"?page=compare&by={by}{window}")
    maps = screen.page.locator(".tm-count")
    expect(maps).to_have_count(2)
    numbers = screen.page.locator(".tm").evaluate(COUNTED_BY_SERVER, window)
    for at, number in enumerate(numbers):
        expect(maps.nth(at)).to_contain_text(f"{number:,} reports on the map")
    assert min(numbers) > 0
    of_the_world = [url for url in urls if "/cells?" in url and "box=" not in url]
    assert len(of_the_world) == asked, "sets that are categories of the colours are parts of the squares of all"
    named = [one.get_attribute("aria-label") or "" for one in screen.page.locator(".tm-leaflet").all()]
    first, second = (re.findall("made-up source .", label)[0] for label in named)
    box = screen.page.locator(".tm-leaflet").nth(1).bounding_box()
    spot = screen.page.locator(".tm").evaluate("""root => {
      const { overlay, table } = root.attest.views[1];
      const row = [...table.rowsIn(root.attest.bounds)].find((each) => overlay.raster.cellOf[each] >= 0);
      return overlay.project(row);
    }""")
    assert box is not None
    screen.page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    lines = screen.page.locator(".tm-report")
    expect(lines.first).to_be_visible()
    listed = screen.page.locator(".tm-panel-body").inner_text()
    assert second in listed
    assert first not in listed


def test_the_lanes_hold_every_dated_report_that_the_filters_leave(screen: Screen) -> None:
    screen.open("?lanes=1")
    note = screen.page.locator(".tm-lanes-note")
    whole = number_in(note.inner_text().split("stronger.")[1])
    undated = number_in(screen.sentence.inner_text().split(";")[-1])
    assert whole == ROWS - undated
    screen.page.locator('[class*="st-key-sides-"] label').first.click()
    screen.settle()
    assert 0 < number_in(note.inner_text().split("stronger.")[1]) < whole


def test_a_near_look_has_the_rows_themselves(screen: Screen) -> None:
    screen.open("?camera=40.2,46.5,10")
    for _ in range(60):
        if are_rows := screen.page.locator(".tm").evaluate("root => root.attest.views[0].table.reports === null"):
            break
        screen.page.wait_for_timeout(250)
    assert are_rows
    held = screen.page.locator(".tm").evaluate("root => root.attest.views[0].table.length")
    assert 0 < held < ROWS
    expect(screen.page.locator(".tm-count")).to_contain_text(f"{ROWS:,} reports on the map")


def test_marks_that_are_seen_one_by_one_are_collected_by_drawing_and_stand_in_a_list(screen: Screen) -> None:
    page = screen.open().page
    button = page.get_by_role("button", name="Collect marks")
    expect(button).to_be_disabled()
    expect(button).to_have_attribute("title", re.compile("Come closer"))
    button.press("Enter")
    expect(page.locator(".tm-hint")).to_contain_text("Come closer")
    expect(page.locator(".tm-hint")).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "false")
    screen.open("?camera=40.2,46.5,10")
    expect(button).to_be_enabled()
    near = page.locator(".tm").evaluate("""root => {
      const [{ table, map }] = root.attest.views;
      const row = [...table.rowsIn(null)].find((each) => table.isDrawn(each) && table.areaOf[each] < 0);
      map.setView([table.lat[row], table.lon[row]], 14, { animate: false });
      return table.columns.number[row];
    }""")
    screen.settle()
    page.wait_for_timeout(1500)
    button.click()
    page.keyboard.press("Enter")
    screen.settle()
    number = page.get_by_role("button", name=re.compile(r"Collection · [1-9]"))
    expect(number).to_be_visible()
    expect(page.locator(".tm-panel h2")).to_have_text("The collection")
    rows = page.locator(".tm").evaluate("root => root.attest.collected.rows")
    assert near in rows
    lines = page.locator(".tm-panel .tm-report")
    expect(lines).to_have_count(min(len(rows), 200))
    incidents = number_in(number.inner_text())
    assert 0 < incidents <= len(rows)
    ticks = page.locator(".tm-panel .tm-tick input")
    expect(ticks.first).to_be_checked()
    ticks.first.focus()
    page.keyboard.press("Space")  # and it is gone from the list
    expect(page.get_by_role("tab", name="Collection")).to_be_focused()
    expect(page.get_by_role("button", name=re.compile(rf"Collection · {incidents - 1}\b"))).to_be_visible()
    expect(lines).not_to_have_count(len(rows))
    page.get_by_role("tab", name=re.compile("^Reports [0-9]")).click()
    expect(page.locator(".tm-panel h2")).to_have_text("Reports shown")
    expect(page.locator(".tm-panel-body")).to_contain_text(f"200 of {ROWS:,} reports")


def test_a_page_of_single_reports_says_how_many_it_can_show_and_shows_what_the_filters_leave(screen: Screen) -> None:
    screen.page.goto(f"{screen.address}/?page=briefing")
    expect(screen.page.get_by_text(f"made for up to {FEW:,} at once")).to_be_visible()
    screen.page.goto(f"{screen.address}/?page=briefing&from=2000-01-01&to=2001-12-31")
    expect(screen.page.get_by_text("is made of what the filters leave")).to_be_visible()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("disagreements", "told differently"),
        ("by-area", "surely in"),
        ("sources", "of its reports"),
        ("3-d", "Each point is"),
    ],
)
def test_a_page_that_the_engine_counts_shows_every_report(screen: Screen, page: str, said: str) -> None:
    screen.page.goto(f"{screen.address}/?page={page}")
    expect(screen.page.get_by_text(said).first).to_be_visible()
    expect(screen.page.get_by_text("choose fewer")).to_have_count(0)


def test_an_area_that_the_squares_do_not_name_still_has_words(
    reader: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOCAL_ROWS, "5")
    with server.running(server.ROOT / "tests" / "data" / "ged_extract.csv", tmp_path / "log") as address:
        for screen in opened(reader, address, (390, 844)):
            screen.open()
            tags = screen.page.locator(".tm-covering button")
            assert set(tags.all_inner_texts()) == {"an area · 1"}, "how wide it is stands nowhere in this table"
            tags.first.click()
            expect(screen.page.get_by_role("heading", name="Somewhere in an area")).to_be_visible()
            expect(screen.page.locator(".tm-panel")).to_contain_text("province")


def test_the_pointer_over_squares_is_told_their_reports_and_no_day_or_number_of_one(screen: Screen) -> None:
    screen.open()
    frame = screen.page.locator(".tm-map").bounding_box()
    assert frame
    told: set[str] = set()
    for across in range(1, 40):
        screen.page.mouse.move(frame["x"] + frame["width"] * across / 40, frame["y"] + frame["height"] * 0.45)
        told.update(screen.page.locator(".tm-tip:visible").all_inner_texts())
    assert told
    assert {one for one in told if not re.match(r"(Here|an area( [\d,]+ km across)?)\n[\d,]+ reports?\n", one)} == set()
