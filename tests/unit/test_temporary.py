"""Temporary folders go with what uses them, and those of killed runs at the next start; others are left alone."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from geodata.store import temporary
from tests.server import ROOT

MAKES = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a process started behind & or nohup ignores them
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from geodata.commands.ending import orderly
from geodata.store import temporary
with orderly():
    made = temporary.Folder()
    (made.path / "table").write_bytes(b"rows")
    if "fails" in sys.argv:
        raise ValueError("on purpose")
    if "waits unheard" in sys.argv:  # the signal goes to another thread, and does not interrupt this one
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGHUP, signal.SIGINT})
    print(flush=True)
    if "waits" in sys.argv or "waits unheard" in sys.argv:
        time.sleep(60)
    if "asks" in sys.argv or "asks for long" in sys.argv:
        import duckdb
        from geodata.store.breaking import breakable
        query = "SELECT sum(sin(n)) FROM range(20_000_000) AS rows(n)"
        if "asks for long" in sys.argv:  # a single part, of which the engine asks whether it may go on only at its end
            query = "SELECT count(*) FROM (SELECT md5(n::text), count(*) FROM range(40_000_000) AS rows(n) GROUP BY 1)"
        with breakable(duckdb.connect(str(made.path / "table.duckdb"))) as engine:
            while True:
                engine.execute(query).fetchall()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, empty, also for processes that a test starts."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@contextmanager
def started(how: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A process that has made a temporary folder, and waits, fails or ends."""
    with subprocess.Popen(
        [sys.executable, "-c", MAKES, how], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()  # also where the test fails


def test_a_folder_goes_with_the_object_and_with_the_block(place: Path) -> None:
    made = temporary.Folder()
    assert made.path.is_dir()
    del made
    gc.collect()
    assert list(place.iterdir()) == []
    with temporary.folder() as path:
        (path / "lock").mkdir()  # a name from an archive meets no file of ours
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("how", ["ends", "fails"])
def test_a_folder_goes_with_a_program_that_ends_or_fails(place: Path, how: str) -> None:
    with started(how) as process:
        process.wait(30)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("how", ["waits", "waits unheard", "asks", "asks for long"])
@pytest.mark.parametrize(("number", "code"), [(15, 143), (1, 129), (2, 130)], ids=["SIGTERM", "SIGHUP", "Ctrl+C"])
def test_a_folder_goes_with_a_program_that_is_told_to_end(place: Path, number: int, code: int, how: str) -> None:
    with started(how) as process:
        assert len(list(place.iterdir())) == 1
        if how.startswith("asks"):
            while not list(place.glob("*/files/table.duckdb")):
                time.sleep(0.05)
            time.sleep(0.2)  # most of the time the engine has a query then
        process.send_signal(number)
        assert process.wait(5 if how == "asks for long" else 30) == code
        assert process.stderr
        assert process.stderr.read() == (b"Stopped.\n" if code == 130 else b"")
        assert list(place.iterdir()) == []


def test_the_folder_of_a_killed_run_goes_at_the_next_start_and_that_of_a_live_one_stays(place: Path) -> None:
    with started("waits") as killed, started("waits") as live:
        killed.kill()
        killed.wait(30)
        assert len(list(place.iterdir())) == 2
        with started("ends") as following:
            following.wait(30)
        [left] = place.iterdir()
        temporary.sweep()
        assert (left / "files" / "table").read_bytes() == b"rows", "of the process that runs"
        live.kill()
        live.wait(30)
        temporary.sweep()
        assert list(place.iterdir()) == []


def test_a_sweep_leaves_alone_what_is_not_of_a_killed_run_of_this_user(place: Path) -> None:
    (place / "attest-without-a-lock").mkdir()
    (place / "attest-a-file").touch()
    (place / "attest-a-link").symlink_to(place / "elsewhere")
    (place / "attest-link-as-lock").mkdir()
    (place / "attest-link-as-lock" / "lock").symlink_to(place / "attest-a-file")
    for name in ("elsewhere", "others-dead") + (("attest-of-another-user",) if os.geteuid() == 0 else ()):
        (place / name).mkdir()
        (place / name / "lock").touch()
    if os.geteuid() == 0:
        os.chown(place / "attest-of-another-user", 65534, 65534)
    before = sorted(place.iterdir())
    temporary.sweep()
    assert sorted(place.iterdir()) == before


def test_a_disk_that_does_not_take_a_folder_keeps_none_of_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        temporary.Folder()
    assert list(place.iterdir()) == []
