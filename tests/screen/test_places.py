"""The page Places: what lists propose for names without coordinates, and what a person decides there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.contents import PAGES
from geodata.model.names import LABEL
from geodata.store.geocoding import decisions
from geodata.store.importers import open_table
from geodata.store.writing import Unwritten
from geodata.tell import card
from tests.server import ROOT
from tests.unit.placing import dump_in

APP = str(ROOT / "dashboard" / "page.py")

TABLE = """\
event_id,event_date,location,country,admin1,latitude,longitude,source
1,2021-01-01,Berd,Armenia,Tavush,40.88,45.39,A
2,2021-01-02,Goris,Armenia,Syunik,39.51,46.34,A
3,2021-01-03,Meghri,Armenia,Syunik,38.9,46.24,A
4,2021-01-04,Kani,Armenia,,40.0,45.0,A
5,2021-01-05,Kani,Armenia,,40.9,45.9,B
6,2021-02-01,Berd,Armenia,Tavush,,,B
7,2021-02-02,Berd,Armenia,Tavush,,,B
8,2021-02-03,Goris,Armenia,Syunik,,,B
9,2021-02-04,Meghri,Armenia,Syunik,,,B
10,2021-02-05,Kani,Armenia,,,,B
11,2021-02-06,Nowhere_*x*,Armenia,,,,B
12,2021-02-07,,Armenia,,,,B
"""
"""Three places known from the table's own rows, one homonym, one unknown, and a row that names none."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def app(table: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "places"
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    parts = (*app.markdown, *app.caption, *app.info, *app.subheader, *app.error)
    return "\n".join(part.value for part in parts)


def group(app: AppTest, name: str) -> AppTest:
    app.segmented_control(key="place_group").set_value(name).run()
    return app


def kept(table: Path) -> dict[str, decisions.Decision]:
    return {one.place: one for one in decisions.read(decisions.path_beside(table))}


def test_the_page_stands_where_a_table_of_others_names_places_without_coordinates(app: AppTest) -> None:
    assert "Places" in app.segmented_control(key="page").options
    assert (
        "6 rows without coordinates name 5 places: 1 to be asked, 3 sure, 1 unknown, 0 decided. "
        "1 further row without coordinates names no place."
    ) in said(app)


def test_our_own_table_has_no_such_page_and_its_address_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "tests" / "data" / "small"))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "places"
    app.run()
    assert not app.exception
    assert app.segmented_control(key="page").value == next(iter(PAGES))
    assert "Places" not in app.segmented_control(key="page").options


def test_a_homonym_is_asked_with_the_distance_between_its_places_and_never_among_the_sure_ones(app: AppTest) -> None:
    assert app.segmented_control(key="place_group").value == "ask"
    text = said(app)
    assert "several places bear this name" in text
    assert "**1 · Kani**, Armenia" in text
    assert "40.9000, 45.9000 · 126 km from 1" in text
    assert "learned from 1 placed row of this table" in text
    app.button(key="accept_sure").click().run()
    assert "1 to be asked, 0 sure, 1 unknown, 3 decided" in said(app)
    assert "accept_sure" not in [button.key for button in app.button]


def test_the_sure_ones_stand_with_most_rows_first(app: AppTest) -> None:
    options = group(app, "sure").radio(key="place_chosen").options
    assert options[0] == "Berd, Tavush, Armenia"
    assert len(options) == 3
    assert app.button(key="accept_sure").label == "Accept all 3 sure ones: 4 rows"


def test_text_of_the_table_does_not_act_as_markdown(app: AppTest) -> None:
    assert group(app, "unknown").radio(key="place_chosen").options == ["Nowhere\\_\\*x\\*, Armenia"]


def test_what_is_decided_is_written_beside_the_table_once_it_is_put_on_the_map(app: AppTest, table: Path) -> None:
    app.text_input(key="decided_by").set_value("R. Reader").run()
    app.button(key="accept_2").click().run()
    app.button(key="accept_sure").click().run()
    group(app, "unknown").button(key="leave_blank").click().run()
    assert not kept(table), "nothing is written before it is asked for"
    assert "5 changes not on the map yet" in said(app)
    assert app.button(key="put_in").label == "Put on the map: 5 rows"
    app.button(key="put_in").click().run()
    assert not app.exception
    decided = kept(table)
    assert {one.decided_by for one in decided.values()} == {"R. Reader"}
    assert (decided["Kani"].latitude, decided["Nowhere_*x*"].decision) == (40.9, "blank")
    assert "2 cannot be mapped" in said(app), "the table on screen follows"
    assert "not on the map yet" not in said(app)
    assert table.read_text(encoding="utf-8") == TABLE


def test_the_card_of_a_filled_row_says_that_its_coordinates_are_not_in_the_table(app: AppTest, table: Path) -> None:
    app.button(key="accept_1").click().run()
    app.button(key="put_in").click().run()
    dataset = open_table(table)
    rows = dataset.fetch(dataset.reports.filter(dataset.reports.incident_id == "10")).to_pylist()
    told = card.of(dataset, rows, LABEL)["tellings"][0]["facts"]
    assert ("Coordinates", "not in the table; learned from 1 placed row of this table") in told


@pytest.mark.heavy
def test_a_decided_place_is_decided_again_or_taken_back(app: AppTest, table: Path) -> None:
    app.button(key="accept_1").click().run()
    app.button(key="put_in").click().run()
    group(app, "decided")
    assert "Decided: accepted: Kani at 40.0, 45.0" in said(app)
    app.button(key="accept_2").click().run()
    app.button(key="put_in").click().run()
    assert kept(table)["Kani"].latitude == 40.9
    app.button(key="take_back").click().run()
    app.button(key="put_in").click().run()
    assert not app.exception
    assert not decisions.path_beside(table).exists()
    assert "1 to be asked, 3 sure, 1 unknown, 0 decided" in said(app)


@pytest.mark.heavy
def test_changes_that_are_dropped_leave_what_was_kept(app: AppTest) -> None:
    app.button(key="accept_1").click().run()
    app.button(key="drop_changes").click().run()
    assert "1 to be asked, 3 sure, 1 unknown, 0 decided" in said(app)


@pytest.mark.parametrize(
    ("latitude", "longitude", "precision", "message"),
    [
        pytest.param(
            *(None, 45.1, "settlement", "Give latitude, longitude and the kind of place."), marks=pytest.mark.heavy
        ),
        (40.1, 45.1, None, "Give latitude, longitude and the kind of place."),
        (0.0, 0.0, "settlement", "0, 0 lies in the open sea"),
    ],
)
def test_coordinates_of_ones_own_are_checked(
    app: AppTest, latitude: float | None, longitude: float | None, precision: str | None, message: str
) -> None:
    group(app, "unknown")
    own(app, latitude, longitude, precision)
    assert message in said(app)
    assert "not on the map yet" not in said(app)


@pytest.mark.heavy
def test_coordinates_of_ones_own_place_a_name_that_no_list_knows(app: AppTest, table: Path) -> None:
    group(app, "unknown")
    own(app, 40.1, 45.1, "settlement")
    app.button(key="put_in").click().run()
    decided = kept(table)["Nowhere_*x*"]
    assert (decided.decision, decided.latitude, decided.precision, decided.origin) == (
        "another",
        40.1,
        "settlement",
        "by hand",
    )


def own(app: AppTest, latitude: float | None, longitude: float | None, precision: str | None) -> None:
    fields = {number.key.split("_")[1]: number for number in app.number_input if number.key.startswith("own_")}
    fields["latitude"].set_value(latitude)
    fields["longitude"].set_value(longitude)
    [kind] = [box for box in app.selectbox if str(box.key).startswith("own_precision")]
    kind.set_value(precision)
    app.button(key="use_own").click().run()
    assert not app.exception


@pytest.mark.heavy
def test_a_dump_of_geonames_beside_the_table_is_asked_too(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dump_in(table.parent)
    table.write_text(TABLE.replace("Nowhere_*x*", "Nor Kyank"), encoding="utf-8")
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "places"
    app.run()
    assert "2 to be asked, 3 sure, 0 unknown" in said(app)
    assert "AM.txt" in said(app)


@pytest.mark.heavy
def test_a_file_that_is_no_dump_is_told_and_breaks_nothing(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (table.parent / "AM.txt").write_text("no\tdump\n", encoding="utf-8")
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "places"
    app.run()
    assert not app.exception
    assert "AM.txt: is no dump of GeoNames" in said(app).replace("\\", "")


@pytest.mark.heavy
def test_a_folder_that_cannot_be_written_is_told_and_the_decisions_stay(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, _: object) -> None:
        raise Unwritten(path, "no permission to write into its folder")

    monkeypatch.setattr(decisions, "change", refused)
    app.button(key="accept_1").click().run()
    app.button(key="put_in").click().run()
    assert "incidents.places.csv cannot be written: no permission" in said(app)
    assert "1 change not on the map yet" in said(app)


@pytest.mark.heavy
def test_each_table_of_a_case_has_decisions_of_its_own_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "tests" / "data" / "small", tmp_path / "case")
    folder = tmp_path / "case" / "tables"
    folder.mkdir()
    named = ""
    for name in ("first", "second"):
        (folder / f"{name}.csv").write_text(TABLE, encoding="utf-8")
        named += f"  {name}:\n    file: tables/{name}.csv\n    title: The {name} table\n"
    case = tmp_path / "case" / "case.yaml"
    case.write_text(f"{case.read_text(encoding='utf-8')}\ntables:\n{named}", encoding="utf-8")
    monkeypatch.setenv("ATTEST_EVENTS", str(tmp_path / "case"))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "places"
    app.run()
    assert not app.exception
    assert "the case's gazetteer" in said(app)
    app.selectbox(key="place_table").set_value("second").run()
    app.button(key="accept_1").click().run()
    app.button(key="put_in").click().run()
    assert not app.exception
    assert (folder / "second.places.csv").exists()
    assert not (folder / "first.places.csv").exists()
    assert "0 to be asked, 3 sure, 1 unknown, 1 decided" in said(app)
    app.selectbox(key="place_table").set_value("first").run()
    assert "1 to be asked, 3 sure, 1 unknown, 0 decided" in said(app)


def uploaded(table: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page with the table uploaded into the session."""
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "tests" / "data" / "small"))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "table"
    app.run()
    app.file_uploader(key="upload").set_value((table.name, table.read_bytes(), "text/csv")).run()
    assert not app.exception
    app.segmented_control(key="page").set_value("places").run()
    return app


@pytest.mark.heavy
def test_decisions_on_an_uploaded_table_stay_in_the_session_and_can_be_taken_away(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = uploaded(table, monkeypatch)
    assert "1 to be asked, 3 sure, 1 unknown, 0 decided" in said(app)
    app.button(key="accept_sure").click().run()
    assert "stay in this session" in said(app)
    app.button(key="put_in").click().run()
    assert not app.exception
    assert "3 cannot be mapped" in said(app), "the table on screen follows"
    assert "1 to be asked, 0 sure, 1 unknown, 3 decided" in said(app)
    assert app.get("download_button")[0].label == "Download 3 decisions (CSV)"
    assert not decisions.path_beside(table).exists()


@pytest.mark.heavy
def test_a_file_of_decisions_made_before_is_taken_and_a_faulty_one_told(app: AppTest, table: Path) -> None:
    app.button(key="accept_2").click().run()
    app.button(key="put_in").click().run()
    path = decisions.path_beside(table)
    text = path.read_bytes()
    path.unlink()
    app.run()
    app.file_uploader(key="decisions_0").set_value((path.name, text, "text/csv")).run()
    assert "1 change not on the map yet" in said(app)
    assert app.button(key="put_in").label == "Put on the map: 1 row"
    app.file_uploader(key="decisions_1").set_value(("wrong.csv", b"place,decision\nBerd,yes\n", "text/csv")).run()
    assert "wrong.csv line 1, country: the column is missing" in said(app)
    assert "1 change not on the map yet" in said(app)


@pytest.mark.heavy
def test_a_dump_that_is_dropped_in_is_asked_until_it_is_removed(app: AppTest, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    dump = dump_in(folder)
    app.file_uploader(key="dump_0").set_value((dump.name, dump.read_bytes(), "text/plain")).run()
    assert not app.exception
    assert "GeoNames dump AM.txt" in said(app)
    app.button(key="remove_dump_0").click().run()
    assert "GeoNames dump AM.txt" not in said(app)


@pytest.mark.heavy
def test_a_page_of_more_places_than_the_list_holds_has_a_field_to_find_one(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "".join(f"{100 + number},2021-03-01,Hamlet {number},Armenia,,,,B\n" for number in range(60))
    table.write_text(TABLE + many, encoding="utf-8")
    monkeypatch.setenv("ATTEST_EVENTS", str(table))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["page"] = "places"
    app.run()
    group(app, "unknown")
    assert len(app.radio(key="place_chosen").options) == 50
    app.text_input(key="place_find").set_value("hamlet 59").run()
    assert app.radio(key="place_chosen").options == ["Hamlet 59, Armenia"]
    app.text_input(key="place_find").set_value("zzz").run()
    assert not app.exception
    assert "No place has this in its name" in said(app)
