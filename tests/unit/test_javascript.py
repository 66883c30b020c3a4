"""The scripts, as they are joined and shipped. What they do is tested in ``tests/js`` and in the browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from geodata import timemap
from geodata.store.dataset import Dataset
from geodata.tell import legend
from geodata.timemap import basemap, marks
from tests.server import ROOT

FOLDER = ROOT / "geodata" / "timemap"
HOSTS = ("streamlit_engine", "streamlit_map", "streamlit_legend", "streamlit_film", "file_host")
DECLARED = re.compile(r"^(?:export )?(?:default )?(?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("node") is None:
        pytest.skip("there is no node on this machine")
    return subprocess.run(["node", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_rules_of_the_scripts_hold_in_node() -> None:
    done = ran("--test", *map(str, sorted((ROOT / "tests" / "js").glob("*.test.mjs"))))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_each_module_stands_after_those_it_imports(host: str) -> None:
    order = timemap.in_order(host)
    assert len(set(order)) == len(order)
    for at, name in enumerate(order):
        assert set(timemap.IMPORT.findall(timemap.text(f"{name}.js"))) <= set(order[:at]), name


def test_every_module_is_in_one_of_the_hosts() -> None:
    used = {name for host in HOSTS for name in timemap.in_order(host)}
    assert used == {path.stem for path in FOLDER.glob("*.js")}


@pytest.mark.parametrize("host", HOSTS)
def test_no_name_is_declared_by_two_modules_of_one_script(host: str) -> None:
    declared = [name for module in timemap.in_order(host) for name in DECLARED.findall(timemap.text(f"{module}.js"))]
    assert sorted(declared) == sorted(set(declared))


def scripts() -> dict[str, str]:
    """Each script as it is shipped, by the name of a file that node reads in the same way as the browser."""
    return {
        "engine.mjs": timemap.script("streamlit_engine"),
        "component.mjs": timemap.script("streamlit_map"),
        "file.cjs": timemap.joined("file_host"),
    }


@pytest.mark.parametrize("name", scripts())
def test_a_joined_script_can_be_read(name: str, tmp_path: Path) -> None:
    script = scripts()[name]
    assert not re.search(r"^import\b", script, re.MULTILINE)
    path = tmp_path / name
    path.write_text(script, encoding="utf-8")
    done = ran("--check", str(path))
    assert done.returncode == 0, done.stderr


def test_what_the_type_checker_alone_reads_is_not_shipped() -> None:
    for name, script in scripts().items():
        assert "@param" not in script, name
        assert "@import" not in script, name


def members(interface: str) -> set[str]:
    """The names of an interface's members in ``types.d.ts``."""
    text = (FOLDER / "types.d.ts").read_text(encoding="utf-8")
    body = re.search(rf"^export interface {interface} \{{\n(.*?)^\}}", text, re.MULTILINE | re.DOTALL)
    assert body, interface
    return set(re.findall(r"^  (\w+)\??:", body[1], re.MULTILINE))


OF_LARGE = ("reports", "x", "y", "code", "number")
"""Columns of parts of a large table: those of ``cells.js``, and what `far.view` adds."""


def test_the_scripts_know_what_python_hands_over(shipped: Dataset) -> None:
    fixed = marks.fixed(shipped)
    handed: dict[str, Any] = {
        "Fixed": fixed | {"details": None, "areas": [], "isLarge": True},
        "LandData": fixed["land"] | {"embedded": {}},
        "FlagBits": fixed["flags"],
        "Sizes": fixed["sizes"],
        "LandColours": fixed["land"]["colours"],
        "Scheme": fixed["schemes"]["side"],
        "Category": fixed["schemes"]["side"]["categories"][0],
        "Label": fixed["labels"][0],
        "Columns": dict.fromkeys((*marks.columns(shipped, shipped.fetch(shipped.reports)).column_names, *OF_LARGE)),
        "Detail": marks.details(shipped, shipped.fetch(shipped.reports.limit(1)))[0],
    }
    for interface, values in handed.items():
        assert members(interface) == set(values), interface


def test_what_both_languages_need_is_handed_over_by_python(shipped: Dataset) -> None:
    """That the scripts take any bits and sizes is tested in ``tests/js``, which gives them others than these."""
    fixed = marks.fixed(shipped)
    assert fixed["flags"] is marks.FLAGS
    assert fixed["sizes"] is marks.SIZES
    assert fixed["widest"] == legend.WIDEST
    for path in (*FOLDER.glob("*.js"), *FOLDER.glob("*.css"), ROOT / "geodata" / "briefing" / "land.py"):
        text = path.read_text(encoding="utf-8").casefold()
        assert not [colour for colour in basemap.COLOURS.values() if colour in text], path.name
