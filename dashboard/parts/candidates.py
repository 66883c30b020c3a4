"""One named place: what lists propose for it, and the buttons by which a person decides."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.parts.plain import plain
from dashboard.state import deciding
from dashboard.state.deciding import Deciding
from dashboard.state.view import View
from geodata.briefing.sketch import sketch
from geodata.model.text import number_of
from geodata.model.vocabulary import PRECISIONS
from geodata.store.geocoding import decisions
from geodata.store.geocoding.columns import Key
from geodata.store.geocoding.decisions import Decision
from geodata.store.geocoding.gazetteer import Candidate
from geodata.store.geocoding.proposals import Proposal
from geodata.timemap import basemap

MOST_SHOWN = 12
"""Candidates on the page."""


def spoken(candidate: Candidate) -> str:
    """A candidate in a line: name, province, country and origin."""
    return f"{', '.join(_named(candidate))}; {candidate.origin}"


def _named(candidate: Candidate) -> list[str]:
    return [part for part in (candidate.name, candidate.district, candidate.country) if part]


def decided(decision: Decision) -> str:
    """A decision in words."""
    point = f"{decision.latitude}, {decision.longitude}"
    what = {
        decisions.ACCEPT: f"accepted: {decision.name} at {point}; {decision.origin}",
        decisions.ANOTHER: f"other coordinates: {point}",
        decisions.BLANK: "left blank",
    }[decision.decision]
    return f"{what}{f'; by {decision.decided_by}' if decision.decided_by else ''}"


def show(view: View, now: Deciding, proposal: Proposal, number: int, following: int | None) -> None:
    """The candidates on a small map and in words, coordinates of one's own, and leaving it blank.

    ``number`` is the proposal's; ``following`` is that of the place which is chosen once this one is decided.
    """
    named, decision = proposal.named, now.stand.get(proposal.named.key)
    st.subheader(plain(named.place), anchor=False)
    rows = f"{number_of(proposal.rows, 'row')} without coordinates"
    st.markdown(plain(" · ".join(filter(None, (named.context, rows, proposal.question or "one place is meant")))))
    if decision:
        st.info(plain(f"Decided: {decided(decision)}."), icon=":material/check:")
        st.button("Take back", key="take_back", on_click=_take_back, args=(now.table, named.key, following))
    shown = proposal.candidates[:MOST_SHOWN]
    if shown:
        with st.container(width=430):
            st.image(
                sketch(view.dataset, tuple(one.point for one in shown)),
                caption=f"Grey: where this table places reports itself. {basemap.NOTICE}",
                width="stretch",
                alt="; ".join(f"{at}: {', '.join(_named(one))}, {one.spoken_point}" for at, one in enumerate(shown, 1)),
            )
    for at, (candidate, kilometres) in enumerate(zip(shown, proposal.kilometres, strict=False), 1):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"candidate_{at}"):
            st.markdown(_in_words(at, candidate, kilometres), width="stretch")
            st.button(
                f"Accept {at}", key=f"accept_{at}", on_click=_accept, args=(now.table, proposal, candidate, following)
            )
    if len(proposal.candidates) > len(shown):
        st.caption(f"{len(proposal.candidates) - len(shown):,} more places bear this name; the spreadsheet has all.")
    _own(now, proposal, number, following)
    st.button("Leave blank", key="leave_blank", on_click=_leave_blank, args=(now.table, proposal, following))


def _in_words(at: int, candidate: Candidate, kilometres: float) -> str:
    name, *where = map(plain, _named(candidate))
    far = f"{kilometres:,.0f} km from 1" if at > 1 else ""
    alike = f"names {candidate.likeness:.0f} % alike" if candidate.likeness < 100 else ""
    precision = f"precision: {candidate.precision}" if candidate.precision else "precision not told"
    details = " · ".join(filter(None, (precision, candidate.spoken_point, far, alike)))
    return f"**{at} · {name}**{''.join(f', {part}' for part in where)}  \n{details}  \n{plain(candidate.origin)}"


def _own(now: Deciding, proposal: Proposal, number: int, following: int | None) -> None:
    """Coordinates of the reader's own, in WGS 84 degrees."""
    keys = [f"own_{part}_{number}" for part in ("latitude", "longitude", "precision")]
    with st.expander("Coordinates of your own", key=f"own_{number}"):
        left, right = st.columns(2)
        left.number_input("Latitude, degrees north", -90.0, 90.0, None, 0.01, "%.5f", key=keys[0])
        right.number_input("Longitude, degrees east", -180.0, 180.0, None, 0.01, "%.5f", key=keys[1])
        st.selectbox(
            "What kind of place it is",
            list(PRECISIONS),
            None,
            key=keys[2],
            placeholder="choose",
            format_func=lambda word: f"{word}: {PRECISIONS[word]}",
        )
        if fault := st.session_state.pop("own_fault", ""):
            st.error(fault, icon=":material/warning:")
        st.button("Use these coordinates", key="use_own", on_click=_use_own, args=(now, proposal, keys, following))


def _use_own(now: Deciding, proposal: Proposal, keys: list[str], following: int | None) -> None:
    latitude, longitude, precision = (st.session_state.get(key) for key in keys)
    if latitude is None or longitude is None or precision is None:
        st.session_state["own_fault"] = "Give latitude, longitude and the kind of place."
    elif latitude == longitude == 0:
        st.session_state["own_fault"] = "0, 0 lies in the open sea and stands for “not known”: check the coordinates."
    else:
        _decide(
            now.table,
            decisions.another(proposal, (latitude, longitude), precision, deciding.by(), date.today()),
            following,
        )


def _accept(table: Path, proposal: Proposal, candidate: Candidate, following: int | None) -> None:
    _decide(table, decisions.accepted(proposal, candidate, deciding.by(), date.today()), following)


def _leave_blank(table: Path, proposal: Proposal, following: int | None) -> None:
    _decide(table, decisions.left_blank(proposal, deciding.by(), date.today()), following)


def _decide(table: Path, decision: Decision, following: int | None) -> None:
    deciding.decide(table, [decision])
    _go_on(following)


def _take_back(table: Path, key: Key, following: int | None) -> None:
    deciding.take_back(table, key)
    _go_on(following)


def _go_on(following: int | None) -> None:
    """The place that is decided leaves its list: the next one there is chosen."""
    if following is not None:
        st.session_state["place_chosen"] = following
