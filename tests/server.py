"""The real dashboard on a free port, as a person would start it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def running(events: Path, log: Path) -> Iterator[str]:
    """The address of a dashboard on ``events``; its output goes to ``log``."""
    with started([sys.executable, "-m", "geodata", "open", str(events), "--no-browser"], ROOT, log) as address:
        yield address


@contextmanager
def started(
    command: list[str], folder: Path, log: Path, *, port_option: str = "--port", base: str = ""
) -> Iterator[str]:
    """The address of the dashboard that a command, given a free port, serves from ``folder``, below a base path."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    with (
        log.open("w") as output,
        subprocess.Popen(
            [*command, port_option, str(port)], cwd=folder, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            address = f"http://localhost:{port}{base}"
            wait_for(address, process, log)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            pass  # not listening yet
        time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not answer in a minute: {log.read_text()}")
