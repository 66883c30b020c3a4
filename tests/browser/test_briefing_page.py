"""The briefing in the browser: one action gives picture, caption and link."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.conftest import Screen


@pytest.mark.heavy
def test_one_action_gives_the_picture_the_caption_and_the_link(screen: Screen) -> None:
    page = screen.open("?page=briefing&q=Shushi&from=2020-09-27&to=2020-11-10").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("Title", exact=True).fill("Shushi / Şuşa, autumn 2020")
    page.get_by_label("Title", exact=True).press("Enter")
    screen.settle()
    page.get_by_role("button", name="Make picture, caption and link").click()
    caption = page.locator("code").filter(has_text="Shushi / Şuşa, autumn 2020")
    expect(caption).to_contain_text("27 Sep – 10 Nov 2020", timeout=60_000)
    expect(caption).not_to_contain_text("localhost")
    page.get_by_role("textbox", name="Public address of this page").fill("https://maps.example.org/")
    page.get_by_role("textbox", name="Public address of this page").press("Enter")
    screen.settle()
    page.get_by_role("button", name="Make picture, caption and link").click()
    expect(caption).to_contain_text(re.compile(r"https://maps\.example\.org/\?.*q=Shushi"), timeout=60_000)
    page.get_by_role("button", name="Copy picture, caption and link").click()
    expect(page.get_by_text("Copied: paste it into a document.")).to_be_visible()
    pasted = page.evaluate("""async () => { const [item] = await navigator.clipboard.read();
        return (await item.getType("text/html")).text(); }""")
    assert "data:image/png;base64," in pasted
    assert "Shushi / Şuşa, autumn 2020" in pasted
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Save the picture")).click()
    picture = Image.open(io.BytesIO(download.value.path().read_bytes()))
    assert picture.width == 4000, "a slide of 13 1/3 inches at 300 dpi"
    assert download.value.suggested_filename == (
        "armenian-azerbaijani-conflict_2020-09-27_2020-11-10_shushi_core_map.png"
    )


@pytest.mark.heavy
def test_a_column_is_shown_as_narrow_as_it_is_and_all_pages_of_the_key_are_a_choice(screen: Screen) -> None:
    page = screen.open("?page=briefing&q=Karabakh").page
    shape = page.get_by_role("combobox", name="Page")
    shape.fill("Column")
    shape.press("ArrowDown")
    shape.press("Enter")
    expect(shape).to_have_value("Column, 85 mm")
    screen.settle()
    page.get_by_role("radio", name="All pages of the key").click()
    screen.settle()
    page.get_by_role("button", name="Make picture, caption and link").click()
    expect(page.get_by_role("button", name=re.compile(r"Save the picture \(\d+ pages, zip\)"))).to_be_visible(
        timeout=60_000
    )
    picture = page.get_by_test_id("stImage").get_by_role("img")
    shown, high, wide, deep = picture.evaluate("it => [it.width, it.height, it.naturalWidth, it.naturalHeight]")
    assert 300 < shown < 650, "at most twice 85 mm"
    assert abs(high / shown - deep / wide) < 0.02


def pages_as_markdown(screen: Screen) -> str:
    """Makes the pages of the chosen incidents and saves them."""
    page = screen.page
    page.get_by_role("radio", name="Markdown text").click()
    screen.settle()
    page.get_by_role("button", name="Make the pages").click()
    save = page.get_by_role("button", name="Save the Markdown text")
    expect(save).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        save.click()
    return download.value.path().read_text(encoding="utf-8")


@pytest.mark.heavy
def test_the_open_incident_becomes_pages(screen: Screen) -> None:
    screen.open("?page=briefing&incident=2020-shushi-shelling")
    text = pages_as_markdown(screen)
    assert "Keghart" in text
    assert "Al-Ahram Weekly" in text


@pytest.mark.heavy
def test_incidents_are_found_by_a_word_and_join_the_open_one_on_the_pages(screen: Screen) -> None:
    page = screen.open("?page=briefing&incident=2020-shushi-shelling").page
    page.get_by_label("Find incidents: words or a place").fill("Gandzak")
    page.keyboard.press("Enter")
    screen.settle()
    page.get_by_role("combobox", name="Incidents (up to 20)").click()
    page.get_by_role("option", name=re.compile("Destruction of Ganja airbase reported · .* · .*Azerbaijani")).click()
    page.keyboard.press("Escape")
    screen.settle()
    headings = re.findall(r"^## (.*)$", pages_as_markdown(screen), re.MULTILINE)
    assert len(headings) == 3, "two incidents and the documents"
    assert "Destruction of Ganja airbase reported" in headings


@pytest.mark.heavy
def test_the_collection_leads_to_its_pages(screen: Screen) -> None:
    held = ("2020-shushi-shelling", "2020-10-ganja-airbase-attack")
    page = screen.open(f"?{'&'.join(f'collected={one}' for one in held)}").page
    page.get_by_role("button", name="Collection · 2").click()
    page.get_by_role("button", name="Briefing", exact=True).click()
    expect(page.get_by_text("Pages of chosen incidents")).to_be_visible()
    screen.settle()
    chosen = page.locator(".st-key-briefing_incidents [data-tag]")
    expect(chosen).to_have_count(2)
    expect(chosen.filter(has_text="Destruction of Ganja airbase reported")).to_be_visible()
