"""The command `attest`: what each verb says, writes and refuses."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs
from zipfile import ZipFile

import frictionless
import pytest
import yaml

from geodata import __version__
from geodata.cli import COMMANDS, main
from geodata.commands import export
from geodata.count.choosing import MOST_INCIDENTS
from geodata.exports import xlsx
from geodata.exports.pack import packed
from geodata.model.address import written
from geodata.model.selection import Selection, opening, select
from geodata.store.dataset import Dataset
from geodata.tell import words
from tests.conftest import SMALL
from tests.server import ROOT, running, started

HEAVY = {"duckdb", "folium", "geopandas", "ibis", "matplotlib", "numpy", "pandas", "pyarrow", "pydantic", "streamlit"}


@pytest.mark.parametrize("verb", ["", *COMMANDS])
def test_help_imports_nothing_that_takes_time(verb: str) -> None:
    code = f"""
import json, sys
from geodata.cli import main
try:
    main({[verb, "--help"] if verb else ["--help"]!r})
except SystemExit:
    print(json.dumps(list(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}
    assert "geodata" in loaded
    assert not loaded & HEAVY
    assert done.stdout.startswith("usage: attest")


def test_python_m_geodata_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "geodata", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"attest {__version__}\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "COMMAND"),
        (["export"], "-o/--output"),
        (["export", "--format", "doc", "-o", "x"], "invalid choice: 'doc'"),
        (["export", "--from", "yesterday", "-o", "x"], "--from"),
        (["picture", "--names", "xx", "-o", "x.png"], "--names: 'xx' is none of: label"),
        (["open", "nowhere.csv"], "nowhere.csv is not there"),
        (["lesson", "lessons", "-o", "x.html"], "one lesson is written at a time"),
        (["briefing", "--incident", "x", "--graphic", "--deaths", "-o", "x"], "name incidents or give filters"),
    ],
    ids=str,
)
def test_misuse_is_told_and_ends_with_2(asked: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_what_no_table_has_ends_with_1_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.csv"
    assert main(["export", "--scopes", "cor", "-o", str(target)]) == 1
    assert "--scopes: 'cor' is not in" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.heavy
@pytest.mark.slow
def test_a_filter_that_the_table_does_not_know_keeps_the_dashboard_from_starting() -> None:
    asked = ["open", str(SMALL), "--sides", "armenien", "--no-browser"]
    done = subprocess.run(
        [sys.executable, "-m", "geodata", *asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "--sides: 'armenien' is not in this table (did you mean 'armenian'?)\n"
    assert "URL" not in done.stdout


CHOSEN = ["--sides", "armenian", "--from", "2012-01-01"]
"""Filters as options, and below the selection that they are."""

ARMENIAN = Selection(sides=("armenian",), first=date(2012, 1, 1))


def test_check_counts_a_selection_in_the_words_of_the_screen(
    small: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(SMALL), *CHOSEN]) == 0
    said, _, *counted = capsys.readouterr().out.splitlines()
    summary = words.summarise(small, ARMENIAN)
    assert said == words.sentence(summary, ARMENIAN)
    by_document = counted[counted.index("by document") + 1 : counted.index("")]
    assert sum(int(line.split()[0]) for line in by_document) == summary.reports
    assert main(["check", str(SMALL), "--text", "nobody wrote this"]) == 0
    assert capsys.readouterr().out == "No report matches these filters.\n"


def test_a_briefing_without_incidents_named_is_of_those_of_the_selection(tmp_path: Path, small: Dataset) -> None:
    chosen, named = tmp_path / "chosen.md", tmp_path / "named.md"
    assert main(["briefing", str(SMALL), *CHOSEN, "-o", str(chosen)]) == 0
    found = small.fetch(select(small.reports, ARMENIAN))["incident_id"].to_pylist()
    incidents = [word for name in found for word in ("--incident", name)]
    assert main(["briefing", str(SMALL), *incidents, "-o", str(named)]) == 0
    assert chosen.read_bytes() == named.read_bytes()


@pytest.mark.parametrize("asked", [[], ["--text", "nobody wrote this"]], ids=str)
def test_a_selection_of_too_many_incidents_or_none_is_no_briefing(
    asked: list[str], tmp_path: Path, shipped: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "pages.md"
    assert main(["briefing", str(ROOT), *asked, "-o", str(target)]) == 1
    chosen = Selection(text=" ".join(asked[1:]))
    said = words.sentence(words.summarise(shipped, chosen), chosen)
    assert capsys.readouterr().err.startswith(f"{said} A briefing holds 1 to {MOST_INCIDENTS} incidents: ")
    assert not target.exists()


@pytest.mark.heavy
@pytest.mark.slow
@pytest.mark.parametrize("asked", [[], CHOSEN], ids=str)
def test_open_opens_the_browser_on_the_address_of_the_selection(
    asked: list[str], tmp_path: Path, small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part; mv {opened}.part {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("DISPLAY", ":0")  # without which none is opened
    with started([sys.executable, "-m", "geodata", "open", str(SMALL), *asked], ROOT, tmp_path / "log") as address:
        end = time.monotonic() + 30
        while not opened.exists() and time.monotonic() < end:
            time.sleep(0.05)
    page, _, query = opened.read_text(encoding="utf-8").strip().partition("?")
    assert page.rstrip("/") == address
    at_first = opening(small.case)
    assert {name: tuple(values) for name, values in parse_qs(query, keep_blank_values=True).items()} == (
        written(ARMENIAN, at_first) if asked else {}
    )
    assert opened.read_text(encoding="utf-8") in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_table_that_is_not_there_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.csv"]) == 1
    assert "nowhere.csv: is not there" in capsys.readouterr().err


@pytest.mark.heavy
@pytest.mark.slow
def test_a_reader_who_has_had_enough_is_no_fault() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "geodata", "export", "--format", "geojson", "-o", "-"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert "pipe" not in process.stderr.read().casefold()
    assert process.wait(timeout=60) == 0


def test_a_folder_is_a_case_and_without_one_the_shipped_case_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(ROOT)]) == 0
    whole = capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == whole


@pytest.mark.heavy
@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (["export", "--text", "Shushi", "--format", "csv"], b"\xef\xbb\xbfincident_id,"),
        (["export", "--text", "Shushi", "--format", "zip"], b"PK"),
        (["picture", "--text", "Maragha", "--format", "pdf"], b"%PDF"),
        (["briefing", "--incident", "2020-10-ganja-airbase-attack", "--format", "md"], b"# "),
        (["lesson", str(SMALL / "lessons/two-tellings.md"), str(SMALL), "--format", "md"], b"---\ntitle"),
    ],
    ids=lambda part: str(part)[:30],
)
def test_a_file_goes_to_standard_output_and_nothing_with_it(
    asked: list[str], begins: bytes, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main([*asked, "-o", "-"]) == 0
    told = capsysbinary.readouterr()
    assert told.out.startswith(begins)
    assert b"written to standard output" in told.err
    assert main([*asked, "-o", str(tmp_path / "file")]) == 0
    assert (tmp_path / "file").read_bytes() == told.out


@pytest.mark.heavy
@pytest.mark.slow
def test_a_map_with_more_files_of_key_does_not_fit_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["picture", "--scopes", "core", "--pages", "all", "--format", "svg", "-o", "-"])
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert "ask for pdf" in told.err
    assert told.out == ""


def test_the_name_of_the_file_decides_its_format(tmp_path: Path) -> None:
    for name, begins in (("a.csl.json", b"["), ("a.kml", b"<?xml"), ("a", b"<!DOCTYPE html>")):
        assert main(["export", "--text", "Shushi", "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(begins), name


def test_a_file_that_may_not_fit_into_memory_is_told_with_what_to_take_instead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MANY", 3)
    others = "CSV, GeoParquet, GeoJSON and KML take a fraction of that"
    said = f"made in memory, at about 4 kilobytes a row: 0.0 GB for 11 rows. {others}"
    for ending, is_told in (("xlsx", True), ("csv", False), ("bib", False)):
        assert main(["export", str(SMALL), "-o", str(tmp_path / f"a.{ending}")]) == 0
        assert (said in capsys.readouterr().err) is is_told, ending
    monkeypatch.setattr(xlsx, "to_xlsx", lambda *_: bytearray(1 << 62))
    with pytest.raises(SystemExit):
        main(["export", str(SMALL), "-o", str(tmp_path / "b.xlsx")])
    assert f"{said}; or choose fewer reports. There is not enough of it." in capsys.readouterr().err
    assert not (tmp_path / "b.xlsx").exists()


def test_a_new_case_has_every_file_with_the_columns_of_the_shipped_one_and_nothing_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    assert main(["new", str(folder)]) == 0
    assert f"attest check {folder}" in capsys.readouterr().out
    for name in ("events.csv", "sources.csv", "persons.csv"):
        with (folder / name).open(encoding="utf-8") as ours, (ROOT / name).open(encoding="utf-8") as theirs:
            assert ours.readline() == theirs.readline()
    assert yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))["opens_on"] == "core"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(SystemExit) as ended:
        main(["new", str(folder)])
    assert ended.value.code == 2
    assert "is not empty" in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_case_opens_and_its_lesson_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path)]) == 0
    assert main(["check", str(tmp_path)]) == 0
    assert main(["lesson", str(tmp_path / "lessons"), str(tmp_path)]) == 0
    assert "1 report of 1 incident, " in capsys.readouterr().out


def test_a_packed_case_is_a_data_package_and_opens_as_the_case_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "case.zip"
    assert main(["pack", str(SMALL), "-o", str(package)]) == 0
    assert "the case with 11 reports written" in capsys.readouterr().out
    assert frictionless.validate(str(package)).valid
    with ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    described = json.loads(files["datapackage.json"])
    own = {path.relative_to(SMALL).as_posix(): path.read_bytes() for path in SMALL.rglob("*") if path.is_file()}
    assert {name.removeprefix("case/"): files[name] for name in described["attest"]["files"]} == own
    assert described["attest"]["case"]["title"] == "A small case"
    assert {resource["path"] for resource in described["resources"]} <= files.keys()
    assert main(["check", str(SMALL)]) == main(["check", str(package)]) == 0
    first, second = capsys.readouterr().out.split("11 reports of")[1:]
    assert first == second


@pytest.mark.heavy
@pytest.mark.slow
def test_a_packed_case_that_is_open_leaves_no_folder_when_the_program_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, temporary = tmp_path / "case.zip", tmp_path / "temporary"
    temporary.mkdir()
    assert main(["pack", str(SMALL), "-o", str(package)]) == 0
    monkeypatch.setenv("TMPDIR", str(temporary))
    with running(package, tmp_path / "log"):  # which ends with SIGTERM
        assert [*temporary.glob("attest-*/files/case/events.csv")]
    assert not [*temporary.glob("attest-*")]


def test_a_packed_case_leaves_out_what_may_not_be_passed_on(small: Dataset) -> None:
    closed = dataclasses.replace(
        small,
        sources={key: source.model_copy(update={"may_republish": not key.startswith("002")})
                 for key, source in small.sources.items()},
    )  # fmt: skip
    with ZipFile(io.BytesIO(packed(closed, SMALL))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("case/events.csv").decode())))
    whole = list(csv.DictReader((SMALL / "events.csv").read_text(encoding="utf-8").splitlines()))
    assert rows == [row for row in whole if not row["source_id"].startswith("002")] != whole


@pytest.mark.parametrize(("name", "content"), [("a.zip", b"PK"), ("b.zip", b"PK\x05\x06" + bytes(18))])
def test_a_zip_file_that_is_no_packed_case_is_refused(
    name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(["check", str(tmp_path / name)]))
    assert ended.value.code in (1, 2), "a fault of the file, or of the argument"
    assert name in capsys.readouterr().err
