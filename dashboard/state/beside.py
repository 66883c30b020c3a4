"""What the dashboard writes beside a table, and the record of it: the one place from which it writes into a case.

Each write has a line in ``attest-audit.jsonl``, in the folder of the case or of the table: who, when (UTC) and what.
The line is on the disk before the file is written, so there is no write without one; a write that fails has a second.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dashboard.state import data, rights
from geodata.model.faults import InvalidData, reason
from geodata.model.mapping import TableMapping
from geodata.store.geocoding import decisions
from geodata.store.geocoding.decisions import Decision
from geodata.store.importers import kept
from geodata.store.writing import Unwritten

AUDIT = "attest-audit.jsonl"
"""One line of JSON for each write, the earliest first. It tells nothing of who reads."""


def put_decisions(table: Path, made: Callable[[list[Decision]], Iterable[Decision]], changed: int) -> list[Decision]:
    """Changes the decisions on places of a table as `decisions.change`; ``changed`` counts those that differ.

    Raises `Unwritten`, also where the reader may not write, and `InvalidData` as it does.
    """
    path = decisions.path_beside(table)
    with _recorded("decide places", path, decisions=changed):
        return decisions.change(path, made)


def put_mapping(table: Path, mapping: TableMapping) -> None:
    """Keeps a mapping beside its table. Raises `Unwritten`, also where the reader may not write."""
    fields = len(mapping.model_dump(exclude_defaults=True))
    with _recorded("keep mapping", kept.beside(table), fields=fields):
        kept.keep(mapping, table)


def audit_of(path: Path) -> Path:
    """The record of writes of the case that is open, or of the folder of a table that is none of it."""
    folder = data.folder()
    return (folder if folder and path.is_relative_to(folder) else path.parent) / AUDIT


@contextmanager
def _recorded(action: str, path: Path, **counts: int) -> Iterator[None]:
    if not rights.may("write"):
        raise Unwritten(path, rights.REASONS["write"])
    audit = audit_of(path)
    file = path.relative_to(audit.parent).as_posix()
    told: dict[str, object] = {"who": rights.who(), "action": action, "file": file, "counts": counts}
    _append(audit, told)
    try:
        yield
    except Unwritten as error:
        _append(audit, told | {"failed": error.on_screen})
        raise
    except InvalidData as error:
        _append(audit, told | {"failed": str(error.faults[0])})
        raise


def _append(audit: Path, told: Mapping[str, object]) -> None:
    """Puts a line at the end, on the disk. One call writes it, so lines of two processes never mix."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    line = f"{json.dumps({'when': when, **told}, ensure_ascii=False)}\n".encode()
    try:
        file = os.open(audit, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            end = os.fstat(file).st_size
            is_torn = end and os.pread(file, 1, end - 1) != b"\n"  # by a machine that lost its power
            os.write(file, b"\n" + line if is_torn else line)
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise Unwritten(audit, reason(error)) from error
