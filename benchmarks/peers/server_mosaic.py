"""A server for Mosaic's REST connector: DuckDB answers each question with an Arrow stream.

``python server_mosaic.py points.duckdb``, in the peers' environment; it prints its address. Mosaic's own package
``duckdb-server`` 0.34.2 answers no question on Python 3.11, nor a browser's question whether it may ask.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import duckdb
import pyarrow as pa

connection = duckdb.connect(sys.argv[1])


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_OPTIONS(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            with connection.cursor() as cursor:
                if asked["type"] == "exec":
                    cursor.execute(asked["sql"])
                self.answer(b"" if asked["type"] == "exec" else stream(cursor.sql(asked["sql"])))
        except duckdb.Error as error:
            self.answer(str(error).encode(), 500)

    def answer(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        for name, value in (("Origin", "*"), ("Methods", "*"), ("Headers", "*"), ("Max-Age", "86400")):
            self.send_header(f"Access-Control-{'' if name == 'Max-Age' else 'Allow-'}{name}", value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is told of what is asked."""


def stream(found: duckdb.DuckDBPyRelation) -> bytes:
    reader, sink = found.to_arrow_reader(1_000_000), pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
