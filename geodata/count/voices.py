"""Who is heard: which sides speak, with what standing, of harm to whom, and when: counts of reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from geodata.count import counting
from geodata.model import dates
from geodata.model.schema import EVENT_TYPES, fold
from geodata.model.selection import Selection
from geodata.model.text import number_of
from geodata.store.dataset import Dataset

HARM = tuple(kind for kind, about in EVENT_TYPES.items()
             if about.family in ("bombardment", "harm to persons", "displacement and loss"))  # fmt: skip
"""Kinds of event in which somebody or something is said to be harmed."""

PEOPLE: Mapping[str, str] = {"Armenian": r"\barmenians?\b", "Azerbaijani": r"\b(azerbaijani|azeri)s?\b"}
LAND: Mapping[str, str] = {"Armenian": r"\b(armenia|nagorno karabakh|artsakh)\b", "Azerbaijani": r"\bazerbaijan\b"}
"""Words by which the text of ``target`` names a side, folded. A town or "civilians" alone names none."""

SIDE_NOT_NAMED, TARGET_NOT_NAMED = "side not named", "target not named"


def matrix(dataset: Dataset, chosen: Selection) -> pa.Table:
    """Reports by ``claimant_side``, ``claim_status`` and ``source_id``: their number in ``reports``."""
    return counting.by(dataset, chosen, "claimant_side", "claim_status", "source_id")


def harmed(dataset: Dataset, chosen: Selection) -> dict[tuple[str, str], int]:
    """Reports of harm by claimant side and by the side that the target's own words name, see `party`.

    A denial is no report of harm: `harm_denied` counts those.
    """
    told = _of_harm(dataset, chosen)
    told = told.filter(pc.not_equal(told["claim_status"], "denied"))
    rows = counting.grouped(told, "claimant_side", "target").to_pylist()
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row["claimant_side"], party(row["target"]))
        counted[key] = counted.get(key, 0) + row["reports"]
    return counted


def harm_denied(dataset: Dataset, chosen: Selection) -> int:
    """Denials of harm."""
    told = _of_harm(dataset, chosen)
    return len(told.filter(pc.equal(told["claim_status"], "denied")))


def _of_harm(dataset: Dataset, chosen: Selection) -> pa.Table:
    """Reports that tell of harm or deny it; not statements about a place."""
    shown = counting.shown(dataset, chosen, "claimant_side", "target", "event_type", "place_role", "claim_status")
    is_harm = pc.is_in(shown["event_type"], pa.array(HARM))
    return shown.filter(pc.and_(is_harm, pc.not_equal(shown["place_role"], "subject")))


@lru_cache(maxsize=4096)
def party(target: str) -> str:
    """The side that a target's words name: "Armenian", "Azerbaijani", "Armenian and Azerbaijani", or that none is.

    Of each part of an "… and …" the people counts, and the land only where no people is named: "Azerbaijani residents
    of Shushi / Şuşa, Nagorno-Karabakh" names the Azerbaijani side.
    """
    if not target:
        return TARGET_NOT_NAMED
    parts = fold(target).split(" and ")
    named = {side for part in parts for side in _named(part, PEOPLE) or _named(part, LAND)}
    return " and ".join(sorted(named)) or SIDE_NOT_NAMED


def _named(part: str, words: Mapping[str, str]) -> list[str]:
    return [side for side, pattern in words.items() if re.search(pattern, part)]


def by_year(dataset: Dataset, chosen: Selection) -> tuple[pa.Table, int]:
    """Reports by ``year`` and ``claimant_side``, and how many were left out because their year is not known."""
    shown = counting.shown(dataset, chosen, "claimant_side", "first_day", "last_day")
    year = pc.year(shown["first_day"])
    is_known = pc.and_(pc.equal(year, pc.year(shown["last_day"])), pc.not_equal(shown["first_day"], dates.OPEN_START))
    known = pa.table({"year": year, "claimant_side": shown["claimant_side"]}).filter(is_known)
    return counting.grouped(known, "year", "claimant_side").sort_by("year"), len(shown) - len(known)


def sentence(counted: pa.Table) -> str:
    """One sentence that can be read out: who is heard of the conflict's two sides, and how many denials there are.

    ``counted`` is what `matrix` gives.
    """
    by_side, denied = Counter[str](), 0
    for row in counted.to_pylist():
        by_side[row["claimant_side"]] += row["reports"]
        denied += row["reports"] if row["claim_status"] == "denied" else 0
    reports = by_side.total()
    if not reports:
        return "No report is shown."
    if by_side[""] == reports:
        return f"Of {number_of(reports, 'report')} shown, none tells who speaks."
    armenian, azerbaijani = by_side["armenian"], by_side["azerbaijani"]
    others = reports - armenian - azerbaijani
    return (
        f"Of {number_of(reports, 'report')} shown, {_come(armenian)} from Armenian claimants, "
        f"{azerbaijani or 'none'} from Azerbaijani ones and {others or 'none'} from others; "
        f"{denied or 'none'} {'is a denial' if denied == 1 else 'are denials'}."
    )


def _come(number: int) -> str:
    return f"{number:,} come{'s' if number == 1 else ''}" if number else "none comes"
