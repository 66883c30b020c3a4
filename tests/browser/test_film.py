"""The playback as a film: recorded in the browser, with title, window, legend and sources in every picture of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import Screen

pytestmark = pytest.mark.heavy

FRAMES = """async address => {
  const video = document.createElement("video");
  video.muted = true;
  video.src = address;
  await new Promise((done, failed) => { video.onloadeddata = done; video.onerror = () => failed(video.error); });
  let last = 0;
  await new Promise(done => {
    video.ontimeupdate = () => { last = Math.max(last, video.currentTime); };
    video.onended = done;
    video.play();
  });
  return [video.videoWidth, video.videoHeight, last];
}"""


def test_the_playback_is_saved_as_a_film_that_a_browser_plays(screen: Screen, tmp_path: Path) -> None:
    page = screen.open("?from=2020-09-27&to=2020-10-26").page
    page.get_by_label("Speed").select_option("8 a second")
    with page.expect_download(timeout=60_000) as begun:
        page.get_by_role("button", name="Save film").click()
        expect(page.get_by_role("button", name="Stop: ")).to_be_visible()
    assert begun.value.suggested_filename.startswith("armenian-azerbaijani-conflict_2020-09-27_2024-")
    path = tmp_path / "film.webm"
    begun.value.save_as(path)
    assert path.read_bytes()[:4] == b"\x1a\x45\xdf\xa3", "an EBML file, as WebM is"
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    expect(page.get_by_label("First day of the window")).to_have_value("27 Sep 2020")
    page.route("**/film.webm", lambda route: route.fulfill(body=path.read_bytes(), content_type="video/webm"))
    width, height, seconds = page.evaluate(FRAMES, f"{screen.address}/film.webm")
    assert width > 1000 and height > 800
    assert seconds > 1, "eight pictures a second, a step of the window in each"


def test_a_film_can_be_stopped_and_keeps_what_it_has(screen: Screen) -> None:
    page = screen.open().page
    page.get_by_label("Speed").select_option("1 a second")
    with page.expect_download(timeout=60_000):
        page.get_by_role("button", name="Save film").click()
        page.get_by_role("button", name="Stop: 2 of").click()
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    expect(page.get_by_label("First day of the window")).to_have_value("1 Jan 1990")


def test_a_film_keeps_the_stretch_of_the_timeline(screen: Screen) -> None:
    page = screen.open("?from=2020-09-27&to=2020-10-26&axis=2020-09-01,2020-12-31").page
    page.get_by_label("Speed").select_option("8 a second")
    stretch = "root => root.attest.timeline.zoomed && root.attest.timeline.domain"
    before = page.locator(".tm").evaluate(stretch)
    assert before
    with page.expect_download(timeout=60_000):
        page.get_by_role("button", name="Save film").click()
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    assert page.locator(".tm").evaluate(stretch) == before


def test_a_picture_that_fails_ends_the_film_and_says_so(screen: Screen) -> None:
    page = screen.open("?from=2020-09-27&to=2020-10-26").page
    page.locator(".tm").evaluate("""root => {
      const { film } = root.attest, real = film.draw.bind(film);
      let drawn = 0;
      film.draw = (recording, window) => {
        root.recording = recording;
        if ((drawn += 1) > 2) throw new Error("no picture");
        real(recording, window);
      };
    }""")
    page.get_by_role("button", name="Save film").click()
    expect(page.get_by_text("The film cannot be made: no picture").first).to_be_visible()
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    assert page.locator(".tm").evaluate("root => root.recording.recorder.state") == "inactive"


def test_a_map_that_goes_ends_its_film(screen: Screen) -> None:
    page = screen.open().page
    page.get_by_label("Speed").select_option("1 a second")
    page.locator(".tm").evaluate("""root => {
      const { film } = root.attest, real = film.begun.bind(film);
      film.begun = () => (globalThis.recording = real());
    }""")
    page.get_by_role("button", name="Save film").click()
    expect(page.get_by_role("button", name="Stop: ")).to_be_visible()
    page.locator(".tm").evaluate("root => root.attest.destroy()")
    page.wait_for_timeout(1500)
    assert page.evaluate("recording.recorder.state") == "inactive"
