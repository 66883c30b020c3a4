"""Mappings as text files: those that ship, one a file, and the one kept beside a table, ``TABLE.attest.yaml``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from geodata.model.mapping import TableMapping
from geodata.store import writing, yaml_fields
from geodata.store.files import decoded

ENDING = ".attest.yaml"
"""Follows the whole name of a table in the name of its mapping."""

GENERAL = ("linked_places_table", "timemap", "timelinejs", "attest")
"""Shipped mappings known by usual words, so tried after those with names of their own."""


@cache
def shipped() -> Mapping[str, TableMapping]:
    """The mappings that ship, by the names of their files."""
    texts = {
        file.name.removesuffix(".yaml"): file.read_text(encoding="utf-8")
        for file in files("geodata.store.importers").joinpath("mappings").iterdir()
        if file.name.endswith(".yaml")
    }
    names = (*sorted(texts.keys() - {*GENERAL}), *GENERAL)
    return {name: parse(texts[name], f"{name}.yaml") for name in names}


def beside(table: Path) -> Path:
    """Where the mapping of a table is kept."""
    return table.with_name(table.name + ENDING)


def read(table: Path) -> TableMapping | None:
    """The mapping kept beside a table, if there is one. Raises `InvalidData` with each fault's line."""
    path = beside(table)
    return (
        parse(decoded(path, "its first line may be title: and a column"), path.name) if os.path.lexists(path) else None
    )


def parse(text: str, file: str) -> TableMapping:
    """The mapping of a YAML text; ``file`` is the name that faults bear. Raises `InvalidData`."""
    return yaml_fields.validated(yaml_fields.read(text, file), TableMapping)


def write(mapping: TableMapping) -> str:
    """The YAML text of a mapping: what differs from a blank one."""
    fields = _plain(mapping.model_dump(exclude_defaults=True, mode="json"))
    return str(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120))


def keep(mapping: TableMapping, table: Path) -> Path:
    """Writes the mapping beside its table and returns the path. Raises `writing.Unwritten`."""
    path = beside(table)
    writing.write(path, write(mapping).encode())
    return path


def _plain(value: Any) -> Any:
    """Values as they are read back: a switch as a word."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, bool):
        return str(value).lower()
    return [_plain(item) for item in value] if isinstance(value, list) else value
