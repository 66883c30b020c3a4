"""Attest without the extra ``engines``: everything works, and a URL is answered with what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = """
import sys
sys.modules.update(dict.fromkeys(("psycopg", "pyspark")))  # as if they were not installed
from geodata.cli import main
sys.exit(main(["publish", sys.argv[1]]))
"""


@pytest.mark.parametrize(
    ("url", "package"),
    [("postgres://me@localhost:1/db?table=t", "psycopg"), ("spark://local[2]?warehouse=/nowhere&table=t", "pyspark")],
)
def test_an_engine_whose_driver_is_not_installed_is_told_with_what_to_install(url: str, package: str) -> None:
    told = subprocess.run([sys.executable, "-c", WITHOUT, url], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert f"needs the package {package}: pip install 'attest[engines]'" in told.stderr
    assert "Traceback" not in told.stderr
