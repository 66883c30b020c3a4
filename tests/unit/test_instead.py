"""What is offered where no report is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geodata.count import counting, instead
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset

EMPTY = [
    Selection(text="rokets"),
    Selection(text="Zzyzx rokets"),
    Selection(text="rokets", sources=("004_35158a2b97b6a292",), first=date(2016, 1, 1), last=date(2017, 1, 1)),
    Selection(text="Shushi", first=date(1950, 1, 1), last=date(1951, 1, 1), scopes=("core",)),
    Selection(sides=("turkish",), scopes=("historical",)),
]


@pytest.mark.parametrize("chosen", EMPTY, ids=repr)
def test_each_offer_has_the_reports_it_states_and_takes_back_no_more_than_it_says(
    shipped: Dataset, chosen: Selection
) -> None:
    assert not counting.selection_mask(shipped, chosen).any()
    offers = instead.nearest(shipped, chosen)
    assert offers
    for offer in offers:
        assert offer.reports == counting.selection_mask(shipped, offer.chosen).sum() > 0
        kept = chosen.having(text=offer.text) if offer.text else chosen
        if offer.without == instead.ALL_BUT_WORDS:
            assert offer.chosen == Selection(text=kept.text)
        else:
            assert offer.chosen == (kept.without(offer.without) if offer.without else kept)


def test_words_that_no_report_has_are_named_and_their_like_offered(shipped: Dataset) -> None:
    assert instead.unknown_words(shipped, "Zzyzx rockets Rokets") == ["zzyzx", "rokets"]
    assert "rockets" in [offer.text for offer in instead.nearest(shipped, Selection(text="Zzyzx rokets"))]


def test_years_and_short_words_that_reports_have_are_not_said_to_be_in_none(shipped: Dataset) -> None:
    assert instead.unknown_words(shipped, "2020 US 3 rock 2199") == ["2199"]


@pytest.mark.parametrize(
    ("word", "written"), [("الخبر", "والخبر"), ("ירושלים", "בירושלים"), ("北京", "在北京市")], ids=ascii
)
def test_a_word_within_others_is_known_where_its_script_writes_words_together(
    shipped: Dataset, word: str, written: str
) -> None:
    dataset = replace(shipped, reports=shipped.reports.mutate(words=shipped.reports.words + f" {written}"))
    assert instead.unknown_words(dataset, word) == []
    assert instead.unknown_words(shipped, word) == [word]


def test_a_word_found_in_another_scope_alone_is_offered_there(shipped: Dataset) -> None:
    chosen = Selection(text="embassy", scopes=("core",))
    assert "scopes" in [offer.without for offer in instead.nearest(shipped, chosen)]


def test_nothing_is_offered_that_has_no_report(shipped: Dataset) -> None:
    empty = replace(shipped, reports=shipped.reports.filter(shipped.reports.row < 0))
    assert instead.nearest(empty, Selection(text="rockets")) == []
