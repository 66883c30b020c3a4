"""The argument of every page: the table on screen, the selection, and how marks are coloured and places named."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.model.names import LABEL
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.timemap import marks

COLOUR = "side"
"""The way to colour with which the dashboard opens, where the table has it."""


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
    """The table, the selection and the look of a single run of the script. ``token`` changes with the table.

    ``typed`` is the text of the search as the reader wrote it; ``chosen`` has it in the spelling that was found.
    """

    dataset: Dataset
    token: str
    chosen: Selection
    look: Look
    typed: str

    @property
    def asked(self) -> Selection:
        """The filters as the session has them, the text of the search as it was typed."""
        return self.chosen.having(text=self.typed)


def first_colour(dataset: Dataset) -> str:
    """The way to colour with which the dashboard opens on a table."""
    ways = marks.schemes(dataset)
    return COLOUR if COLOUR in ways else next(iter(ways))
