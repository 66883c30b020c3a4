"""What the map is handed: compact columns, a bitset, and colours that do not depend on colour."""

from __future__ import annotations

import base64

import pyarrow as pa
import pytest

from geodata.count import counting
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import AREAS
from geodata.store.dataset import Dataset
from geodata.timemap import marks


@pytest.fixture(scope="module")
def rows(shipped: Dataset) -> pa.Table:
    return shipped.fetch(shipped.reports.order_by("row"))


@pytest.fixture(scope="module")
def columns(shipped: Dataset, rows: pa.Table) -> pa.Table:
    return marks.columns(shipped, rows)


def test_a_row_takes_at_most_twenty_four_bytes(columns: pa.Table, rows: pa.Table) -> None:
    assert sum(field.type.bit_width for field in columns.schema) / 8 <= 24
    assert len(columns) == len(rows)


def test_columns_are_sorted_by_first_day_with_undated_rows_last(columns: pa.Table) -> None:
    first = columns["first"].to_pylist()
    assert first == sorted(first)


def test_a_report_without_coordinates_is_flagged_and_not_at_zero_zero(columns: pa.Table, rows: pa.Table) -> None:
    for row, flags in zip(rows.to_pylist(), columns["flags"].to_pylist(), strict=True):
        assert bool(flags & marks.FLAGS["unmapped"]) == (row["latitude"] is None)
        assert bool(flags & marks.FLAGS["area"]) == (row["precision"] in AREAS)
        assert bool(flags & marks.FLAGS["denied"]) == (row["claim_status"] == "denied")


def test_the_bitset_holds_exactly_the_kept_rows(shipped: Dataset) -> None:
    core = Selection(scopes=("core",))
    kept = shipped.fetch(select(shipped.reports, core).select("row"))["row"]
    bits = base64.b64decode(marks.mask(counting.selection_mask(shipped, core)))
    assert {row for row in range(shipped.size) if bits[row >> 3] >> (row & 7) & 1} == set(kept.to_pylist())


def test_every_category_has_a_letter_of_its_own_beside_its_colour(shipped: Dataset) -> None:
    for scheme in marks.schemes(shipped).values():
        assert len({category.letter for category in scheme.categories}) == len(scheme.categories)
        assert len({category.colour for category in scheme.categories}) == len(scheme.categories)


def test_a_mark_names_its_place_as_both_parties_do_where_they_contest_it(shipped: Dataset, rows: pa.Table) -> None:
    names = marks.names(shipped.places.values(), shipped.case)["label"]
    labels = {names[detail["place"]] for detail in marks.details(shipped, rows) if isinstance(detail["place"], int)}
    assert {"Stepanakert / Xankəndi", "Shushi / Şuşa", "Nagorno-Karabakh (Artsakh / Qarabağ)", "Yerevan"} <= labels


def test_the_land_bears_the_same_names(shipped: Dataset) -> None:
    names = marks.names(shipped.places.values(), shipped.case)["label"]
    land = {names[label["place"]] for label in marks.orientation(shipped)}
    assert {"Armenia", "Azerbaijan", "Yerevan", "Ganja", "Stepanakert / Xankəndi"} <= land
