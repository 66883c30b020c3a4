"""What a reader may do on the page.

A number that is drawn means one of what is on the page when its turn comes: so what is drawn never depends on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.browser.hand import Hand

ANY = st.sampled_from(range(97))
"""One of what is there, be it few or many."""

PART = st.sampled_from([0.03, 0.2, 0.4, 0.55, 0.7, 0.85, 0.97])
"""Of a width or a height."""

PAGES = (*["Map"] * 3, *["Compare"] * 2, "Disagreements", "Who is heard", "By area", "Sources", "Table", "Help")

BARS, YEARS = 45, 68
"""Pixels below the top of the timeline."""

Act = TypeVar("Act", bound=Callable[..., None])

ACTIONS: list[st.SearchStrategy[tuple[Callable[..., None], dict[str, Any]]]] = []
"""Each action of `Reader`, with what is drawn for it."""


def may(**drawn: st.SearchStrategy[Any]) -> Callable[[Act], Act]:
    """The reader may do this, with arguments that are drawn."""

    def kept(act: Act) -> Act:
        ACTIONS.append(st.tuples(st.just(act), st.fixed_dictionaries(drawn)))
        return act

    return kept


class Reader(Hand):
    """A reader who does anything, in any order."""

    # --- pages --------------------------------------------------------------------------------------------------------

    @may(name=st.sampled_from(PAGES))
    def go_to_a_page(self, name: str) -> None:
        self.go_to(name)

    @may(at=ANY)
    def choose_a_stand(self, at: int) -> None:
        if self.page.locator(".st-key-stand").count():
            self.choose("stand", self.page.locator(".st-key-stand button"), at)
        else:
            self.go_to("Disagreements")

    @may(at=ANY, key=st.sampled_from(("compared", "document")))
    def choose_what_a_page_shows(self, key: str, at: int) -> None:
        self.choose_in(key, at)

    @may(at=ANY)
    def change_the_sets_that_are_compared(self, at: int) -> None:
        if not self.page.locator(".st-key-set_a").count():
            self.go_to("Compare")
        elif at % 3:
            self.choose_in(("set_a", "set_b")[at % 2], at)
        else:
            self.choose("out of a set", self.page.locator("[data-testid=stMultiSelect] [aria-label^=Remove]"), at)

    @may()
    def lay_the_maps_over_each_other(self) -> None:
        if self.page.locator(".st-key-split").count():
            self.choose("divider", self.page.locator(".st-key-split label"))
        else:
            self.go_to("Compare")

    @may(way=st.sampled_from(("back", "back", "forward")))
    def go_through_the_history(self, way: str) -> None:
        def go() -> None:
            before = self.page.url
            self.page.evaluate(f"history.{way}()")
            self.page.wait_for_timeout(300)  # nothing tells that there is no entry to go to
            if not self.page.url.startswith("http://localhost"):
                self.page.goto(before)

        self.then(way, go)

    # --- filters ------------------------------------------------------------------------------------------------------

    @may(at=ANY)
    def tick_a_filter(self, at: int) -> None:
        self.choose("filter", self.page.locator("[data-testid=stSidebar] [data-testid=stCheckbox] label"), at)

    @may(at=ANY)
    def take_a_chip_away(self, at: int) -> None:
        self.choose("chip", self.page.locator(".st-key-chips button").filter(has_text="✕"), at)

    @may()
    def clear_all(self) -> None:
        self.choose("clear", self.page.locator(".st-key-clear button:not([disabled])"))

    @may(at=ANY)
    def take_what_is_offered_instead(self, at: int) -> None:
        self.choose("instead", self.page.locator(".st-key-instead button"), at)

    @may(text=st.sampled_from(("Shushi", "rocket", "Xankəndi", "nowhere at all", "")))
    def search(self, text: str) -> None:
        field = self.page.locator(".st-key-tools input")
        self.then(f"search {text!r}", lambda: (field.fill(text), field.press("Enter")))

    @may(number=st.sampled_from(("1", "5", "")), at=ANY)
    def ask_for_numbers(self, number: str, at: int) -> None:
        fields = self.page.locator("[data-testid=stSidebar] [data-testid=stNumberInput] input")
        if not self.fills("number", fields, number, at):
            self.tick_a_filter(at)

    @may(at=ANY)
    def colour(self, at: int) -> None:
        self.choose("colour", self.page.locator(".st-key-colour button"), at)

    @may(at=ANY)
    def name_places(self, at: int) -> None:
        self.choose_in("naming", at)

    # --- the map ------------------------------------------------------------------------------------------------------

    @may(key=st.sampled_from(("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "-", "l")))
    def press_a_key_on_the_map(self, key: str) -> None:
        self.on(".tm-leaflet", f"map {key}", lambda *_: self.page.locator(".tm-leaflet").first.press(key))

    @may(x=PART, y=PART, down=st.sampled_from((-240, 240)))
    def turn_the_wheel_over_the_map(self, x: float, y: float, down: int) -> None:
        def turn(left: float, top: float, wide: float, high: float) -> None:
            self.page.mouse.move(left + x * wide, top + y * high)
            self.page.mouse.wheel(0, down)

        self.on(".tm-leaflet", f"wheel {down} at {x}, {y}", turn)

    @may(x=PART, y=PART)
    def drag_the_map(self, x: float, y: float) -> None:
        def drag(left: float, top: float, wide: float, high: float) -> None:
            middle = left + 0.45 * wide, top + 0.45 * high
            self.drag(middle, (left + x * wide, top + y * high))

        self.on(".tm-leaflet", f"drag the map to {x}, {y}", drag)

    @may(x=PART, y=PART)
    def click_the_map(self, x: float, y: float) -> None:
        self.on(
            ".tm-leaflet", f"click the map at {x}, {y}",
            lambda left, top, wide, high: self.page.mouse.click(left + x * wide, top + y * high),
        )  # fmt: skip

    @may(name=st.sampled_from(("All", "Core region")))
    def frame(self, name: str) -> None:
        self.choose(name, self.button(name))

    @may(at=ANY)
    def press_a_mark(self, at: int) -> None:
        self.open_a_mark(at)

    @may(at=ANY)
    def press_a_wide_area(self, at: int) -> None:
        self.choose("wide area", self.page.locator(".tm-covering button"), at)

    @may(name=st.sampled_from(("Choose an area", "Collect marks")), is_drawn=st.booleans(), x=PART, y=PART)
    def draw_on_the_map(self, name: str, is_drawn: bool, x: float, y: float) -> None:
        def draw(left: float, top: float, wide: float, high: float) -> None:
            if self.button("Remove area").count() and name == "Choose an area":
                self.button("Remove area").first.click()
                return
            self.button(name).first.click()
            if is_drawn:
                self.drag((left + 0.45 * wide, top + 0.45 * high), (left + x * wide, top + y * high))
            self.page.keyboard.press("Enter")

        self.on(".tm-leaflet", f"{name} {is_drawn and (x, y)}", draw)

    # --- the panel ----------------------------------------------------------------------------------------------------

    @may(at=ANY)
    def open_a_report(self, at: int) -> None:
        self.choose("report", self.page.locator(".tm-report"), at)

    @may(at=ANY)
    def show_another_list(self, at: int) -> None:
        self.choose("tab", self.page.locator(".tm-panel [role=tab]"), at)

    @may(at=ANY)
    def step_through_incidents(self, at: int) -> None:
        self.choose("step", self.page.locator(".tm-step:not([disabled])"), at)

    @may(at=ANY)
    def close_the_panel(self, at: int) -> None:
        if at % 2:
            self.then("Escape", lambda: self.page.keyboard.press("Escape"))
        else:
            self.choose("close", self.page.locator(".tm-close"))

    # --- the collection -----------------------------------------------------------------------------------------------

    @may(at=ANY)
    def tick_for_the_collection(self, at: int) -> None:
        self.choose("tick", self.page.locator(".tm-tick input"), at)

    @may(text=st.sampled_from(("who else?", "")))
    def note_in_the_collection(self, text: str) -> None:
        field = self.page.get_by_label("Your note to this incident").filter(visible=True)
        if field.count():
            self.then(f"note {text!r}", lambda: (field.fill(text), field.press("Enter")))
        else:
            self.choose("collect", self.button("Collect"))

    @may(at=ANY)
    def use_the_collection(self, at: int) -> None:
        def use() -> None:
            self.page.locator(".st-key-chips button").filter(has_text="Collection ·").click()
            field = self.page.get_by_label("Name", exact=True)
            buttons = self.page.locator("[data-testid=stPopoverBody] [class*=st-key-collected_] button")
            self.page.locator("[data-testid=stPopoverBody] p").first.wait_for()
            if not field.count():
                pass  # it is empty
            elif at % 4 == 0:
                field.fill(f"My set {at}")
                field.press("Enter")
            elif at % 4 == 1:
                self.page.locator(".st-key-collection_alone label").click()
            elif at % 4 == 2 and at % 5 == 0:
                self.button("Empty it").click()
            else:
                buttons.nth(at % buttons.count()).click()
            self.page.keyboard.press("Escape")  # closes it

        self.then(f"collection {at}", use)

    # --- the timeline -------------------------------------------------------------------------------------------------

    @may(at=st.integers(0, 5), name=st.sampled_from(("First day", "Last day", "Window")))
    def set_a_day(self, at: int, name: str) -> None:
        handle = self.page.get_by_role("slider", name=f"{name}:").filter(visible=True)
        key = ("ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End")[at]
        if handle.count():  # where no report is left there is no window
            self.then(f"{name} {key}", lambda: handle.press(key))
        else:
            self.open_a_mark(at)

    @may(text=st.sampled_from(("2020", "Oct 2020", "1 Jan 1994", "3 Feb 2023", "soon")), at=ANY)
    def type_a_date(self, text: str, at: int) -> None:
        if not self.fills("date", self.page.locator(".tm-date").filter(visible=True), text, at):
            self.open_a_mark(at)

    @may(at=ANY)
    def take_a_period(self, at: int) -> None:
        menu = self.page.locator(".tm-periods").filter(visible=True)
        if menu.count():
            values = menu.locator("option:not([hidden])")
            self.then(f"period {at}", lambda: menu.select_option(index=1 + at % values.count()))
        else:
            self.open_a_mark(at)

    @may(x=PART, y=st.sampled_from((BARS, YEARS)), times=st.sampled_from((1, 1, 2)))
    def click_the_timeline(self, x: float, y: int, times: int) -> None:
        self.on(
            ".tm-strip", f"click the timeline {times} × at {x}, {y}",
            lambda left, top, wide, _: self.page.mouse.click(left + x * wide, top + y, click_count=times),
        )  # fmt: skip

    @may(start=PART, end=PART)
    def drag_over_the_timeline(self, start: float, end: float) -> None:
        self.on(
            ".tm-strip", f"drag over the timeline from {start} to {end}",
            lambda left, top, wide, _: self.drag((left + start * wide, top + BARS), (left + end * wide, top + BARS)),
        )  # fmt: skip

    @may(x=PART, down=st.sampled_from((-240, 240)))
    def stretch_the_timeline(self, x: float, down: int) -> None:
        def turn(left: float, top: float, wide: float, _: float) -> None:
            self.page.mouse.move(left + x * wide, top + BARS)
            self.page.keyboard.down("Shift")
            self.page.mouse.wheel(0, down)
            self.page.keyboard.up("Shift")

        self.on(".tm-strip", f"stretch the timeline {down} at {x}", turn)

    @may()
    def all_dates(self) -> None:
        self.choose("all dates", self.page.locator(".tm-all:not([disabled])"))

    @may()
    def zoom_the_timeline(self) -> None:
        self.choose("zoom", self.page.locator(".tm-zoomer:not([disabled])"))

    @may()
    def lanes(self) -> None:
        self.choose("lanes", self.button("Lanes"))

    @may(how=st.sampled_from((".tm-play", ".tm-strip", ".tm-report")))
    def play_and_stop(self, how: str) -> None:
        """By the button, by a click on a bar, or by opening a report."""

        def play(*_: float) -> None:
            self.page.locator(".tm-play").click()
            end = monotonic() + 0.8
            while monotonic() < end and self.page.locator(".tm-play[aria-label=Pause]").count():
                self.page.wait_for_timeout(50)
            other = self.page.locator(how).filter(visible=True)
            if self.page.locator(".tm-play[aria-label=Pause]").count():
                (other if other.count() else self.page.locator(".tm-play")).first.click()

        self.on(".tm-strip", f"play, stop by {how}", play)
