"""Lessons are made in the page: opened, changed and told what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geodata import lessons
from geodata.lessons import Draft
from geodata.store import case_file
from tests.server import ROOT

CASE = case_file.read(ROOT)
LESSON = lessons.read(ROOT / "lessons" / "how-to-read-a-claim.md", CASE)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params["page"] = "lessons"
    return app.run()


def draft(app: AppTest) -> Draft:
    assert not app.exception
    found: Draft = app.session_state["draft"]
    return found


def test_a_shipped_lesson_is_opened_and_changed(app: AppTest) -> None:
    app.button(key=f"change_{LESSON.name}").click().run()
    assert draft(app).lesson(CASE) == LESSON
    assert not app.warning
    app.button(key="draft_step_1").click().run()
    assert app.session_state["incident"] == LESSON.steps[1].incident
    app.button(key="draft_out_0").click().run()
    assert len(draft(app).steps) == len(LESSON.steps) - 1
    words = next(one for one in app.text_area if one.label == "Words that the class reads")
    words.set_value("").run()
    assert f"{LESSON.name}.md line 7, steps 1, words: must not be blank" in app.text[-1].value
    assert app.button(key="draft_preview").disabled


def test_numbers_that_a_new_view_makes_false_are_told(app: AppTest) -> None:
    app.button(key=f"change_{LESSON.name}").click().run()
    app.session_state["sides:armenian"] = True
    app.run()
    app.button(key="draft_view").click().run()
    assert "and not 203; mend the words too" in app.text[-1].value


def test_a_broken_file_is_told_line_by_line_and_the_draft_stays(app: AppTest) -> None:
    app.button(key=f"change_{LESSON.name}").click().run()
    text = lessons.write(LESSON).replace("minutes: 45", "minuts: 45")
    uploader = next(one for one in app.file_uploader if one.label == "A lesson file (.md)")
    uploader.upload("bad.md", text.encode(), "text/markdown").run()
    assert any("bad.md line 4, minuts" in one.value for one in app.text)
    assert draft(app).lesson(CASE) == LESSON


def test_a_collection_becomes_steps_with_cards_titles_and_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params["collected"] = ["2020-shushi-shelling~Who else tells it?", "2023-09-sarnaghbyur-attack"]
    app.run()
    next(one for one in app.button if one.label == "Lesson").click().run()
    app.button(key="draft_collected").click().run()
    first, second = draft(app).steps
    assert (first["incident"], first["words"]) == ("2020-shushi-shelling", "Who else tells it?")
    assert (second["incident"], second.get("words", "")) == ("2023-09-sarnaghbyur-attack", "")
    assert first["title"] and second["title"]


def test_a_preview_gives_the_view_back_that_was_in_the_making(app: AppTest) -> None:
    app.button(key=f"change_{LESSON.name}").click().run()
    app.button(key="draft_step_1").click().run()
    state = app.session_state
    state["sides:armenian"], state["colour"], state["incident"], state["graphic"] = True, "document", "", False
    state["stands"] = "camera=39.760,46.750,9"
    app.run()
    chosen = dict(app.query_params)
    app.button(key="draft_preview").click().run()
    assert not app.exception
    assert (state["incident"], state["sides:armenian"]) == (LESSON.steps[1].incident, False)
    app.button(key="class_off").click().run()
    assert not app.exception
    assert dict(app.query_params) == chosen
    assert (state["colour"], state["incident"], state["graphic"]) == ("document", "", False)
    camera = state["draft_camera"]
    assert (camera["lat"], camera["lon"], camera["zoom"]) == (39.76, 46.75, 9)


def test_the_name_of_a_folder_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "*ours* [a](b)"
    folder.mkdir()
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    monkeypatch.setenv("ATTEST_LESSONS", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params["page"] = "lessons"
    app.run()
    assert any("\\*ours\\* \\[a\\](b)." in caption.value for caption in app.caption)
