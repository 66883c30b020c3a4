"""A page for each document: what it is, where and when its reports are, who speaks in it, what it does not report."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.parts import details, tables, timemap
from dashboard.parts.style import plain
from dashboard.state.view import View
from geodata.count import counting, silence
from geodata.model.records import Source
from geodata.tell import citations, words

SPEAKERS = 15
"""Speakers listed; the caption counts the others."""

MOST_LISTED = 300
"""Incidents in the list of those that the document does not report."""

MAP_HEIGHT = 300
"""Pixels of the small map."""

RELIABILITY = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
               "E": "unreliable", "F": "cannot be judged"}  # fmt: skip
CREDIBILITY = {"1": "confirmed by others", "2": "probably true", "3": "possibly true", "4": "doubtful",
               "5": "improbable", "6": "cannot be judged"}  # fmt: skip
"""The words of the Admiralty grades (NATO STANAG 2022)."""


def show(view: View) -> None:
    """A choice of the document, and its page."""
    sources, state = view.dataset.sources, st.session_state
    if state["document"] not in sources:
        state["document"] = next(iter(sources))
    st.selectbox(
        "Document", list(sources), format_func=lambda key: sources[key].label, key="document", persist_state="session"
    )
    source = sources[state["document"]]
    _card(source, view.dataset.case.side_name(source.side))
    own = replace(view, chosen=view.chosen.among("sources", (source.source_id,)))
    summary = words.summarise(own.dataset, own.chosen)
    st.markdown(f"**{summary.reports:,} of its reports, of {summary.incidents:,} incidents, pass the filters**")
    timemap.show(own, key="document_map", height=MAP_HEIGHT)
    details.card(view)
    speakers, silent = st.columns(2)
    with speakers:
        _speakers(own)
    with silent:
        _unreported(view, source)
    _citation(source)


def _card(source: Source, side: str) -> None:
    st.markdown(f"## {plain(source.label)}")
    facts = [
        ("Title", source.title or "not in the text"),
        ("Author", source.author or "not in the text"),
        ("Publisher", source.publisher or "not in the text"),
        ("Genre, language", f"{source.genre}, {source.language}"),
        ("Side", side),
        ("Reliability", _grade(source.reliability, RELIABILITY)),
        ("Credibility", _grade(source.credibility, CREDIBILITY)),
        ("Why so rated", source.rating_reason),
        ("What to know", source.reader_note),
        ("Terms", source.licence),
    ]
    st.markdown("  \n".join(f"**{name}:** {plain(value)}" for name, value in facts if value))
    st.caption(
        "Ratings follow the Admiralty system (NATO STANAG 2022): a letter for the source, a number for what it says."
    )


def _grade(grade: str, meanings: dict[str, str]) -> str:
    return f"{grade}: {meanings[grade]}" if grade else "not rated"


def _speakers(view: View) -> None:
    counted = counting.by(view.dataset, view.chosen, "claimed_by", "claimant_side").to_pylist()
    rows = sorted(counted, key=lambda row: (-row["reports"], row["claimed_by"]))
    whole = sum(row["reports"] for row in rows)
    if not rows:
        return
    lines = [[row["claimed_by"], view.dataset.case.side_name(row["claimant_side"]), tables.share(row["reports"], whole)]
             for row in rows[:SPEAKERS]]  # fmt: skip
    tables.show(["Speaker", "Side", "Reports"], lines, caption="Who speaks in it")
    if len(rows) > SPEAKERS:
        rest = sum(row["reports"] for row in rows[SPEAKERS:])
        st.caption(f"{len(rows) - SPEAKERS:,} more speakers with {rest:,} reports.")


def _unreported(view: View, source: Source) -> None:
    found = silence.unreported_incidents(view.dataset, view.chosen, source.source_id)
    st.markdown(f"**Told by others and not here: {len(found):,} incidents**")
    st.caption(
        "Incidents that pass the filters and are surely of days up to its publication: at least one report dates them "
        "with a first and a last day, and no such date reaches past it. What may be of later days, or has only open "
        "dates, is not counted. Leaving out is no judgement: a text has its subject and its length."
        if source.published
        else "Not known: it bears no date, so no incident is surely of days before its publication."
    )
    box = st.expander("The list, the most often told first", key="silent", on_change="rerun")
    if box.open:
        rows = found.slice(0, MOST_LISTED)["row"].to_pylist()
        reports = view.dataset.reports
        listed = {row["row"]: row for row in view.dataset.fetch(reports.filter(reports.row.isin(rows))).to_pylist()}
        with box:
            details.grid_of_reports(view, [listed[row] for row in rows], key="silent")


def _citation(source: Source) -> None:
    st.markdown("**How to cite it**")
    plain_text, bibtex, csl = st.tabs(["Plain text", "BibTeX", "CSL-JSON"])
    plain_text.code(citations.plain(source), language=None, wrap_lines=True)
    bibtex.code(citations.bibtex([source]), language="latex", wrap_lines=True)
    csl.code(citations.csl_json([source]), language="json", wrap_lines=True)
