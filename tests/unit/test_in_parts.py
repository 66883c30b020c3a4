"""Files that are sent as they are written: the same bytes as in one piece, and no more memory for more rows."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from dashboard.state import data
from geodata.exports import EXPORTS, attribution
from geodata.model import address
from geodata.model.selection import Selection, opening
from geodata.store.dataset import Dataset
from tests import program

IN_PARTS = [ending for ending, form in EXPORTS.items() if form.in_parts]

CHOSEN = [Selection(), Selection(sides=("armenian",)), Selection(text="no such word")]


def test_a_table_for_a_spreadsheet_or_a_program_and_files_for_a_map_are_sent_in_parts() -> None:
    assert set(IN_PARTS) == {"csv", "parquet", "geojson", "kml"}


@pytest.mark.parametrize("ending", IN_PARTS)
@pytest.mark.parametrize("chosen", CHOSEN, ids=["all", "some", "none"])
def test_the_parts_of_a_file_are_the_file(
    small: Dataset, ending: str, chosen: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = EXPORTS[ending](small, chosen)
    monkeypatch.setattr(attribution, "PART", 2)
    parts = [*EXPORTS[ending].parts(small, chosen)]
    if ending == "parquet":  # in which each part has bytes of its own, a row group
        assert pq.read_table(io.BytesIO(b"".join(parts))).equals(pq.read_table(io.BytesIO(whole)), check_metadata=True)
        groups = pq.ParquetFile(io.BytesIO(b"".join(parts))).metadata.num_row_groups
        assert groups == len(list(attribution.parts_of(small, chosen)))
    else:
        assert b"".join(parts) == whole


def test_a_part_has_no_more_rows_than_it_may_and_all_have_every_row_once(
    small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attribution, "PART", 2)
    parts = list(attribution.parts_of(small, Selection()))
    assert max(map(len, parts)) == 2
    rows = [row for part in parts for row in part["row"].to_pylist()]
    assert rows == attribution.rows_of(small, Selection())[0]["row"].to_pylist()


def test_the_documents_of_a_selection_are_those_of_its_rows(small: Dataset) -> None:
    for chosen in CHOSEN:
        rows, left_out = attribution.rows_of(small, chosen)
        assert attribution.documents(small, chosen) == attribution.cited(small, rows)
        assert attribution.withheld(small, chosen) == left_out


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    return program.asked_as_localhost(monkeypatch)


@pytest.mark.parametrize("ending", IN_PARTS)
def test_the_server_sends_the_rows_of_the_view_that_the_address_names(client: TestClient, ending: str) -> None:
    dataset, token, _ = data.current()
    assert dataset is not None
    chosen = Selection(sides=("armenian",))
    query = urlencode(address.written(chosen, opening(dataset.case, dataset.missing)), doseq=True)
    answer = client.get(f"/{data.file_address(token, ending)}?{query}")
    assert answer.status_code == 200
    assert answer.content == EXPORTS[ending](dataset, chosen)
    assert answer.headers["content-type"].startswith(EXPORTS[ending].mime)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize("ending", ["xlsx", "html", "none", "csv/x"])
def test_a_kind_that_is_not_sent_in_parts_has_no_address(client: TestClient, ending: str) -> None:
    _, token, _ = data.current()
    answer = client.get(f"/{data.file_address(token, ending)}")
    assert "attachment" not in answer.headers.get("content-disposition", "")


def test_no_file_is_sent_without_the_name_of_a_table(client: TestClient) -> None:
    assert client.get("/attest/none/file/csv").status_code == 404
    assert "Only CSV, GeoParquet, GeoJSON and KML have an address" in client.get("/attest/none/file/xlsx").text


def test_what_is_sent_reads_as_the_kind_that_it_is(client: TestClient) -> None:
    dataset, token, _ = data.current()
    assert dataset is not None
    rows = list(csv.DictReader(io.StringIO(client.get(f"/{data.file_address(token, 'csv')}").text.lstrip("\ufeff"))))
    features = json.loads(client.get(f"/{data.file_address(token, 'geojson')}").text)["features"]
    assert [row["incident_id"] for row in rows] == [one["properties"]["incident_id"] for one in features]
    assert rows
