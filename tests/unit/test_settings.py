"""Streamlit's options: ours wherever the dashboard is started, but for what the folder sets itself."""

from __future__ import annotations

from pathlib import Path

from dashboard.server.settings import settings
from tests.server import ROOT


def test_the_page_is_served_on_this_machine_alone_and_tells_nobody(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    assert ours["server.address"] == "localhost"
    assert ours["browser.gatherUsageStats"] is False


def test_a_folder_may_set_an_option_otherwise_and_the_rest_stays(tmp_path: Path) -> None:
    everything = settings(tmp_path)
    own = tmp_path / ".streamlit" / "config.toml"
    own.parent.mkdir()
    own.write_text('[theme]\nprimaryColor = "#000000"\n', encoding="utf-8")
    assert everything.keys() - settings(tmp_path).keys() == {
        "theme.light.primaryColor",
        "theme.dark.primaryColor",
    }


def test_the_checkout_is_served_with_the_same_options() -> None:
    assert settings(ROOT) == {}, "its .streamlit/config.toml is settings.toml itself"
    assert (ROOT / ".streamlit" / "config.toml").resolve() == ROOT / "dashboard" / "server" / "settings.toml"
