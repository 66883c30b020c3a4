"""In which order a page comes: what was asked for before what stands around it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import controls, passage, timemap
from dashboard.parts.overview import Overview
from tests.screen.order import listened
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
    came = listened(
        monkeypatch,
        words=(Overview, "tell"),
        chips=(Overview, "show_chips"),
        map=(timemap, "show"),
        passage=(passage, "show"),
        filters=(controls, "sidebar"),
    )
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params["page"] = page
    app.run()
    assert not app.exception
    assert came == order


def test_a_chip_that_is_taken_away_is_gone_and_the_others_stay() -> None:
    app = AppTest.from_file(APP, default_timeout=30)
    app.query_params.update({"sides": "armenian", "disputed": "1"})
    app.run()
    chips = [button.key for button in app.button if button.key and button.key.startswith("chip_")]
    assert len(chips) > 1
    app.button(key=chips[0]).click().run()
    assert not app.exception
    assert [button.key for button in app.button if button.key and button.key.startswith("chip_")] == chips[1:]
