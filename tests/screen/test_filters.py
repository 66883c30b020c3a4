"""Every filter in the sidebar and in the address of the running dashboard, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import controls
from geodata.count.facets import facet
from geodata.model import address
from geodata.model.filters import FILTERS, Filter, Kind
from geodata.model.selection import Selection, opening
from geodata.store.dataset import Dataset
from geodata.tell import words
from tests.server import ROOT
from tests.unit.test_filters import example

APP = str(ROOT / "dashboard" / "page.py")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(ROOT / "events.csv"))
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(APP, default_timeout=30)


@pytest.fixture
def app_with_tables(monkeypatch: pytest.MonkeyPatch, tables_folder: Path) -> AppTest:
    monkeypatch.setenv("ATTEST_EVENTS", str(tables_folder / "events.csv"))
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(APP, default_timeout=30)


def asked(app: AppTest) -> dict[str, tuple[str, ...]]:
    """The parameters of the address."""
    return {name: tuple(values) if isinstance(values, list) else (values,) for name, values in app.query_params.items()}


def shown(app: AppTest, dataset: Dataset, chosen: Selection) -> bool:
    sentence = words.sentence(words.summarise(dataset, chosen), chosen)
    return any(part.value.startswith(f"**{sentence}**") for part in app.markdown)


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)
def test_a_link_with_a_filter_shows_its_reports_and_stays_as_it_is(
    app_with_tables: AppTest, with_tables: Dataset, one: Filter
) -> None:
    chosen = opening(with_tables.case).having(**{one.name: example(with_tables, one)})
    link = address.written(chosen, opening(with_tables.case))
    app_with_tables.query_params.update(link)
    app_with_tables.run()
    assert not app_with_tables.exception
    assert shown(app_with_tables, with_tables, chosen)
    assert asked(app_with_tables) == link
    app_with_tables.button(key="clear").click().run()
    assert shown(app_with_tables, with_tables, opening(with_tables.case))
    assert asked(app_with_tables) == {}


def test_every_filter_has_a_widget(app_with_tables: AppTest, with_tables: Dataset) -> None:
    app_with_tables.query_params.update(
        address.written(
            Selection(**{one.name: example(with_tables, one) for one in FILTERS}), opening(with_tables.case)
        )
    )
    app_with_tables.run()
    keys = {
        part.key
        for kind in ("checkbox", "toggle", "text_input", "number_input", "button")
        for part in app_with_tables.get(kind)
    }
    for one in FILTERS:
        if one.kind is Kind.LIST:
            assert {f"{one.name}:{value}" for value in example(with_tables, one)} <= keys
        else:
            of_filter = {one.name, f"remove_{one.name}", f"chip_{one.name}"}
            assert (of_filter | ({"surely"} if one.kind is Kind.WINDOW else set())) & keys


def test_a_long_list_is_searched_by_typing(app: AppTest, shipped: Dataset) -> None:
    [first, *others] = facet(shipped, Selection(), "actors")
    wanted = others[-1]
    app.query_params.update({"actors": first, "scopes": ""})
    app.run()
    drawn = [box.key for box in app.checkbox if str(box.key).startswith("actors:")]
    assert len(drawn) == controls.MOST_CHOICES
    assert drawn[0] == f"actors:{first}", "what is ticked comes first"
    assert f"actors:{wanted}" not in drawn
    app.text_input(key="find_actors").set_value(wanted.upper()).run()
    found = [box.key for box in app.checkbox if str(box.key).startswith("actors:")]
    assert f"actors:{wanted}" in found
    assert found[0] == f"actors:{first}"
    assert len(found) < len(drawn)


def test_a_number_and_a_map_area_are_taken_away_in_the_sidebar(app: AppTest, shipped: Dataset) -> None:
    app.query_params.update({"area": "44,39.5,46.8,41", "deaths_at_least": "5"})
    app.run()
    assert app.number_input(key="deaths_at_least").value == 5
    app.button(key="remove_area").click().run()
    assert asked(app) == {"deaths_at_least": ("5",)}
    app.number_input(key="deaths_at_least").set_value(None).run()
    assert asked(app) == {}
    assert shown(app, shipped, opening(shipped.case))


def test_a_private_speaker_that_was_ticked_is_not_in_the_address_of_class_mode(app: AppTest, shipped: Dataset) -> None:
    speakers = shipped.fetch(shipped.reports.select("claimed_by").distinct())["claimed_by"].to_pylist()
    private = next(name for name in speakers if "Sloyan" in name)
    app.query_params.update({"speakers": private, "scopes": ""})
    app.run()
    assert asked(app)["speakers"] == (private,)
    app.button(key="class_on").click().run()
    assert not app.exception
    assert "Sloyan" not in str(app.query_params)


@pytest.mark.parametrize("query", [{"surely": "1"}, {"q": "   "}])
def test_what_filters_nothing_has_no_chip(app: AppTest, query: dict[str, str]) -> None:
    app.query_params.update({"scopes": "", **query})
    app.run()
    assert not app.exception
    assert [one.label for one in app.button if str(one.key).startswith("chip_")] == []


def lists(app: AppTest) -> dict[str, bool]:
    """The lists of the sidebar, and whether each is open."""
    return {box.label: bool(box.proto.expanded) for box in app.sidebar.expander}


def test_a_list_in_which_a_link_chooses_is_open_and_one_that_is_closed_says_how_many_are_chosen(
    app: AppTest, shipped: Dataset
) -> None:
    app.run()
    assert not lists(app)["Kind of event"]
    before = list(lists(app))
    usual = opening(shipped.case)
    linked = AppTest.from_file(APP, default_timeout=30)
    linked.query_params.update(address.written(usual.having(types=("statement",)), usual))
    linked.run()
    assert lists(linked)["Kind of event"]
    assert list(lists(linked)) == before, "labels stay as they are, else Streamlit makes a list anew"
    assert "Kind of event: 1 chosen" not in [part.value for part in linked.sidebar.caption]
    linked.session_state["list_types"] = False  # the reader closes it
    linked.run()
    assert not lists(linked)["Kind of event"]
    assert "Kind of event: 1 chosen" in [part.value for part in linked.sidebar.caption]
    linked.session_state["list_types"] = True
    linked.run()
    linked.checkbox(key="types:statement").uncheck().run()
    assert lists(linked)["Kind of event"], "it does not close under the hand"
