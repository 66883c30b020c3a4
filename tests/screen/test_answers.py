"""The answer sheet in the page, and the sheets of a class beside each other."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from geodata import lessons
from geodata.lessons import answers
from geodata.store import case_file
from tests.server import ROOT

LESSON = lessons.read(ROOT / "lessons" / "how-to-read-a-claim.md", case_file.read(ROOT))


def opened(monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params.update(query)
    return app.run()


def test_a_sheet_keeps_what_was_filled_in_from_step_to_step(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, mode="class", lesson=LESSON.name)
    app.button(key="sheet_switch").click().run()
    app.text_input(key="sheet_claim_0").set_value("A mark is a report").run()
    app.button(key="step_next").click().run()
    app.radio(key="sheet_agree_1").set_value("no").run()
    app.button(key="step_back").click().run()
    assert not app.exception
    assert app.text_input(key="sheet_claim_0").value == "A mark is a report"
    given = app.session_state["sheet_given"][LESSON.name]
    assert given == {0: {"claim": "A mark is a report"}, 1: {"agree": "no"}}


def test_sheets_stand_beside_each_other_escaped_and_a_broken_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, page="lessons")
    app.session_state["lessons_choice"] = "answers"
    app.run()
    files = [
        (f"{name}.csv", answers.text(LESSON, name, {0: {"why": why, "agree": "yes"}}).encode(), "text/csv")
        for name, why in (("Ani", "<script>alert(1)</script>"), ("Leyla", "She was there"))
    ]
    uploader = next(one for one in app.file_uploader if one.label == "Answer sheets (CSV)")
    uploader.set_value([*files, ("bad.csv", b"a,b\n1,2\n", "text/csv")]).run()
    assert not app.exception
    [table] = [one for one in app.get("html") if "Answers to step 1" in one.proto.body]
    assert table.proto.body.index("Ani") < table.proto.body.index("Leyla")
    assert "&lt;script&gt;" in table.proto.body
    assert "<script>" not in table.proto.body
    assert any("bad.csv" in one.value for one in app.text)
