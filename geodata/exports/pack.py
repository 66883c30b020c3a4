"""A whole case in one file: a data package for any reader, and within it the case's own files, for Attest.

The package's tables are those of every export. Its folder ``case`` holds the files as they are, the list of persons
among them; ``datapackage.json`` has the case under one property of its own, ``attest``.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import yaml

from geodata.exports.datapackage import to_datapackage
from geodata.exports.zipped import zipped
from geodata.model.selection import Selection
from geodata.store.case_file import CASE, EVENTS, FILES, LESSONS
from geodata.store.dataset import Dataset
from geodata.store.layers.files import files_of

FOLDER = "case"
"""Where the case's own files lie in the package."""

FOLDERS = (LESSONS, "coding")
"""Texts that go with a case. A package holds none of its documents, nor tables of others: their terms are their own.

Layers go with it, for their terms and sources stand in ``case.yaml`` and in the description of the package.
"""


def packed(dataset: Dataset, folder: Path) -> bytes:
    """The case of a folder, whose dataset this is. Reports that may not be passed on are in no table of it."""
    with zipfile.ZipFile(io.BytesIO(to_datapackage(dataset, Selection()))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    own = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    own[EVENTS] = _open_rows(own[EVENTS], dataset)
    described = json.loads(files["datapackage.json"])
    described["attest"] = {
        "case": yaml.safe_load(own[CASE]) if CASE in own else {},
        "layers": [
            {
                "path": f"{FOLDER}/{layer.record.file}",
                "title": layer.record.title,
                "source": layer.record.source,
                "terms": layer.record.terms or "not stated",
            }
            for layer in dataset.layers
        ],
        "files": [f"{FOLDER}/{name}" for name in own],
    }
    files["datapackage.json"] = json.dumps(described, ensure_ascii=False, indent=1, default=str).encode()
    return zipped(files | {f"{FOLDER}/{name}": content for name, content in own.items()})


def _files(folder: Path) -> list[Path]:
    """The files of a case that are packed, in the same order on every machine."""
    named = [folder / name for name in FILES]
    texts = sorted(one for name in FOLDERS for one in (folder / name).rglob("*"))
    return [path for path in dict.fromkeys((*named, *texts, *files_of(folder)))
            if path.is_file() and not path.name.startswith(".")]  # fmt: skip


def _open_rows(content: bytes, dataset: Dataset) -> bytes:
    """``events.csv`` without the reports of documents whose terms forbid passing them on."""
    closed = {key for key, source in dataset.sources.items() if not source.may_republish}
    if not closed:
        return content
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in reader if row["source_id"] not in closed)
    return text.getvalue().encode()
