"""How to read what is on screen, what it is not, the keys, and the tour once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from dashboard.parts import legend as drawn_legend
from dashboard.parts import tour
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.count import counting
from geodata.model.selection import Selection
from geodata.model.text import listed
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, PRECISIONS
from geodata.store.dataset import Dataset
from geodata.tell import legend, nouns, terms
from geodata.tell.keys import KEYS
from geodata.tell.nouns import DOCUMENT, SOURCE, Noun
from geodata.timemap import marks


def _listed(vocabulary: Mapping[str, str]) -> str:
    return ", ".join(f"*{name}* is {meaning}" for name, meaning in vocabulary.items())


def _bullets(vocabulary: Mapping[str, str], noun: Noun) -> str:
    return "\n".join(f"- *{name}*: {noun.said(meaning)}." for name, meaning in vocabulary.items())


def what_marks_say(dataset: Dataset) -> str:
    """What a mark, its colour and its letter say, as Markdown."""
    what, *_ = legend.notes(dataset)
    return (
        f"Every mark stands for **reports**. {what.partition(';')[0]}. The map does\n"
        "not say that it happened; it says who says so.\n\n"
        f"**Colours and letters** tell {_coloured(dataset)}, as you choose. The letter says the same as the colour."
    )


def how_to_read(dataset: Dataset) -> str:
    """How to read what no sign says, as far as the dataset has what is spoken of, as Markdown."""
    noun = nouns.of(dataset)
    _, *numbers = legend.notes(dataset)
    parts = []
    if not dataset.lacks("claim_status"):
        standing = noun.said("**Standing** is how a document stands to what it tells:")
        parts.append(f"{standing}\n\n{_bullets(CLAIM_STATUSES, noun)}")
    dates = (
        f"**Dates** are as exact as the {noun.one}. “Oct 2020” is some day of that month, “2020-09-27/2020-11” lies "
        "between two ends, “~” means about and “?” means the date is doubtful. Such a report is drawn paler, and it is "
        "shown in every window that its days touch. *Only surely inside the window* leaves it out."
    )
    if not dataset.lacks("date_basis"):
        dates += f" How a date came about is told as well:\n\n{_bullets(DATE_BASES, noun)}"
    parts.append(dates)
    parts.append(
        f"**Places** are as exact as the {noun.one}, too: {_listed(PRECISIONS)}.\nA province or a region is a dashed "
        "disc; a country is named above the map. Without a place a report is in the list\n*Not on the map*."
    )
    if numbers:
        parts.append(f"**Numbers.** {' '.join(numbers)}")
    return "\n\n".join(parts)


def _coloured(dataset: Dataset) -> str:
    """What colours and letters can tell of a dataset's reports."""
    own = [f"its {plain(category.name)}" for category in dataset.categories]
    told = {"side": "which side the speaker belongs to", "document": f"which {nouns.of(dataset).one} it stands in",
            "type": "which kind of event it is", "table": "which table it stands in"}  # fmt: skip
    return listed([*(said for way, said in told.items() if way in marks.schemes(dataset)), *own], "or")


def what_it_is_not(documents: int, noun: Noun = DOCUMENT, missing: Collection[str] = ()) -> str:
    """What no reader should take the map for: true of a table with this number of documents, without these columns."""
    claim = f"{noun.number(documents)} claim{'s' if documents == 1 else ''}"
    if noun == SOURCE:
        own_view = "Each source has its page under *Sources*; nobody has rated it."
    else:
        own_view = "Each document has its own view; its rating and what to know\n  about it stand under *Sources*."
    if "claim_status" in missing:
        verdict = "Persons and parties are accused at most."
    else:
        meaning = noun.said(CLAIM_STATUSES["adjudicated"])
        verdict = f"“Adjudicated” means: {meaning}. All other persons and parties are accused at\n  most."
    lines = [
        f"- **Not a record of what happened.** It shows what {claim}. {own_view}",
        f"- **Not complete.** What no {noun.one} tells is not here. An empty part of the map means\n"
        f"  only that no {noun.one} here tells of it.",
        "- **Not a count of victims.** Two reports may tell one incident, and tolls overlap. Added up they give a "
        "wrong number.",
        f"- **Not a verdict.** {verdict}",
        "- **Not a political map.** The borders and names are those of its sources and take no position\n"
        "  on the status of a territory.",
        "- **Not a list of all losses.** A side may hardly be heard here, or not at all. *Who is heard* tells how "
        "often each\n  speaks.",
    ]
    return "\n".join(lines[:-1] if "claimant_side" in missing else lines)


def about(dataset: Dataset) -> str:
    """What a case says of itself, as Markdown: what it is about, its cautions, and who is counted under each side."""
    case = dataset.case
    sides = [f"- **{plain(side.name)}**: {plain(side.meaning)}." for side in case.sides.values() if side.meaning]
    parts = (
        plain(case.about),
        "\n".join(f"- {plain(caution)}" for caution in case.cautions),
        "**Who is counted under each side**\n\n" + "\n".join(sides) if sides else "",
        plain(terms.terms(dataset)),
    )
    return "\n\n".join(filter(None, parts))


_KEYS = "\n".join(("| Key | What it does |", "|---|---|", *(f"| {key} | {what} |" for key, what in KEYS.items())))


def show(view: View) -> None:
    """The tour's button, what the case says of itself, and the three parts: the keys are closed."""
    st.button("Show the tour again", key="tour_again", on_click=tour.recall)
    if said := about(view.dataset):
        with st.expander("About this case", expanded=True):
            st.markdown(said)
    with st.expander("How to read this", expanded=True):
        st.markdown(what_marks_say(view.dataset))
        scheme = marks.schemes(view.dataset)[view.look.colour]
        st.markdown(f"**{plain(scheme.title)}**, as chosen at the side")
        told = counting.by(view.dataset, Selection(), scheme.field)[scheme.field]
        drawn_legend.colours("help_colours", scheme.present(told))
        st.markdown("**Signs**")
        drawn_legend.signs("help_signs", legend.signs(view.dataset))
        st.markdown(how_to_read(view.dataset))
    with st.expander("What this is not", expanded=True):
        documents = len(counting.by(view.dataset, Selection(), "source_id"))
        st.markdown(what_it_is_not(documents, nouns.of(view.dataset), view.dataset.missing))
    with st.expander("Keys"):
        st.markdown(_KEYS)
