"""What kind of layer a file is, by its content: features of one of many forms, a scanned map, or tiles."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from geodata.model.layers import CaseLayer
from geodata.model.text import listed
from geodata.store import temporary
from geodata.store.layers import vector
from geodata.store.layers.layer import MOST_BYTES, Layer, Picture, Unfit, is_part
from geodata.store.readers import form

PICTURES = {b"II*\0": "GTiff", b"MM\0*": "GTiff", b"II+\0": "GTiff", b"MM\0+": "GTiff", b"\x89PNG": "PNG",
            b"\xff\xd8\xff": "JPEG"}  # fmt: skip
"""GDAL's drivers of pictures by the first bytes."""

MOST_MEMBERS = 2_000
"""Files of a zip that are looked through."""

LONGEST_ENTRY, LONGEST_END = 1_000, 65_536 + 22
"""Bytes of one file in the list of a zip, and of what stands after that list (APPNOTE 4.3.16)."""

TOO_MANY = f"holds more than {MOST_MEMBERS:,} files; unpack it, and name the file of the layer"

FEATURES = (".shp", ".kml", ".geojson", ".gpkg", ".fgb")
"""Endings of the files of a zip that may be the layer."""

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
        if head.startswith(b"PK") and _listing(path) > MOST_MEMBERS * LONGEST_ENTRY:
            raise Unfit(TOO_MANY)
        content = _features(path)
    if isinstance(content, Picture):
        return Layer(number, record, "image", picture=content, notes=tuple(notes), limits=tuple(limits)), ()
    features, notes, simplified, wrong = vector.features(record, content)
    kind = vector.kind_of(features)
    return Layer(number, record, kind, tuple(features), None, tuple(notes), (*limits, *simplified)), tuple(wrong)


def _features(path: Path, *, is_inside: bool = False) -> vector.Found:
    try:
        kind = form.form_of(path)
    except form.Unreadable as error:
        raise Unfit(f"{error}; a layer is {KNOWN}") from error
    if kind == "zip" and is_inside:
        raise Unfit("holds a zip within; unpack it, and name the file")
    if kind == "zip":
        return _unpacked(path)
    if kind not in vector.READERS:
        raise Unfit(f"is no layer but {kind}; a layer is {KNOWN}")
    return vector.read(path, kind)


def _listing(path: Path) -> int:
    """Bytes of the list of files of a zip, which takes seconds to read where it is long; 0 where that is not told."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_END))
        end = file.read()
    at = end.rfind(b"PK\5\6")
    told = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    return 0 if told == 0xFFFFFFFF else told  # told elsewhere: a zip of more than 4 GB, or made as if


def _unpacked(path: Path) -> vector.Found:
    """The one file of features in a zip: a shapefile with its parts, or a KMZ. Nothing else is unpacked."""
    with zipfile.ZipFile(path) as package, temporary.folder() as folder:
        members = [one for one in package.infolist() if not one.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise Unfit(TOO_MANY)
        places = [(PurePosixPath(one.filename), one) for one in members]
        inside = [at for at, _ in places if at.suffix.lower() in FEATURES and "__MACOSX" not in at.parts]
        if len(inside) != 1:
            names = listed([one.name for one in inside]) or "none"
            raise Unfit(f"must hold one file of features (it holds {names}); unpack it, and name the file")
        wanted = [one for at, one in places if at == inside[0] or is_part(at, inside[0])]
        if sum(member.file_size for member in wanted) > MOST_BYTES:
            raise Unfit(f"unpacks to more than {MOST_BYTES // 1_000_000} MB; cut it to what matters")
        try:
            unpacked = [Path(package.extract(one, folder)) for one in wanted]
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
            raise Unfit("is a broken zip, or has a password; pack it again without one") from error
        [file] = [one for one in unpacked if one.suffix.lower() in FEATURES]
        return _features(file, is_inside=True)
