"""What the makers of files share: the file that they hand over, and how often one is damaged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz.cells import broken
from tests.server import ROOT

SMALL = ROOT / "tests" / "data" / "small"

BROKEN = 0.25
"""The share of files whose bytes are changed too: how many rows such a file has its maker cannot say."""


@dataclass(frozen=True)
class Case:
    """A file to be opened. ``rows`` counts those that its maker wrote, ``None`` where it cannot say."""

    path: Path
    rows: int | None
    file: str = ""
    """The table of a case's folder that was mutated."""


def put(random: Random, path: Path, content: bytes) -> bool:
    """Writes a file, some of them broken; whether this one is."""
    is_broken = random.random() < BROKEN
    path.write_bytes(broken(random, content) if is_broken else content)
    return is_broken
