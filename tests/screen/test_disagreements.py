"""The page Disagreements: one-sided fields raise no number of disagreements; each of the four is listed by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.screen import html
from tests.server import ROOT
from tests.unit.importing import written

TABLE = (
    "id,date,latitude,longitude,source,title,deaths\n"
    "a,2020-10-04,39.8,46.7,Wire A,A fire,\n"
    "a,2020-10-04,39.8,46.7,Wire B,A fire,5\n"
    "b,2020-10-05,39.9,46.8,Wire A,A march,\n"
    "b,2020-10-05,39.9,46.8,Wire B,A march,\n"
)
"""Of one incident the second source alone states deaths; of the other both say the same."""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(written(tmp_path, TABLE)))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params.update({"page": "disagreements"})
    return app


def listed(app: AppTest) -> list[str]:
    return [row["Incident"] for row in html.rows(app, "Incident")]


def test_what_one_alone_tells_is_no_disagreement(page: AppTest) -> None:
    page.run()
    assert not page.exception
    said = [part.value for part in (*page.markdown, *page.info, *page.caption)]
    assert "No incident among those shown is told differently by two sources." in said
    assert not any("told differently by two or more" in text for text in said)
    assert any(text.startswith("In 1 incident a field is one-sided") for text in said)
    assert listed(page) == []


@pytest.mark.parametrize(
    ("stand", "incidents"), [("sharp", []), ("mild", []), ("one-sided", ["A fire"]), ("agreed", ["A fire", "A march"])]
)
def test_each_of_the_four_is_listed_by_itself(page: AppTest, stand: str, incidents: list[str]) -> None:
    page.query_params["stand"] = stand
    page.run()
    assert not page.exception
    assert listed(page) == incidents


def test_a_choice_that_an_address_made_up_is_that_of_a_new_reader(page: AppTest) -> None:
    page.query_params["stand"] = "loud"
    page.run()
    assert not page.exception
    assert page.session_state["stand"] == "different"


def test_the_list_says_who_alone_tells_a_field(page: AppTest) -> None:
    page.query_params["stand"] = "one-sided"
    page.run()
    [row] = html.rows(page, "Incident")
    assert row["◐ One-sided"] == "Deaths stated: only Wire B says"


def test_list_and_card_judge_the_same_reports_whatever_is_filtered(page: AppTest) -> None:
    """The filter leaves the first source alone; the second, which alone states deaths, is on the card and counts."""
    page.query_params.update({"stand": "one-sided", "sources": "Wire A", "incident": "a"})
    page.run()
    assert not page.exception
    [row] = html.rows(page, "Incident")
    assert row["◐ One-sided"] == "Deaths stated: only Wire B says"
    assert any("◐\u00a0only Wire B says" in table.body for table in page.get("html"))


@pytest.fixture
def long_page(tmp_path: Path, page: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page on 140 incidents that two sources tell alike."""
    lines = (f"{n},2020-10-05,39.9,46.8,Wire {name},March {n},\n" for n in range(140) for name in "AB")
    folder = tmp_path / "long"
    folder.mkdir()
    monkeypatch.setenv("ATTEST_EVENTS", str(written(folder, TABLE.partition("\n")[0] + "\n" + "".join(lines))))
    page.query_params["stand"] = "agreed"
    return page.run()


def test_more_of_a_long_list_is_shown_at_a_click_to_its_end(long_page: AppTest) -> None:
    for lines in (25, 125):
        assert len(listed(long_page)) == lines
        assert f"The first {lines} of 140." in [caption.value for caption in long_page.caption]
        long_page.button(key="differences_more").click().run()
    assert listed(long_page) == [f"March {number}" for number in range(140)]
    assert "differences_more" not in [button.key for button in long_page.button]


def test_a_list_of_something_else_is_short_again(long_page: AppTest) -> None:
    long_page.button(key="differences_more").click().run()
    long_page.text_input(key="text").set_value("March").run()
    assert len(listed(long_page)) == 25
