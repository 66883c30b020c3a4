"""Who is heard, who is compared with whom, what is left out: counted again by hand on the shipped table."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import replace

import pyarrow as pa
import pytest

from geodata.count import compare, silence, voices
from geodata.count.compare import Pair
from geodata.model import dates
from geodata.model.records import Report
from geodata.model.selection import Selection
from geodata.store.dataset import REPORTS, Dataset
from tests.server import ROOT
from tests.unit.importing import incidents_of


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader((ROOT / "events.csv").open(encoding="utf-8")))


CORE = Selection(scopes=("core",))


def test_the_sentence_counts_both_sides_and_the_denials(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    core = [row for row in rows if row["scope"] == "core"]
    sides, denied = Counter(row["claimant_side"] for row in core), Counter(row["claim_status"] for row in core)
    said = voices.sentence(shipped.case, voices.matrix(shipped, CORE))
    assert said.startswith(f"Of {len(core)} reports shown, {sides['armenian']} come from Armenian claimants, ")
    assert f"{sides['azerbaijani']} from Azerbaijani ones" in said
    assert said.endswith(f"{denied['denied']} are denials.")


def test_a_side_that_is_not_heard_is_said(shipped: Dataset) -> None:
    said = voices.sentence(shipped.case, voices.matrix(shipped, Selection(sides=("armenian",))))
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
        ("residents of Stepanakert / Xankəndi, Nagorno-Karabakh", "Armenian"),
        ("Ganja airbase, Azerbaijan", "Azerbaijani"),
        ("Azerbaijani residents of Shushi / Şuşa, Nagorno-Karabakh", "Azerbaijani"),
        ("Armenian residents of Baku, Azerbaijan", "Armenian"),
        ("border villages of Armenia and Azerbaijan", "Armenian and Azerbaijani"),
        ("Azerbaijani and Nagorno-Karabakh soldiers", "Armenian and Azerbaijani"),
        ("civilians and Nagorno-Karabakh soldiers", "Armenian"),
        ("civilians", "side not named"),
        ("Stepanakert", "side not named"),
        ("", "target not named"),
    ],
)
def test_the_side_of_a_target_is_that_which_its_words_name(shipped: Dataset, target: str, side: str) -> None:
    assert voices.Targets(shipped.case).named(target) == side


HARM = (
    "shelling", "air strike", "explosion", "attack on civilians", "ill-treatment", "sexual violence", "detention",
    "displacement", "destruction", "blockade", "burial",
)  # fmt: skip


def test_harm_is_counted_by_the_side_of_its_target_and_a_denial_is_none(
    shipped: Dataset, rows: list[dict[str, str]]
) -> None:
    expected, denials = Counter[tuple[str, str]](), 0
    for row in rows:
        if row["event_type"] not in HARM or row["place_role"] == "subject":
            continue
        if row["claim_status"] == "denied":
            denials += 1
            continue
        target = row["target"]
        if not target:
            side = "target not named"
        elif "Armenian" in target or "Azerbaijani" in target:
            side = " and ".join(name for name in ("Armenian", "Azerbaijani") if name in target)
        elif "Armenia" in target or "Nagorno-Karabakh" in target:
            side = "Armenian and Azerbaijani" if "Azerbaijan" in target else "Armenian"
        else:
            side = "Azerbaijani" if "Azerbaijan" in target else "side not named"
        expected[row["claimant_side"], side] += 1
    assert voices.harmed(shipped, Selection()) == expected
    assert voices.harm_denied(shipped, Selection()) == denials > 0
    only_denials = Selection(statuses=("denied",))
    assert voices.harmed(shipped, only_denials) == {}
    assert voices.harm_denied(shipped, only_denials) == denials


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
    assert (
        dict(zip(incidents_of(shipped, found["row"].to_pylist()), found["told"].to_pylist(), strict=True)) == expected
    )
    assert Counter(expected.values())["both"] > 5


def test_a_compared_field_ignores_its_own_filter_and_keeps_the_others() -> None:
    chosen = Selection(sides=("court",), scopes=("core",))
    one, other = Pair("sides", ("armenian",), ("azerbaijani",)).selections(chosen)
    assert (one.sides, other.sides, one.scopes) == (("armenian",), ("azerbaijani",), ("core",))


def test_what_a_document_leaves_out_is_surely_of_days_before_it(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    told, spans = defaultdict(set), defaultdict(list)
    for row in rows:
        told[row["incident_id"]].add(row["source_id"])
        if row["date"] and not row["date"].startswith("../") and not row["date"].endswith("/.."):
            spans[row["incident_id"]].append(dates.parse(row["date"]))
    for source_id, source in shipped.sources.items():
        published = dates.parse(source.published).last
        expected = {
            incident: len(documents)
            for incident, documents in told.items()
            if source_id not in documents and spans[incident] and max(s.last for s in spans[incident]) <= published
        }
        found = silence.unreported_incidents(shipped, Selection(), source_id).to_pylist()
        names = incidents_of(shipped, [row["row"] for row in found])
        assert {name: row["documents"] for name, row in zip(names, found, strict=True)} == expected
        assert found == sorted(found, key=lambda row: (-row["documents"], row["row"]))
        assert found


ZARGARIAN, ESSAY, NEWSLETTER = "001_c84d5488b9c80a68", "000_5a6577b5dac44c69", "003_add932133b610ce0"
"""Published on 23 October 2017, in November 2023 and in February 2024."""


@pytest.mark.parametrize(
    ("told", "is_left_out"),
    [
        (["2016-04-02"], True),
        (["2017-10-23"], True),
        (["2016-04-01/2017-12"], False),
        (["2017-10-24"], False),
        (["../2016-04-11"], False),
        (["2016-04/.."], False),
        ([""], False),
        (["../2024-02", "2016-04-02"], True),
        (["2016-04-02", "2016/2018"], False),
    ],
)
def test_an_open_or_blank_date_is_not_before_a_document(
    shipped: Dataset, rows: list[dict[str, str]], told: list[str], is_left_out: bool
) -> None:
    dataset = of_one_incident(shipped, rows, list(zip((ESSAY, NEWSLETTER), told, strict=False)))
    assert len(silence.unreported_incidents(dataset, Selection(), ZARGARIAN)) == is_left_out


def test_what_a_document_tells_is_not_left_out_where_a_filter_hides_its_telling(
    shipped: Dataset, rows: list[dict[str, str]]
) -> None:
    dataset = of_one_incident(shipped, rows, [(ESSAY, "2016-04-02"), (ZARGARIAN, "2016-04-03")])
    assert not len(silence.unreported_incidents(dataset, Selection(last=dates.parse("2016-04-02").last), ZARGARIAN))


def test_a_document_without_a_date_leaves_nothing_out(shipped: Dataset, rows: list[dict[str, str]]) -> None:
    dataset = of_one_incident(shipped, rows, [(ESSAY, "2016-04-02")])
    undated = shipped.sources[ZARGARIAN].model_copy(update={"published": ""})
    dataset = replace(dataset, sources={**shipped.sources, ZARGARIAN: undated})
    assert not len(silence.unreported_incidents(dataset, Selection(), ZARGARIAN))


def of_one_incident(shipped: Dataset, rows: list[dict[str, str]], told: list[tuple[str, str]]) -> Dataset:
    reports = [
        Report.model_validate(
            rows[0] | {"incident_id": "one", "source_id": source_id, "date": date}, context=shipped.case
        )
        for source_id, date in told
    ]
    table = pa.Table.from_pylist([report.model_dump() for report in reports], schema=REPORTS)
    return Dataset.of(table, shipped.sources, shipped.places, shipped.case)
