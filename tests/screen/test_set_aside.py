"""A table with faults on screen: the last good one stays, else it opens without its bad rows."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.server import ROOT

BAD, GOOD = "2020-13", "2020-10-04"
LAST_GOOD = "What you see is the last table without faults."
SET_ASIDE = "are set aside; what you see is the others."


@pytest.fixture
def app(table_copy: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(table_copy))
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)


def with_bad_dates(path: Path, count: int) -> None:
    """Spoils the first dates of a table whose dates are right."""
    text = path.read_text(encoding="utf-8")
    assert text.count(GOOD) >= count
    path.write_text(text.replace(GOOD, BAD, count), encoding="utf-8")


def sentence(app: AppTest) -> str:
    return next(part.value for part in app.markdown if "incident" in part.value)


def aside_of(app: AppTest) -> list[pd.DataFrame]:
    """The lists of rows set aside on the page Table."""
    app.session_state["page"] = "table"
    app.run()
    return [frame.value for frame in app.dataframe if "reason" in frame.value]


def test_a_table_that_never_was_good_opens_without_its_bad_rows_and_lists_them(app: AppTest, table_copy: Path) -> None:
    with_bad_dates(table_copy, 2)
    app.run()
    assert not app.exception
    assert SET_ASIDE in app.error[0].value
    assert app.text[0].value.count("2020-13' is not an EDTF date (month 13)") == 2
    assert "reports of" in sentence(app)
    assert any("2 rows of the file are set aside" in part.value for part in app.markdown)
    [aside] = aside_of(app)
    assert len(aside) == 2
    assert all(BAD in text for text in aside["text"])


def test_a_faulty_edit_of_a_good_table_sets_nothing_aside(app: AppTest, table_copy: Path) -> None:
    app.run()
    before = sentence(app)
    with_bad_dates(table_copy, 1)
    app.run()
    assert LAST_GOOD in app.error[0].value
    assert sentence(app) == before
    assert not aside_of(app)


def test_a_table_without_a_good_one_before_follows_each_edit_until_it_is_mended(app: AppTest, table_copy: Path) -> None:
    good = table_copy.read_text(encoding="utf-8")
    for count in (2, 1):
        table_copy.write_text(good, encoding="utf-8")
        with_bad_dates(table_copy, count)
        app.run()
        [aside] = aside_of(app)
        assert len(aside) == count
    table_copy.write_text(good.replace("graphic", "grafic", 1), encoding="utf-8")
    app.run()
    assert "It cannot be shown as it is." in app.error[0].value
    assert not [part for part in app.markdown if "reports of" in part.value]
    table_copy.write_text(good, encoding="utf-8")
    app.run()
    assert not app.error
    assert not aside_of(app)


def test_a_class_does_not_read_the_rows_set_aside(app: AppTest, table_copy: Path) -> None:
    with_bad_dates(table_copy, 1)
    app.query_params["mode"] = "class"
    app.run()
    assert not app.exception
    assert SET_ASIDE in app.error[0].value
    assert not aside_of(app)
