"""The address equals the screen: after each of many random actions a fresh page at that address shows the same.

The actions are drawn by Hypothesis from a fixed seed, so that a failure is met again. `make states` takes two hundred
of them, `make heavy` a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from playwright.sync_api import BrowserContext, Locator, expect

from tests.conftest import Screen, opened

STATE = """root => {
  const map = root.attest;
  const seen = selector => [...document.querySelectorAll(selector)].map(each => each.innerText);
  const { camera } = map.cameras, { panel, timeline } = map;
  return {
    sentence: seen(".st-key-said"), chips: seen(".st-key-chips button"),
    page: seen(".st-key-pages [aria-checked=true]"),
    ticked: [...document.querySelectorAll("[data-testid=stSidebar] input:checked")].map(each =>
      each.closest("label").innerText.replace(/ · .*/, "")),
    search: document.querySelector(".st-key-tools input").value,
    camera: camera && [camera.lat, camera.lon, camera.zoom].map(number => number.toFixed(2)),
    window: map.window, axis: timeline.zoomed ? timeline.domain : null, lanes: map.lanes.open,
    scheme: map.colouring.key, naming: map.naming, area: map.area, surely: map.surely, shown: map.shown,
    selected: [...map.selected].sort(), collected: map.collected.rows,
    notes: map.collected.rows.map(row => map.collected.notes.get(row)),
    maps: map.views.length,
    panel: panel.view, tabs: [...panel.tabs.element.children].map(each => each.innerText),
    title: panel.view === null ? null : panel.head.querySelector("h2")?.innerText,
    listed: panel.view === null || panel.view === "card" ? 0 : panel.body.querySelectorAll("button").length,
    tip: root.querySelector(".tm-tip:not([hidden])")?.innerText ?? "",
  };
}"""
"""What is on screen, as far as a reader can tell it. Cameras are compared to a hundredth of a degree."""


def state(screen: Screen) -> dict[str, Any]:
    seen: dict[str, Any] = screen.page.locator(".tm").first.evaluate(STATE)
    return seen


def open_at(screen: Screen, address: str) -> Screen:
    screen.page.goto(address)
    expect(screen.page.locator(".tm-count").first).to_contain_text("on the map")
    screen.settle()
    screen.page.wait_for_timeout(300)  # what the timeline tells of its stretch is told a fifth of a second later
    return screen


class Reader(RuleBasedStateMachine):
    """A reader who does anything, in any order. ``watched`` is its page, ``fresh`` one that only opens addresses."""

    watched: Screen
    fresh: Screen
    done: list[str]
    faults: list[str]

    def __init__(self) -> None:
        super().__init__()
        open_at(self.watched, f"{self.watched.address}/")
        self.done.append("open")

    def then(self, what: str, act: Callable[[], None]) -> None:
        """Does it, and compares the page with a fresh one at its address."""
        screen = self.watched
        act()
        screen.page.mouse.move(700, 4)  # nothing is pointed at
        screen.settle()
        screen.page.wait_for_timeout(400)
        self.done.append(what)
        mine, address = state(screen), screen.page.url
        theirs = state(open_at(self.fresh, address))
        other = {name: (mine[name], theirs[name]) for name in mine if mine[name] != theirs[name]}
        if other:  # told at the end, for Hypothesis would do all of it again
            self.faults.append(f"after {self.done[-6:]} at {address}: here and afresh {other}")
            open_at(screen, address)

    def one_of(self, buttons: Locator, at: int) -> Locator:
        return buttons.nth(at % max(1, buttons.count()))

    def choose(self, what: str, buttons: Locator, at: int) -> None:
        """Clicks one of what is there; where there is none, the reader opens a mark instead."""
        if count := buttons.count():
            number = at % count
            self.then(f"{what} {number}", lambda: buttons.nth(number).click())
        else:
            self.open_a_mark(at)

    @rule(name=st.sampled_from(("Map", "Compare")))
    def go_to_a_page(self, name: str) -> None:
        self.then(f"page {name}", self.watched.page.locator(".st-key-pages [role=radio]", has_text=name).click)

    @rule(at=st.integers(0, 3))
    def name_places(self, at: int) -> None:
        def name() -> None:
            self.watched.page.get_by_label("Names of places").click()
            self.one_of(self.watched.page.get_by_role("option"), at).click()

        self.then(f"names {at}", name)

    @rule(text=st.sampled_from(("who else?", "")))
    def note_in_the_collection(self, text: str) -> None:
        field = self.watched.page.get_by_label("Your note to this incident")
        if field.count():
            self.then(f"note {text!r}", lambda: (field.fill(text), field.press("Enter"))[0])
        else:
            self.choose("collect", self.watched.page.get_by_role("button", name="Collect", exact=True), 0)

    @rule(at=st.integers(0, 30))
    def tick_a_filter(self, at: int) -> None:
        self.choose("filter", self.watched.page.locator("[data-testid=stSidebar] [data-testid=stCheckbox] label"), at)

    @rule(at=st.integers(0, 5))
    def take_a_chip_away(self, at: int) -> None:
        self.choose("chip", self.watched.page.locator(".st-key-chips button").filter(has_text="✕"), at)

    @rule()
    def clear_all(self) -> None:
        self.choose("clear", self.watched.page.locator(".st-key-clear button:not([disabled])"), 0)

    @rule(text=st.sampled_from(("Shushi", "rocket", "Xankəndi", "nowhere at all", "")))
    def search(self, text: str) -> None:
        field = self.watched.page.locator(".st-key-tools input")
        self.then(f"search {text!r}", lambda: (field.fill(text), field.press("Enter"))[0])

    @rule(at=st.integers(0, 2))
    def colour(self, at: int) -> None:
        self.choose("colour", self.watched.page.locator(".st-key-colour button"), at)

    @rule(key=st.sampled_from(("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "-")))
    def move_the_map(self, key: str) -> None:
        def move() -> None:
            self.watched.page.locator(".tm-leaflet").focus()
            self.watched.page.keyboard.press(key)
            self.watched.page.wait_for_timeout(500)

        self.then(f"map {key}", move)

    @rule(name=st.sampled_from(("All", "Core region")))
    def frame(self, name: str) -> None:
        self.choose(name, self.watched.page.get_by_role("button", name=name, exact=True), 0)

    @rule(at=st.integers(0, 40))
    def press_a_mark(self, at: int) -> None:
        self.open_a_mark(at)

    def open_a_mark(self, at: int) -> None:
        def press() -> None:
            self.watched.page.get_by_role("button", name="List marks").click()
            marks = self.watched.page.locator(".tm-jump")
            if marks.count():
                self.one_of(marks, at).click()

        self.then(f"mark {at}", press)

    @rule(at=st.integers(0, 8))
    def open_a_report(self, at: int) -> None:
        self.choose("report", self.watched.page.locator(".tm-report"), at)

    @rule(at=st.integers(0, 4))
    def show_another_list(self, at: int) -> None:
        self.choose("tab", self.watched.page.locator(".tm-panel [role=tab]"), at)

    @rule(at=st.integers(0, 1))
    def step_through_incidents(self, at: int) -> None:
        self.choose("step", self.watched.page.locator(".tm-step:not([disabled])"), at)

    @rule(at=st.integers(0, 3))
    def tick_for_the_collection(self, at: int) -> None:
        self.choose("tick", self.watched.page.locator(".tm-tick input"), at)

    @rule()
    def escape(self) -> None:
        self.then("Escape", lambda: self.watched.page.keyboard.press("Escape"))

    @rule(at=st.integers(0, 5), name=st.sampled_from(("First day", "Last day")))
    def set_a_day(self, at: int, name: str) -> None:
        handle = self.watched.page.get_by_role("slider", name=f"{name}:")
        key = ("ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End")[at]
        if handle.count():  # where no report is left there is no window
            self.then(f"{name} {key}", lambda: handle.press(key))
        else:
            self.open_a_mark(at)

    @rule()
    def all_dates(self) -> None:
        self.choose("all dates", self.watched.page.locator(".tm-bar button:not([disabled])", has_text="All dates"), 0)

    @rule()
    def zoom_the_timeline(self) -> None:
        self.choose("zoom", self.watched.page.locator(".tm-zoomer:not([disabled])"), 0)

    @rule()
    def lanes(self) -> None:
        self.choose("lanes", self.watched.page.get_by_role("button", name="Lanes", exact=True), 0)

    @rule(way=st.sampled_from(("back", "forward")))
    def go_through_the_history(self, way: str) -> None:
        def go() -> None:
            before = self.watched.page.url
            self.watched.page.evaluate(f"history.{way}()")
            self.watched.page.wait_for_timeout(600)
            if not self.watched.page.url.startswith(self.watched.address):
                self.watched.page.goto(before)

        self.then(way, go)


@pytest.fixture
def pages(reader: BrowserContext, dashboard: str) -> Iterator[tuple[Screen, Screen]]:
    for watched in opened(reader, dashboard, (1440, 900)):
        for fresh in opened(reader, dashboard, (1440, 900)):
            yield watched, fresh


@pytest.mark.parametrize(
    "steps", [pytest.param(8, marks=pytest.mark.heavy), pytest.param(200, marks=pytest.mark.states)]
)
def test_after_each_action_a_fresh_page_at_the_address_shows_the_same(pages: tuple[Screen, Screen], steps: int) -> None:
    done: list[str] = []
    faults: list[str] = []

    class Random(Reader):
        watched, fresh = pages

    Random.done, Random.faults = done, faults
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Random,
        settings=settings(
            max_examples=2,  # the first is the simplest there is, of no step or one
            stateful_step_count=steps, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False,
        ),
    )  # fmt: skip
    assert faults == []
    assert len(done) > steps, done
