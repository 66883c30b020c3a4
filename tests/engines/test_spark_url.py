"""A table of Spark, opened by a URL as one of PostgreSQL is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from geodata.cli import main
from geodata.count import facets
from geodata.model.faults import InvalidData
from geodata.model.selection import Selection
from geodata.store import dataset as datasets
from geodata.store import distant, wanted
from geodata.store.answering import Unanswered
from geodata.store.dataset import Dataset
from geodata.store.engines.spark import Spark
from geodata.store.importers import read_table
from geodata.tell import words
from geodata.timemap import far
from tests.engines import servers
from tests.engines.conftest import needed
from tests.server import ROOT

pytestmark = pytest.mark.engines  # a minute and a half

GED = ROOT / "tests" / "data" / "ged_extract.csv"


@pytest.fixture(scope="module")
def file() -> Dataset:
    return read_table(GED)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warehouse")
    (folder / "ged").mkdir()
    table = pa.Table.from_pandas(pd.read_csv(GED, dtype=str).fillna(""))
    pyarrow.parquet.write_table(table, folder / "ged" / "part.parquet")
    (folder / "long").mkdir()
    numbers = pa.table({"n": pa.array(range(60_000), pa.int64())})
    pyarrow.parquet.write_table(numbers, folder / "long" / "part.parquet")
    return folder


@pytest.fixture(scope="module")
def local() -> Iterator[str]:
    with needed(servers.spark()):
        yield servers.LOCAL


def test_a_second_master_is_refused_with_the_reason_and_the_first_goes_on(local: str, warehouse: Path) -> None:
    engine = Spark(distant.address(f"spark://{local}?warehouse={warehouse}&table=long").url)
    with pytest.raises(Unanswered, match="start another Attest"):
        Spark(f"spark://127.0.0.1:7077?warehouse={warehouse}")
    assert engine.fetch(engine.table("long").count().as_table())[0][0].as_py() == 60_000


def test_a_table_of_spark_tells_the_same_as_its_file_here_and_there(
    local: str, warehouse: Path, file: Dataset, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"spark://{local}?warehouse={warehouse}&table=ged"
    with pytest.raises(InvalidData, match="run attest publish first"):
        distant.opened(url)
    assert main(["publish", url]) == 0
    assert "Its first view is counted and kept beside it" in capsys.readouterr().out
    here = distant.opened(url)
    assert not here.is_large
    assert words.summarise(here, Selection()) == words.summarise(file, Selection())
    monkeypatch.setenv(datasets.LOCAL_ROWS, "5")
    there = distant.opened(url)
    assert there.is_large
    assert far.is_kept(there)
    for chosen in (Selection(), Selection(deaths_at_least=1)):
        assert words.summarise(there, chosen) == words.summarise(file, chosen)
        assert facets.facets(there, chosen) == facets.facets(file, chosen)
    before = distant.version(url)
    assert main(["publish", url]) == 0
    assert distant.version(url) != before
    assert sorted(path.name for path in warehouse.iterdir()) == [
        "ged", "ged_attest", "ged_attest_about", "ged_attest_kept", "ged_attest_slim", "long",
    ]  # fmt: skip


def test_a_table_of_spark_that_is_not_there_is_told(local: str, warehouse: Path) -> None:
    with pytest.raises(InvalidData, match="check its name"):
        distant.publish(f"spark://{local}?warehouse={warehouse}&table=nowhere")
    with pytest.raises(InvalidData, match="add warehouse="):
        distant.publish(f"spark://{local}?table=ged")


def test_a_question_of_spark_that_nobody_waits_for_is_cancelled(local: str, warehouse: Path) -> None:
    engine = Spark(distant.address(f"spark://{local}?warehouse={warehouse}&table=long").url)
    looks = []

    def look() -> None:
        looks.append(1)
        if len(looks) > 8:
            raise wanted.Unwanted

    with wanted.looking(look), pytest.raises(wanted.Unwanted):
        engine.fetch(long(engine))
    assert engine.fetch(engine.table("long").count().as_table())[0][0].as_py() == 60_000


def long(engine: Spark) -> ir.Table:
    other = engine.table("long").select(other="n")
    crossed = engine.table("long").cross_join(other)
    return crossed.aggregate(n=(crossed.n * crossed.other % 7).sum())
