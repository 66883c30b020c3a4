"""The window of days: dragged, played, typed."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen


def iso(shown: str) -> str:
    return datetime.strptime(shown, "%d %b %Y").date().isoformat()


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


def test_the_first_move_of_a_frame_is_painted_at_once_and_the_last_at_its_end(screen: Screen) -> None:
    screen.open("?from=2020-09-01&to=2020-12-31")
    told = screen.page.locator(".tm").evaluate(
        """async (root) => {
          const map = root.attest;
          do await new Promise(requestAnimationFrame); while (map.awaited !== null);  // of land that came
          const seen = [];
          const see = () => seen.push(map.views[0].when.textContent);
          const day = map.timeline.window.first;
          for (const shift of [10, 20, 30]) {
            map.timeline.set({ first: day + shift, last: day + 90 });
            see();
          }
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          see();
          return seen;
        }"""
    )
    first, second, third, last = (one.split(" – ")[0] for one in told)
    assert (first, last) == ("11 Sep 2020", "1 Oct 2020")
    assert (second, third) == (first, first), "what follows within the frame waits for its end"


@pytest.mark.heavy
def test_each_handle_moves_its_own_end_and_the_other_stays(screen: Screen) -> None:
    screen.open("?from=2020-09-01&to=2020-12-31")
    left = screen.page.locator(".tm-left")
    left.focus()
    screen.page.keyboard.press("ArrowLeft")
    screen.settle()
    expect(screen.page.get_by_label("First day of the window")).to_have_value("1 Aug 2020")
    expect(screen.page.get_by_label("Last day of the window")).to_have_value("31 Dec 2020")


@pytest.mark.heavy
def test_playing_moves_the_window_without_asking_the_server_and_pausing_tells_it(small_screen: Screen) -> None:
    small_screen.open("?from=2020-01-01&to=2020-01-31")
    small_screen.page.get_by_label("Speed").select_option("1")
    asked = len(small_screen.to_server)
    small_screen.page.locator(".tm-body").focus()
    small_screen.page.keyboard.press("Space")
    first = small_screen.page.get_by_label("First day of the window")
    expect(first).to_have_value("1 Sep 2020")  # nothing begins before
    expect(small_screen.page.locator(".tm-when")).to_have_text("1 Sep 2020 – 30 Sep 2020")
    expect(small_screen.page.locator(".tm-said")).to_have_text(
        "Jan 2020 → Sep 2020: 7 months without a report that begins"
    )
    assert len(small_screen.to_server) == asked, "nothing travels while it plays"
    small_screen.page.keyboard.press("Space")
    small_screen.settle()
    expect(small_screen.page).to_have_url(re.compile(f"from={iso(first.input_value())}"))


@pytest.mark.heavy
def test_all_so_far_keeps_the_first_day_while_playing(screen: Screen) -> None:
    screen.open("?from=2020-01-01&to=2020-01-31")
    screen.page.get_by_label("What playback shows").select_option("sofar")
    screen.page.get_by_role("button", name="Play").click()
    expect(screen.page.get_by_label("Last day of the window")).not_to_have_value("31 Jan 2020")
    screen.page.get_by_role("button", name="Pause").click()
    expect(screen.page.get_by_label("First day of the window")).to_have_value("1 Jan 2020")


@pytest.mark.heavy
def test_an_exact_date_typed_in_narrows_the_sentence_and_the_table(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_label("First day of the window").fill("2016-04-01")
    screen.page.get_by_label("Last day of the window").fill("2016-04-30")
    screen.page.get_by_label("Last day of the window").press("Tab")
    screen.settle()
    expect(screen.sentence).to_contain_text("1 – 30 Apr 2016")


@pytest.mark.heavy
def test_a_date_typed_key_by_key_is_taken_when_it_is_whole(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    last = screen.page.get_by_label("Last day of the window")
    last.select_text()
    screen.page.keyboard.type("Dec 2021")
    expect(last).to_have_value("Dec 2021")
    expect(screen.page).to_have_url(re.compile("to=2020-11-10"))  # nothing is read while it is typed
    screen.page.keyboard.press("Enter")
    expect(last).to_have_value("31 Dec 2021")
    expect(screen.page.get_by_label("First day of the window")).to_have_value("27 Sep 2020")
    expect(screen.page).to_have_url(re.compile("to=2021-12-31"))


@pytest.mark.heavy
def test_every_form_of_a_date_is_understood_and_what_is_none_says_what_to_write(screen: Screen) -> None:
    page = screen.open("?from=2020-09-27&to=2020-11-10").page
    first, said = page.get_by_label("First day of the window"), page.locator(".tm-said")
    for typed, shown in (("29 Feb 2016", "29 Feb 2016"), ("2016-03-01", "1 Mar 2016"), ("2016", "1 Jan 2016")):
        first.fill(typed)
        first.press("Enter")
        expect(first).to_have_value(shown)
    first.press("ArrowUp")
    expect(first).to_have_value("2 Jan 2016")
    for typed, words in (("02/03/2016", "is no date here: write 29 Feb 2024"), ("30 Feb 2016", "no such day")):
        first.fill(typed)
        first.press("Enter")
        expect(said).to_contain_text(words)
        expect(first).to_have_attribute("aria-invalid", "true")
        expect(first).to_have_value(typed)
    first.fill("2021")
    first.press("Enter")
    expect(said).to_have_text("The last day is before the first.")
    first.press("Escape")
    expect(first).to_have_value("2 Jan 2016")
    expect(said).to_have_text("")
    expect(page).to_have_url(re.compile("from=2016-01-02"))


@pytest.mark.heavy
def test_playing_what_fits_in_one_step_or_is_filtered_away_stops_by_itself(screen: Screen) -> None:
    screen.open("?incident=&q=Zeynallı")
    screen.page.get_by_role("button", name="Play").click()
    expect(screen.page.get_by_role("button", name="Play")).to_be_visible()
    screen.page.get_by_role("textbox", name="Search words or places").fill("zzzz")
    screen.page.get_by_role("textbox", name="Search words or places").press("Enter")
    expect(screen.sentence).to_contain_text("No report matches")
    screen.page.get_by_role("button", name="Play").click()
    expect(screen.page.get_by_role("button", name="Play")).to_be_visible()
