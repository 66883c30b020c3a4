"""Places that a person decided on for rows without coordinates: they are put in and marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.text import number_of
from geodata.store.geocoding import decisions
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.geocoding.decisions import Decision
from geodata.store.importers.work import Work


def columns(work: Work) -> PlaceColumns:
    """The places of a table as geocoding reads them; a row whose coordinates could not be read names none."""
    where, texts = work.mapping.position, work.columns
    place = texts.first(work.mapping.place)
    table = work.fetch(
        f"SELECT CASE WHEN placed.problem = '' THEN {place} ELSE '' END AS place, placed.latitude, placed.longitude, "
        f"{texts.text(where.country)} AS country, {texts.text(where.province)} AS admin1, "
        f"coalesce(precise.precision, '') AS precision FROM {work.raw} JOIN placed USING (n) "
        f"LEFT JOIN precise ON precise.text = {texts.sql(where.precision)} ORDER BY n"
    )
    return PlaceColumns(**{name: table[name] for name in table.column_names})


def add(work: Work, path: Path, given: Sequence[Decision] | None) -> None:
    """Adds ``placed_by`` and ``filled_precision`` to ``placed``: whence coordinates come that were added.

    The decisions are those ``given``, else those kept beside the table.
    """
    taken = decisions.read(decisions.path_beside(path)) if given is None else given
    if column := work.mapping.position.placed_by:  # an export of ours
        told = f"SELECT placed.*, {work.columns.text(column)} AS placed_by FROM placed JOIN {work.raw} USING (n)"
        work.connection.execute(f"CREATE OR REPLACE TEMP TABLE placed AS {told}")
    else:
        work.connection.execute("ALTER TABLE placed ADD COLUMN placed_by VARCHAR DEFAULT ''")
    work.connection.execute("ALTER TABLE placed ADD COLUMN filled_precision VARCHAR DEFAULT ''")
    if not taken:
        return
    made = decisions.applied(columns(work), taken)
    rows = work.fetch("SELECT n, problem, note, placed_by FROM placed ORDER BY n").combine_chunks()
    placed_by = pc.if_else(pc.equal(made.placed_by, ""), rows["placed_by"], made.placed_by)
    work.keep("placed", pa.table({
        **{name: rows[name] for name in ("n", "problem", "note")}, "latitude": made.latitude,
        "longitude": made.longitude, "placed_by": placed_by, "filled_precision": made.precision,
    }))  # fmt: skip
    if made.rows:
        kept = "on the page Places" if given is not None else f"in {decisions.path_beside(path).name}"
        are = "is" if made.rows == 1 else "are"
        work.notes.append(f"{number_of(made.rows, 'row')} got coordinates by decisions {kept} and {are} marked so.")
