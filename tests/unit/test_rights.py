"""Who may do what: the ways of hosting, the list of people, and that every write and upload asks."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from dashboard.server.options import Access, options, read
from dashboard.state import people, rights
from geodata.commands.open import WAYS
from geodata.model.faults import InvalidData
from tests.server import ROOT
from tests.unit.test_layout import imported

PEOPLE = "editors: [Ann@paper.example]\nreaders:\n  - bo@paper.example\n"


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of people of a server whose readers sign in."""
    path = tmp_path / "people.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("ATTEST_ACCESS", "signed-in")
    monkeypatch.setenv("ATTEST_PEOPLE", str(path))
    return path


def person(address: str, **more: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "email": address, "email_verified": True} | more


def test_alone_everything_may_be_done_and_that_is_the_way_where_none_is_chosen() -> None:
    assert rights.deeds_of({}) == rights.EVERYTHING == set(get_args(rights.Deed))
    assert rights.who() == "alone"


def test_open_reading_lets_nobody_do_anything_else_whatever_a_cookie_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_ACCESS", "reading")
    assert rights.deeds_of({}) == rights.deeds_of(person("ann@paper.example")) == {"read"}


@pytest.mark.parametrize("word", ["", "Reading", "signed_in", "open", "alone reading"])
def test_a_way_that_there_is_not_is_refused_with_those_that_there_are(word: str) -> None:
    with pytest.raises(ValueError, match="ATTEST_ACCESS: input should be 'alone', 'reading' or 'signed-in'"):
        read({"ATTEST_ACCESS": word})


def test_the_ways_of_the_command_line_are_those_of_the_server() -> None:
    assert get_args(Access) == WAYS


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("user", "deeds"),
    [
        (person("ann@paper.example"), rights.EVERYTHING),
        (person(" ANN@Paper.example"), rights.EVERYTHING),
        (person("bo@paper.example"), {"read"}),
        (person("bo@paper.example", email_verified="true"), {"read"}),
        (person("eve@paper.example"), set()),
        (person("ann@paper.example.evil.example"), set()),
        (person(""), set()),
        (person("ann@paper.example", email_verified=False), set()),
        (person("ann@paper.example", email_verified="false"), set()),
        ({"is_logged_in": True, "email": "ann@paper.example"}, set()),
        (person("ann@paper.example", is_logged_in=False), set()),
        ({"is_logged_in": True, "email": None, "email_verified": True}, set()),
        ({"is_logged_in": True, "email": ["ann@paper.example"], "email_verified": True}, set()),
        ({}, set()),
    ],
)
def test_only_an_address_that_is_listed_and_verified_counts(user: dict[str, Any], deeds: set[str]) -> None:
    assert rights.deeds_of(user) == deeds


def test_an_unverified_address_counts_where_the_list_says_so(listed: Path) -> None:
    listed.write_text(f"{PEOPLE}accept_unverified: yes\n", encoding="utf-8")
    assert rights.deeds_of({"is_logged_in": True, "email": "bo@paper.example"}) == {"read"}


def test_a_line_taken_out_of_the_list_holds_at_once_and_a_faulty_list_lets_nobody_in(listed: Path) -> None:
    ann = person("ann@paper.example")
    assert rights.deeds_of(ann) == rights.EVERYTHING
    listed.write_text(PEOPLE.replace("Ann@paper.example", "cy@paper.example"), encoding="utf-8")
    assert rights.deeds_of(ann) == set()
    listed.write_text("editors: ann@paper.example: yes\n", encoding="utf-8")
    assert rights.deeds_of(ann) == set()
    listed.unlink()
    assert rights.deeds_of(ann) == set()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("editors: [ann]\n", "people.yaml line 1, editors 1: 'ann' is no e-mail address; write one as"),
        ("editors: [a@b.example]\nreaders: [A@B.example]\n", "a@b.example is listed twice"),
        ("readers: []\n", "lists nobody"),
        ("writers: [a@b.example]\n", "people.yaml line 1, writers: "),
        ("editors: a@b.example\n", "must be a list"),
    ],
)
def test_a_fault_in_the_list_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData) as refused:
        people.read(path)
    assert message in str(refused.value)


DASHBOARD = sorted((ROOT / "dashboard").rglob("*.py"))

OF_PATHS = {"write_text", "write_bytes", "unlink", "mkdir", "touch", "rmdir"}
"""Functions of Python's paths that change the disk."""

WRITERS = {
    "open",
    "os.open",
    "os.write",
    "os.replace",
    "decisions.change",
    "kept.keep",
    "writing.write",
    "writing.held",
}
"""Other functions that do, as modules call them."""

MAY_WRITE = {
    "state/beside.py": {"decisions.change", "kept.keep", "os.open", "os.write"},
    "state/opened.py": {"path.write_bytes"},
}
"""Where one is called: each of these asks `rights` first, as `test_beside.py` and the tests of screens show."""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_the_dashboard_writes_nowhere_but_where_rights_are_asked() -> None:
    found: dict[str, set[str]] = {}
    for path in DASHBOARD:
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(call.func)
            if name in WRITERS or name.rpartition(".")[2] in OF_PATHS:
                found.setdefault(str(path.relative_to(ROOT / "dashboard")), set()).add(name)
    assert found == MAY_WRITE


def test_every_field_for_a_file_asks_first_whether_the_reader_may_hand_one_in() -> None:
    fields = 0
    for path in DASHBOARD:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                named = [ast.unparse(call) for call in calls(function)]
                if any(one.startswith("st.file_uploader(") for one in named) and path.name != "places.py":
                    fields += 1
                    assert "entrance.allows('upload')" in named, (path.name, function.name)
    assert fields == 4
    text = (ROOT / "dashboard" / "screens" / "contents.py").read_text(encoding="utf-8")
    assert 'return rights.may("write") and' in text, "the page Places is not there for who may not write"


def test_the_dashboard_asks_no_other_machine() -> None:
    """A page that did, as an online geocoder would, would need a right of its own."""
    reaching = ("geopy", "httpx", "httpx2", "requests", "socket", "urllib.request", "urllib3", "http", "aiohttp")
    asking = ("geodata.commands.geocode", "geodata.store.geocoding.nominatim")
    for path in DASHBOARD:
        assert not [
            name for name in imported(path) if f"{name}.".startswith(tuple(f"{one}." for one in (*reaching, *asking)))
        ]


def test_the_way_is_read_from_the_environment_as_it_is() -> None:
    assert "ATTEST_ACCESS" not in os.environ
    assert options().access == "alone"
