"""A path is a path: no sign in the name of a file or folder is a pattern, an archive, an address or a column."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geodata.model.mapping import TableMapping
from geodata.store.importers import kept, open_table
from geodata.store.layers import files
from tests.conftest import SMALL

NAMES = ("a*", "q[x]", "a?b", "a!b", "a;b", "zip:x", "source_id=evil/t")

OWN, BESIDE = ["own 1", "own 2"], ["beside"]


def saved(path: Path, ids: list[str]) -> None:
    """Reports with these ids in the form that the path's ending names."""
    path.parent.mkdir(exist_ok=True)
    frame = gpd.GeoDataFrame({"id": ids}, geometry=[Point(46, 39 + at) for at in range(len(ids))], crs=4326)
    if path.suffix == ".csv":
        path.write_text("id,latitude,longitude\n" + "".join(f"{one},39,46\n" for one in ids))
    elif path.suffix == ".parquet":
        frame.to_parquet(path.absolute())
    else:
        plain = path.with_name(f"plain{path.suffix}")  # GDAL's writer is not what is tried here
        frame.to_file(plain)
        for part in [*path.parent.glob("plain.*")]:
            shutil.move(part, path.with_name(f"{path.name.removesuffix(path.suffix)}{part.suffix}"))


OTHERS = [pytest.param(ending, marks=pytest.mark.heavy) for ending in ("parquet", "geojson", "fgb", "shp")]


@pytest.mark.parametrize("ending", ["csv", pytest.param("gpkg", marks=pytest.mark.heavy), *OTHERS])
def test_a_path_is_a_path_and_never_a_pattern(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for other in ("ab", "axb", "qx", "b", "a", "x", "t"):  # what a pattern, or a part of the name, would find
        saved(Path(f"{other}.{ending}"), BESIDE)
    for name in NAMES:
        path = Path(f"{name}.{ending}")
        saved(path, OWN)
        kept.keep(TableMapping(incident_id="id"), path)
        dataset = open_table(path)
        assert sorted(dataset.fetch(dataset.reports)["incident_id"].to_pylist()) == OWN, name
        assert "source_id" not in dataset.openings[0].columns


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "parquet"])
def test_the_path_of_a_layer_is_no_pattern_either(tmp_path: Path, ending: str) -> None:
    for file in SMALL.glob("*.*"):
        shutil.copy(file, tmp_path)
    saved(tmp_path / f"b.{ending}", BESIDE)
    saved(tmp_path / f"a!b.{ending}", OWN)
    with (tmp_path / "case.yaml").open("a") as case:
        case.write(f"layers:\n- {{file: 'a!b.{ending}', title: Own, source: A survey}}\n")
    [layer], faults = files.read(tmp_path)
    assert faults == ()
    assert len(layer.features) == len(OWN)
