"""On which line of its file each row begins: what is kept is only where a row is no single line."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]


class Lines:
    """The lines of rows that are counted from 1, empty ones among them, of which the first begins on ``first``."""

    def __init__(self, first: int = 1) -> None:
        self.first = first
        self._at, self._further = array("q"), array("q")
        """From which row on how many lines more than one a row were passed."""

    def begin(self, position: int, line: int) -> None:
        """Row ``position`` begins on this line; rows are told of in order."""
        further = line - self.first - position + 1
        if further != (self._further[-1] if self._further else 0):
            self._at.append(position)
            self._further.append(further)

    def widen(self, positions: Places, more: Places) -> None:
        """Rows at these positions have so many lines more than one; they are told of in order."""
        before = self._further[-1] if self._further else 0
        self._at.extend((positions + 1).tolist())
        self._further.extend((before + np.cumsum(more)).tolist())

    @property
    def passed(self) -> int:
        """Lines more than one a row that were passed so far."""
        return self._further[-1] if self._further else 0

    def of(self, numbers: Sequence[int], empty: Sequence[int]) -> list[int]:
        """The lines of rows by their numbers, which leave out the ``empty`` rows at these positions."""
        positions = positions_of(numbers, empty)
        place = np.searchsorted(np.frombuffer(self._at, np.int64), positions, "right")
        further = np.concatenate([[0], np.frombuffer(self._further, np.int64)])[place]
        lines: list[int] = (self.first + positions - 1 + further).tolist()
        return lines


def positions_of(numbers: Sequence[int], empty: Sequence[int]) -> Places:
    """The positions among all rows of rows by their numbers, which leave out the ``empty`` rows at these positions."""
    given = np.asarray(numbers, np.int64)
    filled_before = np.sort(np.asarray(empty, np.int64)) - 1 - np.arange(len(empty))
    positions: Places = given + np.searchsorted(filled_before, given)
    return positions
