"""The folder of a case: where its files lie, and its ``case.yaml`` read with each fault's line."""

from __future__ import annotations

import json
from pathlib import Path

import geodata
from geodata.model.case import Case
from geodata.model.faults import Fault
from geodata.model.layers import MOST_LAYERS, CaseLayer
from geodata.store import yaml_fields
from geodata.store.files import decoded
from geodata.store.yaml_fields import Fields

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
    try:
        folder = path if path.is_dir() else path.parent
        return folder if (folder / CASE).is_file() else None
    except PermissionError:  # that of the folder, which is told where its files are read
        return None


def read(folder: Path) -> Case:
    """The case of a folder. Raises `InvalidData` with a fault for each mistake, at the line where it stands."""
    return parse(decoded(folder / CASE, "its first line may be title: and a few words"), CASE)


def parse(text: str, file: str) -> Case:
    """The case of a text, as `read`; ``file`` is the name that faults bear."""
    fields = yaml_fields.read(text, file)
    # A layer that is wrong costs no reader the case: `geodata.store.layers` tells its faults.
    fields.values["layers"] = tuple(layers_in(fields)[0].values())
    return yaml_fields.validated(fields, Case)


def layers_in(fields: Fields) -> tuple[dict[int, CaseLayer], list[Fault]]:
    """The layers that the fields of a case list, by their number from 1, and the faults of those that are wrong."""
    listed, good, faults = fields.values.get("layers", []), {}, []
    if not isinstance(listed, list):
        return {}, [fields.fault(("layers",), "must be a list: a line '- file: …' begins each layer")]
    for at, given in enumerate(listed[:MOST_LAYERS]):
        layer, wrong = yaml_fields.member(fields, ("layers", at), given, CaseLayer, Case)
        if layer:
            good[at + 1] = layer
        faults += wrong
    if len(listed) > MOST_LAYERS:
        message = f"lists {len(listed)}; {MOST_LAYERS} can be told apart on one map, and those after them are not drawn"
        faults.append(fields.fault(("layers",), message))
    return good, faults


def layers_of(folder: Path) -> tuple[dict[int, CaseLayer], list[Fault], Fields]:
    """As `layers_in`, of the case of a folder, with the fields for further faults. Raises `InvalidData`."""
    text = decoded(folder / CASE)
    fields = yaml_fields.read(text, CASE) if "layers" in text else Fields(CASE, 1)
    return *layers_in(fields), fields


def schema() -> str:
    """The JSON Schema of ``case.yaml`` for editors: the text of ``geodata/case.schema.json``."""
    fields = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":  # python -m geodata.store.case_file > geodata/case.schema.json
    print(schema(), end="")
