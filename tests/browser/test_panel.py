"""The panel beside the map: cards and lists."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen


def test_a_mark_opens_its_reports_and_the_card_with_full_attribution(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.mark("Stepanakert")
    report = (
        screen.page.locator("button.tm-report").filter(has_text="Stepanakert").filter(has_text="Al-Ahram Weekly").first
    )
    expect(report).to_contain_text("¶")
    report.click()
    screen.settle()
    card = screen.page.locator(".tm-panel")
    for words in ("Al-Ahram Weekly", "paragraph", "Date", "Place", "Stepanakert / Xankəndi", "Deaths stated"):
        expect(card).to_contain_text(words)
    expect(screen.page).to_have_url(re.compile("incident="))


@pytest.mark.heavy
def test_a_row_of_the_list_opens_its_incident_and_closing_the_panel_closes_it(screen: Screen) -> None:
    page = screen.open("?q=Sumgait&scopes=context&panel=reports").page
    page.locator(".tm-panel .tm-report").first.click()
    expect(page).to_have_url(re.compile("incident="))
    expect(page.locator(".tm-panel h2")).to_be_visible()
    screen.settle()
    page.get_by_role("button", name="Close panel").click()
    expect(page.locator(".tm-panel")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("incident="))


@pytest.mark.heavy
def test_an_incident_that_is_open_is_told_apart_in_the_list_and_brought_into_view(screen: Screen) -> None:
    page = screen.open("?incident=2020-shushi-shelling").page
    page.get_by_role("tab", name="Reports").click()
    expect(page.locator('.tm-report[aria-current="true"]').first).to_be_in_viewport()


@pytest.mark.heavy
def test_every_report_of_an_area_can_be_reached(screen: Screen) -> None:
    page = screen.open().page
    page.get_by_role("button", name="List marks").click()
    area = page.locator(".tm-jump").filter(has_text="Nagorno-Karabakh").first
    number = int(re.search(r"(\d+) reports", area.inner_text())[1])
    area.click()
    expect(page.locator(".tm-panel .tm-report")).to_have_count(number)
    page.get_by_label("Order of the list").select_option("who")
    expect(page.locator(".tm-panel .tm-report")).to_have_count(number)
    expect(page.locator(".tm-panel h4").first).to_be_visible()


@pytest.mark.heavy
def test_what_a_filter_removes_leaves_the_list_that_is_open(screen: Screen) -> None:
    page = screen.open("?scopes=core").page
    screen.mark("Ganja")
    expect(page.locator(".tm-panel .tm-report")).to_have_count(3)
    page.locator("[data-testid=stSidebar]").get_by_text(re.compile("^Azerbaijani ·")).click()
    expect(page.locator(".tm-panel .tm-report")).to_have_count(1)


@pytest.mark.heavy
def test_escape_closes_the_panel_from_anywhere(screen: Screen) -> None:
    page = screen.open("?incident=2020-shushi-shelling").page
    expect(page.locator(".tm-panel h2")).to_be_visible()
    page.locator("body").press("Escape")
    expect(page.locator(".tm-panel")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("incident="))


@pytest.mark.heavy
def test_the_tray_lists_what_cannot_be_mapped_or_dated(screen: Screen) -> None:
    screen.open("?panel=unmapped")
    unmapped = re.search(r"(\d+) cannot be mapped", screen.sentence.inner_text())[1]
    expect(screen.page.get_by_text(f"Without a place that can be known · {unmapped}")).to_be_visible()


def test_graphic_reports_stay_closed_until_asked_for(screen: Screen) -> None:
    screen.open("?incident=2016-04-sloyan-killing")
    card = screen.page.locator(".tm-panel")
    closed = card.locator("details").filter(has_text="Graphic").first
    expect(closed).not_to_have_attribute("open", "")
    closed.locator("summary").click()
    expect(closed).to_have_attribute("open", "")


def test_the_keyboard_alone_reaches_a_report_and_comes_back(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.page.locator(".tm-leaflet").focus()
    screen.page.keyboard.press("l")
    expect(screen.page.locator(".tm-jump").first).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("button.tm-report").first).to_be_focused()
    screen.page.keyboard.press("Enter")
    expect(screen.page).to_have_url(re.compile("incident="))
    screen.page.keyboard.press("Escape")
    expect(screen.page.locator(".tm-panel")).to_be_hidden()


@pytest.mark.parametrize("screen", [(390, 844)], indirect=True, ids=["phone"])
def test_on_a_phone_a_mark_opens_a_sheet_that_nothing_covers(screen: Screen) -> None:
    screen.open("?from=2020-09-27&to=2020-11-10")
    screen.mark("Stepanakert")
    screen.page.locator("button.tm-report").first.click()
    expect(screen.page).to_have_url(re.compile("incident="))
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.heavy
def test_the_marks_in_view_follow_the_camera(screen: Screen) -> None:
    page = screen.open("?camera=39.8177,46.7528,11&panel=marks").page
    marks = page.locator(".tm-jump")
    near = marks.all_inner_texts()
    assert not [text for text in near if "Ganja" in text]
    page.get_by_role("button", name="Core region", exact=True).click()
    expect(page.locator(".tm-jump", has_text="Ganja").first).to_be_visible()
    assert marks.all_inner_texts() != near


@pytest.mark.heavy
def test_in_compare_the_marks_of_both_maps_are_listed_each_under_its_title(screen: Screen) -> None:
    page = screen.open("?page=compare&compare=sides&a=armenian&b=azerbaijani").page
    page.get_by_role("button", name="List marks").last.click()
    heads = page.locator(".tm-panel-body h3")
    expect(heads).to_have_count(2)
    for at in (0, 1):
        expect(heads.nth(at)).to_contain_text(page.locator(".tm-title").nth(at).inner_text())
    last = page.locator(".tm-jump").last
    name = last.inner_text().split(":")[0]
    last.click()
    expect(page.locator(".tm-panel")).to_contain_text(name.split(" and ")[0])


@pytest.mark.heavy
def test_escape_closes_from_a_checkbox_and_a_field_but_not_over_text_that_is_not_taken(screen: Screen) -> None:
    page = screen.open("?panel=reports").page
    panel = page.locator(".tm-panel")
    tick = page.get_by_label("In the collection: ").first
    tick.focus()
    tick.press("Escape")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="List marks").click()
    search = page.get_by_role("textbox", name="Search words or places")
    search.press("Escape")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="List marks").click()
    search.press_sequentially("rock")
    search.press("Escape")
    page.wait_for_timeout(200)
    expect(panel).to_be_visible()


@pytest.mark.heavy
def test_the_tabs_are_moved_between_by_arrow_keys_and_name_their_panel(screen: Screen) -> None:
    page = screen.open("?panel=marks").page
    tabs = page.locator(".tm-panel [role=tab]")
    assert [tab.get_attribute("tabindex") for tab in tabs.all()] == ["0", "-1", "-1"]
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Reports")).to_be_visible()
    page.keyboard.press("End")
    expect(page.get_by_role("tabpanel", name="Not on the map")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(tabs.first).to_be_focused()
    assert tabs.first.get_attribute("aria-controls") == page.locator(".tm-panel-body").get_attribute("id")


@pytest.mark.heavy
def test_a_card_that_comes_late_never_overwrites_one_that_was_asked_for_later(screen: Screen) -> None:
    page = screen.open("?incident=2020-shushi-shelling").page
    page.locator(".tm").evaluate("""async root => {
      const { attest: map } = root, real = map.options.loadCard, ways = Object.keys(map.options.names);
      map.options.loadCard = async (row, naming) => {
        const card = await real(row, naming);
        await new Promise(done => setTimeout(done, naming === ways[1] ? 800 : 0));
        return { ...card, title: naming };
      };
      map.update({ naming: ways[1] });
      map.update({ naming: ways[0] });
      await new Promise(done => setTimeout(done, 1500));
      root.read = [map.panel.card.title, map.panel.head.querySelector("h2").textContent, ways[0]];
    }""")
    shown, written, asked = page.locator(".tm").evaluate("root => root.read")
    assert shown == written == asked


@pytest.mark.heavy
def test_a_card_that_does_not_come_says_so_and_goes_on_saying_it(screen: Screen) -> None:
    page = screen.open("?panel=reports").page
    page.route("**/incident/*", lambda route: route.fulfill(status=500, body="no such card"))
    page.locator(".tm-panel .tm-report").first.click()
    said = page.get_by_text("Not all of it is here: no such card")
    expect(said).to_be_visible()
    page.get_by_role("tab", name="Reports").click()
    page.get_by_role("tab", name="Card").click()
    expect(said).to_have_count(1)


@pytest.mark.heavy
def test_a_copy_that_fails_says_so_in_its_button_for_a_while(screen: Screen) -> None:
    page = screen.open("?incident=2020-shushi-shelling").page
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('not allowed here'); }; }")
    page.locator("[data-is='Copy link']").click()
    expect(page.get_by_role("button", name="Not copied")).to_be_visible()
    expect(page.locator(".tm-live")).to_have_text("The link is not copied: not allowed here")
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()


SLOW_SERVER = """const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (type, hear, options) {
  const late = event => setTimeout(() => hear(event), 500);
  return listen.call(this, type, type === "message" ? late : hear, options);
};"""
"""What the server answers comes half a second later."""


@pytest.mark.heavy
def test_the_server_never_brings_back_a_card_that_the_reader_has_left(screen: Screen) -> None:
    screen.page.add_init_script(SLOW_SERVER)
    page = screen.open("?incident=2020-shushi-shelling").page
    page.wait_for_timeout(1500)
    page.locator(".tm").evaluate("""root => {
      root.read = [];
      new MutationObserver(() => {
        const where = root.querySelector(".tm-among span")?.textContent;
        if (where && where !== root.read.at(-1)) root.read.push(where);
      }).observe(root.querySelector(".tm-panel"), { childList: true, subtree: true });
    }""")
    for _ in range(4):
        page.get_by_role("button", name="Next ›").click()
        page.wait_for_timeout(300)
    page.wait_for_timeout(1500)
    screen.settle()
    read = page.locator(".tm").evaluate("root => root.read.map(text => Number(text.split(' ')[0].replace(',', '')))")
    assert read == list(range(read[0], read[0] + 4)), "each card is the next of the one before"
