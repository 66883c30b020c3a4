"""The argument of every page: the table on screen, the selection, and how marks are coloured and places named."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.model.names import LABEL
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


@dataclass(frozen=True)
class Look:
    """How marks are coloured (a key of ``marks.schemes``) and places named (a key of ``names.namings``).

    ``tiles`` (a key of ``tiles.offered``) are those that the reader has asked a host for, blank for none.
    """

    colour: str
    naming: str = LABEL
    tiles: str = ""


@dataclass(frozen=True)
class View:
    """The table, the selection and the look of a single run of the script. ``token`` changes with the table."""

    dataset: Dataset
    token: str
    chosen: Selection
    look: Look
