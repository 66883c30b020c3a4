"""Films that the browser makes: the playback's windows, and a lesson's steps. Each is played again by the browser."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import BrowserContext, Page, expect

from geodata.lessons import Lesson, read, write
from geodata.lessons.film import STAYS, pictures
from geodata.store.classroom import suitable
from geodata.store.dataset import Dataset
from tests import server
from tests.conftest import Screen, opened
from tests.server import ROOT

pytestmark = pytest.mark.heavy

PLAYED = """async ([film, seconds]) => {
  const bytes = Uint8Array.from(atob(film), letter => letter.charCodeAt(0));
  const video = document.createElement("video");
  video.muted = true;
  video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
  await new Promise((done, failed) => { video.onloadeddata = done; video.onerror = () => failed(video.error); });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const frames = [];
  for (const at of seconds) {
    video.currentTime = at;
    await new Promise(done => { video.onseeked = done; });
    canvas.getContext("2d").drawImage(video, 0, 0);
    frames.push(canvas.toDataURL().split(",")[1]);
  }
  video.playbackRate = 8;
  video.currentTime = 0;
  await new Promise(done => { video.onended = done; video.play(); });
  return { size: [video.videoWidth, video.videoHeight], duration: video.duration, ended: video.currentTime, frames };
}"""


def played(page: Page, film: Path, *seconds: float) -> dict[str, Any]:
    """Size in pixels, length in seconds, where the player ends, and the pictures at some seconds of a film."""
    assert film.read_bytes()[:4] == b"\x1a\x45\xdf\xa3", "an EBML file, as WebM is"
    told: dict[str, Any] = page.evaluate(PLAYED, [base64.b64encode(film.read_bytes()).decode(), list(seconds)])
    told["frames"] = [Image.open(io.BytesIO(base64.b64decode(one))).convert("RGB") for one in told["frames"]]
    assert told["ended"] == pytest.approx(told["duration"], abs=0.1), "the last picture stays for its whole time"
    return told


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other: the mean of the squares' root, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).rms)


def test_the_playback_is_saved_as_a_film_that_a_browser_plays(screen: Screen, tmp_path: Path) -> None:
    page = screen.open("?from=2020-09-27&to=2020-10-26").page
    page.get_by_label("Speed").select_option("8 a second")
    with page.expect_download(timeout=60_000) as begun:
        page.get_by_role("button", name="Save film").click()
        expect(page.get_by_role("button", name="Stop: ")).to_be_visible()
    assert begun.value.suggested_filename.startswith("armenian-azerbaijani-conflict_2020-09-27_2024-")
    path = tmp_path / "film.webm"
    begun.value.save_as(path)
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    expect(page.get_by_label("First day of the window")).to_have_value("27 Sep 2020")
    told = played(page, path, 0.06, 0.2)
    assert told["size"][0] > 1000 and told["size"][1] > 800
    assert told["duration"] > 1, "eight pictures a second, a step of the window in each"
    first, second = told["frames"]
    assert apart(first, second) > 2, "another window, other marks"
    assert first.getpixel((4, first.height // 2)) != (255, 255, 255), "the land"
    title = first.crop((0, 0, first.width, 92))
    assert title.getextrema()[0][0] < 60, "ink on the title's line"


def test_a_film_can_be_stopped_and_keeps_what_it_has(screen: Screen, tmp_path: Path) -> None:
    page = screen.open().page
    page.get_by_label("Speed").select_option("1 a second")
    windows = page.locator(".tm").evaluate("root => root.attest.film.windows().length")
    with page.expect_download(timeout=60_000) as begun:
        page.get_by_role("button", name="Save film").click()
        page.get_by_role("button", name="Stop: ").click()
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    expect(page.get_by_label("First day of the window")).to_have_value("1 Jan 1990")
    begun.value.save_as(tmp_path / "film.webm")
    assert 2 < played(page, tmp_path / "film.webm")["duration"] < windows


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
      const { film } = root.attest, real = film.draw.bind(film), begun = film.begun.bind(film);
      let drawn = 0;
      film.begun = () => (root.recording = begun());
      film.draw = (canvas, window) => {
        if ((drawn += 1) > 2) throw new Error("no picture");
        real(canvas, window);
      };
    }""")
    page.get_by_role("button", name="Save film").click()
    expect(page.get_by_text("The film cannot be made: no picture").first).to_be_visible()
    expect(page.get_by_role("button", name="Save film")).to_be_visible()
    assert page.locator(".tm").evaluate("async root => (await root.recording).encoder.state") == "closed"


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
    assert page.evaluate("recording.then(({ encoder }) => encoder.state)") == "closed"


@pytest.fixture(scope="session")
def two_steps(shipped: Dataset) -> Lesson:
    """The second and third step of a shipped lesson."""
    lesson = read(ROOT / "lessons" / "how-to-read-a-claim.md", shipped.case)
    return lesson.model_copy(update={"steps": lesson.steps[1:3], "name": "two-steps"})


@pytest.fixture
def lessons_page(
    reader: BrowserContext, two_steps: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    (tmp_path / "two-steps.md").write_text(write(two_steps), encoding="utf-8")
    monkeypatch.setenv("ATTEST_LESSONS", str(tmp_path))
    with server.running(ROOT / "events.csv", tmp_path / "log.txt") as address:
        yield from opened(reader, address, (1440, 900))


def test_a_lesson_is_saved_as_a_film_that_holds_each_step(
    lessons_page: Screen, two_steps: Lesson, shipped: Dataset, tmp_path: Path
) -> None:
    page = lessons_page.open("?page=lessons").page
    paths = [tmp_path / "first.webm", tmp_path / "again.webm"]
    for path in paths:  # a second click makes a second film
        with page.expect_download(timeout=120_000) as begun:
            page.get_by_role("button", name="Film (WebM)").click()
        assert begun.value.suggested_filename == "armenian-azerbaijani-conflict_two-steps.webm"
        begun.value.save_as(path)
        expect(page.get_by_text("Saved: armenian-azerbaijani-conflict_two-steps.webm")).to_be_visible()
    stays = STAYS / 1000
    told = played(page, paths[0], stays / 2, stays * 1.5)
    assert (told["size"], told["duration"]) == ([1920, 1080], 2 * stays)
    slides = [Image.open(io.BytesIO(one)).convert("RGB") for one in pictures(suitable(shipped), two_steps)]
    for number, frame in enumerate(told["frames"]):
        assert apart(frame, slides[number]) < 4, "the slide with its title, window, legend and documents, and sharp"
        assert apart(frame, slides[1 - number]) > 10


def test_a_lesson_s_film_can_be_stopped_and_then_nothing_is_saved(lessons_page: Screen) -> None:
    page = lessons_page.page
    page.add_init_script("""{
      const real = VideoEncoder.prototype.encode;
      VideoEncoder.prototype.encode = function (...given) { setTimeout(() => real.apply(this, given), 300); };
      const frame = VideoFrame.prototype.close;
      VideoFrame.prototype.close = function () { setTimeout(() => frame.call(this), 600); };
    }""")
    lessons_page.open("?page=lessons")
    downloads: list[str] = []
    page.on("download", lambda one: downloads.append(one.suggested_filename))
    page.get_by_role("button", name="Film (WebM)").click()
    page.get_by_role("button", name="Stop", exact=True).click(timeout=120_000)
    expect(page.get_by_text("Stopped; nothing is saved.")).to_be_visible()
    assert downloads == []


def test_a_browser_that_encodes_no_video_says_so_and_offers_the_gif(lessons_page: Screen) -> None:
    lessons_page.page.add_init_script("delete globalThis.VideoEncoder")
    page = lessons_page.open("?page=lessons").page
    page.get_by_role("button", name="Film (WebM)").click()
    said = "The film cannot be made: this browser encodes no video. The lesson can be saved as Film (GIF)."
    expect(page.get_by_text(said)).to_be_visible(timeout=120_000)
    expect(page.get_by_role("button", name="Film (GIF)")).to_be_enabled()
