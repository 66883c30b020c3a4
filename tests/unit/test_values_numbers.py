"""Counts of deaths, precision and lists of sources, as tables of others write them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from geodata.model.vocabulary import PRECISIONS
from geodata.store.values import numbers, precision, sources


def deaths(*texts: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = numbers.read_deaths(pa.array(texts, pa.string())).to_pylist()
    return found


@pytest.mark.parametrize(
    ("text", "low", "best", "high"),
    [
        ("3", None, 3, None),
        ("0", None, 0, None),
        ("3.0", None, 3, None),
        ("1,200", None, 1200, None),
        ("1 200", None, 1200, None),
        ("1\u00a0200", None, 1200, None),
        ("1.200", None, 1200, None),
        ("1,200,300", None, 1_200_300, None),
        ("two", None, 2, None),
        ("about 7", None, 7, None),
        ("~7", None, 7, None),
        ("3 killed", None, 3, None),
        ("at least 5", 5, None, None),
        ("At least three", 3, None, None),
        ("5+", 5, None, None),
        ("5+ dead", 5, None, None),
        (">=5", 5, None, None),
        (">4", 5, None, None),
        ("more than 1,000", 1001, None, None),
        ("не менее 5", 5, None, None),
        ("up to 9", None, None, 9),
        ("at most 9", None, None, 9),
        ("<10", None, None, 9),
        ("4-6", 4, None, 6),
        ("4–6", 4, None, 6),
        ("4 to 6", 4, None, 6),
        ("between 4 and 6", 4, None, 6),
        ("two to four killed", 2, None, 4),
        ("1,200-1,500", 1200, None, 1500),
        ("100000000", None, 100_000_000, None),
    ],
)
def test_a_count_is_low_best_or_high_as_it_is_told(
    text: str, low: int | None, best: int | None, high: int | None
) -> None:
    (row,) = deaths(text)
    assert row == {"text": text, "low": low, "best": best, "high": high, "is_not_known": False, "problem": ""}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2.5", "not a whole number"),
        ("12,34", "not a whole number"),
        ("dozens", "no count that can be read"),
        ("3 injured", "no count that can be read"),
        ("4/6", "no count that can be read"),
        ("-3", "less than 0"),
        ("<0", "less than 0"),
        ("6-4", "higher number first"),
        ("3000000000", "larger than 100,000,000"),
        ("9" * 40, "larger than 100,000,000"),
    ],
)
def test_what_is_no_count_has_no_number_and_says_why(text: str, problem: str) -> None:
    (row,) = deaths(text)
    assert (row["low"], row["best"], row["high"], row["is_not_known"]) == (None, None, None, False)
    assert problem in row["problem"]


def test_a_number_that_is_not_known_is_told_apart_from_a_blank_and_from_nought() -> None:
    not_known = deaths("-99", "-9", "-999.0", "NA", "unknown")
    assert {(row["best"], row["is_not_known"], row["problem"]) for row in not_known} == {(None, True, "")}
    assert {(row["best"], row["is_not_known"], row["problem"]) for row in deaths("", None)} == {(None, False, "")}


def test_every_count_to_a_thousand_comes_back() -> None:
    assert [row["best"] for row in deaths(*map(str, range(1001)))] == [*range(1001)]
    assert [row["low"] for row in deaths(*(f"at least {n:,}" for n in range(0, 10**6, 997)))] == [*range(0, 10**6, 997)]


def test_words_of_a_mapping_go_before_the_common_words_of_precision() -> None:
    texts = ["1", "2.0", "village", "Admin 1", "OBLAST", "area", "NA", "", None]
    found = precision.read(pa.array(texts), {"1": "exact", "2": "settlement", "area": "district", "na": "country"})
    assert found["precision"].to_pylist() == [
        "exact", "settlement", "settlement", "province", "province", "district", "country", "", "",
    ]  # fmt: skip
    assert set(found["problem"].to_pylist()) == {""}


def test_a_precision_that_is_not_known_is_blank_and_told() -> None:
    approximate, village = precision.read(pa.array(["approximate", "village"]), {}).to_pylist()
    assert approximate["precision"] == ""
    assert "say in the mapping" in approximate["problem"]
    assert village["precision"] == "settlement"


def test_the_common_words_mean_precisions_and_a_mapping_must_too() -> None:
    assert set(precision.WORDS.values()) == set(PRECISIONS)
    for name in PRECISIONS:
        assert precision.WORDS[name] == name
    with pytest.raises(ValueError, match="town hall"):
        precision.read(pa.array(["1"]), {"1": "town hall"})


@pytest.mark.parametrize(
    ("texts", "separator"),
    [
        (["Wire A; Wire B; Wire C", "Wire A", "Wire B; Wire A"], ";"),
        (["bbc.co.uk;cnn.com"], ";"),
        (["Wire A\nWire B"], "\n"),
        (["Wire A: A long\nheadline; Wire B", "Wire B; Wire C", "Wire C", "Wire D"], ";"),
        (["A headline that\nWas wrapped", "Wire B", "Wire C"], None),
        (["Wire A|Wire B"], "|"),
        (["Wire A", "Wire B", "Wire A | Wire B"], "|"),
        (["Reuters, AFP", "Reuters", "AFP"], ", "),
        (["Reuters", "AFP", "Reuters and AFP"], " and "),
        (["https://a.org/1 https://b.org/2", "https://c.org"], " "),
        (["https://a.org/1,https://b.org/2"], ","),
        (['["Wire A", "Wire B"]', ""], sources.JSON),
        (["['Wire A', 'Wire B']"], sources.JSON),
        (['[{"name": "Wire A"}]'], sources.JSON),
        (["Daily Sheet, January 1970", "Evening Sheet, 1970", "Daily Sheet, March 1970", "Daily Sheet"], None),
        (["The Times, London", "The Guardian, London"], None),
        (["A town burns | BBC News", "A bridge falls | BBC News"], None),
        (["Army and Navy Journal", "Reuters"], None),
        (["Smith &amp; Sons", "Reuters"], None),
        (["The office said so; others say otherwise"], None),
        (["[sic] Wire A"], None),
        (["Wire A", "Wire B"], None),
        ([], None),
    ],
)
def test_a_separator_is_guessed_where_the_column_shows_a_list(texts: list[str], separator: str | None) -> None:
    assert sources.guess_separator(pa.array(texts, pa.string())) == separator


def test_a_cell_is_parted_in_its_order_without_blanks_and_repeats() -> None:
    texts = pa.array(["B; A;; B ;C", None, "", "B", "Smith &amp; Sons; A"])
    assert sources.split(texts, ";").to_pylist() == [["B", "A", "C"], [], [], ["B"], ["Smith &amp; Sons", "A"]]
    assert sources.split(pa.array([], pa.string()), ";").to_pylist() == []


def test_sources_in_json_are_named_by_their_first_field_that_is_filled() -> None:
    cell = '[{"title": "", "name": "Wire A", "url": "u"}, {"path": "p"}, "Wire B", {"note": "x"}, 7]'
    assert sources.split(pa.array([cell, "[]", "no list"]), sources.JSON).to_pylist() == [
        ["Wire A", "p", "Wire B", "7"], [], ["no list"],
    ]  # fmt: skip


def test_half_a_sign_in_a_list_is_told_as_one_that_is_not_known() -> None:
    assert sources.split(pa.array(['["Wire \\ud83d"]']), sources.JSON).to_pylist() == [["Wire \ufffd"]]
