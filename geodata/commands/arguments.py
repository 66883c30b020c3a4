"""Arguments that several verbs share, and what is made of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from geodata.formats import Format

if TYPE_CHECKING:
    from geodata.model.case import Case
    from geodata.store.dataset import Dataset
    from geodata.store.temporary import Folder


class Misused(Exception):
    """An argument that only the table can judge, and that it refuses; the message says why."""


def add_table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "events", nargs="?", type=path_or_url, metavar="TABLE",
        help="a table, a folder with a case, a packed case, or the URL of a table that attest publish prepared in an "
        "engine; left out, the case of this folder, else the shipped one",
    )  # fmt: skip


def path_or_url(text: str) -> Path | str:
    """A path, or the URL of a table in an engine as it is: as a path it would lose a stroke."""
    return text if "://" in text else Path(text)


def table_of(given: Path | str | None) -> Path:
    """The file of the table that is meant: ``given`` itself, or ``events.csv`` of the case that it is.

    Raises `Misused` for a table in an engine, which is no file.
    """
    from geodata.store.case_file import EVENTS, shipped_case

    if isinstance(given, str):
        raise Misused("argument TABLE: this needs a file, and a table in an engine is none; attest export makes one")
    if given is None:
        here = Path(EVENTS)
        return here if here.is_file() else shipped_case() / here
    if given.suffix.lower() == ".zip" and given.is_file() and (folder := _unpacked(given)):
        return folder / EVENTS
    return given / EVENTS if given.is_dir() else given


def opened(given: Path | str | None) -> Dataset:
    """The dataset of the table that is meant. What takes longer is told on standard error while it lasts."""
    from geodata.commands.progress import Told
    from geodata.store import distant
    from geodata.store.importers import open_table

    with Told() as told:
        if isinstance(given, str):
            return distant.opened(given, told)
        return open_table(table_of(given), progress=told)


_unpacked_here: list[Folder] = []
"""Folders of packed cases. They go when the program ends."""


def _unpacked(package: Path) -> Path | None:
    """The folder of a packed case, unpacked as long as the program runs; ``None`` for another zip file."""
    try:
        archive = ZipFile(package)
    except BadZipFile as error:
        raise Misused(f"argument TABLE: {package} is no zip file") from error
    from geodata.store import temporary

    with archive:
        names = [name for name in archive.namelist() if name.startswith("case/")]
        if "case/events.csv" not in names:
            return None
        _unpacked_here.append(temporary.Folder())
        archive.extractall(_unpacked_here[-1].path, names)
    return _unpacked_here[-1].path / "case"


def one_of(option: str, value: str, known: Iterable[str]) -> str:
    """``value``, where it is known. Raises `Misused`, and names those that are."""
    if value not in (names := list(known)):
        raise Misused(f"argument {option}: {value!r} is none of: {', '.join(names)}")
    return value


def naming_of(options: argparse.Namespace, case: Case) -> str:
    """The way to name places that ``--names`` asks for. Raises `Misused` where the case has no such language."""
    from geodata.model.names import LABEL, namings

    return one_of("--names", options.names or LABEL, dict.fromkeys([*namings(case), *case.languages]))


def add_output(
    parser: argparse.ArgumentParser, formats: Mapping[str, Format | str], *, is_required: bool = True
) -> None:
    """``--format`` and ``-o``. The first of ``formats`` is taken where the file's name has none of the endings."""
    named = [f"{key} ({kind.name}, {kind.purpose})" if isinstance(kind, Format) else key
             for key, kind in formats.items()]  # fmt: skip
    parser.add_argument(
        "--format", choices=list(formats), metavar="FORMAT",
        help=f"{'; '.join(named)}. Left out, the name of the file decides, else {next(iter(formats))}",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, required=is_required, metavar="FILE", help="the file to write; - is the output"
    )


def format_of(options: argparse.Namespace, formats: Iterable[str]) -> str:
    """The format asked for, else the one that the file's name ends with, else the first."""
    endings = list(formats)
    name = options.output.name.casefold()
    by_name = (ending for ending in endings if name.endswith(f".{ending}"))
    return str(options.format or next(by_name, endings[0]))


def is_standard_output(target: Path) -> bool:
    return str(target) == "-"


def put(content: bytes, target: Path, said: str) -> None:
    """Writes the file and says so; where the file goes to standard output, what is said goes to standard error."""
    if is_standard_output(target):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from geodata.store import writing

        writing.write(target, content)
    tell(f"{said} written to {'standard output' if is_standard_output(target) else target}", target)


def tell(said: str, target: Path) -> None:
    """Prints where a person reads it, and never into the file."""
    print(said, file=sys.stderr if is_standard_output(target) else sys.stdout)


def add_print(parser: argparse.ArgumentParser) -> None:
    """What the prints share: how places are named, a title, and the date on the page."""
    parser.add_argument("--names", metavar="LANGUAGE",
                        help="how places are named: a language of the case, or label (which is usual)")  # fmt: skip
    parser.add_argument("--title", default="", help="above the map; made from the selection if left out")
    parser.add_argument("--made", type=date.fromisoformat, default=date.today(), metavar="DAY",
                        help="the date on the page; today if left out")  # fmt: skip
