"""Streamlit's options: ours wherever the dashboard is started, but for what the folder sets itself."""

from __future__ import annotations

from pathlib import Path

from streamlit import config

from dashboard.server.settings import OURS, settings, variable
from tests.server import ROOT


def test_the_page_is_served_on_this_machine_alone_and_tells_nobody(tmp_path: Path) -> None:
    ours = settings(tmp_path, {})
    assert ours["server.address"] == "localhost"
    assert ours["browser.gatherUsageStats"] is False


def test_a_folder_may_set_an_option_otherwise_and_the_rest_stays(tmp_path: Path) -> None:
    everything = settings(tmp_path, {})
    own = tmp_path / ".streamlit" / "config.toml"
    own.parent.mkdir()
    own.write_text('[theme]\nprimaryColor = "#000000"\n[server]\nport = 9000\n', encoding="utf-8")
    black = {"theme.light.primaryColor": "#000000", "theme.dark.primaryColor": "#000000"}
    assert settings(tmp_path, {}) == everything | black, "what we do not set is left to Streamlit"


def test_what_a_variable_of_the_environment_sets_stands_above_all(tmp_path: Path) -> None:
    everything = settings(tmp_path, {})
    environment = {"STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "50", "STREAMLIT_SERVER_ADDRESS": "192.168.7.3"}
    assert settings(tmp_path, environment) == everything | {
        "server.maxUploadSize": 50,
        "server.address": "192.168.7.3",
    }
    for name in everything:
        assert variable(name) == config._config_options_template[name].env_var


def test_the_options_lie_where_streamlit_looks_for_those_of_the_program_that_it_runs() -> None:
    assert (OURS.parents[1] / "app.py").is_file()
    assert OURS.relative_to(OURS.parents[1]) == Path(".streamlit/config.toml")
    assert not (ROOT / ".streamlit").exists(), "the checkout has no second file that could tell otherwise"
