"""What the page asks for early is what Streamlit, as pinned, serves."""

from __future__ import annotations

import pytest

from dashboard import early


@pytest.mark.parametrize("element", early.ELEMENTS)
def test_an_element_asked_for_early_has_one_script_in_streamlit(element: str) -> None:
    assert len(list(early.SCRIPTS.glob(f"{element}.*.js"))) == 1


def test_scripts_bring_those_they_import_and_none_that_the_page_gets_anyway() -> None:
    asked = early.elements()
    assert all((early.SCRIPTS / name).is_file() for name in asked)
    assert {name.partition(".")[0] for name in asked} > {*early.ELEMENTS, "serialization"}
    assert not any(name.startswith(("index.", "react-dom.", "protobuf.")) for name in asked)


def test_a_page_without_a_map_asks_for_no_table() -> None:
    on_map, heard = early.links("Map"), early.links("Who is heard")
    assert "engine.js" in on_map[0]
    assert set(heard) < set(on_map)
    assert not any("engine.js" in link or "as=fetch" in link for link in heard)
