"""The table of one session: uploaded in the page, or read with a mapping that the reader changed. Kept in memory."""

from __future__ import annotations

import hashlib
import secrets
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from dashboard.state import data, rights
from geodata.model.faults import Fault, InvalidData, reason
from geodata.model.mapping import TableMapping
from geodata.store import temporary
from geodata.store.dataset import Dataset
from geodata.store.geocoding.decisions import Decision
from geodata.store.importers import read_table
from geodata.store.opening import Progress, unseen

_KEY = "opened_table"

_BY_TOKEN: weakref.WeakValueDictionary[str, Dataset] = weakref.WeakValueDictionary()
"""The datasets of sessions, for the route that hands the browser its table. A dataset goes with its session."""


@dataclass(eq=False)
class Opened:
    """A table that only this session sees. ``path`` is a copy in a folder of its own, or the file that is open."""

    path: Path
    dataset: Dataset
    token: str
    is_upload: bool
    decisions: tuple[Decision, ...] | None = None
    """What was decided on places of an upload; ``None`` for a file of this machine, which has them beside it."""
    folder: object = field(repr=False, default=None)
    """What removes the copy once the session lets go of it."""


class Folder:
    """A temporary folder for files that a reader uploads; it is removed with the object."""

    def __init__(self) -> None:
        self._folder: temporary.Folder | None = None

    def keep(self, name: str, content: bytes) -> Path:
        """Writes the file and returns its path. Raises `InvalidData` where the disk does not take it, or the reader may
        hand in no file.
        """
        own = Path(name).name or "table"
        if not rights.may("upload"):
            raise InvalidData([Fault(own, 0, "", rights.REASONS["upload"])])
        try:
            self._folder = self._folder or temporary.Folder()
            path = self._folder.path / own
            path.write_bytes(content)
        except OSError as error:
            raise InvalidData([Fault(own, 0, "", f"cannot be kept while it is read: {reason(error)}")]) from error
        return path


def current(progress: Progress = unseen) -> tuple[Dataset | None, str, tuple[Fault, ...]]:
    """As `data.current`, but the session's own table where it has one."""
    opened: Opened | None = st.session_state.get(_KEY)
    return (opened.dataset, opened.token, ()) if opened else data.current(progress)


def own() -> Opened | None:
    """The session's own table, if it has one."""
    opened: Opened | None = st.session_state.get(_KEY)
    return opened


def named(token: str) -> Dataset | None:
    """The dataset of a session's token, or of one of `data`; ``None`` where it is gone."""
    return _BY_TOKEN.get(token) or data.named(token)


def ask_first(dataset: Dataset) -> None:
    """Where a table leaves something to be settled, the page on which it is asked is the first one, once a session.

    Only who may settle it is asked.
    """
    if (
        rights.may("mend")
        and any(opening.questions for opening in dataset.openings)
        and "was_asked" not in st.session_state
    ):
        st.session_state["was_asked"] = True
        if "page" not in st.query_params:
            st.session_state["page"] = "table"


def upload(name: str, content: bytes, progress: Progress = unseen) -> None:
    """Opens an uploaded file for this session. Raises `InvalidData`; the table on screen then stays."""
    folder = Folder()
    _show(folder.keep(name, content), None, folder, progress, ())


def read_with(mapping: TableMapping, progress: Progress = unseen) -> None:
    """Reads the table on screen again with another mapping, for this session. Raises `InvalidData`, also where the
    reader may not.
    """
    if not rights.may("mend"):
        raise InvalidData([Fault(data.path().name, 0, "", rights.REASONS["mend"])])
    opened = own()
    if opened:
        _show(opened.path, mapping, opened.folder, progress, opened.decisions)
    else:
        _show(data.path(), mapping, None, progress, None)


def read_again(decisions: Sequence[Decision], progress: Progress = unseen) -> None:
    """Reads the session's own table again; an upload with these decisions on places. Raises `InvalidData`."""
    opened = own()
    assert opened is not None
    given = tuple(decisions) if opened.is_upload else None
    _show(opened.path, opened.dataset.openings[0].mapping, opened.folder, progress, given)


def close() -> None:
    """Goes back to the table that the program was started with."""
    st.session_state.pop(_KEY, None)
    _forget_view()


def _show(
    path: Path,
    mapping: TableMapping | None,
    folder: object,
    progress: Progress,
    decisions: tuple[Decision, ...] | None,
) -> None:
    dataset = read_table(path, mapping, decisions=decisions, progress=progress)
    token = hashlib.sha256(f"{data.STARTED}{path}{secrets.token_hex(8)}".encode()).hexdigest()[:16]
    _BY_TOKEN[token] = dataset
    st.session_state[_KEY] = Opened(path, dataset, token, decisions is not None, decisions, folder)
    _forget_view()


def _forget_view() -> None:
    """The filters of the table before do not fit the next one: its opening view is taken up anew."""
    for key in ("restored", "incident", "was_asked"):
        st.session_state.pop(key, None)
