"""What the documentation names is there: commands, options, files, packages, numbers; and its example runs."""

from __future__ import annotations

import ast
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest
import streamlit

from geodata.cli import COMMANDS, parser
from geodata.store.dataset import Dataset
from tests.server import ROOT

PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("lessons/*.md"), *ROOT.glob("benchmarks/*.md")))

FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def commands(name: str) -> Iterator[tuple[str, list[str], bool]]:
    """Where the documentation calls a program, the words after its name, and whether it does so in a fenced block."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        fenced = [line for _, block in FENCED.findall(text) for line in block.splitlines()]
        for line in (*fenced, *re.findall(r"`([^`]+)`", FENCED.sub("", text))):
            if called := re.match(rf"(?:\$ )?(?:\.venv/bin/)?{name}\s+(.*)", line, re.DOTALL):
                yield path.name, shlex.split(called[1].split("|")[0], comments=True), line in fenced


def test_every_target_of_make_in_the_documentation_exists_and_is_in_its_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z-]+):.* ## \S", text, re.MULTILINE))
    named = {words[0] for _, words, _ in commands("make")}
    assert {"run", "test", "quick", "check"} <= named <= explained
    assert explained == set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())


def test_every_call_of_attest_in_the_documentation_is_one_that_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    verbs = set()
    for page, words, is_fenced in commands("attest"):
        if words[0].isupper():  # attest COMMAND --help
            continue
        verbs.add(words[0])
        if is_fenced or len(words) > 1:  # a verb alone in a sentence is its name
            try:
                parser().parse_args(words)
            except SystemExit:
                pytest.fail(f"{page}: attest {' '.join(words)}: {capsys.readouterr().err}")
    assert verbs == set(COMMANDS), "the documentation names every verb"


def test_every_module_that_the_documentation_runs_is_there() -> None:
    modules = {words[1] for _, words, _ in commands("python") if words[0] == "-m"}
    assert "geodata" in modules
    assert not [name for name in modules if find_spec(name) is None]


def test_every_file_that_the_documentation_links_or_names_is_there() -> None:
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", FENCED.sub("", path.read_text(encoding="utf-8"))):
            assert (path.parent / target).exists(), (path.name, target)
    for name in re.findall(r"`((?:geodata|dashboard|tests|docs)/[\w./-]+)`", (ROOT / "CONTRIBUTING.md").read_text()):
        assert (ROOT / name).exists(), name


def test_the_example_of_the_readme_runs_and_prints_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [example] = [block for kind, block in FENCED.findall((ROOT / "README.md").read_text()) if kind == "python"]
    for path in ROOT.iterdir():
        if path.suffix in {".csv", ".yaml", ".json"}:
            (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    first, *told = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"[1-9]\d* reports", first)
    assert told
    assert all("| says " in line for line in told)
    assert (tmp_path / "shelling.csv").read_bytes().startswith(b"\xef\xbb\xbfincident_id")


def test_the_readme_counts_no_more_than_the_shipped_table_has(shipped: Dataset) -> None:
    said = re.search(r"more than (\d+) \*reports\* of more than (\d+) incidents", (ROOT / "README.md").read_text())
    assert said
    incidents = shipped.fetch(shipped.reports.aggregate(n=shipped.reports.incident_id.nunique()))["n"][0].as_py()
    assert int(said[1]) < shipped.size
    assert int(said[2]) < incidents


BROUGHT = packages_distributions()
"""The distributions that bring each package."""


def imported(folder: str | Path) -> set[str]:
    """The packages that the files of a folder import, without those of Python and our own."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"geodata", "dashboard", "tests", "benchmarks", "tools"}


def plain(requirement: str) -> str:
    """The name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).casefold()


def undeclared(names: set[str], declared: set[str]) -> list[str]:
    """Imported packages that no declared distribution brings."""
    return sorted(name for name in names if not {plain(one) for one in BROUGHT.get(name, ())} & declared)


def test_every_imported_package_is_declared_and_every_declared_one_imported() -> None:
    declared = {plain(one) for one in PROJECT["dependencies"]}
    extra = {plain(one) for name in ("geonames", "engines") for one in PROJECT["optional-dependencies"][name]}
    used = (imported("geodata") | imported("dashboard")) - extra
    assert undeclared(used, declared) == []
    used |= imported(Path(streamlit.__file__).parent / "web") & {"uvloop"}  # where it is there
    brought = {plain(one) for name in used for one in BROUGHT[name]}
    assert declared - brought == set()
    test = declared | {plain(one) for one in PROJECT["optional-dependencies"]["test"]}
    engines = {plain(one) for one in PROJECT["optional-dependencies"]["engines"]}
    assert undeclared(imported("tests") - engines, test) == []
    assert engines <= imported("tests")


def test_every_dependency_has_a_lower_bound_that_the_tested_version_meets() -> None:
    pinned = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line)
    tested = {plain(name): tuple(map(int, re.findall(r"\d+", version))) for name, version in pinned.items()}
    for requirement in (
        *PROJECT["dependencies"],
        *(x for some in PROJECT["optional-dependencies"].values() for x in some),
    ):
        [bound] = re.findall(r">=([\d.]+)", requirement)
        assert tuple(map(int, bound.split("."))) <= tested[plain(requirement)], requirement
