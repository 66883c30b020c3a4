"""The name of a file says what the file holds."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from geodata.exports import EXPORTS, names
from geodata.formats import BRIEFINGS, PICTURES
from geodata.model.case import OWN_TABLE
from geodata.model.filters import FILTERS, Area, Kind
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset

AUTUMN = {"first": date(2020, 9, 27), "last": date(2020, 11, 10)}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Selection(), ""),
        (Selection(scopes=("core",), **AUTUMN), "_2020-09-27_2020-11-10_core"),
        (Selection(surely=True, **AUTUMN), "_2020-09-27_2020-11-10_surely"),
        (Selection(first=date(2020, 9, 27)), "_from-2020-09-27"),
        (Selection(last=date(2020, 9, 27), graphic=False), "_until-2020-09-27_without-graphic"),
        (Selection(sides=("armenian", "azerbaijani")), "_armenian-azerbaijani"),
        (Selection(sides=("armenian", "azerbaijani", "turkish")), "_3-sides"),
        (Selection(places=("shushi",)), "_shushi-susa"),
        (Selection(text="../../Etc, “Şuşa”!"), "_etc-susa"),
        (Selection(text="Шуша"), "_text"),
        (Selection(deaths_at_least=3, disputed=True), "_disputed_deaths-at-least-3"),
        (Selection(area=Area(40, 35, 50, 45)), "_area"),
    ],
)
def test_a_name_tells_title_window_and_filters(shipped: Dataset, chosen: Selection, said: str) -> None:
    assert names.of_view(shipped, chosen, "csv") == f"armenian-azerbaijani-conflict{said}.csv"


@pytest.mark.parametrize("chosen", [Selection(scopes=("core",)), Selection(surely=True), Selection(text="../Şuşa")])
def test_a_picture_is_named_as_another_file_of_its_view_is(shipped: Dataset, chosen: Selection) -> None:
    before, behind = names.around_days(shipped, chosen)
    assert f"{before}{behind}.png" == names.of_view(shipped, chosen, "png")
    autumn = chosen.having(**AUTUMN)
    before, behind = names.around_days(shipped, autumn)
    assert f"{before}_2020-09-27_2020-11-10{behind}.png" == names.of_view(shipped, autumn, "png")


def every_filter() -> Selection:
    values = {Kind.TEXT: "a word", Kind.SWITCH: True, Kind.NUMBER: 3, Kind.AREA: Area(40, 35, 50, 45)}
    chosen = {one.name: values.get(one.kind, ("b", "c")) for one in FILTERS if one.kind is not Kind.WINDOW}
    return Selection(**chosen | {"graphic": False, "own": ("b=c",), "tables": (OWN_TABLE,), "surely": True} | AUTUMN)


ENDINGS = [*((ending, "") for ending in EXPORTS), *((ending, "incidents") for ending in (*PICTURES, *BRIEFINGS, "zip"))]


@pytest.mark.parametrize(("ending", "what"), ENDINGS)
@pytest.mark.parametrize("title", ["A", "Война", "戦争 2020", "A long title of a case that goes on and on", "x" * 99])
def test_a_name_is_short_and_ascii_whatever_is_chosen(shipped: Dataset, title: str, ending: str, what: str) -> None:
    case = shipped.case.model_copy(update={"title": title})
    for chosen in (Selection(), every_filter(), *every_filter().single_filters()):
        name = names.of_view(dataclasses.replace(shipped, case=case), chosen, ending, what)
        assert re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.[a-z.]+", name)
        assert len(name) <= names.LONGEST
        assert name.endswith(f"{what}.{ending}")


def test_filters_that_find_no_room_are_counted(shipped: Dataset) -> None:
    chosen = Selection(scopes=("core",), sides=("armenian",), types=("shelling",), surely=True, disputed=True, **AUTUMN)
    assert (
        names.of_view(shipped, chosen, "csv")
        == "armenian-azerbaijani-conflict_2020-09-27_2020-11-10_surely_core_and-3-more.csv"
    )
    long = Selection(
        sources=("002_eef0960e507a5577", "001_c84d5488b9c80a68"), text="what the minister said of it", **AUTUMN
    )
    assert names.of_view(shipped, long, "csv") == "armenian-azerbaijani-conflict_2020-09-27_2020-11-10_2-filters.csv"


def test_a_title_without_latin_letters_leaves_a_name(shipped: Dataset) -> None:
    case = shipped.case.model_copy(update={"title": "Война"})
    assert names.of_view(dataclasses.replace(shipped, case=case), Selection(), "csv") == "attest.csv"


def test_a_file_of_a_lesson_has_the_names_of_case_and_lesson(shipped: Dataset) -> None:
    assert (
        names.of_one(shipped, "how-to-read-a-claim", "pdf") == "armenian-azerbaijani-conflict_how-to-read-a-claim.pdf"
    )
