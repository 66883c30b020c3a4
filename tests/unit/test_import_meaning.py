"""What a table of others tells beside date and place: who says it, what of it is ours, and what stays its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.count import disagreements
from geodata.count.facets import facet
from geodata.exports.attribution import attributed, rows_of
from geodata.model.mapping import TableMapping
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.importers import open_table
from geodata.tell import facts
from geodata.timemap import marks
from tests.unit.importing import HEAD, asked, column, notes, opened, unread
from tests.unit.importing import rows_of as reports

ACLED = (
    "EVENT_ID_CNTY,EVENT_DATE,TIME_PRECISION,EVENT_TYPE,SUB_EVENT_TYPE,ACTOR1,ACTOR2,COUNTRY,LOCATION,LATITUDE,"
    "LONGITUDE,GEO_PRECISION,SOURCE,SOURCE_SCALE,NOTES,FATALITIES\n"
    "XXX1,2020-10-01,3,Battles,Armed clash,Army One,Army Two,Nowhere,Bridge Town,39.81,46.75,2,Wire A; Wire B,Local,"
    "In October two armies clashed.,4\n"
    "XXX2,2020-10-04,1,Protests,Peaceful protest,Protesters,,Nowhere,Old Town,39.82,46.76,1,Wire A,Local,A march.,0\n"
)


def test_an_export_of_acled_opens_in_capitals_and_never_loses_its_ban(tmp_path: Path) -> None:
    dataset = opened(tmp_path, ACLED)
    assert column(dataset, "date") == ["2020-10", "2020-10", "2020-10-04"]
    assert column(dataset, "precision") == ["district", "district", "settlement"]
    assert column(dataset, "event_type") == ["armed clash", "armed clash", "protest"]
    assert not any(source.may_republish for source in dataset.sources.values())
    rows, withheld = rows_of(dataset, Selection())
    assert (len(rows), withheld) == (0, 3)


def test_sources_of_one_cell_become_reports_of_one_telling_that_never_differ(tmp_path: Path) -> None:
    dataset = opened(tmp_path, ACLED)
    assert column(dataset, "source_id") == ["Wire A", "Wire B", "Wire A"]
    assert column(dataset, "telling") == [1, 1, 2]
    assert len(disagreements.ranked(dataset, Selection())) == 0


def test_names_of_sources_are_split_where_the_column_shows_that_they_are_lists(tmp_path: Path) -> None:
    dataset = opened(
        tmp_path,
        f"{HEAD}\na,2020-10-04,39.8,46.7,Wire A; Wire B,One\nb,2020-10-05,39.8,46.7,Wire A,Two\n"
        "c,2020-10-06,39.8,46.7,Wire B; Wire A,Three\n",
    )
    assert sorted(dataset.sources) == ["Wire A", "Wire B"]
    assert "2 rows name several sources" in notes(dataset)


def test_a_sign_in_html_parts_no_source_in_two(tmp_path: Path) -> None:
    cells = ("Smith &amp; Sons;Wire A", "Wire A;Smith &amp; Sons", "Wire A")
    lines = "".join(f'a{n},2020-10-04,39.8,46.7,"{cell}",t\n' for n, cell in enumerate(cells))
    assert sorted(opened(tmp_path, f"{HEAD}\n{lines}").sources) == ["Smith &amp; Sons", "Wire A"]


def test_line_ends_of_any_kind_part_sources(tmp_path: Path) -> None:
    cells = ("Wire A\r\nWire B", "Wire B\nWire A", "Wire A\r\n\r\nWire B", "Wire A")
    lines = "".join(f'a{n},2020-10-04,39.8,46.7,"{cell}",t\n' for n, cell in enumerate(cells))
    assert sorted(opened(tmp_path, f"{HEAD}\n{lines}").sources) == ["Wire A", "Wire B"]


def test_a_spelling_in_other_capitals_is_the_same_source(tmp_path: Path) -> None:
    lines = "".join(
        f"{n},2020-10-04,39.8,46.7,{name},t\n" for n, name in enumerate(("Wire A", "WIRE A", "Wire  a", "Wire A"))
    )
    assert list(opened(tmp_path, f"{HEAD}\n{lines}").sources) == ["Wire A"]


def test_a_table_without_ids_and_sources_opens_and_says_so(tmp_path: Path) -> None:
    dataset = opened(tmp_path, "date,latitude,longitude\n2020-10-04,39.8,46.7\n2020-10-05,39.9,46.8\n")
    assert column(dataset, "incident_id") == ["row 1", "row 2"]
    assert column(dataset, "source_id") == ["source not named"] * 2
    assert asked(dataset) == ["sources.name"]
    assert "No column names the incidents" in notes(dataset)


def test_rows_that_repeat_incident_and_source_are_all_kept(tmp_path: Path) -> None:
    dataset = opened(tmp_path, f"{HEAD}\nX,2020-10-04,39.8,46.7,Wire A,First\nX,2020-10-04,39.8,46.7,Wire A,Second\n")
    assert column(dataset, "title") == ["First", "Second"]
    assert column(dataset, "incident_id") == ["X", "X"]
    assert "1 incident of one source in several rows" in notes(dataset)


def test_deaths_in_words_become_numbers_or_are_told(tmp_path: Path) -> None:
    cells = ("3", "at least 5", "4-6", '"1,200"', "2.5", "-99", "dozens", "")
    lines = "".join(f"a{n},2020-10-04,39.8,46.7,Wire A,{cell}\n" for n, cell in enumerate(cells))
    dataset = opened(tmp_path, f"id,date,latitude,longitude,source,fatalities\n{lines}")
    stated = [(row["deaths_low"], row["deaths_best"], row["deaths_high"]) for row in reports(dataset)]
    blank = (None, None, None)
    assert stated == [(None, 3, None), (5, None, None), (4, None, 6), (None, 1200, None), blank, blank, blank, blank]
    assert unread(dataset) == [(5, "fatalities", "2.5"), (7, "fatalities", "dozens")]


def test_a_long_title_is_cut_at_a_word_and_stands_whole_in_the_summary(tmp_path: Path) -> None:
    title = " ".join(f"word{number}" for number in range(60))
    [row] = reports(opened(tmp_path, f"{HEAD}\na,2020-10-04,39.8,46.7,Wire A,{title}\n"))
    assert row["title"].endswith("…") and title.startswith(row["title"][:-1])
    assert row["summary"] == title


def test_words_of_precision_are_ours_or_told(tmp_path: Path) -> None:
    dataset = opened(
        tmp_path,
        "id,date,latitude,longitude,source,precision\na,2020-10-04,39.8,46.7,Wire A,somewhere\n"
        "b,2020-10-05,39.8,46.7,Wire B,village\n",
    )
    assert column(dataset, "precision") == ["", "settlement"]
    assert unread(dataset) == [(1, "precision", "somewhere")]


def mixed(folder: Path) -> Path:
    kinds = ("ambush", "ambush", "raid", "raid", "march", "march")
    lines = "".join(
        f"a{n},2020-10-0{n + 1},39.8,46.7,Wire A,t{n},{kind},{n * 7},remark {n}\n" for n, kind in enumerate(kinds)
    )
    path = folder / "kinds.csv"
    path.write_text(f"{HEAD},type,count_of_things,remarks\n{lines}")
    return path


def test_a_column_of_categories_colours_and_filters_under_its_own_name(tmp_path: Path) -> None:
    dataset = open_table(mixed(tmp_path))
    assert [category.name for category in dataset.categories] == ["type"]
    assert facet(dataset, Selection(), "own") == {"type=ambush": 2, "type=march": 2, "type=raid": 2}
    chosen = Selection(own=("type=raid",))
    assert {row["title"] for row in attributed(dataset, chosen)} == {"t2", "t3"}
    assert facet(dataset, chosen, "own") == facet(dataset, Selection(), "own"), "a list does not narrow itself"
    scheme = marks.schemes(dataset)["own:type"]
    assert [category.name for category in scheme.categories[:3]] == ["ambush", "march", "raid"]
    columns = marks.columns(dataset, dataset.fetch(dataset.reports.order_by("row")))
    assert columns[scheme.column].to_pylist() == [0, 0, 2, 2, 1, 1]


def test_the_other_columns_stand_in_the_card_and_in_exports(tmp_path: Path) -> None:
    dataset = open_table(mixed(tmp_path))
    row = reports(dataset)[2]
    assert facts.also(dataset, [row])[row["row"]] == {"count_of_things": "14", "remarks": "remark 2"}
    assert facts.of(dataset, row)["Read from"] == "row 3 of kinds.csv"
    record = attributed(dataset, Selection())[2]
    assert (record["own:count_of_things"], record["own:remarks"]) == ("14", "remark 2")
    assert "count_of_things" in notes(dataset) and "remarks" in notes(dataset)


@pytest.mark.parametrize(
    "header",
    [
        "номер;дата;широта;долгота;источник;заголовок",
        "ref;fecha;latitud;longitud;fuente;titulo",
        "ref;التاريخ;خط العرض;خط الطول;المصدر;العنوان",
        "ref;日期;纬度;经度;来源;标题",
        "Incident ref (office);Date of the incident;GPS latitude;GPS longitude;News outlet;Headline in English",
    ],
)
def test_headers_in_other_languages_and_in_more_words_are_understood(tmp_path: Path, header: str) -> None:
    dataset = opened(tmp_path, f"{header}\n7;27.09.2020;39,81;46,75;Wire A;Seen\n")
    [row] = reports(dataset)
    assert (row["incident_id"], row["date"], row["latitude"], row["longitude"]) == ("7", "2020-09-27", 39.81, 46.75)
    assert (row["source_id"], row["title"]) == ("Wire A", "Seen")


def test_moments_and_spans_of_kml_are_one_column_of_dates(tmp_path: Path) -> None:
    place = "<Placemark><name>{}</name>{}<Point><coordinates>46.7,39.8</coordinates></Point></Placemark>"
    marks_of = place.format("A", "<TimeSpan><begin>2020-10-04</begin><end>2020-10-06</end></TimeSpan>")
    marks_of += place.format("B", "<TimeStamp><when>2020-10-07T10:00:00Z</when></TimeStamp>")
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks_of}</Document></kml>'
    dataset = opened(tmp_path, kml, "places.kml")
    assert column(dataset, "date") == ["2020-10-04/2020-10-06", "2020-10-07"]
    assert column(dataset, "time") == ["", "10:00 Z"]


def test_a_list_of_objects_names_the_source_and_keeps_the_rest(tmp_path: Path) -> None:
    text = (
        '[{"id": "C1", "date": "10/04/2020", "latitude": "39.8", "longitude": "46.7", "description": "Seen",'
        ' "sources": [{"id": "S1", "path": "https://t.me/office/12"}, {"id": "S2", "path": "https://example.org/p2"}]}]'
    )
    dataset = opened(tmp_path, text, "events.json")
    assert column(dataset, "source_id") == ["t.me/office", "example.org/p2"]
    assert column(dataset, "date") == ["2020-10-04"] * 2, "timemap writes the month first"
    row = reports(dataset)[0]
    assert "https://t.me/office/12" in facts.also(dataset, [row])[row["row"]]["sources"], "the whole address stays"


def test_a_cell_whose_list_names_nobody_keeps_its_row(tmp_path: Path) -> None:
    cells = ("[]", '["A"]', '["A","B"]', '[""]', '[{"path": ""}]', "")
    lines = "".join(f"a{n};2020-10-04;39.8;46.7;{cell};t{n}\n" for n, cell in enumerate(cells))
    dataset = opened(tmp_path, f"{HEAD.replace(',', ';')}\n{lines}")
    nobody = "source not named"
    assert column(dataset, "source_id") == [nobody, "A", "A", "B", nobody, nobody, nobody]
    assert "4 rows name no source" in notes(dataset)


def test_what_a_list_tells_of_a_source_beside_its_name_stands_in_the_card(tmp_path: Path) -> None:
    text = '[{"id": 1, "date": "2020-10-04", "sources": [{"name": "Wire A", "seen": "in print"}]}]'
    dataset = opened(tmp_path, text, "events.json")
    [row] = reports(dataset)
    assert row["source_id"] == "Wire A"
    assert "in print" in facts.also(dataset, [row])[row["row"]]["sources"]


def test_a_list_in_json_that_is_broken_is_one_source_as_it_stands(tmp_path: Path) -> None:
    event = '{{"id": "C{}", "date": "10/04/2020", "latitude": "39.8", "longitude": "46.7", "description": "Seen",'
    event += ' "sources": {}}}'
    cells = ('"[broken"', "[]", '[{"path": ""}]', '["A", {"path": "https://example.org/p2"}]')
    text = f"[{', '.join(event.format(number, cell) for number, cell in enumerate(cells))}]"
    nobody = "source not named"
    found = column(opened(tmp_path, text, "events.json"), "source_id")
    assert found == ["[broken", nobody, nobody, "A", "example.org/p2"]


def test_a_column_of_lists_that_the_file_lacks_loses_no_row(tmp_path: Path) -> None:
    mapping = TableMapping.model_validate(
        {"date": {"start": "date"}, "sources": {"columns": "by", "separator": "json"}}
    )
    dataset = opened(tmp_path, "date,title\n2020-10-04,Seen\n", mapping=mapping)
    assert column(dataset, "source_id") == ["source not named"]


def by_address(folder: Path, *addresses: str) -> Dataset:
    mapping = TableMapping.model_validate({"date": {"start": "date"}, "sources": {"otherwise": "link"}})
    lines = "".join(f"2020-10-04,{address},t\n" for address in addresses)
    return opened(folder, f"date,link,title\n{lines}", mapping=mapping)


def test_an_address_stands_for_the_source_only_where_one_is_given(tmp_path: Path) -> None:
    none, some = by_address(tmp_path, "", ""), by_address(tmp_path, "a.org", "")
    assert "source is not named" in notes(none) and "stands for it" not in notes(none)
    assert "stands for it" in notes(some) and "1 row names no source" in notes(some)
    assert asked(none) == asked(some) == ["sources.name"]


def test_the_order_of_pairs_that_the_mapping_states_is_told_as_stated(tmp_path: Path) -> None:
    mapping = TableMapping.model_validate({"date": {"start": "date"}, "position": {"cell": "at", "order": "lon-lat"}})
    dataset = opened(tmp_path, 'date,at\n2020-10-04,"46.7, 39.8"\n', mapping=mapping)
    assert column(dataset, "latitude") == [39.8]
    assert "longitude, then latitude (as the mapping states)" in notes(dataset)


def test_sources_of_several_columns_are_not_said_to_be_parted_by_a_sign(tmp_path: Path) -> None:
    dataset = opened(tmp_path, "id,date,source1,source2\na,2020-10-04,Wire A,Wire B\n")
    assert column(dataset, "source_id") == ["Wire A", "Wire B"]
    assert "1 row names several sources in several columns: each" in notes(dataset)


def test_a_number_in_the_column_of_the_other_end_is_kept(tmp_path: Path) -> None:
    dataset = opened(
        tmp_path, "id,date,deaths min,deaths max\na,2020-10-04,,at least 4\nb,2020-10-04,up to 9,\nc,2020-10-04,2-3,9\n"
    )
    stated = [(row["deaths_low"], row["deaths_best"], row["deaths_high"]) for row in reports(dataset)]
    assert stated == [(4, None, None), (None, None, 9), (2, None, 9)]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("gps", ["39°48'36\"N 46°45'00\"E", "39° 48.6' N, 46° 45.0' E"]),
        ("utm", ["38S 650000 4400000", "38S 650100 4400000"]),
        ("wkt", ["POLYGON ((46 39, 47 39, 47 40, 46 39))", "POINT (46.75 39.81)", "LINESTRING (46 39, 47 40)"]),
    ],
)
def test_a_column_that_is_named_as_one_of_places_is_read_in_any_form(
    tmp_path: Path, head: str, cells: list[str]
) -> None:
    dataset = opened(tmp_path, f"date\t{head}\n" + "".join(f"2020-10-04\t{cell}\n" for cell in cells), "table.tsv")
    [opening] = dataset.openings
    placed = [latitude for latitude in column(dataset, "latitude") if latitude]
    assert placed and len(placed) + len(opening.unread_cells) == len(cells)


def test_names_of_places_are_no_coordinates(tmp_path: Path) -> None:
    [row] = reports(opened(tmp_path, 'date,location\n2020-10-04,"Street 7, house 12"\n'))
    assert (row["place"], row["latitude"]) == ("Street 7, house 12", None)


def test_pairs_outside_the_country_that_the_table_names_are_asked_about(tmp_path: Path) -> None:
    lines = '2020-10-04,"46.75, 39.81",Azerbaijan\n2020-10-05,"46.80, 39.90",Azerbaijan\n'
    assert asked(opened(tmp_path, f"date,coordinates,country\n{lines}")) == ["position.order", "sources.name"]
    settled = lines.replace('"46.75, 39.81"', '"39.81, 46.75"').replace('"46.80, 39.90"', '"39.90, 46.80"')
    assert asked(opened(tmp_path, f"date,coordinates,country\n{settled}")) == ["sources.name"]


def test_nothing_is_said_of_the_order_of_pairs_where_there_are_none(tmp_path: Path) -> None:
    dataset = opened(tmp_path, "date,mgrs,country\n2020-10-04,38SPJ5012345678,Norway\n")
    assert column(dataset, "latitude")[0] and "How pairs are read" not in notes(dataset)
    assert asked(dataset) == ["sources.name"]


def test_a_radius_that_our_own_table_could_not_hold_is_none_and_is_told(tmp_path: Path) -> None:
    radii = ("12.5", "0", "", "NA", "inf", "-5", "1e308", "nan", "12 km", "20001")
    lines = (f"a{number},2020-01-01,39.8,46.7,Wire A,Report,{radius}" for number, radius in enumerate(radii))
    dataset = opened(tmp_path, "\n".join(("id,date,latitude,longitude,source,title,radius_km", *lines)) + "\n")
    assert column(dataset, "radius_km") == [12.5, *[None] * 9]
    told = [text for _, name, text in unread(dataset) if name == "radius_km"]
    assert told == ["inf", "-5", "1e308", "12 km", "20001"]
