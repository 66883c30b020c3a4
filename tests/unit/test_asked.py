"""What the engine of a large table counts is what masks count of a small one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.count import areas, at_places, compare, counting, disagreements, facets, silence, tellings, voices
from geodata.count.areas import Layer
from geodata.count.compare import Pair
from geodata.count.part import TooManyError
from geodata.model.filters import Area
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import legend, words
from geodata.timemap.basemap.areas import provinces

CHOSEN = (
    Selection(),
    Selection(scopes=("core",)),
    Selection(sides=("armenian",), first=date(1988, 1, 1), last=date(1994, 12, 31)),
    Selection(first=date(2020, 9, 27), last=date(2020, 11, 10), surely=True),
    Selection(area=Area(46, 39, 47, 40.5), text="shelling"),
    Selection(text="no report has these words"),
)


@pytest.fixture(scope="module")
def large(shipped: Dataset) -> Dataset:
    return replace(shipped, is_large=True)


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_a_large_table_is_told_as_a_small_one(shipped: Dataset, large: Dataset, chosen: Selection) -> None:
    assert words.summarise(large, chosen) == words.summarise(shipped, chosen)
    assert facets.facets(large, chosen) == facets.facets(shipped, chosen)
    assert counting.number(large, chosen) == counting.number(shipped, chosen)


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_who_is_heard_in_a_large_table_is_counted_by_its_engine(
    shipped: Dataset, large: Dataset, chosen: Selection
) -> None:
    def sorted_rows(dataset: Dataset) -> list[str]:
        return sorted(map(str, voices.matrix(dataset, chosen).to_pylist()))

    assert sorted_rows(large) == sorted_rows(shipped)
    assert voices.harmed(large, chosen) == voices.harmed(shipped, chosen)
    assert voices.harm_denied(large, chosen) == voices.harm_denied(shipped, chosen)
    assert voices.kind_untold(large, chosen) == voices.kind_untold(shipped, chosen)
    assert voices.naming_a_speaker(large, chosen) == voices.naming_a_speaker(shipped, chosen)
    (of_large, untold), (of_small, also_untold) = voices.by_year(large, chosen), voices.by_year(shipped, chosen)
    assert sorted(map(str, of_large.to_pylist())) == sorted(map(str, of_small.to_pylist()))
    assert untold == also_untold


@pytest.mark.parametrize("chosen", CHOSEN)
def test_what_a_document_leaves_out_is_counted_by_the_engine_as_in_memory(
    shipped: Dataset, large: Dataset, chosen: Selection
) -> None:
    for source in shipped.sources:
        told, asked = (silence.unreported_incidents(one, chosen, source) for one in (shipped, large))
        assert told.equals(asked)


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_a_large_table_is_counted_by_area_as_a_small_one(
    shipped: Dataset, large: Dataset, chosen: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = Layer.of("Provinces", provinces())
    expected = areas.count(shipped, chosen, layer, legend.WIDEST)
    assert areas.count(large, chosen, layer, legend.WIDEST) == expected
    monkeypatch.setattr(at_places, "MOST_PLACES", 40)  # all reports lie at more
    fresh = replace(large)
    if at_places._there(fresh, chosen) is None:
        with pytest.raises(TooManyError, match="40 different places"):
            areas.count(fresh, chosen, layer, legend.WIDEST)
    else:
        assert areas.count(fresh, chosen, layer, legend.WIDEST) == expected


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_incidents_of_a_large_table_are_compared_by_all_that_is_told_of_them(
    shipped: Dataset, large: Dataset, chosen: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = disagreements.ranked(shipped, chosen)
    assert disagreements.ranked(large, chosen).to_dict("records") == expected.to_dict("records")
    assert tellings.counted(large, chosen) == tellings.counted(shipped, chosen)
    if len(expected):
        monkeypatch.setattr(disagreements, "MOST_COMPARED", 1)
        with pytest.raises(TooManyError, match="1 reports of incidents"):
            disagreements.ranked(replace(large), chosen)


PAIRS = (
    Pair("sides", ("armenian",), ("azerbaijani",)),
    Pair("sides", ("armenian", "press"), ("press", "azerbaijani", "turkish")),
    Pair("statuses", ("asserted", "attributed"), ("denied",)),
)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_incidents_of_two_sets_are_those_of_a_small_table(
    shipped: Dataset, large: Dataset, chosen: Selection, pair: Pair
) -> None:
    assert compare.numbers(large, chosen, pair) == compare.numbers(shipped, chosen, pair)
    for told in compare.REPORTED_BY:
        rows = compare.first(large, chosen, pair, told, 3)
        assert rows == compare.first(shipped, chosen, pair, told, 3)
        assert len(rows) == min(3, compare.numbers(large, chosen, pair)[told])


def test_the_rows_of_a_large_table_are_never_fetched(large: Dataset) -> None:
    with pytest.raises(AssertionError, match="never here"):
        counting.columns(large)
