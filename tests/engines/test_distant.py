"""A table that stays in PostgreSQL: prepared there, opened from there, and told calmly where the engine is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from geodata.cli import main
from geodata.count import counting, cube, facets
from geodata.model.faults import InvalidData
from geodata.model.filters import Area
from geodata.model.selection import Selection
from geodata.store import dataset as datasets
from geodata.store import distant
from geodata.store.answering import Unanswered
from geodata.store.dataset import Dataset
from geodata.store.engines.postgres import Postgres
from geodata.store.importers import read_table
from geodata.tell import words
from geodata.timemap import far, marks
from tests import slim_asked
from tests.engines import servers, tables
from tests.engines.conftest import needed
from tests.server import ROOT
from tests.squares import plain

GED = ROOT / "tests" / "data" / "ged_extract.csv"


@pytest.fixture(scope="module")
def server() -> Iterator[servers.Postgres]:
    with needed(servers.postgres()) as running:
        backend = ibis.connect(running.url)
        tables.in_postgres(backend, "ged", pa.Table.from_pandas(pd.read_csv(GED, dtype=str).fillna("")))
        tables.in_postgres(backend, "other", pa.table({"colour": ["red", "blue"]}))
        backend.disconnect()
        yield running


@pytest.fixture(scope="module")
def url(server: servers.Postgres) -> str:
    return f"{server.url}&table=ged"


@pytest.fixture(scope="module")
def file() -> Dataset:
    return read_table(GED)


@pytest.fixture
def published(url: str) -> str:
    distant.publish(url)
    return url


def rows_of(dataset: Dataset) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = dataset.fetch(dataset.reports.order_by("row")).to_pylist()
    return rows


def test_a_published_table_is_told_as_the_file_it_came_from(published: str, file: Dataset) -> None:
    dataset = distant.opened(published)
    assert not dataset.is_large
    assert rows_of(dataset) == rows_of(file)
    assert words.summarise(dataset, Selection()) == words.summarise(file, Selection())


@pytest.mark.usefixtures("published")
def test_what_search_reads_is_the_first_column_of_a_published_table(server: servers.Postgres) -> None:
    """An engine that keeps rows takes each apart up to the column that is asked for."""
    with server.connect() as connection:
        found = connection.execute("SELECT * FROM ged_attest LIMIT 1")
        assert found.description is not None
        assert found.description[0].name == "words"


def test_a_table_of_many_stays_in_its_engine_and_tells_the_same(
    published: str, file: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    dataset = distant.opened(published)
    assert dataset.is_large
    assert dataset.answerer is not None
    assert words.summarise(dataset, Selection()) == words.summarise(file, Selection())
    assert facets.facets(dataset, Selection()) == facets.facets(file, Selection())
    scheme = next(iter(marks.schemes(file)))
    for level in (0, 9):
        here, there = (
            sorted(map(str, cube.entries(one, Selection(), far.colours(one, scheme), level).to_pylist()))
            for one in (file, dataset)
        )
        assert here == there
    listed = far.listed(dataset, Selection(), scheme, far.Where("shown"))
    assert listed["total"] == file.size
    dataset.answerer.close()


def test_most_questions_of_many_are_asked_of_the_rows_without_their_texts(
    url: str, file: Dataset, server: servers.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    distant.publish(url)
    dataset = distant.opened(url)
    assert dataset.slim is not None
    assert dataset.answerer is not None
    asked_of = slim_asked.noted(monkeypatch)
    scheme = next(iter(marks.schemes(file)))
    box, source = Area(0, 0, 60, 60), next(iter(facets.facet(file, Selection(), "sources")))
    for chosen in (Selection(), Selection(sources=(source,)), Selection(area=box), Selection(first=date(2000, 1, 1))):
        assert counting.number(dataset, chosen) == counting.number(file, chosen)
        assert facets.facet(dataset, chosen, "sources") == facets.facet(file, chosen, "sources")
        assert plain(far.world(dataset, chosen, scheme)) == plain(
            far.world(replace(dataset, slim=None), chosen, scheme)
        )
    assert all(asked_of)
    asked_of.clear()
    assert counting.number(dataset, Selection(text="the")) == counting.number(file, Selection(text="the"))
    assert asked_of == [False], "a search reads texts"
    dataset.answerer.close()
    # Somebody took it away; then as an earlier version left it.
    for change in ("DROP TABLE ged_attest_slim", "ALTER TABLE ged_attest_about DROP COLUMN slim"):
        with server.connect() as connection:
            connection.execute(change)
        without = distant.opened(url)
        assert without.slim is None
        assert words.summarise(without, Selection()) == words.summarise(file, Selection())


def test_the_first_view_of_many_is_counted_once_and_asks_the_engine_nothing(
    url: str, file: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    distant.publish(url, far.base)
    dataset = distant.opened(url)
    assert dataset.answerer is not None
    anew = replace(dataset, kept={})
    assert far.is_kept(dataset)
    assert not far.is_kept(anew)
    monkeypatch.setattr(dataset.answerer, "fetch", None)
    worlds = {scheme: plain(far.world(dataset, Selection(), scheme)) for scheme in marks.schemes(dataset)}
    found = (words.summarise(dataset, Selection()), facets.facets(dataset, Selection()))
    monkeypatch.undo()
    assert worlds == {scheme: plain(far.world(anew, Selection(), scheme)) for scheme in worlds}
    assert found == (words.summarise(anew, Selection()), facets.facets(anew, Selection()))
    assert words.summarise(anew, Selection()) == words.summarise(file, Selection())
    dataset.answerer.close()


def test_a_first_view_that_is_missing_or_of_another_version_is_told_with_how_to_mend_it(
    url: str, server: servers.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    distant.publish(url, far.base)
    dataset = distant.opened(url)
    assert "kept in the engine: " in far.told(dataset)
    monkeypatch.setattr(far, "__version__", "another")
    assert "run attest publish again" in far.told(dataset)
    monkeypatch.undo()
    with server.connect() as connection:
        connection.execute("DROP TABLE ged_attest_kept")
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    without = distant.opened(url)
    assert "run attest publish again" in far.told(without)
    one, other = (far.world(each, Selection(), "document") for each in (without, dataset))
    assert plain(one) == plain(other)


def test_a_table_that_is_not_prepared_not_there_or_no_table_of_incidents_is_refused_in_words(
    server: servers.Postgres,
) -> None:
    with pytest.raises(InvalidData, match="run attest publish first"):
        distant.opened(f"{server.url}&table=other")
    with pytest.raises(InvalidData, match="not in this database"):
        distant.publish(f"{server.url}&table=nowhere")


def test_a_table_that_stands_in_the_place_of_what_publish_makes_is_left_alone(server: servers.Postgres) -> None:
    backend = ibis.connect(server.url)
    for name in ("mine", "mine_attest"):
        tables.in_postgres(backend, name, pa.table({"id": ["a"], "date": ["2020-01-01"]}))
    with pytest.raises(InvalidData, match="not of Attest's making"):
        distant.publish(f"{server.url}&table=mine")
    assert backend.table("mine_attest").columns == ("id", "date")
    backend.disconnect()


def test_what_publish_makes_is_made_again_and_the_version_tells(published: str) -> None:
    before = distant.version(published)
    distant.publish(published)
    assert distant.version(published) != before


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("postgres://someone:hunter2@localhost/db?table=t", "holds a password"),
        ("postgres://localhost/db?table=t&password=hunter2", "holds a password"),
        ("postgres://localhost/db?table=t&sslpassword=hunter2", "holds a password"),
        (f"postgres://localhost/db?table={'t' * 60}", "too long"),
        ("postgres://localhost/db", "names no table"),
        ("mongodb://localhost/db?table=t", "no engine that Attest reads"),
    ],
)
def test_a_url_with_a_secret_or_without_a_table_is_refused_and_repeats_nothing(
    given: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", given]) == 1
    said = capsys.readouterr().err
    assert why in said
    assert "hunter2" not in said
    assert "someone" not in said


@pytest.mark.usefixtures("server")  # for without its driver no engine is asked
def test_an_engine_that_is_not_there_is_told_without_its_host(tmp_path: Path) -> None:
    with pytest.raises(Unanswered, match="does not answer") as told:
        distant.opened(f"postgres://keeper@/db?host={tmp_path}&table=t")
    assert str(tmp_path) not in str(told.value)
    assert "keeper" not in str(told.value)


@pytest.mark.usefixtures("published")
def test_a_question_fails_while_the_server_is_away_and_is_answered_once_it_is_back(
    server: servers.Postgres, file: Dataset
) -> None:
    engine = Postgres(server.url)
    count = engine.table("ged_attest").count().as_table()
    assert engine.fetch(count)[0][0].as_py() == file.size
    server.kill()
    with pytest.raises(Unanswered):
        engine.fetch(count)
    server.start()
    assert engine.fetch(count)[0][0].as_py() == file.size
    engine.close()


@pytest.mark.usefixtures("published")
def test_a_question_that_takes_too_long_ends_in_words(
    server: servers.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.store.answering.DEADLINE", 1)
    engine = Postgres(server.url)
    table = engine.table("ged_attest")
    for _ in range(6):  # twenty rows by twenty, again and again
        table = table.cross_join(engine.table("ged_attest").select(other="row")).drop("other")
    with pytest.raises(Unanswered, match="longer than"):
        engine.fetch(table.aggregate(n=table.words.length().sum()))
    engine.close()


@pytest.mark.usefixtures("published")
def test_nothing_is_written_by_a_question(server: servers.Postgres) -> None:
    engine = Postgres(server.url)
    with engine._connection() as connection, pytest.raises(Exception, match="read-only"):
        connection.execute("DROP TABLE ged")
    engine.close()
