"""What the page asks for early is what Streamlit, as pinned, serves."""

from __future__ import annotations

import pytest

from dashboard.server import early
from dashboard.state import data
from tests.server import ROOT


@pytest.mark.parametrize("element", early.ELEMENTS)
def test_an_element_asked_for_early_has_one_script_in_streamlit(element: str) -> None:
    assert len(list(early.SCRIPTS.glob(f"{element}.*.js"))) == 1


def test_scripts_bring_those_they_import_and_none_that_the_page_gets_anyway() -> None:
    asked = early.elements()
    assert all((early.SCRIPTS / name).is_file() for name in asked)
    named = {name.partition(".")[0] for name in asked}
    assert {"BidiComponent", "DataFrame", "Selectbox", "TextInput", "serialization"} < named
    assert not any(name.startswith(("index.", "react-dom.", "protobuf.")) for name in asked)


def test_a_page_without_a_map_asks_for_no_table() -> None:
    on_map, heard = early.links("Map"), early.links("Who is heard")
    assert "engine.js" in on_map[0]
    assert set(heard) < set(on_map)
    assert not any("engine.js" in link or "as=fetch" in link for link in heard)


def test_the_header_is_short_enough_for_a_proxy() -> None:
    assert len(", ".join(early.links("Map"))) < 3000


def test_class_mode_asks_for_the_class_rooms_table_and_never_for_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    data.current()
    tables = [link for link in early.links("Lessons", is_class=True) if "as=fetch" in link]
    assert tables == [
        f"<{data.table_address(data.last_token(is_class=True))}>; rel=preload; as=fetch; crossorigin=anonymous"
    ]
    assert data.FOR_CLASS in tables[0]
    assert not any(data.FOR_CLASS in link for link in early.links("Map"))
