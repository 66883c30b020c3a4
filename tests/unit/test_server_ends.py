"""However a server ends, its table's temporary file goes: at once, or after a kill when the next one starts."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server import ROOT, wait_for

pytestmark = pytest.mark.heavy

SAMPLE = ROOT / "tests" / "data" / "ged_extract.csv"

WAYS = {
    "attest open": ["-m", "geodata", "open", str(SAMPLE), "--no-browser", "--port"],
    "python -m dashboard": ["-m", "dashboard", "--server.headless", "true", "--server.port"],
}


@contextmanager
def served(words: Sequence[str], log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = str(probe.getsockname()[1])
    with (
        log.open("w") as output,
        subprocess.Popen([sys.executable, *words, port], cwd=ROOT, stdout=output, stderr=output) as process,
    ):
        try:
            wait_for(f"http://localhost:{port}", process, log)
            yield process, f"http://localhost:{port}"
        finally:
            process.kill()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files of the servers, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("ATTEST_EVENTS", str(SAMPLE))
    return folder


def tables(place: Path) -> list[Path]:
    return sorted(place.glob("attest-*/files/table.duckdb"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
@pytest.mark.parametrize("way", ["attest open", "python -m dashboard"])
def test_a_server_that_is_told_to_end_leaves_no_temporary_file_and_says_no_more_than_that(
    place: Path, way: str, number: signal.Signals
) -> None:
    log = place.with_name("log")
    with served(WAYS[way], log) as (process, _):
        assert len(tables(place)) == 1
        process.send_signal(number)
        process.wait(30)
    assert list(place.glob("attest-*")) == []
    _, _, behind = log.read_text().partition("Ctrl+C stops it.")
    assert set(behind.split()) <= {"Stopped.", "Stopping..."}


def test_what_a_killed_server_left_goes_when_the_next_starts(place: Path) -> None:
    log = place.with_name("log")
    with served(WAYS["attest open"], log) as (killed, _):
        pass
    assert killed.returncode == -9
    [left] = tables(place)
    with served(WAYS["python -m dashboard"], log) as (_, _):
        assert not left.exists()
        assert len(tables(place)) == 1
