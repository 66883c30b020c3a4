"""Who is heard: the sides that speak, with what standing, of what harm, and when. Follows the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import streamlit as st

from dashboard.parts import heard, tables
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.count import voices
from geodata.model.case import Case
from geodata.model.text import listed, number_of
from geodata.model.vocabulary import CLAIM_STATUSES
from geodata.tell import nouns, words
from geodata.timemap import marks

Cells = Counter[tuple[str, str]]
"""Numbers of reports by side and by the value of a column."""


MOST_OFFERED = 200
"""Sources in the choice of one, the most cited first."""


def show(view: View) -> None:
    """One sentence, the matrix, whom the harm is said to fall on, and the years; without sides, who tells of what."""
    matrix = voices.matrix(view.dataset, view.chosen)
    counted = matrix.to_pylist()
    if counted and not any(row["claimant_side"] for row in counted):
        heard.show(view)
        _harm(view, has_sides=False)
        _years(view, has_sides=False)
        return
    st.markdown(f"## {plain(voices.sentence(view.dataset.case, matrix))}")
    if not counted:
        return
    if not view.dataset.lacks("claim_status"):
        _standing(view, counted)
    _documents(view, counted)
    _harm(view, has_sides=True)
    _years(view, has_sides=True)


def _sides(case: Case, numbers: Counter[str]) -> list[str]:
    """The sides that speak, in the order of the case, and the parties in any case: silence is part of the answer."""
    return [side for side in (*case.sides, "") if numbers[side] or side in case.parties]


def _standing(view: View, counted: list[dict[str, object]]) -> None:
    cited = Counter[str]()
    for row in counted:
        cited[str(row["source_id"])] += _number(row)
    labels = {key: view.dataset.sources[key].label for key, _ in cited.most_common(MOST_OFFERED)}
    every = nouns.of(view.dataset).said("all documents shown")
    within = st.selectbox("Within", ["", *sorted(labels, key=labels.__getitem__)],
                          format_func=lambda key: labels.get(key, every))  # fmt: skip
    cells = _cells((row for row in counted if within in ("", row["source_id"])), "claim_status")
    columns = _heard(cells, {**{status: status for status in CLAIM_STATUSES}, "": "not stated"})
    _matrix(view.dataset.case, cells, columns,
            caption=f"Who claims it, and with what standing: {labels.get(within, every)}")  # fmt: skip


def _documents(view: View, counted: list[dict[str, object]]) -> None:
    most, noun = Counter[str](), nouns.of(view.dataset)
    for row in counted:
        most[str(row["source_id"])] += _number(row)
    shown = {key: tables.short(view.dataset.sources[key].label) for key, _ in most.most_common(8)}
    rows = (row if row["source_id"] in shown else row | {"source_id": "+"} for row in counted)
    cells = _cells(rows, "source_id")
    columns = _heard(cells, shown | {"+": noun.said("other documents")})
    _matrix(view.dataset.case, cells, columns, caption=noun.said("Who claims it, and in which document"))


def _cells(rows: Iterable[dict[str, object]], column: str) -> Cells:
    """The reports of rows by side and by the value of a column."""
    cells: Cells = Counter()
    for row in rows:
        cells[str(row["claimant_side"]), str(row[column])] += _number(row)
    return cells


def _heard(cells: Cells, columns: Mapping[str, tables.Cell]) -> dict[str, tables.Cell]:
    """The columns that have a report, with their headings."""
    values = {value for _, value in cells}
    return {value: heading for value, heading in columns.items() if value in values}


def _matrix(
    case: Case,
    cells: Cells,
    columns: Mapping[str, tables.Cell],
    *,
    caption: str,
    side: str = "Side",
    ruled: Collection[int] = (),
) -> None:
    """Reports by side and column, each with its share of all. ``columns`` are headings by value."""
    by_side, by_column, whole = Counter[str](), Counter[str](), cells.total()
    for (key, value), number in cells.items():
        by_side[key] += number
        by_column[value] += number
    lines = [
        [case.side_name(key), *(tables.share(cells[key, value], whole) for value in columns),
         tables.share(by_side[key], whole)]
        for key in _sides(case, by_side)
    ]  # fmt: skip
    lines.append(["All", *(tables.share(by_column[value], whole) for value in columns), tables.share(whole, whole)])
    tables.show([side, *columns.values(), "All"], lines, caption=caption, numbers=True, ruled=ruled)


def _number(row: dict[str, object]) -> int:
    return int(str(row["reports"]))


def _harm(view: View, *, has_sides: bool) -> None:
    dataset, case = view.dataset, view.dataset.case
    kinds = listed((name for name, family in case.families.items() if family.harm), "or")
    if not kinds:
        return
    untold = voices.kind_untold(dataset, view.chosen)
    reports = words.summarise(dataset, view.chosen).reports
    if untold == reports:
        why = "no kind of event is told" if dataset.lacks("event_type") else "no kind told is one that Attest knows"
        st.caption(f"Which of these reports are of harm is not known here: {why}.")
        return
    rest = f" Of {number_of(untold, 'report')} the kind is not told." if untold else ""
    counted = Counter(voices.harmed(dataset, view.chosen))
    whole = counted.total()
    denials = _denials(voices.harm_denied(dataset, view.chosen)) if not dataset.lacks("claim_status") else ""
    if not whole:
        of_told = " whose kind is told" if untold else ""
        st.caption(plain(f"No report shown{of_told} tells of {kinds}. {denials}{rest}"))
        return
    said = f"{number_of(whole, 'report')} of {kinds}. {denials}{rest}"
    if not has_sides or not voices.Targets(case).nameable:
        st.caption(plain(said))
        return
    _harm_matrix(case, counted)
    st.caption(
        f"{plain(said)} The side is that which the report's own words for the "
        "target name; “civilians” or a town alone names none, and some reports name no target. "
        f"{plain(case.target_note)}"
    )


def _harm_matrix(case: Case, counted: Cells) -> None:
    told = {party for _, party in counted}
    single = voices.Targets(case).nameable
    rest = (voices.SIDE_NOT_NAMED, voices.TARGET_NOT_NAMED)
    named = [*single, *sorted(told.difference(single, rest))]
    parties = [*named, *(party for party in rest if party in told)]
    _matrix(case, counted, {party: party for party in parties}, side="Side that speaks",
            ruled={1 + len(named), 1 + len(parties)},
            caption="On whom harm is said to fall, by who says so")  # fmt: skip


def _denials(number: int) -> str:
    if not number:
        return "No denial of such harm is among the reports shown."
    return f"{number_of(number, 'denial')} of such harm {'is' if number == 1 else 'are'} not counted here."


def _years(view: View, *, has_sides: bool) -> None:
    table, unknown = voices.by_year(view.dataset, view.chosen)
    if not len(table):
        return
    counted = {(row["year"], row["claimant_side"]): row["reports"] for row in table.to_pylist()}
    heard = {side for _, side in counted}
    case = view.dataset.case
    sides = [side for side in (*case.sides, "") if side in heard]
    years = table["year"].unique().to_pylist()
    names = {side: case.side_name(side) if has_sides else "Reports" for side in sides}
    letters = {side: case.sides[side].letter if side else marks.UNTOLD.letter for side in sides}
    lettered = {side: f"{letters[side]} {name}" if has_sides else name for side, name in names.items()}
    st.markdown(f"**{'Who is heard' if has_sides else 'Reports'}, by the year told of**")
    st.vega_lite_chart(
        [{"Year": str(year), "Side": lettered[side], "Reports": number} for (year, side), number in counted.items()],
        _bars([str(year) for year in range(years[0], years[-1] + 1)], case, lettered),
        height=320,
        alt=f"Bars of the reports of each year from {years[0]} to {years[-1]}{', by who claims' if has_sides else ''}; "
        "below are their numbers.",
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
        tables.show(["Year", *names.values()], lines,
                    caption=f"Reports by year{' and side' if has_sides else ''}", numbers=True)  # fmt: skip


def _bars(years: Sequence[str], case: Case, names: Mapping[str, str]) -> dict[str, object]:
    """A Vega-Lite chart: a bar for each year, a part for each side; the legend breaks into lines that fit a phone."""
    colours = [case.sides[side].colour if side else marks.UNTOLD.colour for side in names]
    # Streamlit's own grey for charts has a contrast of 3.7 : 1.
    ink = st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor")
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
                      "scale": {"domain": list(names.values()), "range": colours}},
            "tooltip": [{"field": field} for field in ("Year", "Side", "Reports")],
        },
    }  # fmt: skip
