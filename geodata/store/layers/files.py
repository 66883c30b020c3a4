"""The layers of a case: each file of ``case.yaml``'s ``layers`` as features or a picture, and every fault of one.

A fault of a layer never stops the case: the layer is not drawn, and the fault is told with the line of ``case.yaml``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geodata.model.faults import Fault, InvalidData
from geodata.model.layers import MOST_LAYERS, CaseLayer
from geodata.store import case_file
from geodata.store.layers.layer import MOST_BYTES, Layer, Unfit, is_part

MOST_LETTERS = 120
"""Letters of what a library says of a file that it cannot read."""

Stamp = tuple[tuple[str, int, int], ...]


def read(folder: Path) -> tuple[tuple[Layer, ...], tuple[Fault, ...]]:
    """The layers of a case's folder that can be drawn, and the faults of all.

    Raises `InvalidData` where ``case.yaml`` is no YAML.
    """
    records, faults, fields = case_file.layers_of(folder)
    layers = []
    for number, record in records.items():
        try:
            layer, wrong = _read(folder, number, record, _stamp(folder, record))
            layers.append(layer)
        except Unfit as error:
            wrong = (error,)
        faults += [fields.fault(("layers", number - 1, one.field), f"{record.file} {one}") for one in wrong]
    return tuple(layers), tuple(faults)


def files_of(folder: Path) -> tuple[Path, ...]:
    """The files of a case's layers with those that belong to them, such as a shapefile's parts and world files."""
    case = folder / case_file.CASE
    try:
        records = _records(folder, case.stat().st_mtime_ns, case.stat().st_size)
    except (InvalidData, OSError):  # told where the case is read
        return ()
    files = dict.fromkeys(file for record in records for file in _beside(folder, record))
    return tuple(file for file in files if _lies_in(folder, file))


@lru_cache(maxsize=4)
def _records(folder: Path, _: int, __: int) -> tuple[CaseLayer, ...]:
    return tuple(case_file.layers_of(folder)[0].values())


def _beside(folder: Path, record: CaseLayer) -> list[Path]:
    path = folder / record.file
    return [path, *sorted(one for one in path.parent.glob("*") if is_part(one, path))]


def _lies_in(folder: Path, file: Path) -> bool:
    """Whether a file lies in the folder, where links lead too."""
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a name that is too long, a link that leads to itself
        return False


def _stamp(folder: Path, record: CaseLayer) -> Stamp:
    try:
        return tuple(
            (file.name, one.st_mtime_ns, one.st_size)
            for file in _beside(folder, record)
            if file.exists() and (one := file.stat())
        )
    except OSError as error:
        raise Unfit(f"cannot be read ({error.strerror or error})") from error


@lru_cache(maxsize=MOST_LAYERS)  # a case that is read again, for a row has changed, brings no map to Mercator again
def _read(folder: Path, number: int, record: CaseLayer, _: Stamp) -> tuple[Layer, tuple[Unfit, ...]]:
    """A layer, and what is wrong with single features of it. Raises `Unfit` where it cannot be drawn."""
    path = (folder / record.file).absolute()  # no library takes a part of it, such as zip:, for an address
    for one in _beside(folder, record):
        if not _lies_in(folder, one):
            which = "" if one.absolute() == path else f"has {one.name} beside it, which "
            raise Unfit(f"{which}lies outside the folder of the case; copy it there")
    if path.is_dir():
        raise Unfit("is a folder; name a file in it")
    try:
        if not path.exists():
            raise Unfit("is not there; put it back, or take the layer out")
        if (size := path.stat().st_size) > MOST_BYTES:
            raise Unfit(
                f"has {size // 1_000_000:,} MB, and {MOST_BYTES // 1_000_000} can be read; cut it to what matters"
            )
        if not size:
            raise Unfit("is empty; save it again")
        from geodata.store.layers import kinds  # noqa: PLC0415  # most cases have no layers: geopandas takes 0.3 s

        return kinds.of_file(path, number, record)
    except Unfit:
        raise
    except OSError as error:
        raise Unfit(f"cannot be read ({error.strerror or error})") from error
    except Exception as error:  # of the libraries that read, which trust a file more than they should
        what = " ".join(f"{type(error).__name__} {error}".split())[:MOST_LETTERS]
        raise Unfit(f"is broken, or of a form that cannot be read ({what}); save it again") from error
