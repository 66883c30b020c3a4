"""A Streamlit server as a process of its own, started afresh for each measurement."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

START = 60
"""Seconds a server may take until it listens."""


@dataclass(frozen=True)
class Server:
    """Where a server answers, and its process."""

    address: str
    process: int

    def memory(self) -> float:
        """Resident memory now, in MB (1e6 bytes)."""
        answer = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.process)], capture_output=True, text=True, check=False
        )
        return int(answer.stdout.strip() or 0) * 1024 / 1e6

    def settled_memory(self) -> float:
        """Resident memory once it has been still for a second, or after ten."""
        last = self.memory()
        for _ in range(10):
            time.sleep(1)
            now = self.memory()
            if abs(now - last) < 2:
                return now
            last = now
        return last

    def processor(self) -> float | None:
        """Seconds of the processor that it has used; unknown where there is no ``/proc``."""
        told = Path(f"/proc/{self.process}/stat")
        if not told.exists():
            return None
        fields = told.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def highest_memory(self) -> float | None:
        """The most resident memory it ever had, in MB; unknown where there is no ``/proc``."""
        status = Path(f"/proc/{self.process}/status")
        if not status.exists():
            return None
        lines = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(lines[0].split()[1]) * 1024 / 1e6 if lines else None


@contextmanager
def running(
    python: Path, script: Path, folder: Path, environment: Mapping[str, str], *, patience: float = START
) -> Iterator[Server]:
    """A server of ``script``, run in ``folder`` by the interpreter ``python``; it may take ``patience`` to listen."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    options = {
        "server.port": port,
        "server.address": "localhost",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    # Our own dashboard is a package that runs itself; a peer is a script.
    start = ["dashboard"] if script.parent.name == "dashboard" else ["streamlit", "run", str(script)]
    command = [str(python), "-m", *start]
    command += [word for name, value in options.items() for word in (f"--{name}", str(value))]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **environment}
        ) as process,
    ):
        try:
            address = f"http://localhost:{port}"
            _wait_for(address, process, patience)
            yield Server(address, process.pid)
        except RuntimeError as error:
            log.seek(0)
            raise RuntimeError(f"{error}: {log.read()[-2000:]}") from error
        finally:
            process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes], patience: float) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            pass  # not listening yet
        time.sleep(0.05)
    raise RuntimeError(f"the server did not listen within {patience:g} seconds")
