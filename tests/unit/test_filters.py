"""Every filter of `FILTERS` means the same in the address, a lesson, a print and on the command line."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import date
from importlib import import_module
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest

from geodata import cli, lessons
from geodata.briefing import Print, caption, wording
from geodata.count import counting, search
from geodata.count.facets import facet, values_of
from geodata.lessons import Filters, Lesson, Step, Window
from geodata.model import address, filters
from geodata.model.filters import FILTERS, Area, Filter, Kind
from geodata.model.selection import Selection, opening, select
from geodata.model.vocabulary import DEATHS
from geodata.options import add_filters, selection_of
from geodata.store.dataset import Dataset
from geodata.store.load import InvalidData
from geodata.tell import words

every_filter = pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.name)


def example(dataset: Dataset, one: Filter) -> Any:
    """A value that asks something which some reports of the shipped table fulfil, and some do not."""
    if one.kind is Kind.LIST:
        values = [value for value in facet(dataset, Selection(), one.name) if value]
        if one.name == "own":  # of one column: values of two are both asked for
            values = [value for value in values if value.partition("=")[0] == values[0].partition("=")[0]]
        if len(values) < 3:
            return tuple(values[:1])
        return tuple(sorted(values[1:3]))
    return {
        Kind.IDS: ("2023-10-armenia-blinken-warning", "undated-armenia-aliyev-threats"),
        Kind.SWITCH: not one.default,
        Kind.TEXT: "Shushi rockets",
        Kind.NUMBER: 3,
        Kind.WINDOW: filters.Window(date(2016, 4, 1), date(2020, 11, 10), surely=True),
        Kind.AREA: Area(44, 39.5, 46.8, 41),
    }[one.kind]


def options_of(one: Filter, value: Any) -> list[str]:
    """The value as a person would type it."""
    option = f"--{one.name.replace('_', '-')}"
    if one.kind is Kind.WINDOW:
        return ["--from", str(value.first), "--to", str(value.last), *(["--surely"] if value.surely else [])]
    if one.kind in (Kind.LIST, Kind.IDS):
        return [part for each in value for part in (option, each)]
    if one.kind is Kind.SWITCH:
        return [option if value else f"--no-{one.name.replace('_', '-')}"]
    return [f"{option}={value}"]


WITH_FILTERS = {"open": [], "check": [], "export": ["-o", "x"], "picture": ["-o", "x"], "briefing": ["-o", "x"]}
"""The verbs of `attest` that are about a selection of reports, and what each of them must be given besides."""


def parsed(dataset: Dataset, *arguments: str) -> Selection:
    """What the options mean, which is the same for each verb that takes them."""
    meant = {
        selection_of(cli.parser().parse_args([verb, *needed, *arguments]), dataset)
        for verb, needed in WITH_FILTERS.items()
    }
    [chosen] = meant
    return chosen


@every_filter
def test_a_filter_has_words_a_parameter_a_lesson_field_and_an_option(with_tables: Dataset, one: Filter) -> None:
    assert one.label
    assert all(one.parameters)
    assert one.is_offered(()) and (not one.columns or not one.is_offered(one.columns))
    assert one.name in Filters.model_fields or one.kind is Kind.WINDOW or not one.in_lessons
    assert parsed(with_tables, *options_of(one, example(with_tables, one))) != Selection()


@pytest.mark.parametrize("verb", cli.COMMANDS)
def test_a_verb_has_the_options_of_all_filters_or_of_none(verb: str) -> None:
    ours, theirs = argparse.ArgumentParser(), argparse.ArgumentParser()
    add_filters(ours)
    import_module(f"geodata.commands.{verb}").add(theirs)
    of_filters, of_verb = (set(re.findall(r"--[\w-]+", one.format_usage())) for one in (ours, theirs))
    assert len(of_filters) > len(FILTERS)
    assert of_filters & of_verb == (of_filters if verb in WITH_FILTERS else set())


def test_no_two_filters_share_a_name_or_a_parameter() -> None:
    names = [one.name for one in FILTERS]
    parameters = [parameter for one in FILTERS for parameter in one.parameters]
    assert len(set(names)) == len(names)
    assert len(set(parameters)) == len(parameters)


@every_filter
def test_a_filter_leaves_some_reports_and_not_all(with_tables: Dataset, one: Filter) -> None:
    chosen = Selection(**{one.name: example(with_tables, one)})
    rows = with_tables.fetch(select(with_tables.reports, chosen).order_by("row"))["row"].to_pylist()
    assert 0 < len(rows) < with_tables.size
    assert counting.selected(with_tables, chosen, "row")["row"].to_pylist() == rows
    assert list(chosen.single_filters()) == [chosen]
    assert chosen.without(one.name) == Selection()


@every_filter
def test_print_address_lesson_and_command_line_mean_the_same(with_tables: Dataset, one: Filter) -> None:
    value = example(with_tables, one)
    chosen = Selection(**{one.name: value})
    label_of = lambda each: words.label_of(with_tables, one.name, each, explained=True)  # noqa: E731
    view = Print(with_tables, chosen, date(2026, 1, 1))
    assert wording.filters(view) == one.in_words(value, label_of)
    assert f"Filters: {one.in_words(value, label_of)}." in caption(view)

    parameters = address.written(chosen, Selection())
    assert parameters
    assert address.read(lambda name: parameters.get(name, ()), Selection()) == chosen
    assert parsed(with_tables, *options_of(one, value)) == chosen

    window = Window(first=value.first, last=value.last) if one.kind is Kind.WINDOW else None
    step = Step(title="a", words="b", window=window, filters=Filters.of(chosen, with_tables.case))
    lesson = Lesson(name="x", title="c", steps=(step,))
    [read] = lessons.parse(lessons.write(lesson), "x.md", with_tables.case).steps
    assert read == step
    assert read.selection() == (chosen.having(graphic=False) if one.in_lessons else Selection(graphic=False))
    assert lessons.check(lesson, with_tables) == ()


@every_filter
def test_what_asks_nothing_says_nothing(shipped: Dataset, one: Filter) -> None:
    assert wording.filters(Print(shipped, Selection(**{one.name: one.default}), date(2026, 1, 1))) == ""
    assert address.written(Selection(**{one.name: one.default}), Selection()) == {}


def test_all_filters_at_once_are_all_told(with_tables: Dataset) -> None:
    every = Selection(**{one.name: example(with_tables, one) for one in FILTERS})
    assert wording.filters(Print(with_tables, every, date(2026, 1, 1))).count("; ") == len(FILTERS) - 1
    parameters = address.written(every, opening(with_tables.case))
    assert address.read(lambda name: parameters.get(name, ()), opening(with_tables.case)) == every


def test_an_address_tells_what_the_dashboard_opens_with_from_nothing(shipped: Dataset) -> None:
    assert address.written(opening(shipped.case), opening(shipped.case)) == {}
    assert address.written(opening(shipped.case).without("scopes"), opening(shipped.case)) == {"scopes": ("",)}
    assert address.read(lambda name: ("",) if name == "scopes" else (), opening(shipped.case)).scopes == ()
    assert address.read(lambda _: (), opening(shipped.case)) == opening(shipped.case)
    assert opening(shipped.case, ("scope",)) == Selection()


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "44,41,48,39", "181,0,1,1", "0,0,nan,1", "0,-91,1,1", "1,2,3,4,5"]
)
def test_what_is_no_area_is_refused_and_asks_for_nothing_in_a_link(text: str) -> None:
    with pytest.raises(ValueError, match="is no area"):
        Area.of(text)
    assert address.read(lambda name: (text,) if name == "area" else (), Selection()) == Selection()


@pytest.mark.parametrize(("parameter", "text"), [("from", "yesterday"), ("deaths_at_least", "-1"), ("graphic", "x")])
def test_what_a_link_has_that_cannot_be_read_asks_for_nothing(parameter: str, text: str) -> None:
    assert address.read(lambda name: (text,) if name == parameter else (), Selection()) == Selection()


def test_an_area_over_the_antimeridian_holds_both_of_its_shores(shipped: Dataset) -> None:
    rows = shipped.fetch(shipped.reports.filter(shipped.reports.latitude.notnull()))
    for area in (Area(46, -90, -100, 90), Area(-100, -90, 46, 90), Area(46, 39, 46.8, 40)):
        kept = shipped.fetch(select(shipped.reports, Selection(area=area)))
        inside = [
            row["row"]
            for row in rows.select(["row", "latitude", "longitude"]).to_pylist()
            if area.south <= row["latitude"] <= area.north
            and (
                area.west <= row["longitude"] <= area.east
                if area.west <= area.east
                else row["longitude"] >= area.west or row["longitude"] <= area.east
            )
        ]
        assert sorted(kept["row"].to_pylist()) == sorted(inside)
        assert inside


def test_reports_without_coordinates_are_in_no_area_and_the_sentence_says_so(shipped: Dataset) -> None:
    chosen = Selection(area=Area(44, 39.5, 46.8, 41))
    summary = words.summarise(shipped, chosen)
    without = len(shipped.fetch(shipped.reports.filter(shipped.reports.latitude.isnull())))
    assert summary.unmapped == without > 0
    assert f"{without} more, without coordinates, cannot be placed in the area" in words.sentence(summary, chosen)
    nowhere = Selection(area=Area(-30, -10, -29, -9))
    said = words.sentence(words.summarise(shipped, nowhere), nowhere)
    assert said.startswith("No report matches")
    assert f"{without} reports without coordinates cannot be placed in the area." in said


def test_deaths_at_least_goes_by_the_greatest_number_stated(shipped: Dataset) -> None:
    rows = shipped.fetch(shipped.reports).to_pylist()
    for least in (0, 1, 30):
        stated = {
            row["row"]
            for row in rows
            if max((row[name] for name in DEATHS if row[name] is not None), default=-1) >= least
        }
        kept = shipped.fetch(select(shipped.reports, Selection(deaths_at_least=least)))["row"].to_pylist()
        assert set(kept) == stated


ODD = (
    "", " ", "it's", '"', "`", "\\", "\\'", "\\n", "line\nfeed", "tab\t", "100%", "%s", "a_b", "?", ":p", "$1", "{}",
    "--", "NULL", "\x1f", "\ue000", "Şuşa", "Շուշի", "Шуша", "شوشا", "🏔",
)  # fmt: skip


@pytest.mark.parametrize("length", [len(ODD), filters.LONG, filters.LONG + 1, 20_000])
def test_a_list_of_any_length_finds_its_own_values_and_no_others(length: int) -> None:
    values = (*ODD, *(f"one {number}" for number in range(length - len(ODD))))
    held = pa.table({"id": [*values[::2], "another", "ODD", None]})
    texts = ibis.memtable(held)
    assert texts.filter(filters.is_one_of(texts.id, values)).id.to_pyarrow().to_pylist() == [*values[::2]]


def test_a_value_with_nul_is_no_text_of_a_table_and_not_part_of_the_question(shipped: Dataset) -> None:
    for ids in (("a\0b",), ("a\0b", *map(str, range(filters.LONG)))):
        asked = select(shipped.reports, Selection(incidents=ids))
        assert "\0" not in ibis.to_sql(asked)
        assert len(shipped.fetch(asked)) == 0


def test_a_long_list_is_one_literal_of_the_question(shipped: Dataset) -> None:
    ids = tuple(map(str, range(20_000)))
    for asked in (Selection(incidents=ids), Selection(places=ids), Selection(own=tuple(f"a={one}" for one in ids))):
        reports = shipped.reports.mutate(**{"own:a": shipped.reports.place_id})
        assert len(select(reports, asked).op().find(ops.Literal)) < 10


def test_a_value_that_the_table_lacks_is_refused_on_the_command_line(shipped: Dataset) -> None:
    with pytest.raises(InvalidData, match=r"--places: 'shusi' is not in this table .did you mean 'shushi'"):
        parsed(shipped, "--places", "shusi")


def test_a_misspelt_place_is_found_on_the_command_line_as_on_screen_and_it_says_so(
    shipped: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parsed(shipped, "--text", "Stepanakret") == Selection(text=search.understand(shipped, "Stepanakret").text)
    assert "No text has “Stepanakret”; taken for " in capsys.readouterr().err


def test_a_list_offers_its_vocabulary_first_and_no_blank(shipped: Dataset) -> None:
    assert list(values_of(shipped, "scopes")) == ["core", "context", "historical"]
    assert list(values_of(shipped, "sources")) == list(shipped.sources)
    for name in filters.CHOICES:
        assert "" not in values_of(shipped, name)
        assert set(facet(shipped, Selection(), name)) - {""} <= set(values_of(shipped, name))


def test_a_selection_is_frozen_hashed_by_its_values_and_refuses_a_strange_name() -> None:
    one, same = Selection(sides=("armenian",), surely=True), Selection(surely=True).among("sides", ("armenian",))
    assert one == same
    assert hash(one) == hash(same)
    assert one != one.without("surely")
    assert one.sides == one["sides"] == ("armenian",)
    assert repr(one.without("surely")) == "Selection(sides=('armenian',))"
    with pytest.raises(AttributeError):
        one.sides = ()
    with pytest.raises(AttributeError):
        _ = one.side
    with pytest.raises(TypeError, match="no filter is called side"):
        Selection(side=("armenian",))


def test_the_options_are_made_without_what_is_slow_to_import() -> None:
    code = "import sys, argparse, geodata.options as o; o.add_filters(argparse.ArgumentParser()); print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert not {"ibis", "pyarrow", "pandas", "pydantic", "matplotlib"} & set(loaded)
