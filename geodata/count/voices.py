"""Who is heard: which sides speak, with what standing, of harm to whom, and when: counts of reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model.case import Case
from geodata.model.selection import Selection
from geodata.model.text import fold, listed, number_of
from geodata.store.answers import remembered
from geodata.store.dataset import Dataset

SIDE_NOT_NAMED, TARGET_NOT_NAMED = "side not named", "target not named"


HARMED = ("claimant_side", "target", "claim_status")
"""The columns by which reports of harm are counted, for all that is asked of them."""


def matrix(dataset: Dataset, chosen: Selection) -> pa.Table:
    """Reports by ``claimant_side``, ``claim_status`` and ``source_id``: their number in ``reports``."""
    return counting.by(dataset, chosen, "claimant_side", "claim_status", "source_id")


def harmed(dataset: Dataset, chosen: Selection) -> dict[tuple[str, str], int]:
    """How many reports state harm, by claimant side and by the side that the text of ``target`` names: see `Targets`.

    Denials are not among them: `harm_denied` counts those.
    """
    targets = Targets(dataset.case)
    counted = Counter[tuple[str, str]]()
    for row in _of_harm(dataset, chosen):
        if row["claim_status"] != "denied":
            counted[row["claimant_side"], targets.named(row["target"])] += row["reports"]
    return counted


def harm_denied(dataset: Dataset, chosen: Selection) -> int:
    """How many reports deny harm."""
    return sum(row["reports"] for row in _of_harm(dataset, chosen) if row["claim_status"] == "denied")


def kind_untold(dataset: Dataset, chosen: Selection) -> int:
    """How many reports do not tell of what kind their event is: of harm or of none, nobody knows."""
    counted = counting.by(dataset, chosen, "event_type").to_pylist()
    return sum(row["reports"] for row in counted if not row["event_type"])


def naming_a_speaker(dataset: Dataset, chosen: Selection) -> int:
    """How many reports name a speaker other than their source."""
    counted = counting.by(dataset, chosen, "claimed_by", "source_id").to_pylist()
    return sum(row["reports"] for row in counted if row["claimed_by"] != row["source_id"])


@remembered(most=4)  # a table may have as many targets as reports
def _of_harm(dataset: Dataset, chosen: Selection) -> list[dict[str, Any]]:
    """Reports that state or deny harm, without statements about a place, counted by `HARMED`."""
    counted = counting.by(dataset, chosen, *HARMED, "event_type", "place_role")
    kind, role = (counted[name].cast(pa.string()) for name in ("event_type", "place_role"))
    is_harm = pc.is_in(kind, pa.array(dataset.case.harm, pa.string()))
    is_subject = pc.is_in(role, pa.array(["subject"]))
    of_harm = counted.filter(pc.and_not(is_harm, is_subject)).group_by(HARMED).aggregate([("reports", "sum")])
    rows: list[dict[str, Any]] = of_harm.rename_columns([*HARMED, "reports"]).to_pylist()
    return rows


class Targets:
    """Finds the sides of a case that the text of ``target`` names, by the words that the case lists for each."""

    def __init__(self, case: Case) -> None:
        self.people = {side.name: _any_of(side.people) for side in case.sides.values() if side.people}
        self.land = {side.name: _any_of(side.land) for side in case.sides.values() if side.land}

    @property
    def nameable(self) -> tuple[str, ...]:
        """The names of the sides that a target can name, in the order of the case."""
        return tuple(dict.fromkeys((*self.people, *self.land)))

    def named(self, target: str) -> str:
        """The sides that a target's words name, in the order of the case: "A", "A and B"; or that none is named.

        Of each part of an "… and …" the people count, and the land only where no people is named: "B residents of the
        land of A" names B. A town or "civilians" alone names none.
        """
        if not target:
            return TARGET_NOT_NAMED
        found: set[str] = set()
        for part in fold(target).split(" and "):
            people = {side for side, words in self.people.items() if words.search(part)}
            found |= people or {side for side, words in self.land.items() if words.search(part)}
        return listed(side for side in self.nameable if side in found) or SIDE_NOT_NAMED


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words, as a folded text has them."""
    return re.compile(rf"\b({'|'.join(re.escape(fold(word)) for word in words)})\b")


def by_year(dataset: Dataset, chosen: Selection) -> tuple[pa.Table, int]:
    """Reports counted by ``year`` and ``claimant_side``, and how many have no year and are not counted."""
    counted = counting.by(dataset, chosen, "year", "claimant_side").sort_by("year")
    known = counted.filter(pc.is_valid(counted["year"]))
    left_out = pc.sum(counted["reports"]).as_py() or 0
    return known, left_out - (pc.sum(known["reports"]).as_py() or 0)


def sentence(case: Case, counted: pa.Table) -> str:
    """One sentence that can be read out: who is heard of the case's parties, and how many denials there are.

    ``counted`` is what `matrix` returns.
    """
    by_side, denied = Counter[str](), 0
    for row in counted.to_pylist():
        by_side[row["claimant_side"]] += row["reports"]
        denied += row["reports"] if row["claim_status"] == "denied" else 0
    reports = by_side.total()
    if not reports:
        return "No report is shown."
    if by_side[""] == reports:
        return f"Of {number_of(reports, 'report')} shown, none tells on which side anyone speaks."
    denials = f"{denied or 'none'} {'is a denial' if denied == 1 else 'are denials'}"
    if not case.parties:
        return f"Of {number_of(reports, 'report')} shown, {denials}."
    first, *more = case.parties
    others = reports - by_side[""] - sum(by_side[side] for side in case.parties)
    heard = [
        f"{_come(by_side[first])} from {case.side_name(first)} claimants",
        *(f"{f'{by_side[side]:,}' if by_side[side] else 'none'} from {case.side_name(side)} ones" for side in more),
        f"{f'{others:,}' if others else 'none'} from others",
        *([f"{by_side['']:,} of a side that is not told"] if by_side[""] else []),
    ]
    return f"Of {number_of(reports, 'report')} shown, {listed(heard)}; {denials}."


def _come(number: int) -> str:
    return f"{number:,} come{'s' if number == 1 else ''}" if number else "none comes"
