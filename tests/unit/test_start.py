"""``python -m dashboard`` takes Streamlit's own options and gives them to the server by its public door."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from dashboard.__main__ import options
from dashboard.server.settings import settings
from tests.server import ROOT


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("", {}),
        ("--server.port 8600", {"server.port": 8600}),
        ("--server.port=8600 --server.headless true", {"server.port": 8600, "server.headless": True}),
        ("--server.headless --server.address 0.0.0.0", {"server.headless": True, "server.address": "0.0.0.0"}),
        ("--server.baseUrlPath=a=b", {"server.baseUrlPath": "a=b"}),
    ],
)
def test_options_are_read_as_the_file_of_settings_would_read_them(words: str, given: dict[str, Any]) -> None:
    assert options(words.split()) == given


@pytest.mark.parametrize("words", ["8600", "--server.port 8600 8601"])
def test_a_word_that_belongs_to_no_option_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="belongs to no option"):
        options(words.split())


@pytest.mark.heavy
def test_an_unknown_option_is_refused_in_one_line_and_no_server_starts() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "dashboard", "--server.prot", "8600"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "ATTEST_EVENTS": str(ROOT / "tests/data/ged_extract.csv")},
    )  # fmt: skip
    assert run.returncode == 1
    assert "Unrecognized config option: 'server.prot'" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.heavy
def test_an_option_of_ours_that_cannot_be_read_is_refused_in_one_line_and_no_server_starts() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "dashboard"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "ATTEST_SESSIONS": "many"},
    )  # fmt: skip
    assert run.returncode == 1
    assert "ATTEST_SESSIONS: input should be a valid integer" in run.stderr
    assert "Traceback" not in run.stderr


def test_every_setting_is_one_that_streamlit_knows_and_garbage_is_not_collected_after_each_run() -> None:
    ours = settings(Path("/nowhere"), {})
    for name in ours:
        config.get_option(name)  # raises where there is none of this name
    assert "theme.dark.textColor" in ours
    assert ours["runner.postScriptGC"] is False
