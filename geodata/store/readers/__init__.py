from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from geodata.store.opening import unread


@dataclass(frozen=True)
class Hints:
    sheet: str | None = None
    member: str | None = None
    header: int | None = None
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True)
class RawTable:
    columns: tuple[str, ...]
    rows: int
    set_aside: pa.Table
    notes: tuple[str, ...]
    form: str
    parts: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def read(path, connection, hints=Hints(), progress=None):
    connection.execute(
        "CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar=true, header=true, comment='')", [str(path)]
    )
    cols = [r[0] for r in connection.execute("DESCRIBE t").fetchall()]
    sel = ", ".join(f'"{c}" AS c{i}' for i, c in enumerate(cols))
    connection.execute(
        f"CREATE TABLE raw AS SELECT cast(row_number() over () as INTEGER) AS n, {sel} FROM t; DROP TABLE t"
    )
    n = connection.execute("select count(*) from raw").fetchall()[0][0]
    return RawTable(tuple(cols), n, unread(), (), "CSV")
