"""Lessons: every mistake with its line, text that reads back, and files to take away."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

from geodata import lessons
from geodata.cli import main
from geodata.lessons import Camera, Filters, Lesson, Step, Window
from geodata.lessons.handout import to_pdf
from geodata.lessons.page import to_html
from geodata.model.faults import InvalidData
from geodata.model.selection import select
from geodata.store import case_file
from geodata.store.dataset import Dataset
from tests.conftest import SMALL
from tests.server import ROOT

GOOD = """---
title: Two voices
level: from 15 years
minutes: 45
steps:
  - title: One
    words: |
      Who speaks: that is
      the question.

      Xankəndi, Ստեփանակերտ, Степанакерт.
    window: {from: 2020-09-27, to: 2020-11-10}
    filters:
      sides: [armenian, azerbaijani]
      surely: true
    camera: {latitude: 39.8, longitude: 46.7, zoom: 7}
    incident: 2020-10-ganja-airbase-attack
    colour: document
    names: az
    questions:
      - Who is heard?
      - "Who is not: and why?"
    counts: {reports: 5}
---

# For the teacher

Take time.
"""


CASE = case_file.read(ROOT)


# --- reading and writing --------------------------------------------------------------------------------------------


def test_a_lesson_is_read_with_every_field() -> None:
    lesson = lessons.parse(GOOD, "two.md", CASE)
    [step] = lesson.steps
    assert (lesson.name, lesson.title, lesson.minutes) == ("two", "Two voices", 45)
    assert lesson.note == "# For the teacher\n\nTake time."
    assert step.paragraphs == ("Who speaks: that is the question.", "Xankəndi, Ստեփանակերտ, Степанакерт.")
    assert step.questions == ("Who is heard?", "Who is not: and why?")
    assert step.camera == Camera(latitude=39.8, longitude=46.7, zoom=7)
    chosen = step.selection()
    assert (str(chosen.first), str(chosen.last)) == ("2020-09-27", "2020-11-10")
    assert chosen.surely
    assert chosen.sides == ("armenian", "azerbaijani")


def test_no_step_ever_selects_graphic_reports() -> None:
    assert not Step(title="a", words="b").selection().graphic
    assert "graphic" not in Filters.model_fields


MISTAKES = [
    ("minutes: 45", "minuts: 45", 4, "minuts", "did you mean 'minutes'?"),
    ("title: Two voices\n", "", 2, "title", "must be given"),
    ("title: One", "title: ", 6, "steps 1, title", "must be given"),
    ("title: One", "title: One\n    title: Two", 7, "steps 1, title", "stands twice (first in line 6)"),
    ("minutes: 45", "minutes: long", 4, "minutes", "'long' is not a whole number"),
    ("minutes: 45", "name: x", 4, "name", "no field here"),
    ("minutes: 45", "note: x", 4, "note", "no field here"),
    ("level: from 15 years", "level: from 15 years: or so", 3, "", "is not YAML"),
    ("level: from 15 years", "level: *all", 3, "", "'*all'"),
    ("level: from 15 years", "level: [a, b]", 3, "level", "must be a text"),
    ("2020-09-27", "2020-09-31", 12, "steps 1, window, from", "no day of the calendar"),
    ("2020-09-27", "27.9.2020", 12, "steps 1, window, from", "write it as 2020-09-27"),
    ("2020-11-10", "2020-09-10", 12, "steps 1, window, to", "is before 2020-09-27"),
    (", to: 2020-11-10", "", 12, "steps 1, window, to", "must be given"),
    ("azerbaijani]", "azerbajani]", 14, "steps 1, filters, sides 2", "did you mean 'azerbaijani'?"),
    ("surely: true", "surely: yes", 15, "steps 1, filters, surely", "neither 'true' nor 'false'"),
    ("surely: true", "statuses: proven", 15, "steps 1, filters, statuses 1", "not in the vocabulary"),
    ("surely: true", "types: [shelling, raid]", 15, "steps 1, filters, types 2", "not in the vocabulary"),
    ("surely: true", "graphic: true", 15, "steps 1, filters, graphic", "no field here"),
    ("latitude: 39.8", "latitude: 398", 16, "steps 1, camera, latitude", "too large"),
    (", zoom: 7", "", 16, "steps 1, camera, zoom", "must be given"),
    ("names: az", "names: azeri", 19, "steps 1, names", "not in the vocabulary"),
    ('"Who is not: and why?"', "Who is not: and why?", 22, "steps 1, questions 2", "goes into quotation marks"),
    ("reports: 5", "report: 20", 23, "steps 1, counts, report", "did you mean 'reports'?"),
    ("reports: 5", "reports: -1", 23, "steps 1, counts, reports", "too small"),
    ("Who is heard?", "Who\u200b?", 21, "steps 1, questions 1", "invisible sign"),
    ("Two voices", "Two\x01voices", 2, "", "U+0001"),
    ("---\n\n#", "\n\n#", 28, "", "must end with a line of three hyphens"),
    ("---\ntitle", "title", 1, "", "must begin with three hyphens"),
]


@pytest.mark.parametrize(("was", "instead", "line", "column", "message"), MISTAKES, ids=lambda part: str(part)[:30])
def test_a_mistake_is_told_with_its_line(was: str, instead: str, line: int, column: str, message: str) -> None:
    assert GOOD.count(was) >= 1
    with pytest.raises(InvalidData) as caught:
        lessons.parse(GOOD.replace(was, instead, 1), "two.md", CASE)
    [fault] = caught.value.faults
    assert (fault.file, fault.line, fault.column) == ("two.md", line, column)
    assert message in fault.message


def test_every_mistake_is_told_at_once() -> None:
    text = GOOD
    for was, instead in (
        ("Two voices", "''"),
        ("minutes: 45", "minutes: 0"),
        ("sides:", "side:"),
        ("zoom: 7", "zoom: 70"),
    ):
        text = text.replace(was, instead, 1)
    with pytest.raises(InvalidData) as caught:
        lessons.parse(text, "two.md", CASE)
    assert [fault.line for fault in caught.value.faults] == [2, 4, 14, 16]


@pytest.mark.parametrize(
    "front", ["", "- a\n", "text\n", "title: x\nsteps: []\n", "title: x\nsteps: [a]\n", "[" * 600 + "\n"]
)
def test_what_is_no_lesson_is_told_to_be_none(front: str) -> None:
    with pytest.raises(InvalidData):
        lessons.parse(f"---\n{front}---\n", "x.md", CASE)


def test_files_that_are_no_text(tmp_path: Path) -> None:
    for name, content, message in (
        ("empty.md", b"", "its first line must be three hyphens"),
        ("latin.md", "---\ntitle: Übung\n---\n".encode("cp1252"), "is not UTF-8"),
        ("wide.md", GOOD.encode("utf-16"), "UTF-16"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InvalidData, match=message):
            lessons.read(tmp_path / name, CASE)
    with pytest.raises(InvalidData, match="is not there"):
        lessons.read(tmp_path / "missing.md", CASE)


def test_one_bad_file_does_not_hide_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("nothing", encoding="utf-8")
    (tmp_path / "b.md").write_text(GOOD.replace("\n", "\r\n"), encoding="utf-8", newline="")
    read, faults = lessons.read_all(tmp_path, CASE)
    assert [lesson.name for lesson in read] == ["b"]
    assert [(fault.file, fault.line) for fault in faults] == [("a.md", 1)]
    assert lessons.read_all(tmp_path / "none", CASE) == ((), ())


def test_awkward_texts_read_back_the_same_and_stay_readable() -> None:
    awkward = (
        "no",
        "2020",
        "2020-01-01",
        "# no comment",
        "- a",
        "a: b",
        "'",
        '"',
        "---",
        "ə ş \u0564 ы",
        "x " * 200,
        "{a}",
        "*a",
    )
    steps = tuple(
        Step(
            title=text.strip(),
            words=f"{text}\n\n  {text}\nb",
            questions=(text.strip(),),
            filters=Filters(text=text.strip()),
        )
        for text in awkward
    )
    window = Window(first="2020-01-01", last="2020-01-01")
    dated = Step.model_validate({"title": "d", "words": "w", "window": window, "counts": {"reports": 0}}, context=CASE)
    lesson = Lesson(name="x", title="ə: x", steps=(*steps, dated), note="a\n\n---\n\nb")
    text = lessons.write(lesson)
    assert lessons.parse(text, "x.md", CASE) == lesson
    assert "words: |\n" in text
    assert "from: 2020-01-01\n" in text
    assert "ə ş" in text


# --- against the table ----------------------------------------------------------------------------------------------


def test_what_the_table_lacks_is_told_with_its_line(small: Dataset) -> None:
    text = GOOD.replace("surely: true", "places: [shusi]\n      sources: nobody").replace("attack", "atack")
    text = text.replace("colour: document", "colour: documents")
    told = {fault.line: str(fault) for fault in lessons.check(lessons.parse(text, "two.md", CASE), small)}
    assert "steps 1, filters, places" in told[15]
    assert "did you mean 'shushi'?" in told[15]
    assert "'nobody' is not in this table" in told[16]
    assert "did you mean '2020-10-ganja-airbase-attack'?" in told[18]
    assert "did you mean 'document'?" in told[19]
    assert "and not 5" in told[24]
    assert len(told) == 5


def test_a_step_cannot_open_an_incident_that_is_all_graphic(small: Dataset) -> None:
    text = GOOD.replace("2020-10-ganja-airbase-attack", "2016-04-sloyan-body-return")
    assert "graphic reports only" in str(lessons.check(lessons.parse(text, "two.md", CASE), small)[0])


def test_a_lesson_that_does_not_fit_is_not_made(small: Dataset) -> None:
    lesson = lessons.parse(GOOD.replace("reports: 5", "reports: 6"), "two.md", CASE)
    for writer in (to_html, to_pdf):
        with pytest.raises(InvalidData, match=r"the table has \d+, and not 6"):
            writer(small, lesson)


def test_the_command_checks_a_folder_and_writes_a_lesson(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lessons").mkdir()
    for name in ("a.md", "b.md"):
        shutil.copy(SMALL / "lessons" / "two-tellings.md", tmp_path / "lessons" / name)
    assert main(["lesson", str(tmp_path / "lessons"), str(SMALL)]) == 0
    assert capsys.readouterr().out.count("all fit the table") == 2
    (tmp_path / "x.md").write_text(GOOD.replace("reports: 5", "reports: 1"), encoding="utf-8")
    assert main(["lesson", str(tmp_path / "x.md"), str(SMALL), "-o", str(tmp_path / "x.html")]) == 1
    assert "x.md line 23, steps 1, counts, reports" in capsys.readouterr().err
    assert not (tmp_path / "x.html").exists()


# --- files to take away ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def short(small: Dataset) -> tuple[Lesson, bytes]:
    """A lesson as a handout: steps with many reports, with a card, and without a report."""
    lesson = lessons.read(SMALL / "lessons" / "two-tellings.md", small.case)
    return lesson, to_pdf(small, lesson)


@pytest.mark.slow
def test_the_handout_holds_every_word_question_speaker_and_rating(short: tuple[Lesson, bytes], small: Dataset) -> None:
    lesson, content = short
    pages = pypdfium2.PdfDocument(content)
    text = "".join("".join(page.get_textpage().get_text_range() for page in pages).split())

    def printed(said: str) -> bool:
        return "".join(said.split()) in text

    for step in lesson.steps:
        assert all(map(printed, (step.title, *step.paragraphs, *step.questions)))
    rows = small.fetch(select(small.reports, lesson.steps[0].selection())).to_pylist()
    assert [row["claimed_by"] for row in rows if not printed(f"{row['claimed_by']}, {row['claim_status']}")] == []
    assert text.count("Reliability") >= len({row["source_id"] for row in rows})
    assert printed("An empty part of the map is no evidence that nothing happened there")
    assert {tuple(map(round, page.get_size())) for page in pages} == {(595, 842)}


@pytest.mark.heavy
@pytest.mark.slow
def test_a_handout_is_the_same_bytes_each_time(short: tuple[Lesson, bytes], small: Dataset) -> None:
    lesson, content = short
    assert to_pdf(small, lesson) == content


def test_a_lesson_file_holds_no_graphic_report(small: Dataset) -> None:
    page = to_html(small, lessons.read(SMALL / "lessons" / "two-tellings.md", small.case)).decode()
    rows = small.fetch(small.reports).to_pylist()
    assert [row["summary"] for row in rows if row["graphic"]]
    for row in rows:
        assert (json.dumps(row["summary"], ensure_ascii=False) in page) != row["graphic"]
