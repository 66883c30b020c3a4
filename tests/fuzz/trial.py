"""One case made, opened, carried further, and judged."""

from __future__ import annotations

import re
import shutil
import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from geodata.count import facets
from geodata.exports.csv import to_csv
from geodata.exports.geojson import to_geojson
from geodata.exports.html import to_html
from geodata.exports.kml import to_kml
from geodata.exports.parquet import to_parquet
from geodata.exports.xlsx import to_xlsx
from geodata.lessons import check, read_all
from geodata.model.faults import Fault, InvalidData
from geodata.model.selection import Selection
from geodata.store import classroom
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.tell import words
from geodata.timemap import marks
from tests.fuzz.case import Case
from tests.fuzz.counts import records
from tests.fuzz.files import KINDS

HANG = 120
"""Seconds after which a case is given up: a guard against one that never ends, and no measure of anything."""

EXPORTS = (to_csv, to_geojson, to_kml, to_parquet, to_xlsx)

WHOLE = (
    "is empty", "is not UTF-8", "UTF-16", "zero byte", "has a header and no rows", "has no rows", "is a broken",
    "no kind of table", "names columns and has no row", "is not JSON", "no list of", "holds lists within lists",
    "no rows below", "of one table", "can be told apart", "colours",
)  # fmt: skip
"""What is said of a file as a whole, so that no line can be named."""


@dataclass(frozen=True)
class Result:
    """What became of a case: ``outcome`` is opened, refused or one of `WRONG`; ``why`` is the fault, or the refusal."""

    kind: str
    number: int
    outcome: str
    why: str = ""
    is_placed: bool = True
    """Whether each fault of the refusal has a line or a column."""

    @property
    def is_wrong(self) -> bool:
        return self.outcome in WRONG


TRACEBACK, LOST, UNTOLD = WRONG = ("traceback", "rows lost", "badly told")
"""What must not become of a case: an error that nobody declared, a row that is gone without a word, a refusal that does
not say where."""


class Hangs(Exception):
    """A case that did not end."""


def run(
    seed: int, number: int, folder: Path, kept: Path, kinds: Sequence[str] = (*KINDS,), *, carried: float = 1
) -> Result:
    """Makes a case in ``folder``, which it empties, and judges it. A wrong one is copied to ``kept``.

    ``carried`` is the share of loaded tables that are carried further.
    """
    random = Random(f"{seed}:{number}")
    kind = random.choices(kinds, [KINDS[name][0] for name in kinds])[0]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    case = KINDS[kind][1](random, folder)
    try:
        with _guarded():
            result = _judged(kind, number, case, random, carried)
    except Exception:  # what no reader declared: the very thing that is sought
        result = Result(kind, number, TRACEBACK, traceback.format_exc())
    if result.is_wrong:
        shutil.copytree(folder, kept / f"{kind.replace(' ', '-')}-{seed}-{number}", dirs_exist_ok=True)
    return result


def _judged(kind: str, number: int, case: Case, random: Random, carried: float) -> Result:
    try:
        dataset = open_table(case.path, strict=random.random() < 0.5)
        if case.file.endswith(".md"):
            lessons, faults = read_all(case.path / "lessons", dataset.case)
            if faults:
                raise InvalidData(faults)
            for lesson in lessons:
                check(lesson, dataset)
    except InvalidData as refusal:
        if unnamed := [fault for fault in refusal.faults if not fault.file or not fault.message]:
            return Result(kind, number, UNTOLD, f"a fault without its file: {unnamed}")
        placed = all(fault.line or fault.column for fault in refusal.faults)
        if not placed and (strange := [str(fault) for fault in refusal.faults if not _is_placed(fault)]):
            return Result(kind, number, UNTOLD, f"a fault without its line: {strange}")
        return Result(kind, number, "refused", str(refusal), placed)
    if lost := _lost(dataset, case):
        return Result(kind, number, LOST, lost)
    if random.random() < carried:
        _carried_further(dataset, random)
    return Result(kind, number, "opened")


def _is_placed(fault: Fault) -> bool:
    return bool(fault.line or fault.column) or any(words in fault.message for words in WHOLE)


def _lost(dataset: Dataset, case: Case) -> str:
    """Which rows are neither shown nor set aside."""
    for opening in dataset.openings:
        if opening.rows != opening.shown + len(opening.set_aside):
            return f"{opening.rows} rows, {opening.shown} shown, {len(opening.set_aside)} set aside"
        if not all(row["reason"] for row in opening.set_aside.to_pylist()):
            return "a row is set aside without a reason"
        if opening.mapping and len(dataset.fetch(dataset.reports.select("telling").distinct())) != opening.shown:
            return "rows shown without a report"
    [opening] = [one for one in dataset.openings if one.file == (case.file or case.path.name)] or [None]
    if opening is None:  # the case's description, or a lesson
        return ""
    notes = " ".join(opening.notes)
    blank = sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) wholly empty rows?", notes))
    above = sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:lines?|rows?) above", notes))
    above += len(re.findall("the (?:line|row) above", notes)) + ("HXL tags" in notes)
    is_named = "names the columns: they" not in notes
    if case.rows is not None and not case.rows - above <= opening.rows <= case.rows + (not is_named):
        return f"{case.rows} rows in the file, {opening.rows} counted: {notes}"
    counted = records(case.path) if case.path.is_file() else None
    if counted is None:
        return ""
    # A workbook's blank rows are in no count of ours, and what stands above its header may be blank.
    least, most = (counted - above, counted + (not is_named)) if case.path.suffix == ".xlsx" else (counted, counted)
    told = opening.rows + (0 if case.path.suffix == ".xlsx" else blank)
    return "" if least <= told <= most else f"another reader counts {counted} rows, {told} are told of: {notes}"


def _carried_further(dataset: Dataset, random: Random) -> None:
    """What a reader does with a table: the map, the filters, the sentence, a window, two exports, the class."""
    marks.columns(dataset, dataset.fetch(dataset.reports.order_by("row")))
    everything = Selection()
    facets.facets(dataset, everything)
    day = Selection(first=date(2020, 10, 1), last=date(2020, 10, 31))
    for chosen in (everything, day):
        words.sentence(words.summarise(dataset, chosen), chosen)
    for export in (*random.sample(EXPORTS, 2), *([to_html] if random.random() < 0.05 else [])):
        assert export(dataset, everything)
    try:
        suitable = classroom.suitable(dataset)
    except classroom.Closed:
        assert dataset.persons is None
    else:
        assert not any(suitable.fetch(suitable.reports.select("graphic"))["graphic"].to_pylist())


@contextmanager
def _guarded() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANG)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
