"""The folder of a case: where its files lie, and its ``case.yaml`` read with each fault's line."""

from __future__ import annotations

import json
from pathlib import Path

import geodata
from geodata.model.case import Case
from geodata.store import yaml_fields
from geodata.store.files import decoded

FILES = CASE, EVENTS, SOURCES, PLACES, PERSONS = (
    "case.yaml", "events.csv", "sources.csv", "places.csv", "persons.csv",
)  # fmt: skip
"""The files of a case. All but the first two may be absent."""

TABLES = "tables"
"""The folder of tables of others, where `case.yaml` names them so."""

LESSONS = "lessons"
"""The folder of a case's lessons."""


def shipped_case() -> Path:
    """The folder of the case that comes with the program: the checkout's root, else what an installation carries."""
    package = Path(geodata.__file__).parent
    return package.parent if (package.parent / CASE).is_file() else package / "shipped"


def folder_of(path: Path) -> Path | None:
    """The folder of the case that a path belongs to: itself, or what holds the table; none for a table alone."""
    folder = path if path.is_dir() else path.parent
    return folder if (folder / CASE).is_file() else None


def read(folder: Path) -> Case:
    """The case of a folder. Raises `InvalidData` with a fault for each mistake, at the line where it stands."""
    return parse(decoded(folder / CASE, "its first line may be title: and a few words"), CASE)


def parse(text: str, file: str) -> Case:
    """The case of a text, as `read`; ``file`` is the name that faults bear."""
    return yaml_fields.validated(yaml_fields.read(text, file), Case)


def schema() -> str:
    """The JSON Schema of ``case.yaml`` for editors: the text of ``geodata/case.schema.json``."""
    fields = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":  # python -m geodata.store.case_file > geodata/case.schema.json
    print(schema(), end="")
