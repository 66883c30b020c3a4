"""Lessons are read when their files change, and not with each click."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.state import lesson_state
from geodata import lessons
from geodata.lessons import Lesson
from geodata.model.case import Case
from geodata.store.load import Fault
from tests.server import ROOT

NAME = "one-autumn-four-tellings"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped lessons, for a test to change."""
    copy = Path(shutil.copytree(ROOT / "lessons", tmp_path / "lessons"))
    monkeypatch.setenv(lesson_state.FOLDER, str(copy))
    return copy


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read, one entry a reading."""
    done: list[Path] = []

    def counted(folder: Path, case: Case) -> tuple[tuple[Lesson, ...], tuple[Fault, ...]]:
        done.append(folder)
        return lessons.read_all(folder, case)

    monkeypatch.setattr(lesson_state, "read_all", counted)
    return done


def test_a_lesson_is_gone_through_with_one_reading(
    folder: Path, readings: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params.update(mode="class", lesson=NAME)
    app.run()
    for _ in range(2):
        app.button(key="step_next").click().run()
        assert not app.exception
    assert app.session_state["step"] == "3"
    assert readings == [folder]


def test_sessions_that_ask_at_once_share_one_reading(folder: Path, readings: list[Path]) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: lesson_state.every(), range(4)))
    assert readings == [folder]
    assert all(one is found[0] for one in found)


def test_a_changed_a_new_and_a_deleted_file_are_each_read(folder: Path, readings: list[Path]) -> None:
    before, _ = lesson_state.every()
    file = folder / f"{NAME}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: Once more: ", 1), encoding="utf-8")
    os.utime(file, ns=(10**9, 10**9))
    assert any("is not YAML" in str(fault) for fault in lesson_state.every()[1])
    shutil.copy(ROOT / "lessons" / f"{NAME}.md", file)
    shutil.copy(file, folder / "copy.md")
    assert set(lesson_state.every()[0]) == {*before, "copy"}
    (folder / "copy.md").unlink()
    assert set(lesson_state.every()[0]) == set(before)
    assert len(readings) == 4
