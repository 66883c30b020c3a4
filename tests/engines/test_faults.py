"""What is wrong with an engine or its address is told in one message, which holds no secret, no host and no stack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from dashboard.state import data
from geodata.cli import main
from geodata.model.faults import InvalidData
from geodata.store import answering, distant
from geodata.store import dataset as datasets
from geodata.store.answering import Unanswered
from geodata.store.engines.postgres import Postgres
from tests.engines import servers, tables
from tests.engines.conftest import needed
from tests.engines.test_given_up import at_work, long
from tests.engines.test_servers import until
from tests.server import ROOT

GED = ROOT / "tests" / "data" / "ged_extract.csv"


@pytest.fixture(scope="module")
def server() -> Iterator[servers.Postgres]:
    with needed(servers.postgres()) as running:
        backend = ibis.connect(running.url)
        tables.in_postgres(backend, "ged", pa.Table.from_pandas(pd.read_csv(GED, dtype=str).fillna("")))
        tables.in_postgres(backend, "endless", pa.table({"n": pa.array(range(200_000), pa.int32())}))
        backend.disconnect()
        running.guard("guarded", "right")
        yield running


@pytest.fixture
def url(server: servers.Postgres) -> str:
    return f"{server.url}&table=ged"


def guarded(server: servers.Postgres, folder: Path, password: str, monkeypatch: pytest.MonkeyPatch) -> str:
    kept = folder / "pgpass"
    kept.write_text(f"*:*:*:guarded:{password}\n")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    return f"postgres://guarded@/postgres?host={server.folder}&table=ged"


def test_a_password_is_read_from_the_file_of_postgresql(
    server: servers.Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InvalidData, match="not open to this user"):  # who is let in, and may not read the table
        distant.publish(guarded(server, tmp_path, "right", monkeypatch))


def test_a_wrong_password_is_told_and_not_repeated(
    server: servers.Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", guarded(server, tmp_path, "hunter2", monkeypatch)]) == 1
    said = capsys.readouterr().err
    assert "is the password in ~/.pgpass right?" in said
    assert said.count("\n") == 1
    assert not [word for word in ("hunter2", "guarded", str(server.folder)) if word in said]


def test_a_missing_password_is_asked_for(
    server: servers.Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    with pytest.raises(Unanswered, match="never into the URL"):
        distant.publish(f"postgres://guarded@/postgres?host={server.folder}&table=ged")


@pytest.mark.heavy
@pytest.mark.parametrize("program", [["-m", "dashboard"], ["-m", "geodata", "open", "--no-browser"]])
def test_a_start_without_the_engine_ends_in_one_line(program: list[str], tmp_path: Path) -> None:
    away = f"postgres://keeper@/db?host={tmp_path}&table=reports"
    given = [away] if "geodata" in program else []
    started = subprocess.run(
        [sys.executable, *program, *given], check=False, cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, "ATTEST_EVENTS": away},
    )  # fmt: skip
    assert started.returncode == 1
    assert "the engine does not answer: is it running" in started.stderr
    assert not [word for word in ("Traceback", "keeper", str(tmp_path)) if word in started.stdout + started.stderr]


@pytest.mark.parametrize("given", ["postgres://[half/db?table=t", "postgres://host:port/db?table=t"])
def test_a_url_that_is_none_is_refused_in_words(given: str) -> None:
    with pytest.raises(InvalidData, match="cannot be read; write engine://"):
        distant.address(given)


def test_a_prepared_table_without_its_columns_says_how_to_mend_it(url: str, server: servers.Postgres) -> None:
    distant.publish(url)
    with server.connect() as connection:
        connection.execute("ALTER TABLE ged_attest DROP COLUMN words")
    with pytest.raises(InvalidData, match=r"words is not there.*run attest publish again"):
        distant.opened(url)


def test_columns_of_any_type_are_published(server: servers.Postgres) -> None:
    with server.connect() as connection:
        connection.execute(
            "CREATE TABLE odd AS SELECT 1 AS id, now() AS at, DATE 'infinity' AS ends, '{\"a\": 1}'::jsonb AS told, "
            "ARRAY[1, 2] AS numbers, '1.5'::numeric AS n, gen_random_uuid() AS u, '10.0.0.1'::inet AS host, "
            "DATE '2020-01-02' AS date, 44.5 AS longitude, 40.1 AS latitude, 'a,\"b\"\nc' AS title, "
            "NULL::text AS note, "
            "'x'::bytea AS bytes, point(1, 2) AS place, interval '1 day' AS span"
        )
    assert distant.publish(f"{server.url}&table=odd").opening.shown == 1


@pytest.mark.heavy
def test_a_table_that_is_prepared_again_is_followed(
    url: str, server: servers.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", url)
    monkeypatch.delenv("ATTEST_CASE", raising=False)
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    monkeypatch.setattr(data, "ASKED_EVERY", 0.0)
    distant.publish(url)
    before, token, _ = data.current()
    assert before is not None
    assert data.current()[1] == token
    with server.connect() as connection:
        connection.execute("DELETE FROM ged WHERE ctid = (SELECT min(ctid) FROM ged)")
    distant.publish(url)
    after, later, _ = data.current()
    assert later != token or data._shelf().shorter  # fewer rows are asked about first
    server.kill()
    assert data.current()[0] is after  # the last good table stays
    server.start()


def test_a_server_that_dies_in_mid_question_is_told_and_asked_again(server: servers.Postgres) -> None:
    engine, number = Postgres(server.url), at_work(server)
    count = engine.table("endless").count().as_table()
    with ThreadPoolExecutor() as readers:
        asked = readers.submit(engine.fetch, long(engine))
        until(lambda: number() == 1)
        began = time.monotonic()
        with server.connect() as other:
            working = "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
            [[pid]] = other.execute(working).fetchall()
        os.kill(pid, signal.SIGKILL)  # which works on when its server alone is killed
        server.kill()
        with pytest.raises(Unanswered, match="does not answer"):
            asked.result(timeout=20)
        assert time.monotonic() < began + answering.DEADLINE
    server.start()
    assert engine.fetch(count)[0][0].as_py() == 200_000
    engine.close()


def test_a_connection_that_is_cut_while_an_answer_streams_is_told(server: servers.Postgres) -> None:
    engine = Postgres(server.url)
    wide = engine.table("endless").mutate(text=ibis.literal("x" * 1000))
    parts = engine.batches(wide)
    assert next(parts).num_rows > 0
    with server.connect(is_autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%'")
    with pytest.raises(Unanswered, match="does not answer"):
        list(parts)
    assert sum(len(part) for part in engine.batches(engine.table("endless"))) == 200_000
    engine.close()


def test_a_writing_that_breaks_off_leaves_the_table_as_it_was(server: servers.Postgres) -> None:
    engine = Postgres(server.url)
    schema = pa.schema([("row", pa.int32())])
    engine.write("whole", pa.table({"row": pa.array([1, 2], pa.int32())}).to_reader())

    def broken() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"row": pa.array([7], pa.int32())})
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        engine.write("whole", pa.RecordBatchReader.from_batches(schema, broken()))
    assert engine.fetch(engine.table("whole"))["row"].to_pylist() == [1, 2]
    engine.close()
