"""A table that changes under the page: a cut one is told and not shown unasked, and what cannot be read is told."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from pyarrow import feather
from streamlit.testing.v1 import AppTest

from dashboard.state import data, watching
from geodata.store import case_file
from tests.server import ROOT

SMALL = ROOT / "tests" / "data" / "small"
ACCEPT = "accept_shorter"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The table of a copy of the small case, which has eleven reports."""
    shutil.copytree(SMALL, tmp_path / "case")
    return tmp_path / "case" / "events.csv"


@pytest.fixture
def app(table: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.delenv("ATTEST_CASE", raising=False)
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params["page"] = "table"
    return app.run()


def sentence(app: AppTest) -> str:
    return next(part.value for part in app.markdown if "incident" in part.value or "No report" in part.value)


def told(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(part.value for part in (*app.error, *app.warning, *app.text))


def cut(path: Path, lines: int) -> None:
    """Leaves a file's first lines, as one that is copied over a slow line has them for a while."""
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(text[:lines]), encoding="utf-8")


def test_a_table_cut_at_a_line_end_is_told_and_the_last_one_stays_until_a_reader_says_yes(
    app: AppTest, table: Path
) -> None:
    before = sentence(app)
    cut(table, 8)
    app.run()
    assert "events.csv: 11 rows became 7" in told(app)
    assert sentence(app) == before
    app.run()
    assert sentence(app) == before, "and it stays so"
    app.button(key=ACCEPT).click().run()
    assert told(app) == ""
    assert sentence(app) != before
    cut(table, 6)
    app.run()
    assert "events.csv: 7 rows became 5" in told(app), "a yes is for one state of the file"


def test_a_table_that_is_whole_again_is_shown_and_nothing_is_asked(app: AppTest, table: Path) -> None:
    before, whole = sentence(app), table.read_bytes()
    cut(table, 8)
    app.run()
    table.write_bytes(whole)
    app.run()
    assert told(app) == ""
    assert sentence(app) == before


def test_a_yes_to_a_file_that_has_shrunk_further_meanwhile_is_asked_again(app: AppTest, table: Path) -> None:
    before = sentence(app)
    cut(table, 8)
    app.run()
    cut(table, 6)
    app.button(key=ACCEPT).click().run()
    assert "events.csv: 11 rows became 5" in told(app)
    assert sentence(app) == before


def test_a_list_that_vanishes_is_a_shorter_one(app: AppTest, table: Path) -> None:
    rows = len((table.parent / "persons.csv").read_text(encoding="utf-8").splitlines()) - 1
    (table.parent / "persons.csv").unlink()
    app.run()
    assert f"persons.csv: {rows} rows became 0" in told(app)


def test_a_table_of_others_is_watched_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copy(ROOT / "tests" / "data" / "ged_extract.csv", tmp_path))
    monkeypatch.setenv("ATTEST_EVENTS", str(path))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    app.query_params["page"] = "table"
    before = sentence(app.run())
    cut(path, 11)
    assert "ged_extract.csv: 20 rows became 10" in told(app.run())
    assert sentence(app) == before


def test_a_change_of_the_same_size_and_time_is_seen(app: AppTest, table: Path) -> None:
    before, stat = sentence(app), table.stat()
    assert "1 Jan 2006" in before
    table.write_bytes(table.read_bytes().replace(b",judgment,2006,", b",judgment,2007,", 1))
    os.utime(table, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (table.stat().st_size, table.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    app.run()
    assert told(app) == ""
    assert "1 Jan 2007" in sentence(app)


def replaced(path: Path, how: str) -> None:
    """Puts something else in the place of a file."""
    if how == "vanished disk":
        path.parent.rename(path.parent.with_name("unplugged"))
        return
    aside = path.read_bytes()
    path.unlink()
    if how == "link to itself":
        path.symlink_to(path)
    elif how == "link to nothing":
        path.symlink_to(path.with_name("none"))
    elif how == "folder":
        path.mkdir()
    elif how == "half written":
        path.write_bytes(aside[: len(aside) // 2])


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("link to itself", "it is a link that leads to itself"),
        ("link to nothing", "is not there"),
        ("gone", "is not there"),
        ("folder", "is a folder"),
        ("half written", "cells|quot"),
        ("vanished disk", "is not there"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_page_stays(app: AppTest, table: Path, how: str, why: str) -> None:
    before, whole = sentence(app), table.read_bytes()
    replaced(table, how)
    app.run()
    assert any(one in told(app) for one in why.split("|")), told(app)
    assert "What you see is the last table without faults" in told(app)
    assert str(table.parent.parent) not in told(app), "no path of this machine is on the page"
    assert sentence(app) == before
    if how == "vanished disk":
        table.parent.with_name("unplugged").rename(table.parent)
    else:
        if how == "folder":
            table.rmdir()
        table.unlink(missing_ok=True)
        table.write_bytes(whole)
    app.run()
    assert told(app) == ""


@pytest.mark.parametrize("name", [*case_file.FILES[2:], case_file.CASE])
def test_any_file_of_the_case_may_become_a_link_to_itself(app: AppTest, table: Path, name: str) -> None:
    before = sentence(app)
    replaced(table.with_name(name), "link to itself")
    app.run()
    assert "it is a link that leads to itself" in told(app) or name == case_file.CASE
    assert sentence(app) == before


def test_a_link_that_leads_to_a_shorter_table_now_is_a_change_of_the_same_table(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = table.with_name("latest.csv")
    link.symlink_to(table)
    monkeypatch.setenv("ATTEST_EVENTS", str(link))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "dashboard" / "page.py"), default_timeout=30)
    before = sentence(app.run())
    shutil.copy(table, table.with_name("next.csv"))
    cut(table.with_name("next.csv"), 8)
    link.unlink()
    link.symlink_to(table.with_name("next.csv"))
    app.run()
    assert "next.csv: 0" not in told(app)
    assert "became" in told(app)
    assert sentence(app) == before


WITHOUT_PERMISSION = """
import os, sys
from pathlib import Path
from dashboard.state import data
dataset, *_ = data.current()
table = Path(sys.argv[1])
if os.geteuid() == 0:
    os.chown(table.parent, 65534, 65534)
    os.seteuid(65534)
for locked in (table, table.parent):
    mode = locked.stat().st_mode
    locked.chmod(0)
    again, _, faults = data.current()
    assert again is dataset
    print(*faults)
    locked.chmod(mode)
"""


def test_a_table_and_a_folder_without_permission_are_told_and_the_table_stays() -> None:
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer, "case")
        shutil.copytree(SMALL, folder)
        table = folder / "events.csv"
        table.chmod(0o644)
        if os.geteuid() == 0:
            os.chown(table, 65534, 65534)
        ended = subprocess.run(
            [sys.executable, "-c", WITHOUT_PERMISSION, str(table)],
            cwd=ROOT, env={**os.environ, "ATTEST_EVENTS": str(table)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told = ended.stdout.splitlines()
    assert told[0] == "events.csv: cannot be read: no permission"
    assert "no permission" in told[1]


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_file_beside_the_table_that_is_only_being_written_is_no_change(table: Path, is_folder: bool) -> None:
    (table.parent / case_file.TABLES).mkdir()
    opened = table.parent if is_folder else table
    before = watching.stamp(opened)
    for name in (".events.csv.attest-new", f"{case_file.TABLES}/.ged.csv.attest-new", ".~lock.events.csv#"):
        (table.parent / name).write_bytes(b"half")
    assert watching.stamp(opened) == before
    table.write_bytes(table.read_bytes() + b"\n")
    assert watching.stamp(opened) != before


TRUNCATED_WHILE_READ = """
import os, re, sys
from geodata.model.faults import InvalidData
from geodata.store.importers import open_table
from geodata.store.readers import columnar, separated
path, module = sys.argv[1], {"csv": separated, "arrow": columnar}[sys.argv[2]]

def truncating(looked: object) -> object:
    os.truncate(path, 0)
    return looked

if module is separated:
    class Compiled:
        def __init__(self, pattern): self.pattern = re.compile(pattern)
        def match(self, *given): return truncating(self.pattern).match(*given)
    separated.re = type("re", (), {**vars(re), "compile": Compiled})
else:
    reader = columnar.poured
    columnar.poured = lambda *given: reader(*truncating(given))
try:
    open_table(__import__("pathlib").Path(path))
except InvalidData as error:
    print(error)
"""


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["csv", "arrow"])
def test_a_table_that_is_emptied_while_it_is_read_does_not_end_the_server(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"table.{kind}"
    rows = [*csv.reader((ROOT / "tests" / "data" / "ged_extract.csv").read_text(encoding="utf-8").splitlines())]
    table = pa.table({name: list(cells) * 3000 for name, *cells in zip(*rows, strict=True)})
    if kind == "csv":
        arrow_csv.write_csv(table, path)
    else:
        feather.write_feather(table, path, compression="uncompressed")
    ended = subprocess.run(
        [sys.executable, "-c", TRUNCATED_WHILE_READ, str(path), kind],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert path.stat().st_size == 0
    assert ended.returncode == 0, ended.stderr


def test_a_table_that_changes_while_it_is_read_and_makes_no_sense_so_is_told_and_read_again(
    app: AppTest, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = sentence(app), data.open_table

    def torn(*_: object, **__: object) -> object:
        monkeypatch.setattr(data, "open_table", read)
        table.write_bytes(table.read_bytes().replace(b",judgment,2006,", b",judgment,2007,", 1))
        raise AssertionError("11 rows, 8 shown, 2 set aside")

    monkeypatch.setattr(data, "open_table", torn)
    table.write_bytes(table.read_bytes() + b"\n")
    app.run()
    assert "events.csv: is being written while it is read" in told(app)
    assert sentence(app) == before
    app.run()
    assert told(app) == ""
    assert "1 Jan 2007" in sentence(app)
