"""A lesson in the making: what is changed, and what its file would say is wrong."""

from __future__ import annotations

import pytest

from geodata import lessons
from geodata.lessons import Draft, Step
from geodata.model.faults import InvalidData
from geodata.store import case_file
from tests.server import ROOT

CASE = case_file.read(ROOT)
LESSON = lessons.read(ROOT / "lessons" / "how-to-read-a-claim.md", CASE)


def test_a_lesson_that_is_opened_and_left_alone_is_the_same() -> None:
    assert Draft.of(LESSON).lesson(CASE) == LESSON
    assert Draft.of(LESSON).text() == lessons.write(LESSON)


def test_steps_are_moved_taken_out_and_edited() -> None:
    draft = Draft.of(LESSON).exchanged(0, 1).without(2).edited(0, title="New", questions=())
    titles = [step.title for step in draft.lesson(CASE).steps]
    old = [step.title for step in LESSON.steps]
    assert titles == ["New", old[0], *old[3:]]
    assert draft.lesson(CASE).steps[0].questions == ()
    assert draft.lesson(CASE).steps[0].incident == LESSON.steps[1].incident


def test_another_view_leaves_the_words_and_takes_all_of_the_map() -> None:
    seen = Step(title="-", words="-", colour="type")
    [step] = Draft(title="x", steps=Draft.of(LESSON).steps[1:2]).seen(0, seen).lesson(CASE).steps
    before = LESSON.steps[1]
    assert (step.title, step.words, step.questions) == (before.title, before.words, before.questions)
    assert (step.colour, step.camera, step.incident, step.filters) == ("type", None, "", seen.filters)


@pytest.mark.parametrize(
    ("draft", "line", "column", "message"),
    [
        (Draft(title="x").having(Step(title="a", words="b")).edited(0, title=""), 4, "steps 1, title", "blank"),
        (Draft(title="x").having(Step(title="a", words="b")).edited(0, words=""), 5, "steps 1, words", "blank"),
        (Draft(steps=({"title": "a", "words": "b"},)), 2, "title", "blank"),
        (Draft(title="x", minutes="long", steps=({"title": "a", "words": "b"},)), 3, "minutes", "whole number"),
    ],
)
def test_what_is_missing_is_told_with_the_line_of_the_file(draft: Draft, line: int, column: str, message: str) -> None:
    with pytest.raises(InvalidData) as caught:
        draft.lesson(CASE)
    [fault] = caught.value.faults
    assert (fault.file, fault.line, fault.column) == ("lesson.md", line, column)
    assert message in fault.message or "must be given" in fault.message
