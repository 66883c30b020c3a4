"""What every page is given: the table on screen, what is chosen of it, and how it is to look."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.model.names import LABEL
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset


@dataclass(frozen=True)
class Look:
    """How marks are coloured (a key of ``marks.schemes``) and places named (a key of ``names.namings``)."""

    colour: str
    naming: str = LABEL


@dataclass(frozen=True)
class View:
    """One run's answer to what the reader asked for. ``token`` changes with the table."""

    dataset: Dataset
    token: str
    chosen: Selection
    look: Look
