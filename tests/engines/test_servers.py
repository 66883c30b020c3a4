"""The servers of these tests leave nothing behind, however the tests end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from tests.engines import programs, servers, tables
from tests.engines.conftest import needed
from tests.server import ROOT

KILLED = """
import os, signal
from tests.engines.servers import Postgres
server = Postgres()
print(server.pid, server.folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.heavy
def test_a_server_ends_and_its_folder_goes_with_its_block() -> None:
    with needed(servers.postgres()) as server:
        pid = server.pid
        assert ibis.connect(server.url).list_tables() == []
    assert not server.folder.exists()
    assert not is_running(pid)


@pytest.mark.heavy
def test_a_server_ends_and_its_folder_goes_when_the_tests_are_killed() -> None:
    with needed(servers.postgres()):
        pass
    killed = subprocess.run([sys.executable, "-c", KILLED], check=False, cwd=ROOT, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL
    pid, folder = killed.stdout.split()
    until(lambda: not is_running(int(pid)) and not Path(folder).exists())


@pytest.mark.heavy
def test_a_server_that_was_killed_or_stopped_starts_again_with_its_tables() -> None:
    held = pa.table({"row": pa.array([0, 1], pa.int32())})
    with needed(servers.postgres()) as server:
        tables.in_postgres(ibis.connect(server.url), "reports", held)
        for ended in (server.kill, server.stop):
            ended()
            server.start()
            assert ibis.connect(server.url).table("reports").count().execute() == 2
    assert not server.folder.exists()


def test_what_is_not_here_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_need", lambda _: None)
    monkeypatch.setattr(programs, "_postgresqls", lambda: iter(()))
    monkeypatch.setattr(programs, "_javas", lambda: iter([ROOT]))
    with pytest.raises(programs.Absent, match=r"apt install postgresql.*brew install postgresql"):
        programs.postgresql()
    with pytest.raises(programs.Absent, match=r"apt install openjdk-17.*brew install openjdk@17"):
        programs.java()
    monkeypatch.undo()
    monkeypatch.setattr(programs.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(programs.Absent, match=r"psycopg is not here: pip install -e '\.\[engines\]'"):
        programs.postgresql()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it did not come about in ten seconds")
