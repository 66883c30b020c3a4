"""What kind of layer a file is, by its content: features of one of many forms, a scanned map, or tiles."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from geodata.model.layers import CaseLayer
from geodata.model.text import listed
from geodata.store.layers import vector
from geodata.store.layers.layer import MOST_BYTES, Layer, Picture, Unfit
from geodata.store.readers import form

PICTURES = {b"II*\0": "GTiff", b"MM\0*": "GTiff", b"II+\0": "GTiff", b"MM\0+": "GTiff", b"\x89PNG": "PNG",
            b"\xff\xd8\xff": "JPEG"}  # fmt: skip
"""GDAL's drivers of pictures by the first bytes."""

KNOWN = "GeoJSON, GeoPackage, Shapefile, GeoParquet, KML, GeoTIFF, a picture with a world file, or PMTiles"


def of_file(path: Path, number: int, record: CaseLayer) -> tuple[Layer, tuple[Unfit, ...]]:
    """The layer of a file, and what is wrong with single features of it. Raises `Unfit` where it cannot be drawn."""
    with path.open("rb") as file:
        head = file.read(16)
    driver = next((name for magic, name in PICTURES.items() if head.startswith(magic)), "")
    notes: list[str] = []
    limits: list[str] = []
    if driver:
        from geodata.store.layers import image  # noqa: PLC0415  # a case of lines alone needs no rasterio

        content: vector.Found | Picture
        content, notes, limits = image.read(path, driver, record.crs)
    elif head.startswith(b"PMTiles"):
        from geodata.store.layers import tiles  # noqa: PLC0415  # as above

        content, limits = tiles.read(path)
    else:
        content = _features(path)
    if isinstance(content, Picture):
        return Layer(number, record, "image", picture=content, notes=tuple(notes), limits=tuple(limits)), ()
    features, notes, simplified, wrong = vector.features(record, content)
    kind = vector.kind_of(features)
    return Layer(number, record, kind, tuple(features), None, tuple(notes), (*limits, *simplified)), tuple(wrong)


def _features(path: Path) -> vector.Found:
    try:
        kind = form.form_of(path)
    except form.Unreadable as error:
        raise Unfit(f"{error}; a layer is {KNOWN}") from error
    if kind == "zip":
        return _unpacked(path)
    if kind not in vector.READERS:
        raise Unfit(f"is no layer but {kind}; a layer is {KNOWN}")
    return vector.read(path, kind)


def _unpacked(path: Path) -> vector.Found:
    """The one file of features in a zip: a shapefile with its parts, or a KMZ."""
    with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory(prefix="attest-") as folder:
        if sum(member.file_size for member in package.infolist()) > MOST_BYTES:
            raise Unfit(f"unpacks to more than {MOST_BYTES // 1_000_000} MB; cut it to what matters")
        try:
            package.extractall(folder)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
            raise Unfit("is a broken zip, or has a password; pack it again without one") from error
        inside = [one for one in sorted(Path(folder).rglob("*"))
                  if one.suffix.lower() in (".shp", ".kml", ".geojson", ".gpkg", ".fgb")
                  and "__MACOSX" not in one.parts]  # fmt: skip
        if len(inside) != 1:
            names = listed([one.name for one in inside]) or "none"
            raise Unfit(f"must hold one file of features (it holds {names}); unpack it, and name the file")
        return _features(inside[0])
