"""The arrows between the rooms: ``dashboard -> geodata``, never back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.server import ROOT

SCREEN = {"streamlit", "dashboard"}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "geodata").rglob("*.py")), ids=lambda path: path.name)
def test_geodata_imports_no_screen_library(path: Path) -> None:
    assert not imports(path) & SCREEN


def test_app_stays_a_table_of_contents() -> None:
    assert len((ROOT / "dashboard" / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_no_committed_text_names_a_registry_host() -> None:
    hosts = [f"{name}.org" for name in ("pypi", "files.pythonhosted", "registry.npmjs", "deb.debian")]
    for path in ROOT.glob("*"):
        if path.is_file() and path.suffix in {".txt", ".toml", ".md", ""}:
            text = path.read_text(encoding="utf-8")
            assert not [host for host in hosts if host in text], path.name
