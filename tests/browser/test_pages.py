"""The pages about who says what, in a real browser on the shipped table."""

from __future__ import annotations

import io
import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, expect

from dashboard.screens.contents import PAGES, always, titles
from tests.conftest import Screen

STANDING = {name: page for name, page in PAGES.items() if page.is_offered is always}
"""The pages of any table."""


def go(screen: Screen, query: str) -> Page:
    screen.page.goto(f"{screen.address}/{query}")
    expect(screen.page.locator(".st-key-page")).to_be_visible()
    screen.settle()
    return screen.page


@pytest.mark.heavy
def test_two_maps_share_camera_and_window_and_the_link_restores_them(screen: Screen) -> None:
    page = go(screen, "?page=compare&compare=sides&a=armenian&b=azerbaijani&from=2020-09-01&to=2020-12-31")
    expect(page.locator(".tm-abreast .tm-map")).to_have_count(2)
    expect(page.locator(".tm-title").nth(0)).to_have_text("A: Armenian")
    expect(page.locator(".tm-title").nth(1)).to_have_text("B: Azerbaijani")
    cameras = """root => root.attest.views.map(({ map }) =>
        [map.getCenter().lat.toFixed(6), map.getCenter().lng.toFixed(6), map.getZoom()])"""
    page.locator(".tm-second .tm-leaflet").focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "+"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        first, second = page.locator(".tm").evaluate(cameras)
        assert first == second, f"the first map follows the second after {key}"
    counts = page.locator(".tm-count")
    before = counts.all_inner_texts()
    assert before[0] != before[1], "each map shows its own set"
    page.locator(".tm-body").focus()
    page.keyboard.press("PageDown")
    expect(counts.nth(0)).not_to_have_text(before[0])
    screen.settle()
    expect(page).to_have_url(re.compile("compare=sides"))
    expect(page).to_have_url(re.compile("a=armenian"))


@pytest.mark.heavy
def test_the_two_sets_are_chosen_by_hand_and_counted_in_three_lists(screen: Screen) -> None:
    page = go(screen, "?page=compare")
    expect(page.get_by_text(re.compile(r"Incidents: \d+ only in A, \d+ in both, \d+ only in B"))).to_be_visible()
    both = page.locator(".st-key-told_both")
    both.locator("summary").click()
    title = both.locator(".attest-list button").first
    title.focus()
    page.keyboard.press("Enter")
    screen.settle()
    expect(page.locator(".tm-panel")).to_contain_text("told by")
    expect(page).to_have_url(re.compile("incident="))
    expect(title).to_have_attribute("aria-pressed", "true")
    title.focus()
    page.keyboard.press("Enter")
    screen.settle()
    expect(page).not_to_have_url(re.compile("incident="))


@pytest.mark.heavy
def test_the_divider_moves_by_keyboard_and_uncovers_the_other_map(screen: Screen) -> None:
    page = go(screen, "?page=compare&compare=sides&divider=1")
    divider = page.get_by_role("slider", name="Divider between the two maps")
    divider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(divider).to_have_attribute("aria-valuenow", "40")
    assert "40%" in page.locator(".tm-second").evaluate("element => element.style.clipPath")


def test_the_disagreements_open_with_their_fields_side_by_side(screen: Screen) -> None:
    page = go(screen, "?page=disagreements&incident=2016-sloyan-medal")
    table = page.get_by_role("region", name="The same incident, field by field and document by document")
    expect(table).to_contain_text("20 days apart")
    expect(table.locator(".attest-sharp")).to_have_count(1)
    expect(table.locator(".attest-agreed").first).to_have_text("= agreed")
    expect(table.locator(".attest-mild").last).to_have_text("≈ mild")
    expect(page.get_by_text("told differently by two or more documents")).to_be_visible()


@pytest.mark.heavy
def test_what_is_one_sided_says_who_speaks_and_is_listed_by_itself(screen: Screen) -> None:
    page = go(screen, "?page=disagreements&incident=2023-09-nagorno-karabakh-displacement")
    table = page.get_by_role("region", name="The same incident, field by field and document by document")
    expect(table.locator(".attest-one-sided")).to_have_text("◐ only Gatestone Institute, Nov 2023 names the actor")
    expect(page.get_by_text("That is no disagreement.")).to_be_visible()
    choice = page.get_by_role("radio", name=re.compile("◐ One-sided · "))
    number = choice.inner_text().rpartition(" ")[2]
    choice.click()
    screen.settle()
    expect(page).to_have_url(re.compile("stand=one-sided"))
    expect(page.get_by_text(f"In {number} incidents a field is one-sided")).to_be_visible()
    page.reload()
    expect(page.get_by_role("radio", name=re.compile("◐ One-sided · "))).to_have_attribute("aria-checked", "true")


@pytest.mark.heavy
def test_a_document_has_its_card_its_map_its_silence_and_its_citation(screen: Screen) -> None:
    page = go(screen, "?page=sources&document=004_35158a2b97b6a292")
    expect(page.get_by_role("heading", name="Al-Ahram Weekly, 8 Oct 2020")).to_be_visible()
    expect(page.locator("body")).to_contain_text("C: fairly reliable")
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    expect(page.get_by_role("region", name="Who speaks in it")).to_contain_text("Amnesty")
    expect(page.locator("body")).to_contain_text(re.compile(r"Told by others and not here: \d+ incidents"))
    page.get_by_role("tab", name="BibTeX").click()
    expect(page.locator("code").filter(has_text="@")).to_be_visible()


@pytest.mark.heavy
def test_places_are_named_in_the_language_chosen_and_the_link_keeps_it(screen: Screen) -> None:
    screen.open("?names=hy")
    named = screen.page.locator(".tm").evaluate(
        "root => root.attest.views[0].placeOf(root.attest.views[0].items[0].rows[0])"
    )
    assert re.search("[\u0531-\u0587]", named), named
    screen.page.get_by_label("Names of places").click()
    screen.page.get_by_role("option", name="Azərbaycanca").click()
    screen.settle()
    expect(screen.page).to_have_url(re.compile("names=az"))


@pytest.mark.heavy
def test_a_misspelt_place_is_found_and_the_page_says_which_it_took(screen: Screen) -> None:
    screen.open("?q=Stepanakret")
    expect(screen.page.locator(".st-key-said")).to_contain_text("taken for Stepanakert / Xankəndi")
    expect(screen.sentence).to_contain_text("reports of")


@pytest.mark.heavy
@pytest.mark.parametrize("page_name", STANDING)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_or_critical_at_five_sizes_in_both_themes(
    screen: Screen, page_name: str, theme: Literal["light", "dark"]
) -> None:
    screen.page.emulate_media(color_scheme=theme)
    page = go(screen, f"?page={page_name}&incident=2016-sloyan-medal")
    ground = page.locator(".stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 28, 35)"}[theme]
    for size in ((1920, 1080), (1440, 900), (1280, 720), (820, 1180), (390, 844)):
        nothing_grave(page, size)


def nothing_grave(page: Page, size: tuple[int, int]) -> None:
    """Asks axe, and for sideways scrolling."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    # What is being drawn again is faded for a moment: only what stays is a finding.
    for _ in range(5):
        page.wait_for_timeout(500)
        grave = [
            (one["id"], one["impact"], [(node["html"][:160], node["failureSummary"]) for node in one["nodes"]][:3])
            for one in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        if not grave:
            break
    assert not grave, size
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "no sideways scrolling"


@pytest.mark.heavy
def test_every_page_is_reached_by_the_keyboard_alone(screen: Screen) -> None:
    page = screen.open().page
    page.get_by_role("radio", name="Map", exact=True).focus()
    for name, title in list(titles(STANDING).items())[1:]:
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("radio", name=title, exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"page={name}"))
        screen.settle()


def test_a_choice_by_the_keyboard_keeps_its_place(screen: Screen) -> None:
    page = screen.open().page
    boxes = page.locator('.st-key-list_sides input[type="checkbox"]')
    for number in (0, 1):  # the next is one Tab away
        if number == 0:
            boxes.first.focus()
        else:
            page.keyboard.press("Tab")
        expect(boxes.nth(number)).to_be_focused()
        page.keyboard.press("Space")
        screen.settle()
        expect(boxes.nth(number)).to_be_checked()
        expect(boxes.nth(number)).to_be_focused()


def test_the_table_travels_once(screen: Screen) -> None:
    asked: list[str] = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.open()
    assert sum(url.endswith("/table") for url in asked) == 1


@pytest.mark.heavy
def test_letters_for_all_four_scripts_are_served_to_machines_that_have_none(screen: Screen) -> None:
    screen.open()
    answer = screen.page.request.get(f"{screen.address}/attest/dejavu.ttf")
    letters = set(TTFont(io.BytesIO(answer.body())).getBestCmap())
    assert {ord(sign) for sign in "ՍտեփանակերտXankəndiƏСтепанакертŞğıİ"} <= letters
    assert screen.page.evaluate("async () => (await document.fonts.load('16px \"Attest DejaVu\"', 'Ստ')).length"), (
        "the page knows the font"
    )


def test_in_a_frame_stand_map_timeline_legend_and_attribution_and_nothing_else(screen: Screen) -> None:
    page = screen.page
    page.goto(f"{screen.address}/?embed=true&from=2020-09-27&to=2020-11-10&sides=armenian")
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    screen.settle()
    expect(page.locator(".tm-legend")).to_be_visible()
    expect(page.locator(".tm-bar")).to_be_visible()
    expect(page.locator("body")).to_contain_text("Told by:")
    expect(page.locator("body")).to_contain_text("27 Sep – 10 Nov 2020")
    expect(page.locator("[data-testid=stSidebar]")).to_have_count(0)
    expect(page.locator(".st-key-page")).to_have_count(0)


@pytest.mark.heavy
def test_the_download_part_gives_the_link_and_the_code_of_a_frame(screen: Screen) -> None:
    page = screen.open("?page=download&sides=armenian").page
    expect(page.locator("code").filter(has_text="<iframe")).to_contain_text("embed=true")
    link = page.locator("code").filter(has_text="http").first.inner_text()
    before = screen.sentence.inner_text()
    page.goto(link)
    expect(screen.sentence).to_have_text(before)


@pytest.mark.heavy
def test_the_tour_opens_on_the_first_visit_can_be_skipped_and_recalled(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(dashboard)
    tour = page.get_by_role("complementary", name="Tour")
    expect(tour).to_contain_text("1 / ")
    tour.get_by_role("button", name="Next").click()
    expect(tour).to_contain_text("2 / ")
    tour.get_by_role("button", name="Skip the tour").click()
    expect(tour).to_be_hidden()
    page.goto(dashboard)
    expect(page.locator(".tm-count")).to_contain_text("on the map")
    page.wait_for_timeout(1000)
    expect(tour).to_be_hidden()
    page.get_by_role("radio", name="Help", exact=True).click()
    page.get_by_role("button", name="Show the tour again").click()
    expect(tour).to_contain_text("1 / ")
    context.close()


@pytest.mark.heavy
def test_a_question_mark_shows_the_keys_and_escape_closes_them(screen: Screen) -> None:
    page = screen.open().page
    page.locator("body").press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Page Up")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)


@pytest.mark.heavy
def test_the_picture_of_the_map_carries_window_documents_and_notice(screen: Screen) -> None:
    page = screen.open("?from=2020-09-27&to=2020-11-10").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    width, height = _picture_taken(page)
    box = page.locator(".tm-map").bounding_box()
    assert box
    assert width >= 2 * box["width"] - 2
    assert height > 2 * box["height"] + 150, "legend and words stand under the map"


@pytest.mark.heavy
@pytest.mark.parametrize("divided", (False, True), ids=("abreast", "divided"))
def test_the_picture_of_two_maps_holds_both(screen: Screen, divided: bool) -> None:
    page = go(screen, f"?page=compare{'&divider=1' if divided else ''}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    width, _ = _picture_taken(page)
    box = page.locator(".tm-maps").bounding_box()
    assert box
    assert width >= 2 * box["width"] - 2
    for title in page.locator(".tm-title").all():
        place = title.bounding_box()
        assert place
        letters = [round(2 * (place[side] - box[side])) for side in ("x", "y")]
        inked = page.evaluate(INK_IN_PICTURE, [*letters, round(2 * place["width"]), round(2 * place["height"])])
        assert 0.05 < inked < 0.5, "a title is letters on white"


@pytest.mark.heavy
def test_a_title_that_the_divider_hides_is_not_in_the_picture(screen: Screen) -> None:
    page = go(screen, "?page=compare&divider=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".tm-divider").focus()
    page.keyboard.press("End")
    _picture_taken(page)
    box, place = page.locator(".tm-maps").bounding_box(), page.locator(".tm-title").nth(1).bounding_box()
    assert box
    assert place
    part = [place["x"] - box["x"], place["y"] - box["y"], place["width"], place["height"]]
    assert page.evaluate(INK_IN_PICTURE, [round(2 * number) for number in part]) < 0.02


def _picture_taken(page: Page) -> list[int]:
    """Copies the picture; its width and height in pixels. It stays in the page as ``taken``."""
    page.get_by_role("button", name="Copy picture").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    size: list[int] = page.evaluate(
        """async () => { const [item] = await navigator.clipboard.read();
        globalThis.taken = await createImageBitmap(await item.getType("image/png"));
        return [taken.width, taken.height]; }"""
    )
    return size


INK_IN_PICTURE = """([x, y, width, height]) => {
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(taken, -x, -y);
  const { data } = context.getImageData(0, 0, width, height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) dark += data[at] < 128;
  return dark / (width * height);
}"""
"""The share of dark pixels in a part of the picture."""


@pytest.mark.heavy
def test_streamlit_adds_no_pages_of_its_own(screen: Screen) -> None:
    screen.open()
    assert not screen.page.get_by_test_id("stSidebarNav").count()
