"""Places by name, offline, and never a silent choice between homonyms."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geodata.cli import main
from geodata.store.dataset import Dataset
from geodata.store.geocoding.gazetteer import AmbiguousPlace, CaseGazetteer


@pytest.fixture(scope="module")
def gazetteer(shipped: Dataset) -> CaseGazetteer:
    return CaseGazetteer(shipped.places, shipped.case.countries)


@pytest.mark.parametrize(
    "name", ["Stepanakert", "stepanakerdt", "Khankendi", "Xankəndi", "XANKENDI", "Ханкенди", "Степанакерт", "Խանքենդի"]
)
def test_every_spelling_in_four_languages_finds_the_place(gazetteer: CaseGazetteer, name: str) -> None:
    location = gazetteer.geocode(name)
    assert (location.latitude, location.longitude) == (39.8177, 46.7528)
    assert location.address == "Stepanakert / Xankəndi"


@pytest.mark.parametrize("name", ["Martuni", "Sarnaghbyur", "Vardenis", "Talish", "Gegharkunik"])
def test_a_homonym_is_refused_with_its_candidates(gazetteer: CaseGazetteer, name: str) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        gazetteer.geocode(name)
    assert len(caught.value.candidates) > 1
    assert "Add the district or the country" in str(caught.value)


def test_a_town_and_a_village_of_one_name_and_district_are_settled_by_their_identifiers(
    gazetteer: CaseGazetteer,
) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        gazetteer.geocode("Metsamor")
    assert {place.place_id for place in caught.value.candidates} == {"metsamor_village", "metsamor_town"}
    assert gazetteer.geocode("metsamor_town").latitude == 40.1448


@pytest.mark.parametrize("name", ["Tovuz", "Товуз", "Susa", "Stepanakret", "Khankendy", "Shoushi", "Vardenys"])
def test_a_name_that_is_only_like_that_of_a_place_is_not_answered(gazetteer: CaseGazetteer, name: str) -> None:
    assert gazetteer.candidates(name) == ()
    assert gazetteer.geocode(name) is None


def test_every_name_in_every_language_leads_to_its_place(gazetteer: CaseGazetteer, shipped: Dataset) -> None:
    for place in shipped.places.values():
        for name in place.names:
            assert place.place_id in {one.place_id for one in gazetteer.candidates(name)}, name
    assert gazetteer.geocode("ŞUŞA").raw.place_id == gazetteer.geocode("Shusha").raw.place_id == "shushi"


def test_a_district_or_a_country_settles_a_homonym(gazetteer: CaseGazetteer) -> None:
    assert gazetteer.geocode("Martuni, Gegharkunik").latitude == 40.1403
    assert gazetteer.geocode("Martuni, Armenia").latitude == 40.1403
    assert gazetteer.geocode("Martuni", country="AZ").latitude == 39.7950
    assert gazetteer.geocode("Talish, Nagorno-Karabakh").latitude == 40.3766


def test_all_bearers_of_a_name_are_given_when_more_than_one_is_asked_for(gazetteer: CaseGazetteer) -> None:
    assert {location.raw.country for location in gazetteer.geocode("Martuni", exactly_one=False)} == {"AM", "AZ"}


def test_an_unknown_name_finds_nothing(gazetteer: CaseGazetteer) -> None:
    assert gazetteer.geocode("Atlantis") is None


def test_reverse_finds_the_smallest_place_around_a_point(gazetteer: CaseGazetteer) -> None:
    assert gazetteer.reverse((39.8180, 46.7530)).raw.place_id == "stepanakert"
    around = gazetteer.reverse((39.8180, 46.7530), exactly_one=False)
    assert [place.raw.place_id for place in around][:2] == ["stepanakert", "nagorno_karabakh"]
    assert gazetteer.reverse((0, -140)) is None


def blanked(path: Path, **wanted: str) -> Path:
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    rows[0] |= {"latitude": "", "longitude": "", **wanted}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def first_row(path: Path) -> dict[str, str]:
    return next(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_command_fills_blank_coordinates_and_says_which_row_got_what(
    table_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blanked(table_copy, place="Shushi", place_id="shushi", place_role="event", precision="settlement")
    assert main(["geocode", str(table_copy)]) == 0
    out = capsys.readouterr().out
    assert "line 2: Shushi is at 39.7601, 46.7499 (settlement; gazetteer, shushi)" in out
    assert "stay open" in out.splitlines()[-1]
    assert first_row(table_copy)["latitude"] == "39.7601"


def test_the_command_leaves_a_homonym_open_and_says_why(table_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blanked(table_copy, place="Martuni", place_id="", place_role="event", precision="")
    main(["geocode", str(table_copy)])
    assert "line 2: Martuni stays open: 'Martuni' may be any of" in capsys.readouterr().out
    assert first_row(table_copy)["latitude"] == ""


def test_a_table_with_a_structural_fault_is_refused_and_left_as_it_is(table_copy: Path) -> None:
    blanked(table_copy, place="Shushi", place_id="shushi", place_role="event", precision="settlement")
    raw = table_copy.read_bytes().replace(b",Azerbaijani forces,", b',"Azerbaijani" forces,', 1)
    table_copy.write_bytes(raw)
    assert main(["geocode", str(table_copy)]) == 1
    assert table_copy.read_bytes() == raw
    assert not list(table_copy.parent.glob(".*"))


def test_line_ends_the_mark_the_mode_and_a_link_stay_as_they_are(table_copy: Path) -> None:
    blanked(table_copy, place="Shushi", place_id="shushi", place_role="event", precision="settlement")
    table_copy.write_bytes(b"\xef\xbb\xbf" + table_copy.read_bytes().replace(b"\n", b"\r\n"))
    table_copy.chmod(0o640)
    link = table_copy.with_name("link.csv")
    link.symlink_to(table_copy)
    assert main(["geocode", str(link)]) == 0
    assert link.is_symlink()
    assert table_copy.read_bytes().startswith(b"\xef\xbb\xbf")
    assert table_copy.read_bytes().count(b"\r\n") == table_copy.read_bytes().count(b"\n")
    assert table_copy.stat().st_mode & 0o777 == 0o640


def test_an_unknown_place_id_stays_open(table_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blanked(table_copy, place="Shushi", place_id="shushi_typo", place_role="event", precision="")
    main(["geocode", str(table_copy)])
    assert "the place_id shushi_typo is not in places.csv" in capsys.readouterr().out
