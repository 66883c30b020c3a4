"""Incidents for a briefing are sought by word, date and claimant, and a line tells which is which."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geodata.count import choosing
from geodata.count.choosing import MOST_SPEAKERS, Found, Sought, days_of, found, lines
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from tests.others import table

ALL = Selection()


def rows_of(dataset: Dataset, one: str) -> list[dict[str, object]]:
    reports = dataset.reports
    asked = reports.filter(reports.incident_id == one).order_by("row")
    rows: list[dict[str, object]] = dataset.fetch(asked).to_pylist()
    return rows


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("4 Oct 2020", (date(2020, 10, 4), date(2020, 10, 4))),
        ("Oct 2020", (date(2020, 10, 1), date(2020, 10, 31))),
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("27 Sep – 10 Nov 2020", (date(2020, 9, 27), date(2020, 11, 10))),
        (" ", None),
    ],
)
def test_a_day_is_typed_as_the_page_writes_it(typed: str, days: tuple[date, date] | None) -> None:
    assert days_of(typed) == days


def test_what_is_no_date_is_refused_with_the_way_to_write_one() -> None:
    with pytest.raises(ValueError, match="write 2020-10-04"):
        days_of("the other day")


def test_a_word_finds_any_name_of_a_place_in_any_report(shipped: Dataset) -> None:
    for spelling in ("Ganja", "Gəncə", "Gandzak"):
        listed = found(shipped, ALL, Sought(spelling)).lines
        assert "2020-10-ganja-airbase-attack" in listed, spelling
        assert 0 < len(listed) < 20


def test_a_date_finds_what_may_lie_on_it_and_a_claimant_what_he_says(shipped: Dataset) -> None:
    days = days_of("Oct 2020")
    assert days
    for one in found(shipped, ALL, Sought(days=days)).lines:
        assert any(row["first_day"] and row["first_day"] <= days[1] and row["last_day"] >= days[0]  # type: ignore[operator]
                   for row in rows_of(shipped, one))  # fmt: skip
    says = found(shipped, ALL, Sought(speaker="Azerbaijani officials")).lines
    assert says
    assert all("Azerbaijani officials" in {row["claimed_by"] for row in rows_of(shipped, one)} for one in says)
    both = found(shipped, ALL, Sought("Ganja", days, "Azerbaijani officials"))
    assert list(both.lines) == ["2020-10-ganja-airbase-attack"]
    assert found(shipped, ALL, Sought("Ganja", days_of("1905"))) == Found({}, 0)


def test_only_incidents_of_the_view_are_found(shipped: Dataset) -> None:
    core = found(shipped, Selection(scopes=("core",)), Sought()).lines
    every = found(shipped, ALL, Sought()).lines
    assert set(core) < set(every)


def test_a_line_tells_title_date_and_speakers_and_cuts_a_long_list_of_them(tmp_path: Path) -> None:
    names = [f"Paper {number}" for number in range(MOST_SPEAKERS + 2)]
    dataset = table(tmp_path / "told.csv", {"id": "a", "title": "Fire", "source": ";".join(names)}, {"id": "b"})
    [told, short] = found(dataset, ALL, Sought()).lines.values()
    assert told.startswith("Fire · 4 Oct 2020 · ")
    assert told.endswith("and 2 more")
    assert short == "A fire · 4 Oct 2020 · Alpha"
    assert list(lines(dataset, ["e-none", *found(dataset, ALL, Sought()).lines])) == list(
        found(dataset, ALL, Sought()).lines
    )


def test_a_long_list_is_cut_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST_OFFERED", 3)
    many = found(table(tmp_path / "many.csv", *[{"id": f"e{at}"} for at in range(5)]), ALL, Sought())
    assert (len(many.lines), many.total) == (3, 5)
