"""Who is heard, who is compared with whom, what is left out: counted again by hand on the shipped table."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import pytest

from geodata import compare, dates, silence, voices
from geodata.compare import Pair
from geodata.dataset import Dataset
from geodata.selection import Selection
from tests.server import ROOT


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / "events.csv").open(encoding="utf-8")))


CORE = Selection(scopes=("core",))


def test_the_sentence_counts_both_sides_and_the_denials(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    core = [row for row in rows if row["scope"] == "core"]
    sides, denied = Counter(row["claimant_side"] for row in core), Counter(row["claim_status"] for row in core)
    said = voices.sentence(voices.matrix(shipped, CORE))
    assert said.startswith(f"Of {len(core)} reports shown, {sides['armenian']} come from Armenian claimants, ")
    assert f"{sides['azerbaijani']} from Azerbaijani ones" in said
    assert said.endswith(f"{denied['denied']} are denials.")


def test_a_side_that_is_not_heard_is_said(shipped: Dataset) -> None:
    said = voices.sentence(voices.matrix(shipped, Selection(sides=("armenian",))))
    assert "none from Azerbaijani ones and none from others; none are denials" in said


def test_the_matrix_counts_every_report_once(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    expected = Counter((row["claimant_side"], row["claim_status"], row["source_id"]) for row in rows)
    found = {
        (row["claimant_side"], row["claim_status"], row["source_id"]): row["reports"]
        for row in voices.matrix(shipped, Selection()).to_pylist()
    }
    assert found == expected


@pytest.mark.parametrize(
    ("target", "side"),
    [
        ("Armenian civilians", "Armenian"),
        ("Nagorno-Karabakh soldiers", "Armenian"),
        ("Azerbaijani officer (not named)", "Azerbaijani"),
        ("Azerbaijan and Armenia", "Armenian and Azerbaijani"),
        ("civilians", "no side named"),
        ("Stepanakert", "no side named"),
        ("", "not stated"),
    ],
)
def test_the_side_of_a_target_is_that_which_its_words_name(target: str, side: str) -> None:
    assert voices.party(target) == side


def test_the_years_and_what_they_leave_out_make_the_whole(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    table, unknown = voices.by_year(shipped, Selection())
    assert sum(table["reports"].to_pylist()) + unknown == len(rows)
    one_year = [row for row in rows if row["date"] and in_one_year(row["date"])]
    assert sum(table["reports"].to_pylist()) == len(one_year)


def in_one_year(date: str) -> bool:
    span = dates.parse(date)
    return span.first.year == span.last.year and span.first != dates.OPEN_START


def test_two_documents_compared_split_their_incidents_into_three(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    a, b = "000_5a6577b5dac44c69", "003_add932133b610ce0"
    documents = defaultdict(set)
    for row in rows:
        documents[row["incident_id"]].add(row["source_id"])
    expected = {
        incident: "both" if {a, b} <= told else "a" if a in told else "b"
        for incident, told in documents.items()
        if told & {a, b}
    }
    found = compare.incidents(shipped, Selection(), Pair("sources", (a,), (b,)))
    assert dict(zip(found["incident_id"].to_pylist(), found["told"].to_pylist(), strict=True)) == expected
    assert Counter(expected.values())["both"] > 5


def test_a_compared_field_ignores_its_own_filter_and_keeps_the_others() -> None:
    chosen = Selection(sides=("court",), scopes=("core",))
    one, other = Pair("sides", ("armenian",), ("azerbaijani",)).selections(chosen)
    assert (one.sides, other.sides, one.scopes) == (("armenian",), ("azerbaijani",), ("core",))


def test_what_a_document_leaves_out_it_could_have_known(shipped: Dataset) -> None:
    zargarian = "001_c84d5488b9c80a68"
    published = dates.parse(shipped.sources[zargarian].published).last
    found = silence.left_out(shipped, Selection(), zargarian).to_pylist()
    assert found
    told = set(shipped.fetch(shipped.reports.filter(shipped.reports.source_id == zargarian))["incident_id"].to_pylist())
    first = shipped.reports.group_by("incident_id").aggregate(begins=shipped.reports.first_day.min())
    begins = {row["incident_id"]: row["begins"] for row in shipped.fetch(first).to_pylist()}
    for one in found:
        assert one["incident_id"] not in told
        assert begins[one["incident_id"]] <= published
    missed = set(begins) - told - {one["incident_id"] for one in found}
    assert all(begins[incident] is None or begins[incident] > published for incident in missed)
