"""A lesson as a film: each step printed as a slide, one after the other, as one GIF."""

from __future__ import annotations

from datetime import date

from geodata.briefing.film import gif
from geodata.formats import SHAPES, Unprintable
from geodata.lessons.check import check
from geodata.lessons.model import Lesson
from geodata.lessons.printed import of_step
from geodata.model.faults import InvalidData
from geodata.store.dataset import Dataset

STAYS = 6000
"""Milliseconds for which a step stays: its title, window and legend can be read, and its marks looked at."""

MOST_STEPS = 40
"""A film of four minutes."""


def to_gif(dataset: Dataset, lesson: Lesson) -> bytes:
    """A slide for each step: title, map, window, legend, sources and caution. Words and questions are not in it.

    Raises `InvalidData` where the lesson does not fit the dataset, and `Unprintable` where it has more than
    `MOST_STEPS` or a step has more reports than a page can attribute.
    """
    if faults := check(lesson, dataset):
        raise InvalidData(faults)
    if len(lesson.steps) > MOST_STEPS:
        raise Unprintable(f"{len(lesson.steps)} steps are more than the {MOST_STEPS} of a film")
    slide, today = SHAPES["slide"], date.today()
    titles = [f"{number} of {len(lesson.steps)} · {step.title}" for number, step in enumerate(lesson.steps, start=1)]
    prints = [
        of_step(dataset, step, slide.height / slide.width, today, title)
        for step, title in zip(lesson.steps, titles, strict=True)
    ]
    return gif(prints, STAYS)
