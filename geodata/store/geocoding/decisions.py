"""What people decide on named places: kept as text beside the table, and put into the rows that have no coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import AfterValidator, Field, model_validator

from geodata.model.case import Case
from geodata.model.cells import Latitude, Longitude, Record, one_of
from geodata.model.faults import Fault, InvalidData
from geodata.model.vocabulary import PRECISIONS
from geodata.store import tables, writing
from geodata.store.files import csv_text
from geodata.store.geocoding.columns import Key, NamedPlace, PlaceColumns, texts_of
from geodata.store.geocoding.gazetteer import Candidate
from geodata.store.geocoding.proposals import Proposal
from geodata.store.values.blanks import whole

ACCEPT, ANOTHER, BLANK = "accept", "another", "blank"

DECISIONS: Mapping[str, str] = {
    ACCEPT: "a place that was proposed",
    ANOTHER: "coordinates of the person's own",
    BLANK: "the rows stay without coordinates",
}

BY_HAND = "by hand"
"""The origin of coordinates that no list gave."""


class Decision(Record):
    """A row of ``TABLE.places.csv``: what was decided on one named place. Coordinates are WGS 84 degrees."""

    place: Annotated[str, Field(min_length=1, description="The place as the table names it.")]
    country: Annotated[str, Field(description="Country, as the table's rows give it; blank where they do not.")] = ""
    admin1: Annotated[str, Field(description="Province, as the table's rows give it; blank where they do not.")] = ""
    decision: Annotated[
        str,
        AfterValidator(one_of(DECISIONS)),
        Field(description="; ".join(f"{word}: {meaning}" for word, meaning in DECISIONS.items())),
    ]
    name: Annotated[str, Field(description="The chosen place, as its list names it.")] = ""
    latitude: Annotated[Latitude, Field(description="Degrees north, WGS 84; blank with the decision blank.")] = None
    longitude: Annotated[Longitude, Field(description="Degrees east, WGS 84; blank with the decision blank.")] = None
    precision: Annotated[
        str, AfterValidator(one_of(PRECISIONS, blank=True)), Field(description="What kind of place the point is.")
    ] = ""
    origin: Annotated[str, Field(description="Where the coordinates come from.")] = ""
    decided_by: Annotated[str, Field(description="Who decided; blank where nobody is named.")] = ""
    decided_on: Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$", description="The day of the decision.")] = ""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        has_both = self.latitude is not None and self.longitude is not None
        if self.decision in (ACCEPT, ANOTHER) and not has_both:
            raise ValueError(f"'{self.decision}' needs latitude and longitude; write '{BLANK}' to leave the rows open")
        return self

    @property
    def named(self) -> NamedPlace:
        return NamedPlace(self.place, self.country, self.admin1)

    @property
    def placed_by(self) -> str:
        """Where the coordinates of rows that this decision fills come from, and who took them: for card and export."""
        return f"{self.origin}; accepted by {self.decided_by}" if self.decided_by else self.origin


def _of(proposal: Proposal, by: str, day: date, **taken: Any) -> Decision:
    named = {"place": proposal.named.place, "country": proposal.named.country, "admin1": proposal.named.admin1}
    return Decision.model_validate({**named, **taken, "decided_by": by, "decided_on": day.isoformat()})


def accepted(proposal: Proposal, candidate: Candidate, by: str, day: date) -> Decision:
    """Takes one of the candidates."""
    latitude, longitude = candidate.point
    return _of(
        proposal, by, day, decision=ACCEPT, name=candidate.name, latitude=latitude, longitude=longitude,
        precision=candidate.precision, origin=candidate.origin,
    )  # fmt: skip


def another(proposal: Proposal, point: tuple[float, float], precision: str, by: str, day: date) -> Decision:
    """Takes a point of a person's own (latitude, longitude; WGS 84 degrees) and a word of `PRECISIONS`.

    Raises pydantic's ``ValidationError``, a ``ValueError``, for a point that is none on earth.
    """
    latitude, longitude = point
    return _of(
        proposal, by, day, decision=ANOTHER, latitude=latitude, longitude=longitude, precision=precision, origin=BY_HAND
    )  # fmt: skip


def left_blank(proposal: Proposal, by: str, day: date) -> Decision:
    """Leaves the rows without coordinates."""
    return _of(proposal, by, day, decision=BLANK)


def path_beside(table: Path) -> Path:
    """The file of a table's decisions: ``incidents.places.csv`` beside ``incidents.csv`` or ``incidents.csv.gz``."""
    name = table.name.removesuffix(".gz")
    return table.with_name(f"{Path(name).stem}.places.csv")


def read(path: Path) -> list[Decision]:
    """The decisions in a file, none where there is no such file. Raises `InvalidData`."""
    table = tables.records_if_there(path, Decision, Case.of_table(path.stem))
    if table is None:
        return []
    rows = [*zip(table.lines.tolist(), table.rows, strict=True)]
    return checked(path.name, rows, (*table.whole, *table.faults))


def checked(name: str, rows: Sequence[tuple[int, Decision]], faults: Sequence[Fault]) -> list[Decision]:
    """The decisions of numbered rows. Raises `InvalidData` with ``faults``, and where a place is decided twice."""
    if found := [*faults, *_decided_twice(name, rows)]:
        raise InvalidData(sorted(found))
    return [decision for _, decision in rows]


def change(path: Path, made: Callable[[list[Decision]], Iterable[Decision]]) -> list[Decision]:
    """Makes of the decisions in a file those that it is to hold, and returns them; where there is none, no file stays.

    Nobody else writes the file meanwhile. Raises `writing.Unwritten` where it cannot be written, and as `read`.
    """
    with writing.held(path) as file:
        decisions = [*made(read(path))]
        if decisions:
            file.put(text(decisions).encode("utf-8-sig"))
        else:
            file.remove()
    return decisions


def text(decisions: Iterable[Decision]) -> str:
    """The file of decisions, those of one place together, so that two versions of it can be compared."""
    ordered = sorted(decisions, key=lambda decision: decision.named.key)
    return csv_text(list(Decision.model_fields), (decision.model_dump() for decision in ordered))


def together(earlier: Iterable[Decision], later: Iterable[Decision]) -> list[Decision]:
    """The decisions of both; a later one takes the place of an earlier one on the same named place."""
    return [*{decision.named.key: decision for decision in (*earlier, *later)}.values()]


def undecided(proposals: Iterable[Proposal], decisions: Iterable[Decision]) -> list[Proposal]:
    """The proposals on whose places nothing is decided."""
    known = {decision.named.key for decision in decisions}
    return [proposal for proposal in proposals if proposal.named.key not in known]


@dataclass(frozen=True, eq=False)
class Filled:
    """The columns of a table with its decisions put in; an entry a row, as `PlaceColumns`.

    ``placed_by`` tells where the coordinates of a filled row come from; it is blank for every other row.
    """

    latitude: pa.Array
    longitude: pa.Array
    precision: pa.Array
    placed_by: pa.Array

    @property
    def rows(self) -> int:
        """How many rows were filled."""
        return int(pc.sum(pc.not_equal(self.placed_by, "")).as_py() or 0)


def applied(columns: PlaceColumns, decisions: Iterable[Decision]) -> Filled:
    """Fills the rows that have neither coordinate and name a decided place. A precision that stands there stays."""
    placing = {decision.named.key: decision for decision in decisions if decision.decision != BLANK}
    named = [placing.get(place.key) for place in columns.naming.places]
    number = columns.naming.number
    is_decided = np.array([*(decision is not None for decision in named), False])  # the last is -1: names no place
    is_filled = pa.array(columns.is_blank & is_decided[number])
    where = pa.array(np.where(number < 0, len(named), number))

    def of_rows(field: str, kind: pa.DataType) -> pa.Array:
        return pa.array([*(getattr(decision, field, None) for decision in named), None], kind).take(where)

    stated = texts_of(columns.precision, len(number))
    return Filled(
        whole(pc.if_else(is_filled, of_rows("latitude", pa.float64()), columns.latitude)),
        whole(pc.if_else(is_filled, of_rows("longitude", pa.float64()), columns.longitude)),
        pc.if_else(pc.and_(is_filled, pc.equal(stated, "")), of_rows("precision", pa.string()), stated),
        pc.if_else(is_filled, of_rows("placed_by", pa.string()), ""),
    )


def _decided_twice(name: str, rows: Sequence[tuple[int, Decision]]) -> Iterator[Fault]:
    first: dict[Key, int] = {}
    for line, decision in rows:
        if (earlier := first.setdefault(decision.named.key, line)) != line:
            yield Fault(name, line, "place", f"is decided in line {earlier} already; keep one of the two")
