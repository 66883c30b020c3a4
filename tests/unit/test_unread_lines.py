"""A cell that could not be read is named by the line of its file, however the rows above it are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.store.importers import open_table

ABOVE = {
    "plain": ["a,2020-10-04,plain", "b,2020-10-05,plain"],
    "a cell of three lines": ['a,2020-10-04,"one\ntwo\nthree"', "b,2020-10-05,plain"],
    "empty lines": ["a,2020-10-04,plain", "", "", "b,2020-10-05,plain"],
    "rows of separators alone": ["a,2020-10-04,plain", ",,", ",,", "b,2020-10-05,plain"],
    "a short row": ["a,2020-10-04", "b,2020-10-05,plain"],
    "a long row": ["a,2020-10-04,plain,more", "b,2020-10-05,plain"],
    "a stray mark": ['a,2020-10-04,plain "x', "b,2020-10-05,plain"],
    "a mark that does not close": ['a,2020-10-04,"plain', "b,2020-10-05,plain", "c,2020-10-05,plain"],
}


def line_told(path: Path) -> list[tuple[int, str]]:
    (opening,) = open_table(path).openings
    return [(cell["line"], cell["column"]) for cell in opening.unread_cells.to_pylist()]


@pytest.mark.parametrize(
    ("above", "end"), [*((above, "\n") for above in ABOVE), ("a cell of three lines", "\r\n"), ("empty lines", "\r\n")]
)
def test_an_unread_cell_of_a_text_has_its_line_and_column(tmp_path: Path, above: str, end: str) -> None:
    rows = ["id,date,note", *ABOVE[above], "x,no day at all,plain", "y,2020-10-06,plain"]
    text = "\n".join(rows) + "\n"
    (tmp_path / "a.csv").write_text(text.replace("\n", end), encoding="utf-8", newline="")
    line = text[: text.index("x,no day")].count("\n") + 1
    assert line_told(tmp_path / "a.csv") == [(line, "date")]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_unread_cell_of_json_has_the_line_on_which_its_object_begins(tmp_path: Path, indent: int | None) -> None:
    days = ("2020-10-04", "", "no day at all", "2020-10-06")
    objects = [{"id": day and "x", "date": day} for day in days]
    text = json.dumps(objects, indent=indent)
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    begins = text.rindex("{", 0, text.index("no day"))
    assert line_told(tmp_path / "a.json") == [(text[:begins].count("\n") + 1, "date")]


def test_an_unread_cell_of_an_object_a_line_has_its_line(tmp_path: Path) -> None:
    good = '{"id": 1, "date": "2020-10-04"}'
    lines = [good, "", '{"id": "", "date": ""}', '{"id": 2, "date": "no day at all"}', good]
    (tmp_path / "a.ndjson").write_text("\n".join(lines), encoding="utf-8")
    assert line_told(tmp_path / "a.ndjson") == [(4, "date")]
