"""The timeline as a person uses it: the window, its handles and dates, playback and lanes."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.conftest import Screen


def test_dragging_the_window_repaints_without_asking_the_server(screen: Screen) -> None:
    screen.open("?from=2020-09-01&to=2020-12-31")
    before, asked = screen.page.locator(".tm-count").inner_text(), len(screen.to_server)
    grip = screen.page.locator(".tm-body").bounding_box()
    assert grip
    middle = grip["x"] + grip["width"] / 2
    screen.page.mouse.move(middle, grip["y"] + 10)
    screen.page.mouse.down()
    screen.page.mouse.move(middle - 150, grip["y"] + 10, steps=6)
    expect(screen.page.locator(".tm-count")).not_to_have_text(before)
    assert len(screen.to_server) == asked, "nothing travels while the hand holds the window"
    screen.page.mouse.up()
    screen.settle()
    assert len(screen.to_server) > asked
    expect(screen.page).to_have_url(re.compile(r"from=201\d"))
    expect(screen.sentence).not_to_contain_text("2020")


def test_each_handle_moves_its_own_end_and_the_other_stays(screen: Screen) -> None:
    screen.open("?from=2020-09-01&to=2020-12-31")
    left = screen.page.locator(".tm-left")
    left.focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.settle()
    expect(screen.page.get_by_label("First day of the window")).to_have_value("2020-08-01")
    expect(screen.page.get_by_label("Last day of the window")).to_have_value("2020-12-31")


def test_playing_moves_the_window_without_asking_the_server_and_pausing_tells_it(small_screen: Screen) -> None:
    small_screen.open("?from=2020-01-01&to=2020-01-31")
    small_screen.page.get_by_label("Speed").select_option("1")
    asked = len(small_screen.to_server)
    small_screen.page.locator(".tm-body").focus()
    small_screen.page.keyboard.press("Space")
    first = small_screen.page.get_by_label("First day of the window")
    expect(first).to_have_value("2020-09-01")  # nothing begins before
    expect(small_screen.page.locator(".tm-when")).to_have_text("1 Sep 2020 – 30 Sep 2020")
    assert len(small_screen.to_server) == asked, "nothing travels while it plays"
    small_screen.page.keyboard.press("Space")
    small_screen.settle()
    expect(small_screen.page).to_have_url(re.compile(f"from={first.input_value()}"))


def test_all_so_far_keeps_the_first_day_while_playing(screen: Screen) -> None:
    screen.open("?from=2020-01-01&to=2020-01-31")
    screen.page.get_by_label("What playback shows").select_option("sofar")
    screen.page.get_by_role("button", name="Play").click()
    expect(screen.page.get_by_label("Last day of the window")).not_to_have_value("2020-01-31")
    screen.page.get_by_role("button", name="Pause").click()
    expect(screen.page.get_by_label("First day of the window")).to_have_value("2020-01-01")


def test_an_exact_date_typed_in_narrows_the_sentence_and_the_table(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_label("First day of the window").fill("2016-04-01")
    screen.page.get_by_label("Last day of the window").fill("2016-04-30")
    screen.page.get_by_label("Last day of the window").press("Tab")
    screen.settle()
    expect(screen.sentence).to_contain_text("1 – 30 Apr 2016")


def test_a_date_typed_key_by_key_is_taken_when_it_is_whole(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    last = screen.page.get_by_label("Last day of the window")
    last.focus()
    screen.page.keyboard.type("12312021")
    expect(last).to_have_value("2021-12-31")
    expect(screen.page.get_by_label("First day of the window")).to_have_value("2020-09-27")
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_url(re.compile("to=2021-12-31"))


def test_playing_what_fits_in_one_step_or_is_filtered_away_stops_by_itself(screen: Screen) -> None:
    screen.open("?incident=&q=Zeynallı")
    screen.page.get_by_role("button", name="Play").click()
    expect(screen.page.get_by_role("button", name="Play")).to_be_visible()
    screen.page.get_by_role("textbox", name="Search words or places").fill("zzzz")
    screen.page.get_by_role("textbox", name="Search words or places").press("Enter")
    expect(screen.sentence).to_contain_text("No report matches")
    screen.page.get_by_role("button", name="Play").click()
    expect(screen.page.get_by_role("button", name="Play")).to_be_visible()


def test_lanes_show_each_report_as_a_bar_that_can_be_chosen(screen: Screen) -> None:
    screen.open("?from=2020-09-01&to=2020-12-31&by=document")
    screen.page.get_by_role("button", name="Lanes").click()
    expect(screen.page.locator(".tm-lanes")).to_contain_text("Solid: the day is known")
    bar = screen.page.locator(".tm").evaluate(
        """root => { const bar = root.attest.lanes.bars.find(one => one.x > 20);
        return [bar.x + 2, bar.y + 3]; }"""
    )
    canvas = screen.page.locator(".tm-lanes canvas")
    canvas.hover(position={"x": bar[0], "y": bar[1]})
    expect(screen.page.locator(".tm-tip")).to_be_visible()
    canvas.click(position={"x": bar[0], "y": bar[1]})
    expect(screen.page).to_have_url(re.compile("incident="))


def test_clearing_the_filters_brings_the_whole_time_back(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.page.get_by_role("button", name="Zoom timeline").click()
    screen.page.get_by_role("button", name="Clear all").click()
    screen.settle()
    expect(screen.page.get_by_label("First day of the window")).to_have_value("1990-01-01")
    expect(screen.page.get_by_role("button", name="Zoom timeline")).to_be_disabled()
