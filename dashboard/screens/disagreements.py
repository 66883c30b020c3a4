"""Incidents on which two or more documents differ, the sharpest first, and how sharpness is found."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import streamlit as st

from dashboard.parts import card, details
from dashboard.state.view import View
from geodata.count.disagreements import FIELDS, HOW, differences, ranked
from geodata.model.row import Row
from geodata.store.dataset import Dataset
from geodata.tell import nouns, words

MOST_LISTED = 200
"""Incidents listed; the sentence counts them all."""

WIDTHS = {"Incident": 320, "Sharp": 375, "Mild": 295}
"""Pixels: left to itself the grid cuts the sharp difference off after a word. The card has each title in full."""


def show(view: View) -> None:
    """The list, the open incident's card with its fields side by side, and what sharp and mild mean."""
    found = ranked(view.dataset, view.chosen)
    if not len(found):
        st.info(words.nothing_differs(view.dataset, view.chosen), icon=":material/info:")
        return
    noun, sharp = nouns.of(view.dataset), int((found["sharp"] > 0).sum())
    st.markdown(
        f"**{len(found):,} {'incident is' if len(found) == 1 else 'incidents are'} told differently by two or more "
        f"{noun.many}; in {sharp:,} of them a difference is sharp.** Choose a row to see who says what."
    )
    listed: list[dict[str, Any]] = found.head(MOST_LISTED).to_dict("records")  # type: ignore[assignment]  # columns are texts
    reports = view.dataset.reports
    rows = view.dataset.fetch(
        reports.filter(reports.incident_id.isin([one["incident_id"] for one in listed])).order_by("row")
    ).to_pylist()
    by_incident: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_incident[row["incident_id"]].append(row)
    details.grid_of_incidents(
        [_line(view.dataset, one, by_incident[one["incident_id"]]) for one in listed], "differences", WIDTHS
    )
    if len(found) > MOST_LISTED:
        st.caption(f"The {MOST_LISTED} sharpest; filter or move the window for the others.")
    with st.expander("How sharpness is found"):
        st.markdown(
            "Sharp are differences that cannot both hold as they stand:\n\n"
            + "\n".join(f"- **{FIELDS[field]}**: {how}." for field, how in HOW.items())
            + "\n\nEvery other difference of a field is mild: a coarser date, a wider place, another word. The list is "
            "ordered by the number of sharp fields, then of mild ones, then by date. "
            + noun.said("Two documents that agree may both be wrong, and may have one origin.")
        )
    card.show(view)


def _line(dataset: Dataset, one: dict[str, Any], reports: list[Row]) -> dict[str, Any]:
    told = differences(dataset, reports)
    sharp = [f"{FIELDS[field]}: {found.how}" for field, found in told.items() if found.is_sharp]
    return {
        "incident_id": one["incident_id"],
        "Incident": reports[0]["title"],
        "Sharp": "; ".join(sharp) or "–",
        "Mild": ", ".join(FIELDS[field] for field, found in told.items() if not found.is_sharp) or "–",
        nouns.of(dataset).said("Documents"): one["documents"],
    }
