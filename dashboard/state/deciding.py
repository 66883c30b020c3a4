"""What is decided on the places of a table of others: kept with the table, and what the session changes before that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.state import beside, data, opened, rights
from geodata.store.dataset import Dataset
from geodata.store.geocoding import decisions
from geodata.store.geocoding.columns import Key
from geodata.store.geocoding.decisions import Decision
from geodata.store.opening import Progress, unseen

_KEY = "place_changes"

WHO = "decided_by"
"""The key of the field that says who decides."""

Changes = dict[Key, Decision | None]
"""Decisions that are not put in yet, by named place; ``None`` takes a kept one back."""


@dataclass(frozen=True)
class Deciding:
    """The decisions on places of one table as they stand, by named place, and the table's file."""

    table: Path
    stand: Mapping[Key, Decision]

    @property
    def made(self) -> list[Decision]:
        return [*self.stand.values()]


def path_of(dataset: Dataset, name: str) -> Path:
    """The file of a table of others, by its name in ``dataset.own``."""
    if own := opened.own():
        return own.path
    folder = data.folder()
    return folder / dataset.case.tables[name].file if folder and name else data.path()


def is_upload() -> bool:
    """Whether the table on screen is kept in memory alone."""
    own = opened.own()
    return own is not None and own.is_upload


def kept(table: Path) -> list[Decision]:
    """The decisions with which the table was read. Raises `InvalidData` for a faulty file beside it."""
    own = opened.own()
    if own and own.decisions is not None:
        return [*own.decisions]
    return decisions.read(decisions.path_beside(table))


def changes(table: Path) -> Changes:
    """What the session has changed since; to be read alone."""
    every: dict[Path, Changes] = st.session_state.get(_KEY, {})
    return every.get(table, {})


def now(table: Path) -> Deciding:
    """The decisions as they stand: those kept, with the changes of the session. Raises as `kept`."""
    return Deciding(table, _changed(kept(table), changes(table)))


def _changed(earlier: Iterable[Decision], later: Changes) -> dict[Key, Decision]:
    stand = {decision.named.key: decision for decision in earlier} | later
    return {key: decision for key, decision in stand.items() if decision is not None}


def by() -> str:
    """Who decides: who is signed in, else as the reader wrote it."""
    if rights.is_by_sign_in():
        return rights.who()
    return str(st.session_state.get(WHO, "")).strip()


def decide(table: Path, made: Iterable[Decision]) -> None:
    """Takes decisions; a later one on the same place takes the place of an earlier one."""
    _change(table, {decision.named.key: decision for decision in made})


def take_back(table: Path, key: Key) -> None:
    """Leaves a place undecided."""
    _change(table, {key: None})


def forget(table: Path) -> None:
    """Drops what the session has changed."""
    st.session_state.get(_KEY, {}).pop(table, None)


def _change(table: Path, changed: Changes) -> None:
    st.session_state.setdefault(_KEY, {}).setdefault(table, {}).update(changed)


def put_in(table: Path, progress: Progress = unseen) -> None:
    """Keeps the decisions and has the table read again: beside it, or for an uploaded one in the session.

    Raises `writing.Unwritten` where the file cannot be written, `InvalidData` where a file cannot be read any more.
    """
    if is_upload():
        made = now(table).made
    else:  # another session may have written the file since the page was drawn
        changed = changes(table)
        made = beside.put_decisions(table, lambda earlier: _changed(earlier, changed).values(), len(changed))
        # The table that all sessions share is read again by itself.
    if opened.own():
        opened.read_again(made, progress)
    forget(table)
