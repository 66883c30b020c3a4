"""Proposals as a spreadsheet, a row for each candidate, and the decisions that a person wrote into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from geodata.model.case import Case
from geodata.model.cells import one_of
from geodata.store import tables, writing
from geodata.store.files import csv_text, decoded
from geodata.store.geocoding import decisions
from geodata.store.geocoding.decisions import ANOTHER, BLANK, BY_HAND, DECISIONS, Decision, checked
from geodata.store.geocoding.proposals import Proposal


class Offer(Decision):
    """A row of the spreadsheet: one candidate for one named place, or none. At most one row of a place is decided."""

    rows: Annotated[str, Field(description="How many rows without coordinates name the place.")]
    question: Annotated[str, Field(description="Why a person has to choose; blank where it is sure.")]
    district: Annotated[str, Field(description="District or province of the candidate.")]
    km_from_first: Annotated[str, Field(description="Kilometres between the candidate and the first.")]
    likeness: Annotated[str, Field(description="How like the names are, 0 to 100.")]
    decision: Annotated[str, AfterValidator(one_of(DECISIONS, blank=True))] = ""


COLUMNS = (
    "rows", "place", "admin1", "country", "question", "decision", "name", "district", "latitude", "longitude",
    "precision", "origin", "km_from_first", "likeness", "decided_by", "decided_on",
)  # fmt: skip


def write(path: Path, proposals: Iterable[Proposal]) -> None:
    """Writes proposals for a spreadsheet, see `text`. Raises `writing.Unwritten`."""
    writing.write(path, text(proposals).encode("utf-8-sig"))


def text(proposals: Iterable[Proposal]) -> str:
    """Proposals as CSV. A person writes a word of `DECISIONS` into the row of the right candidate.

    For "another" the person writes coordinates of their own into that row.
    """
    return csv_text(COLUMNS, (row for proposal in proposals for row in _rows(proposal)))


def read(path: Path, by: str, day: date) -> list[Decision]:
    """The decisions in a reviewed file. A row that names nobody is taken to be decided by ``by`` on ``day``.

    Raises `InvalidData`, also where two rows of a place are decided.
    """
    table = tables.records(path, Offer, Case.of_table(path.stem))
    rows = zip(table.lines.tolist(), table.rows, strict=True)
    decided = [(line, _decision(offer, by, day)) for line, offer in rows if offer.decision]
    return checked(path.name, decided, (*table.whole, *table.faults))


def read_any(path: Path, by: str, day: date) -> list[Decision]:
    """The decisions in a reviewed file, as `read`, or in one of `decisions.write`. Raises `InvalidData`."""
    header = decoded(path).partition("\n")[0].split(",")
    return read(path, by, day) if "question" in header else decisions.read(path)


def _decision(offer: Offer, by: str, day: date) -> Decision:
    kept = {name: getattr(offer, name) for name in Decision.model_fields}
    own: dict[str, Any] = {"name": "", "origin": BY_HAND} if offer.decision == ANOTHER else {}
    if offer.decision == BLANK:
        own = {"name": "", "origin": "", "latitude": None, "longitude": None, "precision": ""}
    who = {"decided_by": offer.decided_by or by, "decided_on": offer.decided_on or day.isoformat()}
    return Decision.model_validate({**kept, **own, **who})


def _rows(proposal: Proposal) -> Iterator[dict[str, Any]]:
    named = proposal.named
    shared = {
        "rows": proposal.rows, "place": named.place, "admin1": named.admin1, "country": named.country,
        "question": proposal.question or "",
    }  # fmt: skip
    if not proposal.candidates:
        yield shared
    for candidate, kilometres in zip(proposal.candidates, proposal.kilometres, strict=True):
        yield shared | {
            "name": candidate.name, "district": candidate.district, "latitude": candidate.latitude,
            "longitude": candidate.longitude, "precision": candidate.precision, "origin": candidate.origin,
            "km_from_first": round(kilometres, 1), "likeness": round(candidate.likeness),
        }  # fmt: skip
