"""The map as one file, opened from disk in Chromium with the network blocked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geodata.cli import main
from geodata.tell.keys import KEYS
from tests.conftest import SMALL

HOSTILE = "</script><img src=x onerror=\"document.title='taken'\">"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []


def saved(tmp_path: Path, *options: str) -> str:
    target = tmp_path / "map.html"
    assert main(["export", *options, "--format", "html", "-o", str(target)]) == 0
    return target.as_uri()


def test_it_opens_from_disk_with_marks_dates_and_sources(page: Page, tmp_path: Path) -> None:
    page.goto(saved(tmp_path, "--scope", "core", "--from", "2020-09-27", "--to", "2020-11-10"))
    expect(page.locator("h1")).to_have_text("Incidents and who says so, 27 Sep – 10 Nov 2020")
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    expect(page.get_by_label("First day of the window")).to_have_value("27 Sep 2020")
    expect(page.locator("ol li").first).to_contain_text("Admiralty")
    expect(page.locator("footer")).to_contain_text("endorsement")


@pytest.mark.heavy
def test_its_slider_and_playback_work_without_a_server(page: Page, tmp_path: Path) -> None:
    page.goto(saved(tmp_path, "--scope", "core"))
    before = page.locator(".tm-count").inner_text()
    page.get_by_label("First day of the window").fill("2016-04-01")
    page.get_by_label("Last day of the window").fill("2016-04-30")
    page.get_by_label("Last day of the window").press("Tab")
    expect(page.locator(".tm-count")).not_to_have_text(before)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_label("First day of the window")).not_to_have_value("1 Apr 2016")
    page.get_by_role("button", name="Pause").click()


@pytest.mark.heavy
def test_a_mark_opens_the_incident_with_every_attribution(page: Page, tmp_path: Path) -> None:
    page.goto(saved(tmp_path, str(SMALL), "--scope", "core", "--text", "Shushi"))
    page.get_by_role("button", name="List marks").click()
    page.locator(".tm-jump").filter(has_text="Shushi").first.click()
    card = page.locator(".tm-panel")
    for words in ("Keghart", "Al-Ahram Weekly", "paragraph 3", "Standing", "Shushi / Şuşa", "Deaths stated"):
        expect(card).to_contain_text(words)


@pytest.mark.heavy
def test_a_card_names_its_places_as_the_reader_chooses(page: Page, tmp_path: Path) -> None:
    page.goto(saved(tmp_path, str(SMALL), "--scope", "core", "--text", "Shushi"))
    page.get_by_role("button", name="List marks").click()
    page.locator(".tm-jump").filter(has_text="Shushi").first.click()
    card = page.locator(".tm-panel-body")
    expect(card).to_contain_text("Shushi / Şuşa")
    ways = page.get_by_label("Names of places")
    place = card.locator("dt", has_text="Place").first.locator("+ dd")
    for way, name in (("az", "Şuşa"), ("hy", "Շուշի"), ("label", "Shushi / Şuşa")):
        ways.select_option(way)
        expect(place).to_contain_text(f": {name};")


@pytest.mark.heavy
def test_a_question_mark_shows_the_keys_without_a_server(page: Page, tmp_path: Path) -> None:
    page.goto(saved(tmp_path, "--scope", "core", "--text", "Shushi"))
    page.locator("body").press("?")
    expect(page.get_by_role("dialog", name="Keys").locator("dt")).to_have_text(list(KEYS))
    expect(page.get_by_role("dialog", name="Keys").locator("dd")).to_have_text(list(KEYS.values()))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)


def test_hostile_text_in_a_cell_is_shown_and_does_nothing(page: Page, tmp_path: Path, table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["place_id"] == "hadrut":
            row |= {"title": HOSTILE, "summary": f"The text says {HOSTILE}", "note": HOSTILE, "place": HOSTILE}
    with table_copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    page.goto(saved(tmp_path, str(table_copy), "--scope", "core"))
    page.get_by_role("button", name="List marks").click()
    page.locator(".tm-jump").filter(has_text="Hadrut").click()
    expect(page.locator(".tm-panel")).to_contain_text("onerror")
    assert page.title().startswith("Incidents and who says so")
    assert page.locator("img").count() == 0


@pytest.mark.heavy
def test_a_lesson_leads_through_its_steps(page: Page, tmp_path: Path) -> None:
    target = tmp_path / "lesson.html"
    assert main(["lesson", str(SMALL / "lessons/two-tellings.md"), str(SMALL), "-o", str(target)]) == 0
    page.goto(target.as_uri())
    lesson, count, first = page.locator(".attest-lesson"), page.locator(".tm-count"), page.get_by_label("First day of")
    expect(lesson).to_contain_text("Step 1 of 4")
    expect(lesson.locator("h2")).to_have_text("All of them")
    expect(count).to_have_text("8 reports on the map, 1 without a place")
    expect(first).to_have_value("1 Sep 2020")
    expect(page.get_by_label("Colour marks by")).to_have_value("document")
    expect(page.get_by_role("button", name="Back")).to_be_disabled()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(lesson).to_contain_text("A newspaper tells")
    expect(count).to_have_text("5 reports on the map, 1 without a place")
    expect(page.get_by_label("Colour marks by")).to_have_value("side")
    page.keyboard.press("PageDown")
    expect(count).to_have_text("2 reports on the map")
    expect(page.locator(".tm-panel h2")).to_contain_text("Shushi / Şuşa")
    camera = page.evaluate(
        "(() => { const c = document.querySelector('.tm').attest.map.getCenter(); return [c.lat, c.lng]; })()"
    )
    assert camera == pytest.approx([39.76, 46.75], abs=0.02)
    page.keyboard.press("ArrowLeft")
    expect(lesson).to_contain_text("Step 2 of 4")
    page.get_by_role("slider", name="First day").focus()  # here the arrow keys move the window
    page.keyboard.press("ArrowRight")
    expect(lesson).to_contain_text("Step 2 of 4")
    page.get_by_role("button", name="Next", exact=True).click()
    page.reload()
    expect(lesson).to_contain_text("Step 3 of 4")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("button", name="Next", exact=True)).to_be_disabled()
    page.keyboard.press(".")
    expect(page.locator(".attest-blank")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".attest-blank")).to_have_count(0)
    expect(page.locator(".tm-panel")).to_be_hidden()


@pytest.mark.heavy
def test_a_map_that_nobody_moved_keeps_its_region_in_another_box(page: Page, tmp_path: Path) -> None:
    page.goto(saved(tmp_path, "--scope", "core"))
    sees = """root => { const box = root.attest.map.getBounds();
        return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]; }"""
    for width in (1280, 420, 900):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(200)
        west, south, east, north = page.locator(".tm").evaluate(sees)
        assert west <= 44.3, width
        assert south <= 38.7, width
        assert east >= 48.2, width
        assert north >= 41.3, width


@pytest.mark.heavy
def test_a_lesson_fits_a_phone(page: Page, tmp_path: Path) -> None:
    target = tmp_path / "lesson.html"
    assert main(["lesson", str(SMALL / "lessons/two-tellings.md"), str(SMALL), "-o", str(target)]) == 0
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(target.as_uri())
    expect(page.locator(".tm-leaflet")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
