"""Two sets of sources beside each other: two maps of one camera and window, and the incidents of A, B and both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import streamlit as st

from dashboard.parts import credit, details, more, timemap
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.count import compare, part
from geodata.count.compare import COMPARABLE, Pair
from geodata.count.facets import facet, values_of
from geodata.model.case import Case
from geodata.model.text import fold
from geodata.store.dataset import Dataset
from geodata.tell import nouns
from geodata.tell.words import label_of

TOGETHER = "In one telling with both"

MOST_OFFERED = 200
"""Values in a choice; where there are more, the reader types a part of what to look for."""

SETS = ("set_a", "set_b")
"""Keys of the session that have the values of each set."""

HEIGHT = "max(420px, calc(100dvh - var(--attest-above, 133px) - 120px))"
"""Of the maps and the timeline, as CSS has it: the choice of the two sets stands above them."""


def show(view: View) -> None:
    """The choice of the two sets, the maps, and the three lists."""
    pair = _pair(view)
    if pair is None:
        return
    if not pair.is_whole:
        st.info("Choose at least one value for A and one for B.", icon=":material/info:")
        return
    titles = tuple(
        f"{letter}: {', '.join(label_of(view.dataset, pair.field, value) for value in values)}"
        for letter, values in (("A", pair.a), ("B", pair.b))
    )
    with st.container(gap=None):  # one room for all, so that all of it goes at once where nothing is left
        timemap.show(view, compared=timemap.Compared(pair, (titles[0], titles[1]), st.session_state["split"]),
                     height=HEIGHT, may_collect=True)  # fmt: skip
        credit.on_paper(view)
        _lists(view, pair, titles)


def _pair(view: View) -> Pair | None:
    state, noun = st.session_state, nouns.of(view.dataset)
    told = [field for field in COMPARABLE if len(values_of(view.dataset, field)) > 1]
    if not told:
        st.info("This table does not tell what could be compared.", icon=":material/info:")
        return None
    if state["compared"] not in told:
        state["compared"] = told[0]
    # A row that wraps, and no columns: in these the toggle's label would be cut.
    row = st.container(key="compare_sets", horizontal=True, vertical_alignment="bottom")
    field = row.selectbox(
        "Compare",
        told,
        format_func={key: noun.said(COMPARABLE[key]) for key in told}.__getitem__,
        key="compared",
        persist_state="session",
        on_change=_begin,
    )
    numbers = facet(view.dataset, view.chosen, field)
    if not state["set_a"] and not state["set_b"]:
        state["set_a"], state["set_b"] = map(list, _opening(view.dataset.case, field, [*numbers]))
    values = _offered(view.dataset, field, [*numbers])
    # A session keeps ``format_func``: if that held the dataset, it would keep an old table alive.
    labels = {value: label_of(view.dataset, field, value) for value in values}
    row.multiselect(
        "A", values, format_func=labels.__getitem__, key="set_a", persist_state="session", placeholder="Choose"
    )
    row.multiselect(
        "B", values, format_func=labels.__getitem__, key="set_b", persist_state="session", placeholder="Choose"
    )
    row.toggle("One map with a divider", key="split", persist_state="session")
    return Pair(field, tuple(state["set_a"]), tuple(state["set_b"]))


def _offered(dataset: Dataset, field: str, values: list[str]) -> list[str]:
    """The values to choose from, those of most reports first; of very many those that the reader looks for."""
    state = st.session_state
    chosen = dict.fromkeys((*state["set_a"], *state["set_b"]))
    if len(values) > MOST_OFFERED:
        typed = fold(st.text_input(f"Find one of {len(values):,} to compare", key="find_compared"))
        found = (value for value in values if not typed or typed in fold(label_of(dataset, field, value)))
        values = [*islice(found, MOST_OFFERED)]
    return [*dict.fromkeys((*values, *chosen))]


def _begin() -> None:
    st.session_state.update(set_a=[], set_b=[])


def _opening(case: Case, field: str, values: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What the page opens on: a claim and its denial, the first two parties, or the two values with most reports."""
    if field == "statuses":
        return ("asserted", "attributed"), ("denied",)
    if field == "sides" and len(case.parties) > 1:
        return case.parties[:1], case.parties[1:2]
    return values[:1], values[1:2]


def _lists(view: View, pair: Pair, titles: Sequence[str]) -> None:
    # Of so many the engine needs seconds: the reader opens them.
    if not part.is_small_enough(view.dataset, pair.together(view.chosen)):
        box = st.expander("Incidents only in A, in both and only in B", key="told", on_change="rerun")
        if not box.open:
            return
        with box:
            st.caption("Each incident is counted by all its reports in A and B.")
    numbers = compare.numbers(view.dataset, view.chosen, pair)
    heads = {"a": f"Only {titles[0]}", "both": "Both", "together": TOGETHER, "b": f"Only {titles[1]}"}
    # A column for what stands in one telling only where a table has such rows.
    lists = [told for told in compare.REPORTED_BY if told != "together" or numbers[told]]
    together = f"{numbers['together']:,} in one telling with both, " if numbers["together"] else ""
    st.markdown(f"**Incidents: {numbers['a']:,} only in A, {numbers['both']:,} in both, {together}"
                f"{numbers['b']:,} only in B**")  # fmt: skip
    if together:
        st.caption("In one telling with both: one row names sources of A and of B, which share one coder's values. "
                   "Neither confirms the other.")  # fmt: skip
    for column, told in zip(st.columns(len(lists)), lists, strict=True):
        box = column.expander(plain(heads[told]), key=f"told_{told}", on_change="rerun")
        if not box.open:
            continue
        with box:
            key, about = f"list_{told}", (view.chosen, pair, told)
            rows = compare.first(view.dataset, view.chosen, pair, told, more.most(key, about))
            listed = view.dataset.fetch(view.dataset.numbered(rows).order_by("row")).to_pylist()
            details.list_of_reports(view, listed, key=key, caption=heads[told])
            more.offer(key, about, numbers[told])
