"""Who is heard: the sides that speak, their standing, the harm they tell of, and when. Follows the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.parts import tables
from dashboard.state.view import View
from geodata.count import voices
from geodata.model.schema import CLAIM_STATUSES, CLAIMANT_SIDES, SIDE_NAMES
from geodata.model.text import number_of
from geodata.timemap import marks

ALWAYS = ("armenian", "azerbaijani")
"""Sides with a line of their own though nobody of them is heard: silence is part of the answer."""


def show(view: View) -> None:
    """One sentence, the matrix, whom the harm is said to fall on, and the years."""
    matrix = voices.matrix(view.dataset, view.chosen)
    st.markdown(f"## {voices.sentence(matrix)}")
    counted = matrix.to_pylist()
    if not counted:
        return
    _standing(view, counted)
    _documents(view, counted)
    _harm(view)
    _years(view)


def _sides(numbers: Counter[str]) -> list[str]:
    """The sides that speak, and the two of the conflict in any case, in the order of the vocabulary."""
    return [side for side in (*CLAIMANT_SIDES, "") if numbers[side] or side in ALWAYS]


def _standing(view: View, counted: list[dict[str, object]]) -> None:
    labels = {key: source.label for key, source in view.dataset.sources.items()}
    present = sorted({str(row["source_id"]) for row in counted}, key=lambda key: labels[key])
    within = st.selectbox("Within", ["", *present], format_func=lambda key: labels.get(key, "all documents shown"))
    rows = [row for row in counted if within in ("", row["source_id"])]
    _matrix(
        rows, "claim_status", (*CLAIM_STATUSES, ""), {"": "not stated"},
        caption=f"Who claims it, and with what standing: {labels.get(within, 'all documents shown')}",
    )  # fmt: skip


def _documents(view: View, counted: list[dict[str, object]]) -> None:
    labels = {key: source.label for key, source in view.dataset.sources.items()}
    most = Counter[str]()
    for row in counted:
        most[str(row["source_id"])] += _number(row)
    shown = [key for key, _ in most.most_common(8)]
    rows = [row if row["source_id"] in shown else row | {"source_id": "+"} for row in counted]
    names = labels | {"+": "other documents"}
    _matrix(rows, "source_id", (*shown, "+"), names, caption="Who claims it, and in which document")


def _matrix(
    rows: Sequence[dict[str, object]], column: str, order: Sequence[str], names: dict[str, str], *, caption: str
) -> None:
    cells, by_side, by_column = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for row in rows:
        side, value, number = str(row["claimant_side"]), str(row[column]), _number(row)
        cells[side, value] += number
        by_side[side] += number
        by_column[value] += number
    whole = by_side.total()
    columns = [value for value in order if by_column[value]]
    lines = [
        [SIDE_NAMES[side], *(tables.share(cells[side, value], whole) for value in columns),
         tables.share(by_side[side], whole)]
        for side in _sides(by_side)
    ]  # fmt: skip
    lines.append(["All", *(tables.share(by_column[value], whole) for value in columns), tables.share(whole, whole)])
    tables.show(["Side", *(names.get(value, value) for value in columns), "All"], lines, caption=caption, numbers=True)


def _number(row: dict[str, object]) -> int:
    return int(str(row["reports"]))


def _harm(view: View) -> None:
    counted = Counter(voices.harmed(view.dataset, view.chosen))
    whole = counted.total()
    denials = _denials(voices.harm_denied(view.dataset, view.chosen))
    if not whole:
        st.caption(f"No report shown tells of harm to persons, of bombardment, of displacement or of loss. {denials}")
        return
    by_side, by_party = Counter[str](), Counter[str]()
    for (side, party), number in counted.items():
        by_side[side] += number
        by_party[party] += number
    named = ["Armenian", "Azerbaijani", *filter(by_party.get, ["Armenian and Azerbaijani"])]
    parties = [*named, *filter(by_party.get, [voices.SIDE_NOT_NAMED, voices.TARGET_NOT_NAMED])]
    lines = [[SIDE_NAMES[side], *(tables.share(counted[side, party], whole) for party in parties),
              tables.share(by_side[side], whole)] for side in _sides(by_side)]  # fmt: skip
    lines.append(["All", *(tables.share(by_party[party], whole) for party in parties), tables.share(whole, whole)])
    tables.show(["Side that speaks", *parties, "All"], lines, numbers=True,
                ruled={1 + len(named), 1 + len(parties)},
                caption="On whom harm is said to fall, by who says so")  # fmt: skip
    st.caption(
        f"{number_of(whole, 'report')} of bombardment, harm to persons, displacement or loss. {denials} The side is "
        "that which the report's own words for the target name; “civilians” or a town alone names none, and some "
        "reports name no target. A target of Nagorno-Karabakh is counted with the Armenian side unless the words call "
        "it Azerbaijani; that says nothing of the status of a territory."
    )


def _denials(number: int) -> str:
    if not number:
        return "No denial of such harm is among the reports shown."
    return f"{number_of(number, 'denial')} of such harm {'is' if number == 1 else 'are'} not counted here."


def _years(view: View) -> None:
    table, unknown = voices.by_year(view.dataset, view.chosen)
    if not len(table):
        return
    counted = {(row["year"], row["claimant_side"]): row["reports"] for row in table.to_pylist()}
    heard = {side for _, side in counted}
    sides = [side for side in (*CLAIMANT_SIDES, "") if side in heard]
    years = table["year"].unique().to_pylist()
    st.markdown("**Who is heard, by the year told of**")
    st.vega_lite_chart(
        [{"Year": str(year), "Side": SIDE_NAMES[side], "Reports": number} for (year, side), number in counted.items()],
        _bars([str(year) for year in range(years[0], years[-1] + 1)], [SIDE_NAMES[side] for side in sides]),
        height=320,
        alt=f"Bars of the reports of each year from {years[0]} to {years[-1]}, by who claims; below are their numbers.",
    )
    st.caption(f"Reports whose date lies within one year. {unknown:,} others are not in it: their year is not known.")
    box = st.expander("The same as numbers", key="years", on_change="rerun")
    if not box.open:
        return
    with box:
        lines = [
            [str(year), *(f"{counted[year, side]:,}" if (year, side) in counted else "–" for side in sides)]
            for year in years
        ]
        tables.show(["Year", *(SIDE_NAMES[side] for side in sides)], lines,
                    caption="Reports by year and side", numbers=True)  # fmt: skip


def _bars(years: Sequence[str], sides: Sequence[str]) -> dict[str, object]:
    """A Vega-Lite chart: a bar for each year, a part for each side; the legend breaks into lines that fit a phone."""
    colours = {entry.name: entry.colour for entry in (*marks.side_entries(), marks.NOT_STATED)}
    ink = st.get_option("theme.textColor")  # Streamlit's own grey for charts has a contrast of 3.7 : 1
    return {
        "config": {
            "axis": {"labelColor": ink, "titleColor": ink},
            "legend": {"labelColor": ink, "offset": 4, "padding": 0},
        },
        "mark": "bar",
        "encoding": {
            "x": {"field": "Year", "type": "ordinal", "title": None, "scale": {"domain": years},
                  "axis": {"labelOverlap": True}},
            "y": {"field": "Reports", "type": "quantitative", "title": "reports", "axis": {"tickMinStep": 1}},
            "color": {"field": "Side", "type": "nominal", "legend": {"orient": "bottom", "columns": 3, "title": None},
                      "scale": {"domain": sides, "range": [colours[side] for side in sides]}},
            "tooltip": [{"field": field} for field in ("Year", "Side", "Reports")],
        },
    }  # fmt: skip
