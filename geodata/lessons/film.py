"""A lesson as a film: each step printed as a slide, one after the other, as one GIF or for a browser to encode."""

from __future__ import annotations

import io
from datetime import date

from geodata.briefing.film import gif, painted_one_by_one
from geodata.briefing.print import Print
from geodata.formats import SHAPES, Unprintable
from geodata.lessons.check import check
from geodata.lessons.model import Lesson
from geodata.lessons.printed import of_step
from geodata.model.faults import InvalidData
from geodata.store.dataset import Dataset
from geodata.store.opening import Progress, unseen

STAYS = 6000
"""Milliseconds for which a step stays: its title, window and legend can be read, and its marks looked at."""

DPI = 144
"""Dots per inch of a slide in a WebM: 1,920 by 1,080 pixels, as most projectors have."""

MOST_STEPS = 40
"""A film of four minutes."""


def to_gif(dataset: Dataset, lesson: Lesson) -> bytes:
    """A slide for each step: title, map, window, legend, sources and caution. Words and questions are not in it.

    Raises `InvalidData` where the lesson does not fit the dataset, and `Unprintable` where it has more than
    `MOST_STEPS` or a step has more reports than a page can attribute.
    """
    return gif(_slides(dataset, lesson), STAYS)


def pictures(dataset: Dataset, lesson: Lesson, *, progress: Progress = unseen) -> list[bytes]:
    """The same slides, each as a WebP without loss, as large as `DPI` says. Raises as `to_gif` does."""
    made = []
    for picture in painted_one_by_one(_slides(dataset, lesson), DPI, progress=progress):
        held = io.BytesIO()
        picture.save(held, "WEBP", lossless=True, method=1)
        made.append(held.getvalue())
    return made


def _slides(dataset: Dataset, lesson: Lesson) -> list[Print]:
    if faults := check(lesson, dataset):
        raise InvalidData(faults)
    if len(lesson.steps) > MOST_STEPS:
        raise Unprintable(f"{len(lesson.steps)} steps are more than the {MOST_STEPS} of a film")
    slide, today = SHAPES["slide"], date.today()
    titles = [f"{number} of {len(lesson.steps)} · {step.title}" for number, step in enumerate(lesson.steps, start=1)]
    return [
        of_step(dataset, step, slide.height / slide.width, today, title)
        for step, title in zip(lesson.steps, titles, strict=True)
    ]
