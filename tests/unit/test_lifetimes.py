"""What is worked out for a table dies with it, and a slow question keeps nobody else waiting."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import ibis
import pytest

from dashboard.state import data
from geodata.count import compare, counting, search, silence, voices
from geodata.count.disagreements import ranked
from geodata.count.facets import facets, values_of
from geodata.model.selection import Selection
from geodata.store.answers import remembered
from geodata.store.classroom import suitable
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from geodata.tell import words
from geodata.timemap import marks
from tests.server import ROOT

SAMPLE = ROOT / "tests" / "data" / "ged_extract.csv"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def imported(temporary: Path) -> Dataset:  # noqa: ARG001  # its file lies in that folder
    return of_nobody(SAMPLE)


def of_nobody(path: Path) -> Dataset:
    """An imported table with a list of persons that names nobody, so that a class may read it."""
    return replace(open_table(path), persons=())


def ask_everything(dataset: Dataset) -> None:
    """Each question whose answer is kept."""
    chosen = Selection(text="Shushi")
    search.understand(dataset, "Stepanakret")
    facets(dataset, chosen)
    values_of(dataset, "sources")
    words.summarise(dataset, chosen)
    counting.selection_mask(dataset, chosen)
    ranked(dataset, Selection())
    marks.schemes(dataset)
    voices.harmed(dataset, chosen)
    silence.unreported_incidents(dataset, chosen, next(iter(dataset.sources)))
    compare.incidents(dataset, chosen, compare.Pair("sides", ("armenian",), ("azerbaijani",)))
    data.carried(dataset)
    if dataset.persons is not None:
        data.for_class("token", dataset)


def live_datasets() -> list[Dataset]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, Dataset)]


def tables(dataset: Dataset) -> list[str]:
    with dataset.reports.get_backend().con.cursor() as cursor:
        return [name for (name,) in cursor.execute("SHOW TABLES").fetchall()]


def test_a_dataset_dies_with_all_that_was_worked_out_for_it(table_copy: Path) -> None:
    dataset = load(table_copy)
    ask_everything(dataset)
    engine = weakref.ref(dataset.reports.get_backend())
    gone = weakref.ref(dataset)
    del dataset
    gc.collect()
    assert gone() is None
    assert engine() is None


@pytest.mark.usefixtures("temporary")
def test_a_dropped_dataset_closes_its_connection_at_once() -> None:
    dataset = open_table(SAMPLE)
    connection = dataset.reports.get_backend().con
    del dataset
    with pytest.raises(Exception, match="closed"):
        connection.execute("SELECT 1")


def test_the_temporary_file_of_an_imported_table_goes_with_its_dataset(temporary: Path) -> None:
    dataset = open_table(SAMPLE)
    ask_everything(dataset)
    assert len(list(temporary.iterdir())) == 1
    del dataset
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_a_class_room_leaves_no_table_behind(imported: Dataset) -> None:
    before = tables(imported)
    classroom = suitable(imported)
    assert len(tables(imported)) == len(before) + 1
    del classroom
    gc.collect()
    assert tables(imported) == before


def test_a_class_room_outlives_the_dataset_it_was_made_of(temporary: Path) -> None:
    dataset = of_nobody(SAMPLE)
    classroom = suitable(dataset)
    expected = dataset.size
    del dataset
    gc.collect()
    assert classroom.size == expected
    assert len(list(temporary.iterdir())) == 1
    del classroom
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_four_sessions_that_enter_class_mode_at_once_share_one_class_room(imported: Dataset) -> None:
    before = len(tables(imported))
    together = threading.Barrier(4)

    def enter(_: int) -> Dataset:
        together.wait()
        return data.for_class("token", imported)[0]

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(enter, range(4)))
    assert len({id(one) for one in made}) == 1
    assert len(tables(imported)) == before + 1


@pytest.mark.slow
@pytest.mark.heavy
def test_eight_edits_of_a_table_leave_one_dataset_one_engine_and_one_file(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen = Path(shutil.copy(SAMPLE, tmp_path / "table.csv"))
    monkeypatch.setenv("ATTEST_EVENTS", str(on_screen))
    others, dataset = len(live_datasets()), None
    for edit in range(8):
        del dataset
        os.utime(on_screen, ns=(edit * 10**9, edit * 10**9))
        dataset, _, faults = data.current()
        assert dataset is not None
        assert faults == ()
        ask_everything(dataset)
        assert id(dataset) in {id(one) for one in live_datasets()}
        assert len(live_datasets()) == others + 1
        assert len(list(temporary.iterdir())) == 1


def test_callers_of_one_answer_wait_for_one_computation(imported: Dataset) -> None:
    counted: list[str] = []

    @remembered(most=2)
    def slow(_: Dataset, asked: str) -> object:
        counted.append(asked)
        time.sleep(0.05)
        return object()

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(lambda _: slow(imported, "a"), range(8)))
    assert len(answers) == 1
    assert counted == ["a"]


def test_the_answer_asked_for_longest_ago_goes_first(imported: Dataset) -> None:
    counted: list[str] = []

    @remembered(most=2)
    def answer(_: Dataset, asked: str) -> str:
        counted.append(asked)
        return asked.upper()

    assert [answer(imported, asked) for asked in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert counted == ["a", "b", "c", "b"]


def test_an_error_is_told_and_not_kept(imported: Dataset) -> None:
    counted: list[str] = []

    @remembered(most=2)
    def fails_once(_: Dataset, asked: str) -> str:
        counted.append(asked)
        if len(counted) == 1:
            raise ValueError(asked)
        return asked

    with pytest.raises(ValueError, match="a"):
        fails_once(imported, "a")
    assert fails_once(imported, "a") == "a"


@pytest.mark.heavy
def test_a_slow_question_keeps_no_other_waiting(imported: Dataset) -> None:
    other = open_table(SAMPLE)
    counter = ibis.range(0, 10_000_000).unnest().name("n").as_table()
    slow = counter.aggregate(total=(counter.n.sin() * counter.n.cos()).sum())
    started, done = threading.Event(), threading.Event()

    def ask_slowly() -> None:
        started.set()
        imported.fetch(slow)
        done.set()

    asker = threading.Thread(target=ask_slowly)
    asker.start()
    started.wait()
    time.sleep(0.1)
    quick = [one.fetch(one.reports.aggregate(n=one.reports.count()))["n"][0].as_py() for one in (imported, other)]
    sizes = [imported.size, other.size]
    was_first = not done.is_set()
    asker.join()
    assert quick == sizes
    assert was_first, "both were answered while the slow one went on"
