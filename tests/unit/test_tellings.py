"""Several sources of one row of a table are one telling: shown once, and never as two who say the same."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from geodata.briefing import BRIEFINGS, Briefing, Unprintable
from geodata.count import compare, disagreements, tellings
from geodata.count.compare import Pair
from geodata.exports.html import to_html
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import facts, fields, nouns, words
from tests.others import table
from tests.unit.importing import incidents_of

EVERYTHING = Selection()


@pytest.fixture
def once(tmp_path: Path) -> Dataset:
    """Each incident is told once, the first by three sources."""
    return table(
        tmp_path / "once.csv",
        {"source": "Alpha; Beta; Gamma", "deaths": 3, "time": "14:20", "colour": "red", "link": "https://x.org/<b>"},
        {"source": "Alpha"},
        {"source": "Beta"},
    )


@pytest.fixture
def twice(tmp_path: Path) -> Dataset:
    """One incident is told in two rows."""
    return table(
        tmp_path / "twice.csv",
        {"id": "e1", "source": "Alpha; Beta", "deaths": 3},
        {"id": "e1", "source": "Gamma", "deaths": 5},
        {"id": "e2", "source": "Alpha; Beta"},
    )


def told(dataset: Dataset, a: str, b: str) -> dict[str, str]:
    found = compare.incidents(dataset, EVERYTHING, Pair("sources", (a,), (b,)))
    return dict(zip(incidents_of(dataset, found["row"].to_pylist()), found["told"].to_pylist(), strict=True))


def test_two_sources_of_one_row_do_not_both_tell_an_incident(once: Dataset, twice: Dataset) -> None:
    assert told(once, "Alpha", "Beta") == {"e1": "together", "e2": "a", "e3": "b"}
    assert told(twice, "Alpha", "Beta") == {"e1": "together", "e2": "together"}
    assert told(twice, "Alpha", "Gamma") == {"e1": "both", "e2": "a"}


def test_a_table_that_tells_each_incident_once_says_why_nothing_differs(once: Dataset) -> None:
    assert len(disagreements.ranked(once, EVERYTHING)) == 0
    assert tellings.counted(once, EVERYTHING) == tellings.Tellings(incidents=3, repeated=0, shared=1)
    said = words.nothing_differs(once, EVERYTHING)
    assert said == (
        "In this table each incident is told once. The sources of one row share one coder's values and cannot be "
        "compared: 1 row names several."
    )
    assert "agree" not in said


def test_two_rows_of_one_incident_can_differ(twice: Dataset) -> None:
    assert disagreements.ranked(twice, EVERYTHING)["incident_id"].to_list() == ["e1"]


def test_what_a_filter_leaves_out_is_still_told(twice: Dataset) -> None:
    """The second incident is told once; the first is told twice, though the filter shows one telling of it."""
    one, both = Selection(incidents=("e2",)), Selection(sources=("Alpha",))
    assert words.nothing_differs(twice, one).startswith("Each incident shown is told once")
    assert tellings.counted(twice, both) == tellings.Tellings(incidents=2, repeated=1, shared=2)
    assert disagreements.ranked(twice, both)["incident_id"].to_list() == ["e1"]


def test_the_facts_of_a_telling_name_all_its_sources_whatever_is_shown(once: Dataset) -> None:
    [row] = once.fetch(once.reports.filter(lambda t: (t.source_id == "Beta") & (t.incident_id == "e1"))).to_pylist()
    told = facts.of(once, row, together=facts.tellings(once, [row])[row["telling"]])
    assert sorted(told[facts.TOGETHER].split("; ")) == ["Alpha", "Beta", "Gamma"]
    assert "Source" not in told
    assert told["Date"] == "4 Oct 2020, 14:20"
    assert told["Read from"] == "row 1 of once.csv"
    assert facts.also(once, [row]) == {row["row"]: {"colour": "red", "link": "https://x.org/<b>"}}


def test_the_saved_map_has_a_telling_once_with_what_else_the_table_tells(once: Dataset) -> None:
    page = to_html(once, EVERYTHING).decode()
    [data] = re.findall(r'<script type="application/json" id="attest-data">(.*?)</script>', page, re.DOTALL)
    [card] = [card for card in json.loads(data)["cards"] if card["incident"] == "e1"]
    [telling] = card["tellings"]
    assert sorted(dict(telling["facts"])[facts.TOGETHER].split("; ")) == ["Alpha", "Beta", "Gamma"]
    assert telling["also"] == [["colour", "red"], ["link", "https://x.org/<b>"]]
    assert "https://x.org/<b>" not in page


def test_a_briefing_writes_a_telling_once(once: Dataset) -> None:
    made = BRIEFINGS["md"](Briefing(once, ("e1",), date(2024, 1, 1))).decode()
    assert made.count("Sources of one telling") == 1
    assert "3 reports, told by 3 sources in one telling" in made
    assert "Also in the table: colour: red" in made
    assert "## Sources" in made


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_a_telling_of_forty_newspapers_heads_a_column_by_the_first_of_them(tmp_path: Path, form: str) -> None:
    newspapers = "; ".join(f"The Morning Gazette of Town {number}" for number in range(40))
    dataset = table(tmp_path / "many.csv", {"id": "e1", "source": newspapers}, {"id": "e1", "source": "Gamma"})
    assert BRIEFINGS[form](Briefing(dataset, ("e1",), date(2024, 1, 1)))
    rows = dataset.fetch(dataset.reports.order_by("row")).to_pylist()
    compared = fields.compared(dataset, rows)
    assert compared
    assert compared.heads == (
        "The Morning Gazette of Town 0; The Morning Gazette of Town 1; The Morning Gazette of Town 2 and 37 more",
        "Gamma",
    )


@pytest.mark.heavy
def test_pages_that_would_never_end_are_refused(once: Dataset) -> None:
    noted = {"e1": "A word. " * 2000}
    with pytest.raises(Unprintable, match="“A fire”: a title, a name or a note is so long"):
        BRIEFINGS["pdf"](Briefing(once, ("e1",), date(2024, 1, 1), notes=noted))


def test_the_noun_is_that_of_what_a_dataset_holds(shipped: Dataset, once: Dataset) -> None:
    assert nouns.of(shipped) == nouns.DOCUMENT
    assert nouns.of(once) == nouns.SOURCE
    assert nouns.SOURCE.said("Two Documents, one document") == "Two Sources, one source"
    assert nouns.EITHER.number(1) == "1 document or source"
    assert nouns.EITHER.number(1204) == "1,204 documents and sources"


def test_a_source_that_is_not_named_is_no_source_among_others(tmp_path: Path) -> None:
    none = table(tmp_path / "none.csv", {"source": ""}, {"source": ""})
    some = table(tmp_path / "some.csv", {"source": "Alpha"}, {"source": ""})
    assert "told by a source that is not named;" in words.sentence(words.summarise(none, EVERYTHING), EVERYTHING)
    assert "told by 1 source; 1 name no source;" in words.sentence(words.summarise(some, EVERYTHING), EVERYTHING)
