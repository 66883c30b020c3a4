"""The playback as a GIF: a frame for each step in which a report begins, its colours those of the parties."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from geodata.briefing import Print, Unprintable
from geodata.briefing.film import film, spans
from geodata.formats import LESSONS
from geodata.lessons import read
from geodata.lessons.film import STAYS, to_gif
from geodata.model.selection import Selection
from geodata.store.classroom import suitable
from geodata.store.dataset import Dataset
from tests.server import ROOT

MADE = date(2026, 1, 1)
WAR = Selection(first=date(2020, 9, 27), last=date(2020, 11, 10), scopes=("core",))


@pytest.mark.heavy
@pytest.mark.slow
def test_a_film_has_a_frame_for_each_step_in_which_a_report_begins_and_the_colours_of_the_parties(
    shipped: Dataset,
) -> None:
    printed = Print(shipped, WAR, MADE)
    windows = spans(printed, "month")
    assert windows == [
        (date(2020, 9, 27), date(2020, 9, 30)),
        (date(2020, 10, 1), date(2020, 10, 31)),
        (date(2020, 11, 1), date(2020, 11, 10)),
    ]
    made = Image.open(io.BytesIO(film(printed, "month")))
    assert (made.n_frames, made.format) == (len(windows), "GIF")
    made.seek(1)
    colours = {colour for _, colour in made.convert("RGB").getcolors(1 << 24) or ()}
    for category in printed.colouring.categories[:2]:
        assert tuple(bytes.fromhex(category.colour.removeprefix("#"))) in colours, category.name


def test_steps_without_a_report_and_steps_outside_the_window_have_no_frame(shipped: Dataset) -> None:
    years = [first.year for first, _ in spans(Print(shipped, Selection(scopes=("core",)), MADE), "year")]
    assert years == sorted(set(years)) and 1995 not in years
    assert {first.year for first, _ in spans(Print(shipped, WAR, MADE), "year")} == {2020}


def test_too_many_steps_and_no_dates_are_told(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.briefing.film.MOST_FRAMES", 2)
    with pytest.raises(Unprintable, match="3 pictures are more than the 2 of a film"):
        film(Print(shipped, WAR, MADE), "month")
    with pytest.raises(Unprintable, match="no report that is shown begins on a known day"):
        film(Print(shipped, Selection(text="nowhere at all"), MADE), "year")


@pytest.mark.heavy
def test_a_lesson_is_a_film_of_its_steps_each_of_which_can_be_read(shipped: Dataset) -> None:
    room = suitable(shipped)
    lesson = read(ROOT / "lessons" / "how-to-read-a-claim.md", room.case)
    made = Image.open(io.BytesIO(LESSONS["gif"](room, lesson)))
    assert (made.n_frames, made.format) == (len(lesson.steps), "GIF")
    assert made.info["duration"] == STAYS
    assert made.size[0] > made.size[1] > 700


def test_a_lesson_of_more_steps_than_a_film_has_is_refused(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.lessons.film.MOST_STEPS", 2)
    with pytest.raises(Unprintable, match="8 steps are more than the 2 of a film"):
        to_gif(suitable(shipped), read(ROOT / "lessons" / "how-to-read-a-claim.md", shipped.case))
