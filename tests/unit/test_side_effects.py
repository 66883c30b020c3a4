"""Reading and writing leave the settings of shared libraries as they were."""

from __future__ import annotations

import csv
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyogrio
import pytest

from geodata.exports import EXPORTS
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.store.load import load
from tests.server import ROOT


def test_reading_a_table_leaves_the_limit_of_csv_as_it_was(table_copy: Path) -> None:
    before = csv.field_size_limit()
    with ThreadPoolExecutor(2) as threads:
        sizes = {dataset.size for dataset in threads.map(load, [table_copy, table_copy])}
    assert len(sizes) == 1
    assert csv.field_size_limit() == before


def test_importing_the_package_changes_no_setting_of_csv_and_yaml() -> None:
    script = (
        "import csv, yaml; before = csv.field_size_limit(), set(yaml.SafeDumper.yaml_representers);"
        "import geodata.store.importers, geodata.exports, geodata.lessons;"
        "assert (csv.field_size_limit(), set(yaml.SafeDumper.yaml_representers)) == before"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


def test_a_geopackage_leaves_the_clock_of_gdal_as_it_was(shipped: Dataset) -> None:
    clock = "OGR_CURRENT_DATE"
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda _: EXPORTS["gpkg"](shipped, Selection()), range(2))
    assert first == second
    assert pyogrio.get_gdal_config_option(clock) is None


@pytest.mark.heavy
@pytest.mark.slow
def test_lists_within_lists_without_end_are_a_fault_and_not_the_end_of_the_process() -> None:
    # Deep enough to end a reader written in C; each on its own line, for PyYAML reads one long line in square time.
    script = (
        "from geodata.lessons import parse; from geodata.model.case import Case\n"
        "from geodata.model.faults import InvalidData\n"
        "try: parse('---\\na: ' + '[\\n' * 50_000 + ']\\n' * 50_000 + '---\\n', 'deep.md', Case.of_table('x'))\n"
        "except InvalidData as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, capture_output=True, text=True)
    assert told.stdout.startswith("deep.md: holds lists within lists")
