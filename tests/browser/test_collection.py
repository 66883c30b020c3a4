"""The collection as a person uses it: ticked, drawn round, noted, kept in the link, and shown alone."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen

WAR = "?from=2020-09-27&to=2020-11-10"


def collected(screen: Screen) -> list[str]:
    """What the address has of the collection."""
    return parse_qs(urlsplit(screen.page.url).query).get("collected", [])


def button(screen: Screen, text: str) -> None:
    screen.page.get_by_role("button", name=text, exact=True).click()
    screen.settle()


def test_a_card_is_taken_in_and_noted_and_the_link_opens_both_elsewhere(screen: Screen) -> None:
    screen.open(f"{WAR}&incident=2020-shushi-shelling")
    button(screen, "Collect")
    expect(screen.page.get_by_role("button", name="Collection · 1")).to_be_visible()
    expect(screen.page.get_by_role("button", name="✓ In the collection")).to_have_attribute("aria-pressed", "true")
    screen.page.get_by_label("Your note to this incident").fill("who else ~ tells it?")
    screen.page.keyboard.press("Enter")
    screen.settle()
    assert collected(screen) == ["2020-shushi-shelling~who else ~ tells it?"]
    address = screen.page.url
    screen.open()
    expect(screen.page).not_to_have_url(re.compile("collected="))
    screen.page.goto(address)
    screen.settle()
    expect(screen.page.get_by_label("Your note to this incident")).to_have_value("who else ~ tells it?")
    button(screen, "✓ In the collection")
    expect(screen.page).not_to_have_url(re.compile("collected="))


@pytest.mark.heavy
def test_a_row_is_ticked_by_the_keyboard_and_keeps_the_focus(screen: Screen) -> None:
    screen.open(f"{WAR}&panel=reports")
    tick = screen.page.get_by_label("In the collection: ").first
    tick.focus()
    screen.page.keyboard.press("Space")
    expect(screen.page).to_have_url(re.compile("collected="))
    assert len(collected(screen)) == 1
    expect(tick).to_be_focused()
    expect(tick).to_be_checked()


@pytest.mark.heavy
def test_marks_within_what_is_drawn_are_taken_in_and_no_others(screen: Screen) -> None:
    screen.open(f"{WAR}&camera=39.8177,46.7528,11")
    box = screen.page.locator(".tm-leaflet").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    button(screen, "Collect marks")
    around = ((-60, 0), (0, -60), (60, 0), (0, 60))
    screen.page.mouse.move(x + around[0][0], y + around[0][1])
    screen.page.mouse.down()
    for right, down in around[1:]:
        screen.page.mouse.move(x + right, y + down, steps=4)
    screen.page.mouse.up()
    screen.settle()
    expect(screen.page).to_have_url(re.compile("collected="))
    expect(screen.page.locator(".tm-panel h2")).to_have_text("The collection")
    for meta in screen.page.locator(".tm-report").all_inner_texts():
        assert "Stepanakert" in meta and "Shushi" not in meta
    drawn = collected(screen)
    button(screen, f"Take out all {len(drawn)}")
    expect(screen.page).not_to_have_url(re.compile("collected="))


@pytest.mark.heavy
def test_a_box_and_enter_take_in_what_is_in_view(screen: Screen) -> None:
    screen.open(f"{WAR}&camera=39.8177,46.7528,11")
    button(screen, "Collect marks")
    screen.page.get_by_label("What is drawn").select_option("box")
    box = screen.page.locator(".tm-leaflet").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    screen.page.mouse.move(middle[0] - 50, middle[1] - 50)
    screen.page.mouse.down()
    screen.page.mouse.move(middle[0] + 50, middle[1] + 50, steps=3)
    screen.page.mouse.up()
    screen.settle()
    by_box = set(collected(screen))
    assert by_box
    button(screen, "Collect marks")
    screen.page.keyboard.press("Enter")
    screen.settle()
    assert by_box < set(collected(screen)), "Shushi is in view too"


@pytest.mark.heavy
def test_shown_alone_the_map_follows_the_collection(screen: Screen) -> None:
    screen.open("?collected=2020-shushi-shelling&collected=2023-09-sarnaghbyur-attack&collection=Two%20places")
    screen.page.get_by_role("button", name="Collection · 2").click()
    expect(screen.page.get_by_label("Name", exact=True)).to_have_value("Two places")
    screen.page.get_by_text("Show only these").click()
    screen.settle()
    expect(screen.sentence).to_contain_text("of 2 incidents")
    expect(screen.page.get_by_role("button", name="Only 2 chosen incidents ✕")).to_be_visible()
    screen.page.get_by_role("button", name="Take out").first.click()
    screen.settle()
    expect(screen.sentence).to_contain_text("of 1 incident")
    screen.page.keyboard.press("Escape")
    screen.page.get_by_role("button", name="Only 1 chosen incident ✕").click()
    screen.settle()
    expect(screen.sentence).not_to_contain_text("of 1 incident")
    assert len(collected(screen)) == 1


@pytest.mark.heavy
def test_a_file_takes_the_collection_to_another_session(screen: Screen, tmp_path: Path) -> None:
    screen.open("?collected=2020-shushi-shelling~first&collected=2023-09-sarnaghbyur-attack&collection=Two%20places")
    screen.page.get_by_role("button", name="Collection · 2").click()
    with screen.page.expect_download() as begun:
        screen.page.get_by_role("button", name="Save as a file").click()
    path = tmp_path / begun.value.suggested_filename
    begun.value.save_as(path)
    assert re.fullmatch(r"armenian-azerbaijani-conflict_two-places\.csv", path.name)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row["note"] for row in rows] == ["first", ""]
    screen.open()
    screen.page.get_by_role("button", name="Collection · 0").click()
    screen.page.locator("[data-testid=stPopoverBody] input[type=file]").set_input_files(path)
    expect(screen.page.get_by_role("button", name="Collection · 2")).to_be_visible()
    screen.settle()
    assert collected(screen) == ["2020-shushi-shelling~first", "2023-09-sarnaghbyur-attack"]


@pytest.mark.heavy
def test_a_file_that_cannot_be_read_is_told_and_changes_nothing(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("incident_id,title,note,collection\n2020-shushi-shellin,,,\n")
    screen.open("?collected=2023-09-sarnaghbyur-attack")
    screen.page.get_by_role("button", name="Collection · 1").click()
    screen.page.locator("[data-testid=stPopoverBody] input[type=file]").set_input_files(path)
    told = screen.page.get_by_text("set.csv line 2, incident_id")
    expect(told).to_contain_text("did you mean '2020-shushi-shelling'?")
    assert collected(screen) == ["2023-09-sarnaghbyur-attack"]


@pytest.mark.heavy
def test_of_two_panes_over_the_map_only_the_last_opened_is_open(screen: Screen) -> None:
    page = screen.open(WAR).page
    area, marks = page.get_by_text("Drag a rectangle."), page.get_by_text("Draw round marks.")
    button(screen, "Choose an area")
    button(screen, "Collect marks")
    expect(area).to_be_hidden()
    expect(marks).to_be_visible()
    button(screen, "Choose an area")
    expect(marks).to_be_hidden()
    expect(area).to_be_visible()
    expect(page.get_by_role("button", name="Collect marks")).to_have_attribute("aria-pressed", "false")
