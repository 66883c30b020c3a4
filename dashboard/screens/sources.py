"""A page for each source: what it is, where and when its reports are, who speaks in it, what it does not report."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.parts import details, more, tables, timemap
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.count import counting, silence
from geodata.model.records import Source
from geodata.model.text import fold
from geodata.tell import citations, nouns, terms, words

SPEAKERS = 15
"""Speakers listed; the caption counts the others."""

SMALL = "520px"
"""Height of map and timeline together, as CSS has it."""

RELIABILITY = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
               "E": "unreliable", "F": "cannot be judged"}  # fmt: skip
CREDIBILITY = {"1": "confirmed by others", "2": "probably true", "3": "possibly true", "4": "doubtful",
               "5": "improbable", "6": "cannot be judged"}  # fmt: skip
"""The words of the Admiralty grades (NATO STANAG 2022)."""


def show(view: View) -> None:
    """A choice of the source, and its page."""
    dataset, source = view.dataset, _chosen(view)
    is_of_others = nouns.is_of_others(dataset, source.source_id)
    if is_of_others:
        _card_of_others(view, source)
    else:
        _card(source, dataset.case.side_name(source.side))
    own = replace(view, chosen=view.chosen.among("sources", (source.source_id,)))
    summary = words.summarise(own.dataset, own.chosen)
    st.markdown(f"**{summary.reports:,} of its reports, of {summary.incidents:,} incidents, pass the filters**")
    timemap.show(own, key="document_map", height=SMALL)
    if is_of_others:  # nobody knows when a newspaper or an office fell silent, and it has no text to cite
        if not dataset.lacks("claimed_by"):
            _speakers(own)
        return
    speakers, silent = st.columns(2)
    with speakers:
        _speakers(own)
    with silent:
        _unreported(view, source)
    _citation(source)


MOST_OFFERED = 200
"""Sources in the list of the page; where there are more, the reader types a part of the name."""


def _chosen(view: View) -> Source:
    """The source that the reader chose, the first at first."""
    sources, state = view.dataset.sources, st.session_state
    if state["document"] not in sources:
        state["document"] = next(iter(sources))
    offered = list(sources)
    if len(offered) > MOST_OFFERED:
        typed = fold(st.text_input(f"Find one of {len(offered):,} sources", key="find_document"))
        found = [key for key in offered if typed in fold(sources[key].label)]
        if typed and found and state["document"] not in found:
            state["document"] = found[0]
        offered = list(dict.fromkeys((state["document"], *found[:MOST_OFFERED])))
        if len(found) > MOST_OFFERED:
            st.caption(f"The {MOST_OFFERED} most cited are in the list; type a part of the name for the others.")
        elif not found:
            st.caption("No source has this in its name.")
    # A session keeps ``format_func``: if that held the dataset, it would keep an old table alive.
    labels = {key: sources[key].label for key in offered}
    label = nouns.of(view.dataset).said("Document")
    st.selectbox(label, offered, format_func=labels.__getitem__, key="document", persist_state="session")
    return sources[state["document"]]


def _card_of_others(view: View, source: Source) -> None:
    """What a table of others tells of a source: its name, and the table's own terms."""
    st.markdown(f"## {plain(source.label)}")
    asked = terms.of_source(view.dataset, source.source_id)
    facts = {"Kind": source.genre, "Terms": source.licence, "Credit of the table": asked, "Rating": "not rated"}
    st.markdown("  \n".join(f"**{name}:** {plain(value)}" for name, value in facts.items() if value))


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
    has_sides = not view.dataset.lacks("claimant_side")
    lines = [[row["claimed_by"], *([view.dataset.case.side_name(row["claimant_side"])] if has_sides else []),
              tables.share(row["reports"], whole)] for row in rows[:SPEAKERS]]  # fmt: skip
    tables.show(["Speaker", *(["Side"] if has_sides else []), "Reports"], lines, caption="Who speaks in it")
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
        key, about = "list_silent", (view.chosen, source.source_id)
        rows = found.slice(0, more.most(key, about))["row"].to_pylist()
        listed = {row["row"]: row for row in view.dataset.fetch(view.dataset.numbered(rows)).to_pylist()}
        with box:
            details.list_of_reports(view, [listed[row] for row in rows], key=key, caption="Told by others and not here")
            more.offer(key, about, len(found))


def _citation(source: Source) -> None:
    st.markdown("**How to cite it**")
    plain_text, bibtex, csl = st.tabs(["Plain text", "BibTeX", "CSL-JSON"])
    plain_text.code(citations.plain(source), language=None, wrap_lines=True)
    bibtex.code(citations.bibtex([source]), language="latex", wrap_lines=True)
    csl.code(citations.csl_json([source]), language="json", wrap_lines=True)
