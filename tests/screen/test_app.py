"""The script of the page, run as Streamlit runs it, without a browser."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens import guide
from dashboard.screens.contents import PAGES, always
from geodata.exports import EXPORTS
from geodata.tell.keys import KEYS
from tests.screen import html
from tests.server import ROOT

APP = str(ROOT / "dashboard" / "page.py")


@pytest.fixture
def app(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """On the shipped table, which is read once; a test that changes its table has a copy."""
    is_changed = "table_copy" in request.fixturenames
    table = request.getfixturevalue("table_copy") if is_changed else ROOT / "events.csv"
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(APP, default_timeout=30)


def sentence(app: AppTest) -> str:
    return next(part.value for part in app.markdown if "incident" in part.value or "No report" in part.value)


def test_it_opens_on_the_core_scope_and_says_what_is_left_out(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.checkbox(key="scopes:core").value
    assert any("Left out by scope" in part.value for part in app.markdown)
    assert any("no evidence that nothing happened" in part.value for part in app.markdown)


def test_each_choice_shows_how_many_reports_it_leaves(app: AppTest) -> None:
    app.run()
    label = app.checkbox(key="sides:azerbaijani").label
    number = int(label.split("·")[1])
    app.checkbox(key="sides:azerbaijani").check().run()
    assert sentence(app).startswith(f"**{number} reports of")


def test_unticking_a_choice_brings_everything_back(app: AppTest) -> None:
    app.run()
    before = sentence(app)
    app.checkbox(key="sides:azerbaijani").check().run()
    app.checkbox(key="sides:azerbaijani").uncheck().run()
    assert sentence(app) == before


def test_clear_all_filters_goes_back_to_the_opening_view(app: AppTest) -> None:
    app.run()
    before = sentence(app)
    app.text_input(key="text").set_value("Shushi").run()
    app.checkbox(key="sides:armenian").check().run()
    assert sentence(app) != before
    app.button(key="clear").click().run()
    assert sentence(app) == before


def test_a_search_that_finds_nothing_says_so(app: AppTest) -> None:
    app.run()
    app.text_input(key="text").set_value("zzzz").run()
    assert not app.exception
    assert "No report matches" in sentence(app)


@pytest.mark.parametrize(("view", "page"), [("3-D", "3-d"), ("briefing", "briefing"), ("reports", "map")])
def test_an_address_of_a_part_once_below_the_map_opens_its_page(app: AppTest, view: str, page: str) -> None:
    app.query_params["view"] = view
    app.run()
    assert not app.exception
    assert app.segmented_control(key="page").value == page


@pytest.mark.parametrize("page", [name for name, page in PAGES.items() if page.is_offered is always])
def test_every_page_runs_under_its_address(app: AppTest, page: str) -> None:
    app.query_params["page"] = page
    app.run()
    assert not app.exception
    assert app.segmented_control(key="page").value == page


def test_the_guide_names_every_key(app: AppTest) -> None:
    app.query_params["page"] = "help"
    app.run()
    said = " ".join(part.value for part in app.markdown)
    assert not app.exception
    assert all(f"| {key} | {what} |" in said for key, what in KEYS.items())


def test_the_guide_counts_the_documents_of_the_table_and_judges_none(app: AppTest, table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    save(table_copy, [row for row in rows if row["source_id"] == rows[0]["source_id"]])
    app.query_params["page"] = "help"
    app.run()
    assert guide.what_it_is_not(1).strip() in [part.value for part in app.markdown]
    assert "what 1 document claims." in guide.what_it_is_not(1)
    assert "what 1,204 documents claim." in guide.what_it_is_not(1204)
    assert "takes sides" not in guide.what_it_is_not(5)


def test_the_page_of_who_is_heard_tells_of_denials(app: AppTest) -> None:
    app.query_params["page"] = "who-is-heard"
    app.run()
    assert not app.exception
    assert any(re.search("of such harm (is|are) not counted here", part) for part in html.shown(app))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"page": "who-is-heard", "statuses": "asserted"})
    app.run()
    assert any("No denial of such harm" in part for part in html.shown(app))


def test_every_format_has_a_button(app: AppTest) -> None:
    app.query_params["page"] = "download"
    app.run()
    assert [button.key for button in app.get("download_button")] == [f"download_{ending}" for ending in EXPORTS]


def test_a_link_with_nonsense_in_it_still_opens(app: AppTest) -> None:
    app.query_params.update(
        {"from": "yesterday", "sides": "martian", "incident": "nowhere", "by": "taste", "view": "x"}
    )
    app.run()
    assert not app.exception
    assert any("not in this table" in warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("parameter", "title", "name"),
    [
        ("page", "Compare", "compare"),
        ("page", "Disagreements", "disagreements"),
        ("page", "Who is heard", "who-is-heard"),
        ("page", "Sources", "sources"),
        ("page", "Lessons", "lessons"),
        ("page", "Help", "help"),
        ("page", "3-D", "3-d"),
    ],
)
def test_an_address_with_a_title_in_it_opens_that_page_and_becomes_one_with_its_id(
    app: AppTest, parameter: str, title: str, name: str
) -> None:
    app.query_params[parameter] = title
    app.run()
    assert not app.exception
    assert app.segmented_control(key=parameter).value == name
    assert app.query_params[parameter] == name


def test_an_id_can_stand_in_an_address_as_it_is() -> None:
    for name in PAGES:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)


@pytest.mark.parametrize("camera", ["40,46.5,99999", "nan,46.5,7", "40,46.5", ".,.,."])
def test_a_camera_that_cannot_be_read_prints_the_opening_view(app: AppTest, camera: str) -> None:
    app.query_params.update({"page": "briefing", "camera": camera})
    app.run()
    assert not app.exception


@pytest.mark.parametrize("case", ("2016-04-sloyan-killing", "undated-sloyan-no-such-case"))
def test_a_link_to_a_case_shows_no_private_name_in_class(app: AppTest, case: str) -> None:
    app.query_params.update({"mode": "class", "incident": case})
    app.run()
    assert not app.exception
    parts = [*app.markdown, *app.caption, *app.warning, *app.header, *app.info]
    assert not any("sloyan" in part.value.lower() for part in parts)
    assert "sloyan" not in str(app.query_params).lower()


def test_the_link_says_that_no_scope_is_ticked(app: AppTest) -> None:
    app.query_params.update({"page": "download", "scopes": ""})
    app.run()
    assert not app.checkbox(key="scopes:core").value
    assert all("scopes=" in code.value for code in app.code if "localhost" in code.value)
    assert any("localhost" in code.value for code in app.code)


def test_an_edit_shows_on_the_next_interaction(app: AppTest, table_copy: Path) -> None:
    app.run()
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    before = sentence(app)
    save(table_copy, [row | {"claimant_side": row["claimant_side"].replace("azerbaijani", "armenian")} for row in rows])
    app.run()
    assert sentence(app) == before, "which counts reports"
    assert any("No Azerbaijani claimant is heard" in part.value for part in app.markdown)


def test_a_faulty_edit_shows_its_faults_and_keeps_the_last_good_table(app: AppTest, table_copy: Path) -> None:
    app.run()
    before, text = sentence(app), table_copy.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    rows[15]["date"] = "2020-13"
    save(table_copy, rows)
    app.run()
    assert "events.csv line 17, date: '2020-13' is not an EDTF date (month 13)" in app.text[0].value
    assert sentence(app) == before
    table_copy.write_text(text, encoding="utf-8")
    app.run()
    assert not app.error


@pytest.mark.parametrize(
    ("file", "was", "instead", "told"),
    [
        ("persons.csv", "false", "perhaps", "persons.csv line 2, is_public"),
        ("places.csv", "39.8177", "398177", "places.csv line 2, latitude"),
        ("case.yaml", "letter: Z", "letter: A", "sides, azerbaijani, letter: 'A' is that of 'armenian' too"),
    ],
)
def test_a_fault_in_any_file_of_the_case_keeps_the_last_good_table(
    app: AppTest, table_copy: Path, *, file: str, was: str, instead: str, told: str
) -> None:
    app.run()
    before, path = sentence(app), table_copy.with_name(file)
    path.write_text(path.read_text(encoding="utf-8").replace(was, instead, 1), encoding="utf-8")
    app.run()
    assert told in app.text[0].value
    assert sentence(app) == before


def test_a_table_that_never_loaded_shows_its_faults_and_no_traceback(app: AppTest, table_copy: Path) -> None:
    os.truncate(table_copy, 0)
    app.run()
    assert not app.exception
    assert "is empty" in app.text[0].value


def test_html_and_markdown_in_a_cell_stay_text(app: AppTest, table_copy: Path) -> None:
    rows = list(csv.DictReader(table_copy.read_text(encoding="utf-8").splitlines()))
    rows[0] |= {"title": "<img src=x onerror=alert(1)> **bold** :red[x]", "summary": "says <script>1</script> [a](b)"}
    save(table_copy, rows)
    app.query_params.update(page="disagreements", incident=rows[0]["incident_id"])
    app.run()
    assert not app.exception
    shown = " ".join(part.value for part in (*app.markdown, *app.header))
    assert "<script>" not in shown
    assert "**bold**" not in shown
    assert "\\<script\\>" in shown


def save(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("variable", ["ATTEST_CASE", "ATTEST_EVENTS"])
def test_the_folder_of_another_case_opens_on_its_own_scope(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.delenv("ATTEST_EVENTS", raising=False)
    monkeypatch.setenv(variable, str(ROOT / "tests" / "cases" / "strike"))
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert not app.exception
    assert app.checkbox(key="scopes:strike").value
    assert sentence(app).startswith("**11 reports of 7 incidents")


def test_class_mode_without_a_list_of_persons_shows_why_and_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_CASE", str(ROOT / "tests" / "cases" / "strike"))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"mode": "class", "incident": "1931-10-scuffle"})
    app.run()
    assert not app.exception
    assert any("Class mode stays closed" in warning.value for warning in app.warning)
    assert not any("Arkle" in part.value or "report" in part.value for part in (*app.markdown, *app.caption))
