"""Who is heard: the sides that speak, with what standing, of what harm, and when. Follows the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from dashboard.parts import bars, heard, passage, tables
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
    has_sides = not counted or any(row["claimant_side"] for row in counted)
    st.markdown(f"## {plain(voices.sentence(view.dataset.case, matrix) if has_sides else heard.sentence(view))}")
    if not counted:
        st.empty()  # what the last answer had here goes at once
        return
    with st.container():  # one room for all, so that all of it goes at once where nothing is left
        said = _by_side(view, counted) if has_sides else heard.tables_of(view)
        years = Years.of(view, has_sides=has_sides)
        passage.show([*said, *_harm(view, has_sides=has_sides), *(years.bars() if years else ())], key="heard")
        if years:
            _numbers(years)


def _by_side(view: View, counted: list[dict[str, object]]) -> list[Markup]:
    """Which side speaks with what standing, within a document by choice, and in which document."""
    standing = [] if view.dataset.lacks("claim_status") else [_standing(view, counted)]
    return [*standing, _documents(view, counted)]


def _sides(case: Case, numbers: Counter[str]) -> list[str]:
    """The sides that speak, in the order of the case, and the parties in any case: silence is part of the answer."""
    return [side for side in (*case.sides, "") if numbers[side] or side in case.parties]


def _standing(view: View, counted: list[dict[str, object]]) -> Markup:
    cited = Counter[str]()
    for row in counted:
        cited[str(row["source_id"])] += _number(row)
    sources, state = view.dataset.sources, st.session_state
    if state.get("within") not in sources:
        state["within"] = ""
    keys = {state["within"], *(key for key, _ in cited.most_common(MOST_OFFERED))} - {""}
    if len(sources) <= MOST_OFFERED:  # a choice that offers the same stays as it is on screen
        keys = {*sources}
    labels = {key: sources[key].label for key in keys}
    every = nouns.of(view.dataset).said("all documents shown")
    within = st.selectbox("Within", ["", *sorted(labels, key=labels.__getitem__)], key="within",
                          format_func=lambda key: labels.get(key, every))  # fmt: skip
    cells = _cells((row for row in counted if within in ("", row["source_id"])), "claim_status")
    columns = _heard(cells, {**{status: status for status in CLAIM_STATUSES}, "": "not stated"})
    return _matrix(view.dataset.case, cells, columns,
                   caption=f"Who claims it, and with what standing: {labels.get(within, every)}")  # fmt: skip


def _documents(view: View, counted: list[dict[str, object]]) -> Markup:
    most, noun = Counter[str](), nouns.of(view.dataset)
    for row in counted:
        most[str(row["source_id"])] += _number(row)
    shown = {key: tables.short(view.dataset.sources[key].label) for key, _ in most.most_common(8)}
    rows = (row if row["source_id"] in shown else row | {"source_id": "+"} for row in counted)
    cells = _cells(rows, "source_id")
    columns = _heard(cells, shown | {"+": noun.said("other documents")})
    return _matrix(view.dataset.case, cells, columns, caption=noun.said("Who claims it, and in which document"))


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
) -> Markup:
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
    return tables.html([side, *columns.values(), "All"], lines, caption=caption, numbers=True, ruled=ruled)


def _number(row: dict[str, object]) -> int:
    return int(str(row["reports"]))


def _harm(view: View, *, has_sides: bool) -> list[Markup]:
    dataset, case = view.dataset, view.dataset.case
    kinds = listed((name for name, family in case.families.items() if family.harm), "or")
    if not kinds:
        return []
    untold = voices.kind_untold(dataset, view.chosen)
    reports = words.summarise(dataset, view.chosen).reports
    if untold == reports:
        why = "no kind of event is told" if dataset.lacks("event_type") else "no kind told is one that Attest knows"
        return [passage.note(f"Which of these reports are of harm is not known here: {why}.")]
    rest = f" Of {number_of(untold, 'report')} the kind is not told." if untold else ""
    counted = Counter(voices.harmed(dataset, view.chosen))
    whole = counted.total()
    denials = _denials(voices.harm_denied(dataset, view.chosen)) if not dataset.lacks("claim_status") else ""
    if not whole:
        of_told = " whose kind is told" if untold else ""
        return [passage.note(f"No report shown{of_told} tells of {kinds}. {denials}{rest}")]
    said = f"{number_of(whole, 'report')} of {kinds}. {denials}{rest}"
    if not has_sides or not voices.Targets(case).nameable:
        return [passage.note(said)]
    how = (
        "The side is that which the report's own words for the target name; “civilians” or a town alone names none, "
        "and some reports name no target."
    )
    return [_harm_matrix(case, counted), passage.note(f"{said} {how} {case.target_note}")]


def _harm_matrix(case: Case, counted: Cells) -> Markup:
    told = {party for _, party in counted}
    single = voices.Targets(case).nameable
    rest = (voices.SIDE_NOT_NAMED, voices.TARGET_NOT_NAMED)
    named = [*single, *sorted(told.difference(single, rest))]
    parties = [*named, *(party for party in rest if party in told)]
    return _matrix(case, counted, {party: party for party in parties}, side="Side that speaks",
                   ruled={1 + len(named), 1 + len(parties)},
                   caption="On whom harm is said to fall, by who says so")  # fmt: skip


def _denials(number: int) -> str:
    if not number:
        return "No denial of such harm is among the reports shown."
    return f"{number_of(number, 'denial')} of such harm {'is' if number == 1 else 'are'} not counted here."


@dataclass(frozen=True)
class Years:
    """The reports whose date lies within a year, by the year and the side that speaks; ``unknown`` are the others."""

    years: list[int]
    counted: Mapping[tuple[int, str], int]
    parts: Mapping[str, bars.Part]
    unknown: int
    has_sides: bool

    @classmethod
    def of(cls, view: View, *, has_sides: bool) -> Years | None:
        """``None`` where no report's year is known."""
        table, unknown = voices.by_year(view.dataset, view.chosen)
        if not len(table):
            return None
        counted = {(row["year"], row["claimant_side"]): row["reports"] for row in table.to_pylist()}
        case, heard_of = view.dataset.case, {side for _, side in counted}
        parts = {
            side: bars.Part(case.side_name(side), case.sides[side].letter, case.sides[side].colour)
            if side else bars.Part(case.side_name(side), marks.UNTOLD.letter, marks.UNTOLD.colour)
            for side in (*case.sides, "") if side in heard_of
        }  # fmt: skip
        if not has_sides:
            parts = {side: replace(part, name="Reports", letter="") for side, part in parts.items()}
        return cls(table["year"].unique().to_pylist(), counted, parts, unknown, has_sides)

    def bars(self) -> list[Markup]:
        """Title, bars, and a note of what is not in them."""
        first, last = self.years[0], self.years[-1]
        by_whom = ", by who claims" if self.has_sides else ""
        alt = f"Bars of the reports of each year from {first} to {last}{by_whom}; below are their numbers."
        return [
            passage.title(f"{'Who is heard' if self.has_sides else 'Reports'}, by the year told of"),
            bars.by_year(self.years, self.parts, self.counted, alt),
            passage.note(
                f"Reports whose date lies within one year. {self.unknown:,} others are not in it: their year "
                "is not known."
            ),
        ]

    def table(self) -> Markup:
        """The numbers of the bars."""
        lines = [
            [str(year), *(f"{number:,}" if (number := self.counted.get((year, side))) else "–" for side in self.parts)]
            for year in self.years
        ]
        return tables.html(["Year", *(part.name for part in self.parts.values())], lines, numbers=True,
                           caption=f"Reports by year{' and side' if self.has_sides else ''}")  # fmt: skip


def _numbers(years: Years) -> None:
    box = st.expander("The same as numbers", key="years", on_change="rerun")
    if box.open:
        with box:
            passage.show([years.table()], key="years_numbers")
