"""The table on screen: read again when a file changes; a change with faults leaves the last good table in place.

Where there is no last good one, the table opens without the rows that have a fault.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import secrets
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, urlencode

import streamlit as st

from dashboard.state import rights, watching
from dashboard.state.faults import told
from dashboard.state.view import first_colour
from dashboard.state.watching import Shorter, Stamp
from geodata import timemap
from geodata.count import facets, part
from geodata.model import address
from geodata.model.faults import Fault, InvalidData
from geodata.model.selection import Selection, opening
from geodata.store import case_file, classroom, distant
from geodata.store.answering import Unanswered
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset
from geodata.store.geocoding.table_columns import tables_to_place
from geodata.store.importers import open_table
from geodata.store.opening import Progress, unseen
from geodata.tell import words
from geodata.timemap import far, marks

CASE, EVENTS = "ATTEST_CASE", "ATTEST_EVENTS"
"""Environment variables that name what is opened in place of the shipped case: the folder of a case, or a table."""

FOR_CLASS = "-class"
"""The end of the token of the class room's table."""

STARTED = secrets.token_hex(16)
"""Part of every token, random for each start of the server: a table that a browser cached from another version of the
program is then never used, and nobody guesses one."""


@dataclass
class _Shelf:
    """The last reading of a path: the dataset on screen, the present faults, and the files' stamp."""

    stamp: Stamp = ()
    shorter: tuple[Shorter, ...] = ()
    """The files that hold fewer rows now; ``dataset`` is the one before until a reader says that they are meant so."""
    accepted: Stamp = ()
    """The stamp of files that a reader said to be meant so."""
    dataset: Dataset | None = None
    """The last without faults; where there was none, the files as they are, without their faulty rows."""
    is_partial: bool = False
    """Whether ``dataset`` is without faulty rows of the files as they are."""
    token: str = ""
    faults: tuple[Fault, ...] = ()
    asked: float = 0.0
    """When an engine was last asked for the version of its table, by the clock of ``time.monotonic``."""
    lock: Lock = field(default_factory=Lock)


def path() -> Path:
    """The case's folder or the table that the program was started with; of a table in an engine its name."""
    if distant.is_url(_given()):
        return Path(distant.address(_given()).table)
    # `Path.resolve` raises for a link that leads to itself.
    return Path(os.path.realpath(_given()))


def _given() -> str:
    return os.environ.get(CASE) or os.environ.get(EVENTS) or str(case_file.shipped_case())


def folder() -> Path | None:
    """The folder of the case on screen; none for a table alone."""
    if distant.is_url(_given()):
        return None
    return case_file.folder_of(path())


_SHELVES: dict[str, _Shelf] = {}


def _shelf() -> _Shelf:
    """That of the path as it was given: a link that leads elsewhere now is the same table, changed."""
    given = _given() if distant.is_url(_given()) else str(Path(_given()).absolute())
    if given not in _SHELVES and not distant.is_url(given):
        watching.clear(path())
    return _SHELVES.setdefault(given, _Shelf())


def current(progress: Progress = unseen) -> tuple[Dataset | None, str, tuple[Fault, ...]]:
    """The dataset on screen, a token that changes with it, and the faults of the files as they are now.

    It is the last good dataset; where there was none, that of the rows without a fault.
    """
    opened = path()
    shelf = _shelf()
    with shelf.lock:
        if shelf.stamp != (stamp := _stamp(opened, shelf)):
            _read(shelf, opened, stamp, progress)
            shelf.stamp = stamp
        return shelf.dataset, shelf.token, shelf.faults


ASKED_EVERY = 15.0
"""Seconds between two questions to an engine whether its table was prepared again."""


def _stamp(opened: Path, shelf: _Shelf) -> Stamp:
    """The mark of the files, or the version of a table in an engine, which is asked now and then.

    An engine that does not answer changes nothing: the last good table stays. Raises `Unanswered` where there is none.
    """
    if not distant.is_url(_given()):
        return watching.stamp(opened)
    if shelf.stamp and time.monotonic() < shelf.asked + ASKED_EVERY:
        return shelf.stamp
    shelf.asked = time.monotonic()
    try:
        return (str(opened), distant.version(_given()))
    except (Unanswered, InvalidData):
        if shelf.dataset is None:
            raise
        return shelf.stamp


def _opened(path: Path, progress: Progress) -> Dataset:
    if distant.is_url(_given()):
        return distant.opened(_given(), progress)
    return open_table(path, base=lambda dataset: far.base(dataset, first_colour(dataset)), progress=progress)


def _read(shelf: _Shelf, path: Path, stamp: Stamp, progress: Progress) -> None:
    """Puts what the files hold now on the shelf, unless they have faults or hold less than the last good ones."""
    token = hashlib.sha256(repr((STARTED, stamp)).encode()).hexdigest()[:16]
    shelf.shorter = ()
    try:
        dataset = _opened(path, progress)
    except InvalidData as error:
        shelf.faults = error.faults
        # What is wrong with a file as a whole is wrong of each of its rows: it is not read once more.
        if (shelf.dataset is None or shelf.is_partial) and any(fault.line for fault in error.faults):
            shelf.dataset = _without_faulty_rows(path)
            shelf.token, shelf.is_partial = token, shelf.dataset is not None
        return
    except Unanswered:
        raise
    except Exception:  # of any kind: what a reader finds first and what it finds then may fit no more
        if watching.stamp(path) == stamp:
            raise
        shelf.faults = (Fault(path.name, 0, "", "is being written while it is read; it is read again with a click"),)
        return
    shelf.faults = ()
    if shelf.dataset and not shelf.is_partial and stamp != shelf.accepted:
        shelf.shorter = watching.shorter(shelf.dataset.openings, dataset.openings)
    if not shelf.shorter:
        shelf.dataset, shelf.token, shelf.is_partial = dataset, token, False


def _accept() -> None:
    """Has the files shown as they are now, for all sessions. A file that has changed since is asked about anew."""
    if not rights.may_accept():
        return
    shelf = _shelf()
    with shelf.lock:
        shelf.accepted, shelf.stamp = shelf.stamp, ()


def _without_faulty_rows(path: Path) -> Dataset | None:
    """The table without its faulty rows; ``None`` where it has faults of another kind, which the page tells anyway."""
    if distant.is_url(_given()):
        return None
    try:
        return open_table(path, strict=False)
    except InvalidData:
        return None


@remembered(most=1)
def carried(dataset: Dataset) -> bytes:
    """The part of a dataset that no filter changes; the browser fetches it once. See `geodata.timemap.packed`.

    Of a large table that is no row: the map asks for cells, see `geodata.timemap.far`.
    """
    if dataset.is_large:
        return timemap.packed(far.empty(dataset), marks.fixed(dataset) | {"details": None, "isLarge": True})
    reports = dataset.reports.order_by("row")
    rows = dataset.fetch(reports.select(*marks.columns_read(dataset), "place_id", "place_label"))
    columns = marks.columns(dataset, rows)
    if len(columns) <= marks.MOST_DETAILS:
        texts: dict[str, object] = {"details": marks.details(dataset, dataset.fetch(reports))}
    else:
        texts = {"details": None, "areas": marks.area_names(dataset, columns, rows)}
    return timemap.packed(columns, marks.fixed(dataset) | texts)


@cache
def engine() -> str:
    """The map's script with its style, as one ES module."""
    style = f"const STYLE = {json.dumps(timemap.style())};"
    return "\n".join((timemap.leaflet_script(), timemap.script("streamlit_engine"), style))


@cache
def packed_engine() -> bytes:
    """The map's script, packed with gzip."""
    return gzip.compress(engine().encode(), mtime=0)


@cache
def engine_address() -> str:
    """Where the script is served, below the page's own address. It changes with the script."""
    return f"attest/{hashlib.sha256(engine().encode()).hexdigest()[:12]}/engine.js"


def table_address(token: str) -> str:
    """Where the table of ``token`` is served, below the page's own address."""
    return f"attest/{token}/table"


def file_address(token: str, ending: str) -> str:
    """Where a file of the table of ``token`` is served as it is written, below the page's own address."""
    return f"attest/{token}/file/{ending}"


def for_class(token: str, dataset: Dataset) -> tuple[Dataset, str]:
    """The table of the class room and its token: no graphic row, no name of a private person. Made once a dataset.

    Raises `classroom.Closed` where the table has no list of persons.
    """
    return _for_class(dataset), f"{token}{FOR_CLASS}"


_for_class = remembered(most=1)(classroom.suitable)


PART = ".part."
"""Stands in the token of a part of a large table, before the query of the selection that leaves it, in base64."""


def of_part(token: str, dataset: Dataset, chosen: Selection) -> tuple[Dataset, str]:
    """The part of a large table that a selection leaves, and its token. Raises ``ValueError`` where it is too large."""
    at_first = opening(dataset.case, dataset.missing)
    query = urlencode(address.written(chosen, at_first), doseq=True)
    return part.of(dataset, chosen), f"{token}{PART}{base64.urlsafe_b64encode(query.encode()).decode()}"


def named(token: str) -> Dataset | None:
    """The dataset of a token of `current`, `for_class` or `of_part`; ``None`` where the table has changed since."""
    if PART in token:
        return _named_part(*token.split(PART, 1))
    dataset, latest, _ = current()
    if dataset is None or latest != token.removesuffix(FOR_CLASS):
        return None
    if not token.endswith(FOR_CLASS):
        return dataset
    return None if dataset.persons is None else for_class(latest, dataset)[0]


def _named_part(token: str, text: str) -> Dataset | None:
    dataset = named(token)
    if dataset is None or not dataset.is_large:
        return None
    try:
        asked = parse_qs(base64.urlsafe_b64decode(text.encode()).decode(), keep_blank_values=True)
        return part.of(dataset, address.read(lambda name: asked.get(name, ()), opening(dataset.case, dataset.missing)))
    except ValueError:  # it was written by hand, or leaves too many reports
        return None


def warm(progress: Progress = unseen) -> Dataset | None:
    """Reads the table and prepares what every session shares. Returns the dataset; ``None`` where it has faults."""
    dataset, _, _ = current(progress)
    if dataset is not None:
        carried(dataset)
        packed_engine()
        engine_address()
        at_first = opening(dataset.case, dataset.missing)
        facets.facets(dataset, at_first)
        words.summarise(dataset, at_first)
        tables_to_place(dataset)
        if dataset.is_large:
            far.world(dataset, at_first, first_colour(dataset))
    return dataset


def show_faults(faults: tuple[Fault, ...]) -> None:
    """Every fault as plain text, and what is on screen meanwhile."""
    if not faults:
        return
    number = f"{len(faults)} faults" if len(faults) > 1 else "a fault"
    shelf = _shelf()
    if shelf.is_partial:
        meanwhile = "The rows that have a fault, or refer to one that has, are set aside; what you see is the others"
    elif shelf.dataset is not None:
        meanwhile = "What you see is the last table without faults"
    else:
        meanwhile = "It cannot be shown as it is"
    st.error(
        f"The table has {number}. {meanwhile}. Mend the lines below and the page follows.", icon=":material/warning:"
    )
    with st.container(height=200 if len(faults) > 5 else "content"):
        st.text(told(faults))


def show_shorter() -> None:
    """Which files hold fewer rows than what is on screen, and the button that shows them all the same."""
    if not (found := _shelf().shorter):
        return
    st.warning(
        "A file holds less than before: it is being written, was cut off, or rows were taken out. What you see is the "
        "table before that.",
        icon=":material/warning:",
    )
    st.text("\n".join(map(str, found)))
    if rights.may_accept():
        st.button("Show it as it is now", key="accept_shorter", on_click=_accept)
    else:
        st.caption("Here only an editor, or a new start of the dashboard, shows it as it is now.")
