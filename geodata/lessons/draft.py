"""A lesson in the making: its fields as a file has them, which may be wrong; `parse` of its text tells what is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geodata.lessons.model import Lesson, Step
from geodata.lessons.text import parse, written
from geodata.model.case import Case

Fields = Mapping[str, Any]
"""A step as its file has it, what is left out being left out."""

VIEW = ("window", "filters", "camera", "incident", "colour", "names")
"""Fields of a step that say what the map shows; the others are the words."""


@dataclass(frozen=True)
class Draft:
    """The fields of a lesson as they were typed. ``name`` is that of its file, without the ending."""

    name: str = "lesson"
    title: str = ""
    level: str = ""
    minutes: str = ""
    note: str = ""
    steps: tuple[Fields, ...] = ()

    @classmethod
    def of(cls, lesson: Lesson) -> Draft:
        """A lesson to be changed."""
        steps = tuple(fields_of(step) for step in lesson.steps)
        minutes = str(lesson.minutes) if lesson.minutes else ""
        return cls(lesson.name, lesson.title, lesson.level, minutes, lesson.note, steps)

    @property
    def file(self) -> str:
        return f"{self.name}.md"

    def text(self) -> str:
        """The lesson's file."""
        minutes = int(self.minutes) if self.minutes.isdecimal() else self.minutes
        about = {"level": self.level, "minutes": minutes}
        steps = [{"title": "", "words": "", **step} for step in self.steps]
        return written({"title": self.title, **{name: one for name, one in about.items() if one}, "steps": steps},
                       self.note)  # fmt: skip

    def lesson(self, case: Case) -> Lesson:
        """The lesson. Raises `InvalidData` with each mistake and its line in `text`."""
        return parse(self.text(), self.file, case)

    def step(self, at: int, case: Case) -> Step:
        """A step whose words may be missing, for what its map shows. Raises ``ValueError`` where that is wrong."""
        return Step.model_validate({**self.steps[at], "title": "-", "words": "-"}, context=case)

    def edited(self, at: int, **fields: Any) -> Draft:
        """With other fields of a step; a blank one is taken out."""
        step = {name: value for name, value in {**self.steps[at], **fields}.items() if value not in (None, "", (), {})}
        return replace(self, steps=(*self.steps[:at], step, *self.steps[at + 1 :]))

    def seen(self, at: int, view: Step) -> Draft:
        """With what the map of ``view`` shows in place of what a step's showed; its words stay."""
        return self.edited(at, **{name: fields_of(view).get(name) for name in VIEW})

    def having(self, view: Step) -> Draft:
        """With one more step."""
        return replace(self, steps=(*self.steps, fields_of(view)))

    def without(self, at: int) -> Draft:
        return replace(self, steps=(*self.steps[:at], *self.steps[at + 1 :]))

    def exchanged(self, at: int, other: int) -> Draft:
        """With two steps in each other's place."""
        steps = list(self.steps)
        steps[at], steps[other] = steps[other], steps[at]
        return replace(self, steps=tuple(steps))


def fields_of(step: Step) -> Fields:
    return step.model_dump(by_alias=True, exclude_defaults=True)
