"""The points as Mosaic takes them: a table of DuckDB for its server, and an Arrow stream for DuckDB in the page.

``python points_mosaic.py points.parquet points.duckdb points.arrows``, in the peers' environment. Places are shares of
the world's width and height in Web Mercator, from west and from south, for Mosaic draws no projection of its own here.
"""

import sys

import duckdb
import pyarrow as pa

parquet, database, stream = sys.argv[1:]
with duckdb.connect(database) as connection:
    connection.execute(
        """
        CREATE TABLE points AS
        SELECT ((longitude + 180) / 360)::FLOAT AS x,
            (0.5 + asinh(tan(radians(latitude))) / (2 * pi()))::FLOAT AS y,
            day::INTEGER AS day
        FROM read_parquet(?)
        """,
        [parquet],
    )
    reader = connection.sql("SELECT * FROM points").to_arrow_reader(100_000)
    with pa.OSFile(stream, "wb") as sink, pa.ipc.new_stream(sink, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
