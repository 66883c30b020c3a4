"""Incidents that two or more documents tell, by how their tellings stand: the sharpest first, and how that is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.parts import card, details, more, numbered
from dashboard.parts.details import Line
from dashboard.state.view import View
from geodata.count.disagreements import ranked, told
from geodata.count.stands import FIELDS, HOW, Found, Stand, stands
from geodata.model.row import Row
from geodata.tell import fields, nouns, words

LIST = "differences"
"""The list's key."""

DIFFERENT = "different"
"""The choice that the page opens with: what is sharp or mild."""

CHOICES: Mapping[str, tuple[str, tuple[Stand, ...]]] = {
    DIFFERENT: ("Told differently", (Stand.SHARP, Stand.MILD)),
    **{stand.value: (f"{sign} {stand.capitalize()}", (stand,)) for stand, sign in fields.SIGNS.items()},
}
"""Which incidents are listed: those with a field that stands so. What each is called, and what it takes."""


def show(view: View) -> None:
    """The list, the open incident's card with its fields side by side, and what the four words mean."""
    found = ranked(view.dataset, view.chosen)
    if not len(found):
        _tell_nothing(view)
        return
    with st.container():  # one room for all, so that all of it goes at once where nothing is left
        chosen = _chosen(found)
        counts = {name: int(chosen[name].sum()) for name in CHOICES}
        if not counts[DIFFERENT]:
            _tell_nothing(view)
        _sentence(view, counts)
        asked = _choice(counts)
        _list(view, found[chosen[asked]], asked)
        _explained(view)
        card.show(view)


def _tell_nothing(view: View) -> None:
    st.info(words.nothing_differs(view.dataset, view.chosen), icon=":material/info:")


def _chosen(found: pd.DataFrame) -> dict[str, np.ndarray]:
    """For each choice, whether it takes an incident: an array of bool, one of each row of ``found``."""
    stands = {stand: found[stand].to_numpy() > 0 for stand in Stand}
    return {name: np.logical_or.reduce([stands[stand] for stand in taken]) for name, (_, taken) in CHOICES.items()}


def _sentence(view: View, counts: Mapping[str, int]) -> None:
    noun, different = nouns.of(view.dataset), counts[DIFFERENT]
    if different:
        st.markdown(
            f"**{different:,} {'incident is' if different == 1 else 'incidents are'} told differently by two or more "
            f"{noun.many}; in {counts[Stand.SHARP]:,} of them a difference is sharp.** Choose one to see who says "
            "what."
        )
    if one_sided := counts[Stand.ONE_SIDED]:
        of = "1 incident" if one_sided == 1 else f"{one_sided:,} incidents"
        st.caption(f"In {of} a field is one-sided: some tell it, others are silent. That is no disagreement.")


def _choice(counts: Mapping[str, int]) -> str:
    """The choice of the reader, one of `CHOICES`; the address keeps it."""
    numbered.read("stand", CHOICES, lambda name: CHOICES[name][0])
    if st.session_state["stand"] not in CHOICES:
        st.session_state["stand"] = DIFFERENT
    labels = {name: numbered.label(title, counts[name]) for name, (title, _) in CHOICES.items()}
    numbered.tell("stand", labels)
    st.segmented_control("Incidents with a field that is", list(CHOICES), format_func=labels.__getitem__, key="stand",
                         required=True, persist_state="session")  # fmt: skip
    return str(st.session_state["stand"])


def _list(view: View, found: pd.DataFrame, asked: str) -> None:
    if not len(found):
        st.caption("None.")
        return
    about = view.chosen, asked
    first_lines = found.head(more.most(LIST, about))
    listed: list[dict[str, Any]] = first_lines.to_dict("records")  # type: ignore[assignment]  # columns are texts
    by_incident = told(view.dataset, tuple(one["row"] for one in listed))
    first = CHOICES[asked][1]
    order = sorted(Stand, key=lambda stand: stand not in first)
    lines = [_line(view, one, by_incident[one["incident_id"]], order) for one in listed]
    heads = ("Incident", *(CHOICES[stand][0] for stand in order), nouns.of(view.dataset).said("Documents"))
    details.list_of_incidents(
        lines, heads, key=LIST, caption=f"Incidents, the sharpest first: {CHOICES[asked][0].lower()}"
    )
    more.offer(LIST, about, len(found))


def _line(view: View, one: Mapping[str, Any], reports: Sequence[Row], order: Sequence[Stand]) -> Line:
    found = stands(view.dataset, reports)

    def fields_of(stand: Stand) -> str:
        cells = (_cell(view, field, each) for field, each in found.items() if each.stand is stand)
        return ("; " if stand in (Stand.SHARP, Stand.ONE_SIDED) else ", ").join(cells) or "–"

    return Line(one["incident_id"], reports[0]["title"], (*map(fields_of, order), f"{one['documents']:,}"))


def _cell(view: View, field: str, found: Found) -> str:
    about = fields.only(view.dataset, found) if found.stand is Stand.ONE_SIDED else found.how
    return f"{FIELDS[field]}: {about}" if about else FIELDS[field]


def _explained(view: View) -> None:
    signs = fields.SIGNS
    with st.expander("How sharpness is found"):
        st.markdown(
            f"**{signs[Stand.SHARP]} Sharp** are differences that cannot both hold as they stand:\n\n"
            + "\n".join(f"- **{FIELDS[field]}**: {how}." for field, how in HOW.items())
            + f"\n\n**{signs[Stand.MILD]} Mild** is every other difference of a field: a coarser date, a wider place, "
            f"another word.\n\n**{signs[Stand.ONE_SIDED]} One-sided** is a field that some tell and others do not: "
            "silence is neither agreement nor disagreement, so it raises no number of differences.\n\n"
            f"**{signs[Stand.AGREED]} Agreed** is a field of which all say the same. "
            + nouns.of(view.dataset).said("Two documents that agree may both be wrong, and may have one origin.")
            + " Filters and window choose incidents; each is compared by all that is told of it, as on its card."
            + " The list is ordered by the number of sharp fields, then of mild and of one-sided ones, then by date."
        )
