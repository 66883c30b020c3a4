"""The case as a file: every mistake with its line, and a table alone that is a case of its own."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geodata.model.case import Case
from geodata.model.faults import InvalidData
from geodata.model.names import name_of, namings
from geodata.model.records import Report
from geodata.model.selection import Selection, select
from geodata.model.vocabulary import PALETTES
from geodata.store import case_file
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.store.load import load
from geodata.tell import facts
from tests.server import ROOT

TEXT = (ROOT / "case.yaml").read_text(encoding="utf-8")


def test_the_shipped_case_is_the_root_of_the_checkout() -> None:
    assert case_file.shipped_case() == ROOT
    case = case_file.read(ROOT)
    assert case.parties == ("armenian", "azerbaijani")
    assert case.opening_scopes == ("core",)
    assert case.side_name("ngo") == "NGO"
    assert case.side_name("") == "not stated"
    assert list(namings(case)) == ["label", "en", "hy", "az", "ru"]


MISTAKES = [
    ("title: A", "titel: A", "titel", "did you mean 'title'?"),
    ("letter: Z", "letter: A", "sides, azerbaijani, letter", "that of 'armenian'"),
    ("letter: Z", "letter: ZZ", "sides, azerbaijani, letter", "does not have the form"),
    ('colour: "#7C6723"', 'colour: "#735EA0"', "sides, azerbaijani, colour", "each needs its own"),
    ('colour: "#7C6723"', "colour: yellow", "sides, azerbaijani, colour", "does not have the form"),
    ("party: true", "party: yes", "sides, armenian, party", "neither 'true' nor 'false'"),
    ("meaning: a national", "meanin: a national", "sides, court, meanin", "did you mean 'meaning'?"),
    ("opens_on: core", "opens_on: cor", "opens_on", "is not among scopes (core, context"),
    ("[hy, az]", "[hy, ka]", "together", "'ka' is not among languages"),
    ("[hy, az]", "[hy]", "together", "names one language alone"),
    ("home:\n", "home:\n  west: 54.3\n", "home, west", "stands twice (first in line"),
    ("west: 44.3", "west: far", "home, west", "is not a number"),
    ("west: 44.3", "west: 444", "home, west", "too large"),
    ("AM: [", "am: [", "countries, am", "does not have the form"),
    ("ru: {", "russian: {", "languages, russian", "does not have the form"),
    ("first: 2016-04}", "first: 2016-14}", "periods 2, first", "not an EDTF date (month 14)"),
    ("last: 2020-11}", "last: 2020-08}", "periods 3", "its last day is before its first"),
    ("first: 2022-09}", "first: 2022-09/..}", "periods 4", "no end of it may be open"),
    ("name: Sep 2022", "name: Apr 2016", "periods 4, name", "the name of an earlier period"),
    ("name: Sep 2022, f", "nam: Sep 2022, f", "periods 4, nam", "did you mean 'name'?"),
    ("context: related", "core: related", "scopes, core", "stands twice"),
    ("licence: CC BY 4.0", "licence: *all", "", "'*all'"),
    ("title: Armenian", "title: a: b", "", "is not YAML"),
]


@pytest.mark.parametrize(("was", "instead", "column", "message"), MISTAKES, ids=[mistake[1] for mistake in MISTAKES])
def test_a_mistake_in_a_case_is_told_with_its_line(was: str, instead: str, column: str, message: str) -> None:
    with pytest.raises(InvalidData) as caught:
        case_file.parse(TEXT.replace(was, instead, 1), "case.yaml")
    [told] = [fault for fault in caught.value.faults if fault.column == column]
    first = TEXT[: TEXT.index(was)].count("\n") + 1
    assert told.line == first + (4 if was == "home:\n" else 0)
    assert message in told.message


NOT_YAML = [
    ("title: a: b\n", 1, 9, "a text that holds ': ' goes into quotation marks"),
    ("title: {a: b: c}\n", 1, 13, "a text that holds ': ' goes into quotation marks"),
    ("title: 'a\nsides: {}\n", 1, 8, "what opens here (a quotation mark, [ or {) does not close"),
    ("a: b\ntitle: [a\n", 2, 8, "what opens here (a quotation mark, [ or {) does not close"),
    ("title: | a\n", 1, 10, "the text after '|' or '>' begins in the next line"),
    ("title: @a\n", 1, 8, "a text that begins with a sign goes into quotation marks"),
    ("title: 'a'x\n", 1, 11, "a text that begins with a sign goes into quotation marks"),
    ("sides:\n\ta: b\n", 2, 1, "a tab indents this line; indent with spaces"),
    ("a: b\n c: d\n", 2, 3, "a field is indented as its neighbours are"),
    ("a: b\nc\nd: e\n", 3, 1, "the name of a field is followed by ': ' and its value"),
    ("a: b\nc: d\x0b\n", 2, 5, "holds a sign that YAML forbids (U+000B)"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), NOT_YAML)
def test_what_is_not_yaml_is_told_with_line_and_column_and_how_to_mend_it(
    text: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(InvalidData) as caught:
        case_file.parse(text, "case.yaml")
    [told] = caught.value.faults
    assert (told.file, told.line) == ("case.yaml", line)
    assert f"at column {column}" in told.message
    assert message in told.message


def test_a_sign_written_as_two_halves_is_read_as_the_sign() -> None:
    assert case_file.parse(TEXT.replace("letter: A\n", 'letter: "\\ud834\\udd1e"\n', 1), "case.yaml")


def test_a_text_in_place_of_fields_is_told_how_fields_are_written() -> None:
    with pytest.raises(InvalidData, match=r"as \{name: text\}, or each indented"):
        case_file.parse("title: a\nsides: {a: b}\n", "case.yaml")


def test_a_period_without_a_last_day_ends_where_its_first_date_ends() -> None:
    days = {period.name: period.days for period in case_file.read(ROOT).periods}
    assert days["Apr 2016"] == (date(2016, 4, 1), date(2016, 4, 30))
    assert days["27 Sep – Nov 2020"] == (date(2020, 9, 27), date(2020, 11, 30))


def test_a_period_of_the_shipped_case_holds_reports_that_lie_surely_in_it(shipped: Dataset) -> None:
    for period in shipped.case.periods:
        first, last = period.days
        within = select(shipped.reports, Selection(first=first, last=last, surely=True))
        assert len(shipped.fetch(within)) > 0, period.name


def test_a_box_that_is_none_is_told_at_the_box() -> None:
    with pytest.raises(InvalidData, match=r"line \d+, home: west must be less than east .*, and south less than north"):
        case_file.parse(TEXT.replace("west: 44.3", "west: 54.3"), "case.yaml")


def test_two_mistakes_are_told_at_once() -> None:
    text = TEXT.replace("opens_on: core", "opens_on: cor").replace("[hy, az]", "[hy, ka]")
    with pytest.raises(InvalidData) as caught:
        case_file.parse(text, "case.yaml")
    assert [fault.column for fault in caught.value.faults] == ["opens_on", "together"]


def test_more_sides_than_can_be_told_apart_are_refused() -> None:
    sides = "".join(f"  side {number}: {{}}\n" for number in range(11))
    with pytest.raises(InvalidData, match="names 11; 10 can be told apart"):
        case_file.parse(f"title: x\nsides:\n{sides.replace('{}', '{meaning: m}')}", "case.yaml")


def test_letters_and_colours_that_are_left_out_are_made_and_told_apart() -> None:
    case = Case.of_table("x", ["alpha", "Ärzte", "alps", "other", "123"])
    assert [side.letter for side in case.sides.values()] == ["A", "Ä", "L", "O", "B"]
    first, second, third, fourth, *_, grey = PALETTES["sides"]
    assert [side.colour for side in case.sides.values()] == [first, second, third, grey, fourth]


def test_kinds_need_a_family_of_the_case() -> None:
    text = "title: x\nsides: {a: {meaning: m}}\nkinds:\n  walkout:\n    family: work\n    meaning: w\n"
    with pytest.raises(InvalidData, match=r"line 5, kinds, walkout, family: 'work' is not among families \(fighting"):
        case_file.parse(text, "case.yaml")


def test_a_vocabulary_without_its_case_is_a_mistake_of_the_program() -> None:
    row = next(csv.DictReader((ROOT / "events.csv").open(encoding="utf-8")))
    with pytest.raises(LookupError, match="context=case"):
        Report.model_validate(row)


def test_the_schema_for_editors_is_that_of_the_model() -> None:
    told = (ROOT / "geodata" / "case.schema.json").read_text(encoding="utf-8")
    assert told == case_file.schema(), "run python -m geodata.store.case_file > geodata/case.schema.json"


# --- what a folder holds --------------------------------------------------------------------------------------------


def test_all_but_the_case_and_its_reports_may_be_absent(table_copy: Path) -> None:
    whole = load(table_copy.parent)
    for name in ("sources.csv", "places.csv", "persons.csv"):
        table_copy.with_name(name).unlink()
    bare = load(table_copy.parent)
    assert bare.size == whole.size
    assert (bare.places, bare.persons) == ({}, None)
    assert set(bare.sources) == set(whole.sources)
    assert all(source.rating_reason == "not rated" for source in bare.sources.values())
    assert bare.case.title == whole.case.title


def test_a_language_is_a_column_and_no_code(table_copy: Path) -> None:
    places, case = table_copy.with_name("places.csv"), table_copy.with_name("case.yaml")
    rows = list(csv.DictReader(places.read_text(encoding="utf-8").splitlines()))
    rows[0]["names_ka"] = "სტეპანაკერტი (Stepanak’erti)"
    with places.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], restval="")
        writer.writeheader()
        writer.writerows(rows)
    case.write_text(TEXT.replace("  ru: {", "  ka: {name: ქართული, english: Georgian}\n  ru: {"), encoding="utf-8")
    dataset = load(table_copy.parent)
    assert namings(dataset.case)["ka"] == "ქართული (Georgian)"
    assert name_of(dataset.places["stepanakert"], "ka") == "სტეპანაკერტი"
    assert name_of(dataset.places["shushi"], "ka") == "Shushi / Şuşa", "no language is made up"


def test_a_strange_column_of_places_is_still_refused(table_copy: Path) -> None:
    places = table_copy.with_name("places.csv")
    places.write_text(places.read_text(encoding="utf-8").replace("names_ru", "name_ru", 1), encoding="utf-8")
    with pytest.raises(InvalidData, match="name_ru: is not a column of this table"):
        load(table_copy)


# --- tables alone ---------------------------------------------------------------------------------------------------


def test_a_table_of_ours_alone_tells_what_stands_in_it_and_no_more(table_copy: Path) -> None:
    table_copy.with_name("case.yaml").unlink()
    dataset = open_table(table_copy)
    assert (dataset.places, dataset.persons, dataset.missing) == ({}, None, ())
    case = dataset.case
    assert (case.title, case.home, case.languages, case.countries, case.cautions) == ("events", None, {}, {}, ())
    assert set(case.sides) == set(dataset.fetch(dataset.reports)["claimant_side"].to_pylist())
    assert case.parties == ()
    assert case.opening_scopes == ()
    assert not any(side.meaning or side.people for side in case.sides.values())


def test_a_table_of_others_brings_its_own_sides(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "id,date,latitude,longitude,source,claimant_side,scope\n"
        "a,1931-10-05,47,-27,Voice,dockers,strike\nb,1931-10-06,47,-27,Voice,owners,\nc,1931-10-06,47,-27,Voice,,strike\n",
        encoding="utf-8",
    )
    case = open_table(path).case
    assert (case.title, list(case.sides), list(case.scopes)) == ("mine", ["dockers", "owners"], ["strike"])


def test_too_many_sides_of_a_table_of_others_stay_a_column_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = "".join(f"{number},1931-10-05,47,-27,Voice,side {number}\n" for number in range(12))
    path.write_text(f"id,date,latitude,longitude,source,claimant_side\n{rows}", encoding="utf-8")
    dataset = open_table(path)
    assert "names 12 sides; 10 can be told apart" in " ".join(dataset.openings[0].notes)
    assert not dataset.case.sides
    assert facts.also(dataset, dataset.fetch(dataset.reports).to_pylist())[0] == {"claimant_side": "side 0"}
