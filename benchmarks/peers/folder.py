"""A folder served to a page, its scripts packed, by a thread of this process that counts what it sends."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PACKED = (".js", ".mjs", ".wasm")
"""Endings of what any host packs before it sends it, as we do with ours."""


@dataclass
class Folder:
    """Where it is served, and the bytes of the files that were sent."""

    address: str
    sent: int = 0


@contextmanager
def served(folder: Path) -> Iterator[Folder]:
    """The folder at an address of this machine, until the block ends."""
    packed = {f"/{file.name}": gzip.compress(file.read_bytes()) for file in folder.iterdir() if file.suffix in PACKED}

    class Counting(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            body = packed.get(self.path.partition("?")[0])
            if body is None:
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(self.path.partition("?")[0]))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            found.sent += len(body)

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
