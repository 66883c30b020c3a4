"""The arrows between the rooms: ``dashboard -> geodata``, and inside ``geodata`` each wing uses those above it only.

And how long a file and a function may be.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.server import ROOT

SCREEN = {"streamlit", "dashboard"}

WINGS = ("model", "store", "count", "tell", "timemap", "exports", "briefing", "lessons", "commands")
"""The wings of ``geodata`` in their order: each may use itself and those before it."""


LONGEST_FILE, LONGEST_FUNCTION = 350, 50
"""In lines, as CONTRIBUTING.md says."""

CODE = sorted(
    path
    for room in ("geodata", "dashboard", "tests", "tools", "benchmarks")
    for path in (ROOT / room).rglob("*")
    if path.suffix in {".py", ".js", ".css"}
)


def imported(path: Path) -> set[str]:
    """The dotted names of the modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "geodata").rglob("*.py")), ids=lambda path: path.name)
def test_geodata_imports_no_screen_library(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported(path)} & SCREEN


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_uses_only_the_wings_above_it(wing: str) -> None:
    below = WINGS[WINGS.index(wing) + 1 :]
    for path in sorted((ROOT / "geodata" / wing).rglob("*.py")):
        used = {name.split(".")[1] for name in imported(path) if name.startswith("geodata.")}
        assert not used & set(below), path


def test_every_folder_of_geodata_is_a_wing() -> None:
    assert {path.parent.name for path in (ROOT / "geodata").glob("*/__init__.py")} == set(WINGS)


def test_no_file_is_longer_than_a_reader_takes_in() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {".py", ".js", ".css"} == {path.suffix for path in lengths}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_reader_takes_in() -> None:
    lengths = {
        (path, node.name, node.lineno): (node.end_lineno or 0) - node.lineno + 1
        for path in CODE
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {where: lines for where, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_the_longest_that_is_allowed_is_what_contributors_are_told() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"No file over {LONGEST_FILE} lines, no function over {LONGEST_FUNCTION}." in told


def test_no_committed_text_names_a_registry_host() -> None:
    hosts = [f"{name}.org" for name in ("pypi", "files.pythonhosted", "registry.npmjs", "deb.debian")]
    for path in ROOT.glob("*"):
        if path.is_file() and path.suffix in {".txt", ".toml", ".md", ""}:
            text = path.read_text(encoding="utf-8")
            assert not [host for host in hosts if host in text], path.name


def test_a_module_opens_without_the_drivers_of_the_engines() -> None:
    paths = [path for room in ("geodata", "dashboard", "tests") for path in (ROOT / room).rglob("*.py")]
    tops = [(path, node) for path in paths for node in ast.parse(path.read_text(encoding="utf-8")).body]
    named = [(path, alias.name) for path, node in tops if isinstance(node, ast.Import) for alias in node.names]
    named += [(path, node.module or "") for path, node in tops if isinstance(node, ast.ImportFrom)]
    drivers = {(path, name) for path, name in named if name.partition(".")[0] in {"psycopg", "pyspark"}}
    assert drivers == set(), "make test of a new checkout has none: the test would not be skipped, it could not be read"
