"""Large tables are kept as they were imported, so that the next start takes seconds."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from geodata.model.selection import Selection
from geodata.store.dataset import LOCAL_ROWS, Dataset
from geodata.store.importers import kept, open_table, ready
from geodata.tell import words
from geodata.timemap import far
from tests.squares import plain
from tests.unit.importing import HEAD, rows_of, written

LINES = (
    "a,2020-01-01,40,45,W,Գիշեր\n"
    "b,nineteen,40,45,V,second\n"
    "c,2021-02,,,W,O’Neil\n"
    "d,2020-01-01,91,45,W,far"
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where tables of any size are kept."""
    monkeypatch.setenv(ready.FOLDER, str(tmp_path / "kept"))
    monkeypatch.setattr(ready, "LEAST", 1)
    return tmp_path / "kept"


def all_of(dataset: Dataset) -> list[object]:
    """What a reader sees of it."""
    (opening,) = dataset.openings
    return [
        rows_of(dataset), dataset.sources, dataset.missing, dataset.case, opening.notes, opening.questions,
        opening.set_aside.to_pylist(), opening.unread_cells.to_pylist(), opening.mapping, opening.columns,
        dataset.own, dataset.also({1: ""}), words.summarise(dataset, Selection()),
    ]  # fmt: skip


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files lie on another file system than kept ones."""

    def refuses(path: Path, target: str) -> None:
        raise OSError(errno.EXDEV, f"Invalid cross-device link: {target} to {path}")

    monkeypatch.setattr(Path, "hardlink_to", refuses)


@pytest.mark.parametrize("is_linked", [True, False], ids=["linked", "copied"])
def test_a_kept_table_is_the_one_that_was_imported(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, is_linked: bool
) -> None:
    if not is_linked:
        without_links(monkeypatch)
    table = written(tmp_path, f"{HEAD}\n{LINES}")
    monkeypatch.setenv(ready.FOLDER, "no")
    imported = all_of(open_table(table))
    monkeypatch.setenv(ready.FOLDER, str(folder))
    assert all_of(open_table(table)) == imported
    (file,) = folder.glob("*.duckdb")
    monkeypatch.setattr(ready, "keep", None)  # it is not called
    assert all_of(open_table(table)) == imported
    assert file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.heavy
def test_a_table_with_another_content_or_mapping_is_another(tmp_path: Path, folder: Path) -> None:
    table = written(tmp_path, f"{HEAD}\n{LINES}")
    first = open_table(table)
    written(tmp_path, f"{HEAD}\n{LINES}\ne,2020-01-01,40,45,W,one more")
    assert open_table(table).size == first.size + 1
    (opening,) = first.openings
    assert opening.mapping is not None
    kept.keep(opening.mapping.model_copy(update={"title": ("source",)}), table)
    assert rows_of(open_table(table))[0]["title"] == "W"
    assert len([*folder.glob("*.duckdb")]) == 3


def test_a_kept_file_that_cannot_be_read_is_made_again(tmp_path: Path, folder: Path) -> None:
    table = written(tmp_path, f"{HEAD}\n{LINES}")
    whole = rows_of(open_table(table))
    (file,) = folder.glob("*.duckdb")
    for broken in (b"", b"no database", file.read_bytes()[:5000]):
        file.write_bytes(broken)
        assert rows_of(open_table(table)) == whole
        assert rows_of(open_table(table)) == whole
        assert file.stat().st_size > 5000


def test_a_folder_that_cannot_be_written_keeps_no_table_from_opening(tmp_path: Path, folder: Path) -> None:
    folder.write_text("a file, and no folder")
    assert open_table(written(tmp_path, f"{HEAD}\n{LINES}")).size == 4


@pytest.mark.heavy
def test_what_a_killed_run_left_goes_and_what_was_not_opened_for_longest_makes_room(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = written(tmp_path, f"{HEAD}\n{LINES}")
    folder.mkdir()
    name = ready.key(table, None, None)
    (folder / f"{name}{ready.NEW}").write_text("half a file")
    open_table(table)
    assert [file.name for file in folder.glob("*.duckdb*")] == [f"{name}.duckdb"]
    monkeypatch.setattr(ready, "MOST_BYTES", 1)
    written(tmp_path, f"{HEAD}\n{LINES}\ne,2020-01-01,40,45,W,one more")
    open_table(table)
    assert [file.name for file in folder.glob("*.duckdb")] == [f"{ready.key(table, None, None)}.duckdb"]


def test_a_small_table_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ready.FOLDER, str(tmp_path / "kept"))
    open_table(written(tmp_path, f"{HEAD}\n{LINES}"))
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_kept_file_that_somebody_else_may_have_written_is_not_read(
    tmp_path: Path, folder: Path, *, is_folder: bool
) -> None:
    table = written(tmp_path, f"{HEAD}\n{LINES}")
    open_table(table)
    (file,) = folder.glob("*.duckdb")
    (folder if is_folder else file).chmod(0o777)
    assert ready.read(lambda: pytest.fail("opened"), ready.key(table, None, None)) is None
    assert open_table(table).size == 4


FULL_DISK = """
import resource, sys
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from geodata.cli import main
from geodata.store.importers import ready
ready.LEAST = 1
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
main(["check", sys.argv[2]])
"""


def test_a_disk_that_fills_while_a_table_is_read_is_told_and_holds_no_part_of_it(tmp_path: Path) -> None:
    rows = "".join(f"{number},2020-01-{number % 28 + 1:02},40,45,W,Text {number * 7919}\n" for number in range(30_000))
    table = written(tmp_path, f"{HEAD}\n{rows}")
    for name in ("kept", "temporary"):
        (tmp_path / name).mkdir()
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, "100000", str(table)], capture_output=True, text=True, check=False,
        env=os.environ | {ready.FOLDER: str(tmp_path / "kept"), "TMPDIR": str(tmp_path / "temporary")},
    )  # fmt: skip
    said = told.stdout + told.stderr
    assert "cannot be read: is there room in the folder for temporary files, and in memory?" in said
    assert "Traceback" not in said and str(tmp_path) not in said
    assert not [*(tmp_path / "kept").glob("*.duckdb*")] and not [*(tmp_path / "temporary").iterdir()]


def test_a_disk_that_fills_while_a_table_is_put_away_shows_it_all_the_same(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fills(_: object, copy: BinaryIO, __: int) -> None:
        copy.write(b"a part")
        raise OSError(errno.ENOSPC, "No space left on device")

    without_links(monkeypatch)
    monkeypatch.setattr(shutil, "copyfileobj", fills)
    assert open_table(written(tmp_path, f"{HEAD}\n{LINES}")).size == 4
    assert "is not kept for the next start" in caplog.text
    assert not [*folder.glob("*.duckdb*")]


def test_what_a_large_table_shows_first_is_counted_once_and_kept_beside_it(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(LOCAL_ROWS, "1")
    table, asked = written(tmp_path, f"{HEAD}\n{LINES}"), []

    def base(dataset: Dataset) -> dict[str, bytes]:
        asked.append(dataset)
        return far.base(dataset, "document")

    first = open_table(table, base=base)
    assert open_table(table, base=base).kept == first.kept
    assert len(asked) == 1
    assert first.slim is not None, "its rows once more, by place"
    (file,) = folder.glob(f"*{ready.COUNTED}")
    assert plain(far.world(first, Selection(), "document")) == plain(far.world(asked[0], Selection(), "document"))
    assert words.summarise(first, Selection()) == words.summarise(asked[0], Selection())
    file.write_bytes(b"half a file")
    assert open_table(table, base=base).kept == first.kept
    assert len(asked) == 2 and "It is counted again" in caplog.text
    monkeypatch.setattr(ready, "MOST_BYTES", 1)
    written(tmp_path, f"{HEAD}\n{LINES}\ne,2020-01-01,40,45,W,one more")
    open_table(table)
    assert not file.exists()


def test_a_large_file_is_read_for_its_name_once_and_again_when_it_changed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "LONG", 1)
    monkeypatch.setattr(ready, "JUST_NOW", -1)
    folder.mkdir(parents=True, exist_ok=True)
    table, read = written(tmp_path, f"{HEAD}\n{LINES}"), []
    whole = ready._hashed
    monkeypatch.setattr(ready, "_hashed", lambda path: read.append(path) or whole(path))
    first = ready.key(table, None, None)
    assert ready.key(table, None, None) == first
    assert len(read) == 1
    told = table.stat()
    table.write_bytes(table.read_bytes().replace(b"2020", b"2021"))
    os.utime(table, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert ready.key(table, None, None) != first, "a file of the same size and time whose content is another"
    (note,) = folder.glob(f"*{ready.SEEN}")
    note.write_text("no such thing")
    assert ready.key(table, None, None) != first
    monkeypatch.setattr(ready, "JUST_NOW", 1000)
    note.unlink()
    ready.key(table, None, None)
    assert not note.exists(), "what was written just now is not remembered"
