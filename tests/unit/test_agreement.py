"""How far a second coder, who saw the documents and the codebook only, agrees with the table: as the codebook says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from geodata.model.text import paragraph_numbers
from tests.server import ROOT

Row = dict[str, str]

FIELDS = (
    "event_type", "date", "date_basis", "place_id", "place_role", "precision", "claimant_side", "claim_status", "scope",
    "graphic", "deaths_best",
)  # fmt: skip

LIKE_ENOUGH = 3.5
"""Least likeness of two rows (see `likeness`, 8 at most) to be taken for codings of one report."""


def read(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def likeness(one: Row, other: Row) -> float:
    """Shared paragraphs count 2, kind 2, day 1, place 1, speaker up to 1.5 and role 0.5; no shared paragraph is 0."""
    if one["source_id"] != other["source_id"]:
        return 0.0
    cited, also = set(paragraph_numbers(one["paragraphs"])), set(paragraph_numbers(other["paragraphs"]))
    if not cited & also:
        return 0.0
    same = {"event_type": 2.0, "date": 1.0, "place_id": 1.0, "place_role": 0.5}
    return (
        2 * len(cited & also) / len(cited | also)
        + sum(worth for field, worth in same.items() if one[field] == other[field])
        + 1.5 * fuzz.token_set_ratio(one["claimed_by"], other["claimed_by"]) / 100
    )


def matched(table: Sequence[Row], second: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows matched one to one, the likest pairs first."""
    pairs = [(likeness(one, other), i, j) for i, one in enumerate(table) for j, other in enumerate(second)]
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for like, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if like >= LIKE_ENOUGH and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((table[i], second[j]))
    return found


def agreement(values: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """The share of equal codes, and Cohen's kappa (J. Cohen, 1960: agreement beyond that of chance)."""
    seen = sum(one == other for one, other in values) / len(values)
    ones, others = Counter(one for one, _ in values), Counter(other for _, other in values)
    chance = sum(ones[value] * others[value] for value in ones) / len(values) ** 2
    return seen, (seen - chance) / (1 - chance)


@pytest.fixture(scope="module")
def second() -> list[Row]:
    return read(ROOT / "coding/second_reading.csv")


@pytest.fixture(scope="module")
def table(second: list[Row]) -> list[Row]:
    """The reports of the documents that were read twice."""
    return [row for row in read(ROOT / "events.csv") if row["source_id"] in {other["source_id"] for other in second}]


@pytest.fixture(scope="module")
def codebook() -> str:
    return (ROOT / "coding/codebook.md").read_text(encoding="utf-8")


def test_kappa_is_one_for_equal_codes_and_zero_for_chance() -> None:
    assert agreement([("a", "a"), ("b", "b")]) == (1, 1)
    assert agreement([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == (0.5, 0)


def test_the_codebook_says_how_many_reports_two_readings_share(
    table: list[Row], second: list[Row], codebook: str
) -> None:
    pairs = matched(table, second)
    lines = {None: (len(table), len(second), len(pairs))}
    for source in {row["source_id"] for row in table}:
        lines[source] = (*(sum(row["source_id"] == source for row in rows) for rows in (table, second)),
                         sum(one["source_id"] == source for one, _ in pairs))  # fmt: skip
    for one, other, both in lines.values():
        cells = r" \|".join(rf" \**{cell}\**" for cell in (one, other, both, f"{2 * both / (one + other):.2f}"))
        assert re.search(rf"\|{cells} \|", codebook), (one, other, both)


def test_the_codebook_says_how_far_the_fields_agree(table: list[Row], second: list[Row], codebook: str) -> None:
    pairs = matched(table, second)
    wanted = {field: agreement([(one[field], other[field]) for one, other in pairs]) for field in FIELDS}
    for field, (seen, kappa) in wanted.items():
        line = rf"\| {field}[^|]* \| {seen:.2f} \| {kappa:.2f} \|"
        assert re.search(line, codebook), (field, f"{seen:.2f}", f"{kappa:.2f}")
