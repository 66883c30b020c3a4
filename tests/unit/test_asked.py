"""What the engine of a large table counts is what masks count of a small one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.count import counting, facets, voices
from geodata.model.filters import Area
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import words

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


def test_the_rows_of_a_large_table_are_never_fetched(large: Dataset) -> None:
    with pytest.raises(AssertionError, match="never here"):
        counting.columns(large)
