"""The columns of a table of others that none of ours is read from: kept as written, for cards, exports and filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.model.filters import OWN


@dataclass(frozen=True)
class OwnCategory:
    """A column with few values, by which reports are coloured and filtered; ``labels`` say what values mean."""

    name: str
    values: tuple[str, ...]
    """The most frequent first, blank left out."""
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def column(self) -> str:
        """The column of the reports that holds it."""
        return f"{OWN}{self.name}"

    def label(self, value: str) -> str:
        """A value in words: "1 (state-based conflict)"."""
        meaning = self.labels.get(value)
        return f"{value} ({meaning})" if meaning else value


@dataclass(frozen=True)
class OwnColumns:
    """The other columns of one table. ``table`` is the table of the engine that holds them: ``n``, the row of the file
    from 1, and ``columns``, by the names that the file gives them, the engine's names for them. ``table`` is
    blank where they stay in an engine elsewhere.

    The report whose ``telling`` is ``offset + n`` was read from row n.
    """

    file: str
    table: str
    columns: Mapping[str, str]
    offset: int = 0
    categories: tuple[OwnCategory, ...] = ()
