"""Answer sheets: what pupils say to the questions of a lesson, as a small CSV each, and many laid beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from geodata.lessons.model import Lesson
from geodata.model.case import Case
from geodata.model.cells import Record, Words, one_of
from geodata.model.faults import InvalidData
from geodata.store import tables
from geodata.store.files import csv_text

AGREE = {"yes": "I agree", "no": "I do not agree", "unsure": "I cannot tell"}
"""Whether the pupil agrees with the claim, and in words."""

ASKED: Mapping[str, str] = {
    "claim": "The claim",
    "who": "Who says it",
    "evidence": "What they go by",
    "agree": "Agree or not",
    "why": "Why",
}
"""What a sheet asks of each step, in this order, and its heading."""

MOST = 40
"""Sheets that are laid beside each other."""


class Answer(Record):
    """A line of a sheet: what one pupil says to one step."""

    lesson: Annotated[Words, Field(description="Name of the lesson's file.")]
    step: Annotated[int, Field(ge=1, description="Number of the step, from 1.")]
    title: Annotated[str, Field(description="The step's title, for who reads the file.")] = ""
    pupil: Annotated[str, Field(description="Who answers; may be blank.")] = ""
    claim: Annotated[str, Field(description="The claim that the step is about, in the pupil's words.")] = ""
    who: Annotated[str, Field(description="Who says it.")] = ""
    evidence: Annotated[str, Field(description="What the speaker goes by.")] = ""
    agree: Annotated[
        str, AfterValidator(one_of(AGREE, blank=True)), Field(description="Whether the pupil agrees with the claim.")
    ] = ""
    why: Annotated[str, Field(description="The pupil's reason.")] = ""

    @property
    def is_blank(self) -> bool:
        return not any(getattr(self, name) for name in ASKED)


@dataclass(frozen=True)
class Sheet:
    """The answers of one pupil. ``name`` is the pupil's, or the file's where the pupil gave none."""

    name: str
    answers: tuple[Answer, ...]


def text(lesson: Lesson, pupil: str, given: Mapping[int, Mapping[str, str]]) -> str:
    """A sheet as CSV: ``given`` has what was filled in for each step, counted from 0; blank steps are left out."""
    lines = [
        Answer(lesson=lesson.name, step=at + 1, title=lesson.steps[at].title, pupil=pupil, **given[at])
        for at in sorted(given)
        if at < len(lesson.steps)
    ]
    return csv_text(tuple(Answer.model_fields), (line.model_dump() for line in lines if not line.is_blank))


def read(path: Path) -> Sheet:
    """The sheet of a file. Raises `InvalidData` with a fault for each line that is none."""
    table = tables.records(path, Answer, Case.of_table(path.stem))
    if faults := [*table.whole, *table.faults]:
        raise InvalidData(sorted(faults))
    return Sheet(next((one.pupil for one in table.rows if one.pupil), path.stem), tuple(table.rows))


def beside(sheets: Iterable[Sheet]) -> dict[tuple[str, int, str], list[tuple[str, Answer]]]:
    """All answers to each step, by lesson, number and title; each with the name of its sheet, by name."""
    found: dict[tuple[str, int, str], list[tuple[str, Answer]]] = {}
    for sheet in sheets:
        for answer in sheet.answers:
            if not answer.is_blank:
                found.setdefault((answer.lesson, answer.step, answer.title), []).append((sheet.name, answer))
    return {key: sorted(found[key], key=lambda one: one[0].casefold()) for key in sorted(found)}


def counted(answers: Sequence[tuple[str, Answer]]) -> dict[str, int]:
    """How many agree, do not, and cannot tell."""
    return {name: sum(answer.agree == name for _, answer in answers) for name in AGREE}
