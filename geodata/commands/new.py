"""Make the folder of a new case: its description to fill in, tables with an example row each, and a first lesson."""

from __future__ import annotations

import argparse
import shutil
from importlib import resources
from pathlib import Path

from geodata.commands.arguments import Misused


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is empty, or not there yet")


def _fill(folder: Path) -> None:
    """Copies the files of a new case. Raises ``OSError``."""
    from geodata.store import writing

    with resources.as_file(resources.files("geodata.commands").joinpath("new_case")) as template:
        for file in sorted(path for path in template.rglob("*") if path.is_file()):
            target = folder / file.relative_to(template)
            target.parent.mkdir(parents=True, exist_ok=True)
            writing.write(target, file.read_bytes())


def run(options: argparse.Namespace) -> None:
    folder = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Misused(f"argument FOLDER: {folder} is not empty; give a new folder")
    was_there = folder.exists()
    try:
        _fill(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        if was_there:
            folder.mkdir(exist_ok=True)
        raise
    print(f"A case is in {folder}. Next:\n"
          f"  fill in {folder / 'case.yaml'}: who speaks, what is shown at first\n"
          f"  list documents in {folder / 'sources.csv'}\n"
          f"  write what they say into {folder / 'events.csv'}, a row a report\n"
          f"  attest check {folder}\n"
          f"  attest open {folder}")  # fmt: skip
