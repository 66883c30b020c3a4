"""The page Table: what became of the rows, the mapping and its questions, and a table that is uploaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geodata.store.importers import kept
from tests.server import ROOT
from tests.unit.importing import HEAD, written

APP = str(ROOT / "dashboard" / "page.py")


def app_on(path: Path, monkeypatch: pytest.MonkeyPatch, page: str = "") -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(path))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(APP, default_timeout=30)
    if page:
        app.query_params["page"] = page
    app.run()
    assert not app.exception
    return app


def uploader(app: AppTest) -> Any:
    """The field that takes another table; a collection has one of its own."""
    [field] = [one for one in app.get("file_uploader") if one.key == "upload"]
    return field


def said(app: AppTest) -> str:
    return "\n".join(part.value for part in app.markdown)


def test_rows_shown_and_set_aside_are_told_with_how_the_file_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, f"{HEAD}\na,13/08/2020,39.8,46.7,W,t\nb,14/08/2020,39.8,46.7,W,t,x,y\n")
    app = app_on(path, monkeypatch, "table")
    assert "2 rows in the file: 1 shown, 1 set aside." in said(app)
    assert "13 stands in the first place" in said(app)
    [aside] = [frame.value for frame in app.dataframe if "reason" in frame.value]
    assert "8 cells" in aside["reason"][0]


def test_what_a_table_does_not_settle_is_the_first_page_and_an_answer_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(written(tmp_path, f"{HEAD}\na,04/05/2020,39.8,46.7,W,t\n"), monkeypatch)
    assert app.session_state["page"] == "table"
    assert "How are the dates written?" in said(app)
    app.button(key="answer_date.order_month-first").click().run()
    assert not app.exception
    assert "5 Apr 2020" in said(app)
    assert "How are the dates written?" not in said(app)


def test_a_column_chosen_by_the_reader_is_read_at_once_and_kept_beside_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "id,when it was,seen,latitude,longitude,source\na,2020-10-04,2021-01-01,39.8,46.7,W\n")
    app = app_on(path, monkeypatch, "table")
    [chosen] = [box for box in app.selectbox if box.label == "Day, or first day"]
    chosen.set_value("seen").run()
    assert not app.exception
    assert "1 Jan 2021" in said(app)
    [keep] = [button for button in app.button if button.label == "Keep this mapping beside the table"]
    keep.click().run()
    mapping = kept.read(path)
    assert mapping is not None and mapping.date.start == "seen"
    assert "1 Jan 2021" in said(app)


def test_a_header_line_named_by_the_reader_is_taken_and_the_columns_are_guessed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(written(tmp_path, f"{HEAD}\n{HEAD}\na,2020-10-04,39.8,46.7,W,t\n"), monkeypatch, "table")
    [line] = [box for box in app.number_input if box.label.startswith("Line that names")]
    line.set_value(2).run()
    assert not app.exception
    assert "1 row in the file: 1 shown, 0 set aside." in said(app)


def test_an_uploaded_table_is_on_screen_and_the_one_before_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(written(tmp_path, f"{HEAD}\na,2020-10-04,39.8,46.7,W,t\n"), monkeypatch, "table")
    uploader(app).upload("other.csv", f"{HEAD}\nb,1999-01-01,1,2,V,u\n".encode(), "text/csv").run()
    assert not app.exception
    assert "1 Jan 1999" in said(app)
    assert "other.csv: 1 row in the file" in said(app)
    [back] = [button for button in app.button if button.label.startswith("Back to the table")]
    back.click().run()
    assert "4 Oct 2020" in said(app)


def test_a_file_that_is_no_table_leaves_the_table_on_screen_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(written(tmp_path, f"{HEAD}\na,2020-10-04,39.8,46.7,W,t\n"), monkeypatch, "table")
    uploader(app).upload("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png").run()
    assert "a picture" in app.error[0].value
    assert "4 Oct 2020" in said(app)
