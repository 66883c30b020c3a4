"""The shipped lessons: each reads back as written, every number is true, every place is written with its names."""

from __future__ import annotations

import re
from math import hypot
from pathlib import Path

import pypdfium2
import pytest

from geodata import lessons
from geodata.lessons import Lesson, handout
from geodata.model.selection import select
from geodata.model.text import fold
from geodata.store import case_file
from geodata.store.dataset import Dataset
from tests.server import ROOT

FOLDER = ROOT / "lessons"
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.md"))

CASE = case_file.read(ROOT)


@pytest.fixture(params=SHIPPED)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return lessons.read(FOLDER / f"{request.param}.md", CASE)


def test_what_is_written_reads_back_the_same(lesson: Lesson) -> None:
    assert lessons.parse(lessons.write(lesson), f"{lesson.name}.md", CASE) == lesson


def test_there_are_two_lessons() -> None:
    assert len(SHIPPED) == 2, "without a lesson the other tests here would be skipped"


def test_shipped_lessons_fit_the_table(lesson: Lesson, shipped: Dataset) -> None:
    assert lessons.check(lesson, shipped) == ()
    assert 6 <= len(lesson.steps) <= 8
    assert lesson.note
    assert all(step.questions and step.counts for step in lesson.steps)


SPELLED = {5: "five"}
"""Numbers that a step may write as words."""


def test_every_number_a_step_states_is_one_the_table_bears_out(lesson: Lesson) -> None:
    """`check` compares the counts with the table; here the words are compared with the counts, both ways."""
    dates = r"\b\d{1,2} (?:January|February|May|September|October|November) \d{4}|\b(?:19|20)\d\d\b"
    ratings = r"\b[A-F] [1-6]\b"
    for step in lesson.steps:
        text = re.sub(f"{dates}|{ratings}", "", " ".join((step.title, *step.paragraphs, *step.questions)))
        stated = {int(number) for number in re.findall(r"\d+", text)}
        known = set(step.counts.values())
        known |= {step.counts["reports"] - step.counts["vague"]} if {"reports", "vague"} <= set(step.counts) else set()
        assert stated <= known, step.title
        in_words = {number for number, word in SPELLED.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
        assert set(step.counts.values()) - {0} <= stated | in_words, step.title


def test_the_questions_fit_a_school_lesson_at_three_minutes_each_and_at_most_two_a_step(lesson: Lesson) -> None:
    questions = [len(step.questions) for step in lesson.steps]
    assert set(questions) <= {1, 2}
    assert 3 * sum(questions) <= lesson.minutes == 45


def test_a_step_that_states_numbers_names_its_documents_so_that_a_further_one_makes_none_of_them_false(
    lesson: Lesson,
) -> None:
    assert all(step.filters.sources for step in lesson.steps if step.counts)


def test_every_step_shows_something_unless_it_is_about_silence(lesson: Lesson, shipped: Dataset) -> None:
    for step in lesson.steps:
        seen = lessons.counted(step, shipped, ("reports", "mapped"))
        empty = {"What silence means": (0, 0), "Fourth telling, a newsletter of another year": (1, 0)}
        if step.title in empty:
            assert tuple(seen.values()) == empty[step.title]
        else:
            assert seen["mapped"] >= 2, step.title


def test_what_the_lessons_say_beside_numbers_is_true_too(shipped: Dataset) -> None:
    read, _ = lessons.read_all(FOLDER, CASE)
    steps = {step.title: step for lesson in read for step in lesson.steps}
    sources = [shipped.sources[name] for name in {name for step in steps.values() for name in step.filters.sources}]
    assert not [source for source in sources if source.side == "azerbaijani"]

    def rows(title: str) -> list[dict[str, object]]:
        return shipped.fetch(select(shipped.reports, steps[title].selection())).to_pylist()

    soldiers = rows("Corroboration, one event told again")
    assert {row["deaths_best"] for row in soldiers} == {4}
    assert sorted(row["first_day"] == row["last_day"] for row in soldiers) == [False, False, True]
    assert {row["source_id"] for row in soldiers} == {"003_add932133b610ce0"}
    rated = {(source.reliability, source.credibility): source.label for source in sources}
    assert set(rated) == {("C", "3"), ("D", "3"), ("D", "4")}
    assert rated["C", "3"].startswith("Al-Ahram Weekly")
    assert all(row["claim_status"] == "asserted" for row in rows("Sourcing, who speaks?"))
    addresses = rows("Close reading, word by word")
    assert {row["claimant_side"] for row in addresses} == {"armenian", "azerbaijani"}
    assert {row["source_id"] for row in rows("Who is not heard")} == {"004_35158a2b97b6a292"}
    year = steps["A year on the map"].selection()
    assert not len(shipped.fetch(select(shipped.reports, year.among("sources", ("001_c84d5488b9c80a68",)))))


def test_the_lessons_name_contested_places(shipped: Dataset) -> None:
    texts = " ".join((FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in SHIPPED)
    assert len([place for place in shipped.places.values() if place.contested and place.label in texts]) > 1


def test_a_contested_place_is_written_with_both_names_and_no_other_place_is(lesson: Lesson, shipped: Dataset) -> None:
    contested = [place for place in shipped.places.values() if place.contested]
    both = re.compile("|".join(sorted((re.escape(place.label) for place in contested), reverse=True)))
    for step in lesson.steps:
        text = " ".join((step.title, *step.paragraphs, *step.questions))
        labels = [place.label for place in contested if place.label in text]
        for name in (name for place in contested for name in place.own_names):
            assert not re.search(rf"\b{re.escape(name)}\b", both.sub("", text)), (step.title, name)
        doubled = [place.name for place in shipped.places.values() if f"{place.name} / " in text]
        assert all(any(label.startswith(f"{name} / ") for label in labels) for name in doubled), (step.title, doubled)


def test_no_sentence_of_a_lesson_is_copied_from_a_document(lesson: Lesson, shared: Path) -> None:
    documents = [fold(path.read_text(encoding="utf-8")) for path in sorted((shared / "sources").glob("*.txt"))]
    assert documents
    for step in lesson.steps:
        words = fold(" ".join(step.paragraphs)).split()
        for at in range(len(words) - 7):
            passage = " ".join(words[at : at + 8])
            assert not any(passage in document for document in documents), passage


@pytest.mark.heavy
@pytest.mark.slow
def test_a_handout_is_two_pages_and_a_key_in_type_of_eight_points_at_least(lesson: Lesson, shipped: Dataset) -> None:
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(handout.to_pdf(shipped, lesson))]
    texts = [" ".join(page.get_text_range().split()) for page in pages]
    questions = [
        next(at for at, text in enumerate(texts) if f"Question {number}.{asked} " in text.replace("\u00a0", " "))
        for number, step in enumerate(lesson.steps, start=1)
        for asked in range(1, len(step.questions) + 1)
    ]
    assert set(questions) == {0, 1}
    assert next(at for at, text in enumerate(texts) if "Key to step" in text) == 2
    assert len(pages) <= 6, "words and questions, and the key"
    assert min(size for page in pages for size in _type_sizes(page)) >= 8


def _type_sizes(page: pypdfium2.PdfTextPage) -> set[float]:
    """Points of every letter as it is drawn: the type's own size times the scale of its text."""
    sizes, matrix = set(), pypdfium2.raw.FS_MATRIX()
    for at in range(page.count_chars()):
        is_drawn = pypdfium2.raw.FPDFText_IsGenerated(page, at) == 0  # else a space that only the reader put there
        if is_drawn and pypdfium2.raw.FPDFText_GetMatrix(page, at, matrix):
            sizes.add(round(pypdfium2.raw.FPDFText_GetFontSize(page, at) * hypot(matrix.c, matrix.d), 2))
    return sizes
