"""In which order a page comes: what was asked for before what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import controls, passage, timemap
from dashboard.parts.overview import Overview
from tests.screen.test_app import APP


@pytest.mark.parametrize(
    ("page", "order"),
    [
        ("map", ["words", "map", "chips", "filters"]),
        ("who-is-heard", ["words", "chips", "passage", "filters"]),
        ("sources", ["words", "chips", "map", "filters"]),
    ],
)
def test_the_filters_come_after_the_answer_and_the_marks_of_the_map_before_the_chips(
    page: str, order: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []

    def heard(name: str, show: Callable[..., None]) -> Callable[..., None]:
        def shown(*given: Any, **named: Any) -> None:
            came.append(name)
            show(*given, **named)

        return shown

    for name, place, attribute in (
        ("words", Overview, "tell"),
        ("chips", Overview, "show_chips"),
        ("map", timemap, "show"),
        ("passage", passage, "show"),
        ("filters", controls, "sidebar"),
    ):
        monkeypatch.setattr(place, attribute, heard(name, getattr(place, attribute)))
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params["page"] = page
    app.run()
    assert not app.exception
    assert came == order


def test_a_chip_that_is_taken_away_leaves_nothing_clickable_in_its_place() -> None:
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"sides": "armenian", "disputed": "1"})
    app.run()
    chips = [button.key for button in app.button if button.key and button.key.startswith("chip_")]
    assert len(chips) > 1
    app.button(key=chips[0]).click().run()
    assert not app.exception
    assert [button.key for button in app.button if button.key and button.key.startswith("chip_")] == chips[1:]
