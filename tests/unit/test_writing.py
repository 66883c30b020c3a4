"""A file is written whole or not at all, by one process at a time, and what stands in the way is told in words."""

from __future__ import annotations

import ast
import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.cli import main
from geodata.model.mapping import TableMapping
from geodata.store import writing
from geodata.store.geocoding import decisions, review
from geodata.store.geocoding.online_answers import Cache
from geodata.store.importers import kept
from geodata.store.writing import Unwritten, held, sweep, write
from tests.server import ROOT
from tests.unit.test_added_coordinates import BERD

SMALL = ROOT / "tests" / "data" / "small"
NOBODY = 65534


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A process of its own that imports what this file does and runs ``script``, with ``path`` as its argument."""
    before = (
        "import os, signal, sys; from pathlib import Path; from geodata.store import writing; path = Path(sys.argv[1])"
    )
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{script}", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is good."""
    path = tmp_path / "events.csv"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


# --- whole or not at all --------------------------------------------------------------------------------------------


def test_a_run_that_is_killed_before_the_rename_leaves_the_good_file_and_its_rest_goes_with_the_next_write(
    path: Path,
) -> None:
    killed = "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL); writing.write(path, b'new and longer')"
    assert run(killed, path).returncode == -9
    assert path.read_bytes() == b"old"
    assert names(path.parent) == [".events.csv.attest-new", "events.csv"]
    write(path.with_name("other.csv"), b"other")
    assert names(path.parent) == ["events.csv", "other.csv"], "the next that writes into the folder clears it"


def test_what_a_killed_run_left_is_swept_and_what_a_live_one_writes_is_not(path: Path) -> None:
    (path.parent / ".killed.csv.attest-new").write_bytes(b"half")
    (path.parent / ".mine.csv.new").write_bytes(b"of somebody else")
    with held(path) as file:
        sweep(path.parent)
        assert names(path.parent) == [".events.csv.attest-new", ".mine.csv.new", "events.csv"]
        file.put(b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["ftruncate", "write", "fchmod", "fsync", "replace"])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_whatever_step_fails_the_good_file_stays_and_nothing_is_left_over(
    path: Path, step: str, failure: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(Path if step == "replace" else os, step, fail)
    with pytest.raises((Unwritten, KeyboardInterrupt)) as told:
        write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["events.csv"]
    if isinstance(failure, OSError):
        assert str(told.value) == f"{path} cannot be written: the disk is full"
    write(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_file_that_grows_beyond_what_the_system_allows_leaves_the_good_one(path: Path) -> None:
    limited = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); writing.write(path, bytes(5000))"
    )
    ended = run(limited, path)
    assert ended.stderr.splitlines()[-1].endswith(f"{path} cannot be written: it would be larger than is allowed")
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["events.csv"]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB with a good file on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    (disk / "map.html").write_bytes(b"old")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_an_export_onto_a_full_disk_names_the_file_and_leaves_the_good_one(
    full_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = full_disk / "map.html"
    assert main(["export", str(SMALL), "-o", str(target)]) == 1
    assert capsys.readouterr().err == f"{target} cannot be written: the disk is full\n"
    assert target.read_bytes() == b"old"
    assert names(full_disk) == ["map.html"]


WRITERS = {
    "export": lambda path: main(["export", str(SMALL), "--format", "csv", "-o", str(path)]),
    "pack": lambda path: main(["pack", str(SMALL), "-o", str(path)]),
    "lesson": lambda path: main(
        ["lesson", str(ROOT / "lessons/one-autumn-four-tellings.md"), str(ROOT), "-o", str(path)]
    ),
    "mapping": lambda path: kept.keep(TableMapping(title="a"), path.with_name("table")),
    "decisions": lambda path: decisions.change(path, lambda _: [BERD]),
    "proposals": lambda path: review.write(path, []),
    "answers": lambda path: Cache(path).keep("Berd", None),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_every_file_of_the_program_is_kept_when_it_cannot_be_written_and_the_message_names_it(
    tmp_path: Path, writer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("table.attest.yaml" if writer == "mapping" else "table.places.csv")
    old = b"{}" if writer == "answers" else decisions.text([BERD]).encode("utf-8-sig")
    path.write_bytes(old)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    try:
        assert WRITERS[writer](path) == 1
        told = capsys.readouterr().err.strip()
    except Unwritten as error:
        told = str(error)
    assert told == f"{path} cannot be written: the disk is full"
    assert path.read_bytes() == old
    assert names(tmp_path) == [path.name]


# --- one at a time --------------------------------------------------------------------------------------------------


def test_processes_that_change_a_file_at_once_lose_no_change_of_each_other(path: Path) -> None:
    path.write_bytes(b"0")
    adding = """
for _ in range(20):
    with writing.held(path) as file:
        file.put(str(int(path.read_bytes()) + 1).encode())
"""
    threads = [threading.Thread(target=run, args=(adding, path)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() == b"60"


def test_who_has_waited_long_enough_is_told_that_another_writes_the_file(path: Path) -> None:
    told = "another process is writing it; try again when that has ended"
    with held(path), pytest.raises(Unwritten, match=told), held(path, patience=0):
        pass
    write(path, b"new")


@pytest.mark.heavy
def test_two_geocoders_of_one_table_both_end_well(table_copy: Path) -> None:
    text = table_copy.read_text(encoding="utf-8")
    command = "from geodata.cli import main; sys.exit(main(['geocode', str(path)]))"
    ended: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda: ended.append(run(command, table_copy))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.returncode for one in ended] == [0, 0], [one.stderr for one in ended]
    assert len(table_copy.read_text(encoding="utf-8").splitlines()) == len(text.splitlines())


def test_a_file_that_another_program_changed_while_it_was_held_keeps_that_change(path: Path) -> None:
    with pytest.raises(Unwritten, match="another program has changed it meanwhile"), held(path) as file:
        path.write_bytes(b"own")  # as an editor saves, which knows no lock
        file.put(b"new")
    assert path.read_bytes() == b"own"
    assert names(path.parent) == ["events.csv"]


# --- what stands in the way -----------------------------------------------------------------------------------------


def test_a_folder_and_a_link_to_itself_are_told_in_words(tmp_path: Path) -> None:
    folder, loop = tmp_path / "folder", tmp_path / "loop"
    folder.mkdir()
    loop.symlink_to(loop)
    for path, why in ((folder, "it is a folder"), (loop, "it is a link that leads to itself"),
                      (tmp_path / "none" / "a.csv", "its folder is not there"),
                      (tmp_path / ("a" * 300), "its name is too long")):  # fmt: skip
        with pytest.raises(Unwritten) as told:
            write(path, b"new")
        assert str(told.value) == f"{path} cannot be written: {why}"
    assert names(tmp_path) == ["folder", "loop"]


def test_a_folder_without_permission_is_told_and_the_good_file_stays() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "events.csv")
        path.write_bytes(b"old")
        path.chmod(0o666)
        path.parent.chmod(0o555)
        drop = f"os.setuid({NOBODY})\n" if os.geteuid() == 0 else ""
        ended = run(f"{drop}writing.write(path, b'new')", path)
        path.parent.chmod(0o755)
        assert ended.stderr.splitlines()[-1].endswith(
            "events.csv cannot be written: no permission to write into its folder"
        )
        assert path.read_bytes() == b"old"
        assert names(path.parent) == ["events.csv"]


@pytest.mark.parametrize("name", ["new", "empty"])
def test_a_new_case_that_the_disk_does_not_take_whole_leaves_nothing_and_names_the_file(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    sync, synced = os.fsync, []

    def full(file: int) -> None:
        synced.append(sync(file))
        if len(synced) == 6:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["new", str(tmp_path / name)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(str(tmp_path / name))
    assert told.endswith(" cannot be written: the disk is full\n")
    assert names(tmp_path) == ["empty"]
    assert names(tmp_path / "empty") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may write as two users")
def test_what_a_killed_run_of_another_user_left_keeps_nobody_from_writing() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "events.csv")
        path.parent.chmod(0o777)
        (left := path.with_name(".events.csv.attest-new")).write_bytes(b"half")
        assert run(f"os.setuid({NOBODY})\nwriting.write(path, b'new')", path).returncode == 0
        assert path.read_bytes() == b"new"
        assert not left.exists()


def test_the_content_of_a_file_of_one_person_is_never_for_others_to_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.chmod(0o600)
    modes: list[int] = []
    writes = os.write

    def looking(file: int, content: bytes) -> int:
        modes.append(os.fstat(file).st_mode & 0o777)
        return writes(file, content)

    monkeypatch.setattr(os, "write", looking)
    write(path, b"new")
    assert modes == [0o600]


def test_a_link_stays_a_link_and_the_file_behind_it_keeps_its_mode(path: Path) -> None:
    path.chmod(0o640)
    link = path.with_name("link.csv")
    link.symlink_to(path)
    write(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_into_and_never_replaced() -> None:
    write(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(Unwritten, match="/dev/full cannot be written: the disk is full"):
        write(Path("/dev/full"), b"new")
    assert Path("/dev/full").is_char_device()


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    write(tmp_path / "ours", b"")
    (tmp_path / "usual").touch()
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_mark_tells_a_change_of_the_same_size_and_time(path: Path) -> None:
    before, told = writing.mark(path), path.stat()
    path.write_bytes(b"ode")
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert path.stat().st_mtime_ns == told.st_mtime_ns
    assert writing.mark(path) != before


WRITES = {"write_text", "write_bytes", "savefig", "copyfile", "copytree", "extractall"}
TEMPORARY = {"dashboard/state/opened.py", "geodata/store/readers/packed.py", "geodata/store/readers/encoding.py",
             "geodata/commands/arguments.py"}  # fmt: skip
"""Files that write into a temporary folder, where nothing good can be lost."""


def test_no_other_file_of_the_program_writes_a_file_by_itself() -> None:
    found = set()
    for path in (path for room in ("geodata", "dashboard") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node, node.func.attr):
                found.add(path.relative_to(ROOT).as_posix())
    # The second draws into memory; the third copies gigabytes of a database, beside and renamed under a lock too.
    others = {f"geodata/{name}.py" for name in ("store/writing", "briefing/sheet", "store/importers/ready")}
    assert found - others == TEMPORARY


def _writes(call: ast.Call, name: str) -> bool:
    modes = {
        str(one.value) for one in (*call.args, *(word.value for word in call.keywords)) if isinstance(one, ast.Constant)
    }
    return name in WRITES or (name == "open" and bool(modes & {"w", "wb", "a", "ab", "x", "xb", "r+", "r+b", "w+"}))
