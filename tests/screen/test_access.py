"""The page in each way of hosting: what a reader is offered, and the sentence in place of what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.server.options import options
from dashboard.state import beside, deciding, rights
from geodata.store.geocoding import decisions
from geodata.store.importers import kept
from tests.server import ROOT
from tests.unit.test_beside import lines

PAGE = str(ROOT / "dashboard" / "page.py")

TABLE = """\
event_id,event_date,location,country,admin1,latitude,longitude,source
1,2021-01-01,Berd,Armenia,Tavush,40.88,45.39,A
2,2021-02-01,Berd,Armenia,Tavush,,,B
"""

PEOPLE = "editors: [ann@paper.example]\nreaders: [bo@paper.example]\n"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_text(TABLE, encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("ATTEST_EVENTS", str(path))
    monkeypatch.setenv("ATTEST_PEOPLE", str(tmp_path / "people.yaml"))
    monkeypatch.chdir(ROOT)
    return path


def page(way: str, name: str, monkeypatch: pytest.MonkeyPatch, user: dict[str, Any] | None = None) -> AppTest:
    monkeypatch.setenv("ATTEST_ACCESS", way)
    options.cache_clear()
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.query_params["page"] = name
    app.user = user or {}
    app.run()
    assert not app.exception
    return app


def signed_in(name: str) -> dict[str, Any]:
    return {"is_logged_in": True, "email": f"{name}@paper.example", "email_verified": True}


def said(app: AppTest) -> str:
    return "\n".join(part.value for part in (*app.markdown, *app.caption, *app.text, *app.error))


def keys(app: AppTest) -> set[str]:
    """The keys of what a reader may press or fill in, and the words of buttons without one."""
    pressed = {button.key or button.label for button in app.button}
    return pressed | {field.key for kind in ("file_uploader", "selectbox", "multiselect") for field in app.get(kind)}


def fields(app: AppTest) -> list[str]:
    return [field.key for field in app.get("file_uploader")]


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(("way", "user"), [("reading", {}), ("signed-in", signed_in("bo"))])
def test_who_may_only_read_finds_the_table_and_the_reason_why_nothing_changes_it(
    monkeypatch: pytest.MonkeyPatch, way: str, user: dict[str, Any]
) -> None:
    app = page(way, "table", monkeypatch, user)
    assert "2 rows in the file: 2 shown" in said(app)
    assert rights.REASONS["mend"] in said(app)
    assert rights.REASONS["upload"] in said(app)
    assert "incident_id: event_id" in app.code[0].value, "what our columns are read from stays told"
    assert fields(app) == []
    assert not [key for key in keys(app) if key and (key.startswith(("map_", "form_", "answer_")) or "Keep" in key)]
    assert "Places" not in app.segmented_control(key="page").options
    app = page(way, "places", monkeypatch, user)
    assert app.segmented_control(key="page").value == "map"


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", ["map", "lessons"])
def test_no_page_of_open_reading_has_a_field_for_a_file(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert fields(page("alone", name, monkeypatch)) != []
    app = page("reading", name, monkeypatch)
    assert fields(app) == []
    assert rights.REASONS["upload"] in said(app)


@pytest.mark.parametrize("way", ["alone", "signed-in"])
def test_who_may_write_decides_on_a_place_and_the_record_names_them(
    table: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    app = page(way, "places", monkeypatch, signed_in("ann"))
    app.button(key="accept_sure").click().run()
    app.button(key="put_in").click().run()
    assert not app.exception
    [decided] = decisions.read(decisions.path_beside(table))
    [line] = lines(table.parent)
    assert (line["file"], line["counts"]) == ("incidents.places.csv", {"decisions": 1})
    if way == "signed-in":
        assert line["who"] == decided.decided_by == "ann@paper.example"
        assert deciding.WHO not in {field.key for field in app.text_input}, "nobody signs for another"
        assert "Signed in as ann" in said(app)
        assert "You may read and write." in said(app)
    else:
        assert line["who"] == "alone"
        assert "sign_out" not in keys(app)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", ["map", "table", "places", "download"])
def test_a_stranger_reads_one_sentence_and_nothing_of_the_table(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    app = page("signed-in", name, monkeypatch, signed_in("eve"))
    assert keys(app) == {"sign_out"}
    first, sentence = (part.value for part in app.markdown)
    assert first == "# Attest"
    assert sentence.endswith("and the keeper of this case has not listed you.")
    assert not any(word in said(app) for word in ("Berd", "incidents", "report"))
    assert app.get("download_button") == []


@pytest.mark.usefixtures("table")
def test_who_has_not_signed_in_finds_one_button(monkeypatch: pytest.MonkeyPatch) -> None:
    app = page("signed-in", "map", monkeypatch)
    assert keys(app) == {"sign_in"}
    assert said(app) == f"# Attest\n{rights.REASONS['read']}"


def test_an_editor_whose_line_is_taken_out_writes_nothing_with_a_page_that_is_still_open(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page("signed-in", "places", monkeypatch, signed_in("ann"))
    app.button(key="accept_sure").click().run()
    list_ = table.parent / "people.yaml"
    list_.write_text("readers: [ann@paper.example]\n", encoding="utf-8")
    app.button(key="put_in").click().run()
    assert not decisions.path_beside(table).exists()
    assert not (table.parent / beside.AUDIT).exists()
    list_.write_text("readers: [bo@paper.example]\n", encoding="utf-8")
    app.run()
    assert keys(app) == {"sign_out"}


def test_a_mapping_that_an_editor_keeps_is_in_the_record(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page("signed-in", "table", monkeypatch, signed_in("ann"))
    [keep] = [button for button in app.button if button.label.startswith("Keep this mapping")]
    keep.click().run()
    assert kept.beside(table).exists()
    [line] = lines(table.parent)
    assert (line["who"], line["action"]) == ("ann@paper.example", "keep mapping")


@pytest.mark.parametrize(("way", "name", "is_offered"), [
    ("alone", "", True), ("reading", "", False), ("signed-in", "ann", True), ("signed-in", "bo", False),
])  # fmt: skip
def test_only_who_may_write_has_a_table_that_was_cut_shown_to_everybody(
    table: Path, monkeypatch: pytest.MonkeyPatch, way: str, name: str, is_offered: bool
) -> None:
    app = page(way, "table", monkeypatch, signed_in(name) if name else None)
    table.write_text(TABLE.rpartition("2,2021")[0], encoding="utf-8")
    app.run()
    assert any("2 rows became 1" in part.value for part in app.text)
    assert any(button.key == "accept_shorter" for button in app.button) == is_offered
    assert ("only an editor" in said(app)) != is_offered
