"""The real dashboard on a free port, as a person would start it."""

from __future__ import annotations

import os
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
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "ATTEST_EVENTS": str(events)}
        ) as process,
    ):
        try:
            address = f"http://localhost:{port}"
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            pass  # not listening yet
        time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not answer in 30 seconds: {log.read_text()}")
