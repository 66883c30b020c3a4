"""A folder served to a page, by a thread of this process that counts what it sends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class Folder:
    """Where it is served, and the bytes of the files that were sent."""

    address: str
    sent: int = 0


@contextmanager
def served(folder: Path) -> Iterator[Folder]:
    """The folder at an address of this machine, until the block ends."""

    class Counting(SimpleHTTPRequestHandler):
        def copyfile(self, source: Any, outputfile: Any) -> None:
            super().copyfile(source, outputfile)
            found.sent += source.tell()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing is told of what is asked."""

    with ThreadingHTTPServer(("localhost", 0), partial(Counting, directory=str(folder))) as server:
        found = Folder(f"http://localhost:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()
