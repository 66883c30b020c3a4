"""Answer sheets: a file that reads back, faults with their line, many beside each other, and a blank one on paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from geodata import lessons
from geodata.formats import LESSONS
from geodata.lessons import answers
from geodata.model.faults import InvalidData
from geodata.store import case_file
from geodata.store.dataset import Dataset
from tests.server import ROOT

CASE = case_file.read(ROOT)
LESSON = lessons.read(ROOT / "lessons" / "how-to-read-a-claim.md", CASE)


def handed_in(folder: Path, pupil: str, given: dict[int, dict[str, str]], file: str = "sheet.csv") -> Path:
    path = folder / file
    path.write_bytes(answers.text(LESSON, pupil, given).encode("utf-8-sig"))
    return path


def test_a_sheet_reads_back_and_blank_steps_are_left_out(tmp_path: Path) -> None:
    given = {3: {"claim": "", "why": ""}, 1: {"claim": "A rocket, “fell”", "who": "a newspaper", "agree": "unsure"}}
    sheet = answers.read(handed_in(tmp_path, "Ani", given))
    [answer] = sheet.answers
    assert sheet.name == "Ani"
    assert (answer.lesson, answer.step, answer.title) == (LESSON.name, 2, LESSON.steps[1].title)
    assert (answer.claim, answer.who, answer.agree, answer.why) == ("A rocket, “fell”", "a newspaper", "unsure", "")


def test_a_pupil_without_a_name_has_that_of_the_file_and_no_text_runs_as_a_formula(tmp_path: Path) -> None:
    path = handed_in(tmp_path, "", {0: {"why": "=1+1"}}, "third row.csv")
    assert answers.read(path).name == "third row"
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("was", "instead", "said"),
    [
        ("unsure", "perhaps", "sheet.csv line 2, agree: 'perhaps' is not in the vocabulary"),
        (",2,", ",two,", "sheet.csv line 2, step: 'two' is not a whole number"),
        ("evidence", "proof", "sheet.csv line 1, proof: is not a column of this table"),
    ],
)
def test_a_broken_sheet_is_told_with_its_line(tmp_path: Path, was: str, instead: str, said: str) -> None:
    path = handed_in(tmp_path, "Ani", {1: {"claim": "x", "agree": "unsure"}})
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, instead, 1), encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        answers.read(path)
    assert said in str(caught.value)


def test_a_sheet_without_an_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="has a header and no rows"):
        answers.read(handed_in(tmp_path, "Ani", {}))


def test_thirty_sheets_are_laid_beside_each_other_by_step(tmp_path: Path) -> None:
    sheets = [
        answers.read(handed_in(tmp_path, f"Pupil {n:02}", {0: {"claim": str(n)}, n % 8: {"agree": "yes", "who": "x"}}))
        for n in range(30)
    ]
    found = answers.beside(reversed(sheets))
    assert [step for _, step, _ in found] == list(range(1, 9))
    first = found[LESSON.name, 1, LESSON.steps[0].title]
    assert [name for name, _ in first] == [f"Pupil {n:02}" for n in range(30)]
    assert answers.counted(first) == {"yes": 4, "no": 0, "unsure": 0}


def test_the_blank_sheet_asks_every_question_and_is_two_pages(shipped: Dataset) -> None:
    pages = pypdfium2.PdfDocument(LESSONS["sheet.pdf"](shipped, LESSON))
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert len(pages) == 2
    for asked in (*answers.ASKED.values(), *(question for step in LESSON.steps for question in step.questions)):
        assert asked in text
