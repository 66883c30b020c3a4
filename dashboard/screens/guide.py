"""How to read what is on screen, what it is not, the keys, and the tour once more."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.parts import tour
from dashboard.parts.style import plain
from dashboard.state.view import View
from geodata.count import counting
from geodata.model.case import Case
from geodata.model.text import number_of
from geodata.model.vocabulary import CLAIM_STATUSES, DATE_BASES, PRECISIONS
from geodata.tell import legend, words
from geodata.tell.keys import KEYS


def _listed(vocabulary: Mapping[str, str]) -> str:
    return ", ".join(f"*{name}* is {meaning}" for name, meaning in vocabulary.items())


def how_to_read(signs: Mapping[str, str]) -> str:
    """How to read the map, with its signs (see `legend.signs_for`)."""
    return f"""
Every mark stands for **reports**. A report is what one speaker says in one document about one incident. The map does
not say that it happened; it says who says so.

**Colours and letters** tell which side the speaker belongs to, or which document or kind of event it is, as you choose.
The letter says the same as the colour.

**Signs**

{chr(10).join(f"- {words[0].upper()}{words[1:]}." for words in signs.values())}

**Standing** is how a document stands to what it tells:

{chr(10).join(f"- *{status}*: {meaning}." for status, meaning in CLAIM_STATUSES.items())}

**Dates** are as exact as the document. “Oct 2020” is some day of that month, “2020-09-27/2020-11” lies between two
ends, “~” means about and “?” means the date is doubtful. Such a report is drawn paler, and it is shown in every window
that its days touch. *Only surely inside the window* leaves it out. How a date came about is told as well:

{chr(10).join(f"- *{basis}*: {meaning}." for basis, meaning in DATE_BASES.items())}

**Places** are as exact as the document, too: {_listed(PRECISIONS)}.
A province or a region is a dashed disc; a country is named above the map. Without a place a report is in the list
*Not on the map*.

**Numbers.** {" ".join(legend.NOTES[1:])}
"""


def what_it_is_not(documents: int) -> str:
    """What no reader should take the map for, in words that are true of any table with this number of documents."""
    claim = f"{number_of(documents, 'document')} claim{'s' if documents == 1 else ''}"
    return f"""
- **Not a record of what happened.** It shows what {claim}. Each document has its own view; its rating and what to know
  about it stand under *Sources*.
- **Not complete.** What no document tells is not here. An empty part of the map means only that no document here tells
  of it.
- **Not a count of victims.** Two reports may tell one incident, and tolls overlap. Added up they give a wrong number.
- **Not a verdict.** “Adjudicated” means: {CLAIM_STATUSES["adjudicated"]}. All other persons and parties are accused at
  most.
- **Not a political map.** The borders and names are those of its sources and take no position on the status of a
  territory.
- **Not a list of all losses.** A side may hardly be heard here, or not at all. *Who is heard* tells how often each
  speaks.
"""


def about(case: Case) -> str:
    """What a case says of itself, as Markdown: what it is about, its cautions, and who is counted under each side."""
    sides = [f"- **{plain(side.name)}**: {plain(side.meaning)}." for side in case.sides.values() if side.meaning]
    parts = (
        plain(case.about),
        "\n".join(f"- {plain(caution)}" for caution in case.cautions),
        "**Who is counted under each side**\n\n" + "\n".join(sides) if sides else "",
        plain(words.terms(case)),
    )
    return "\n\n".join(filter(None, parts))


_KEYS = "\n".join(("| Key | What it does |", "|---|---|", *(f"| {key} | {what} |" for key, what in KEYS.items())))


def show(view: View) -> None:
    """The tour's button, what the case says of itself, and the three parts: the keys are closed."""
    st.button("Show the tour again", key="tour_again", on_click=tour.recall)
    if said := about(view.dataset.case):
        with st.expander("About this case", expanded=True):
            st.markdown(said)
    with st.expander("How to read this", expanded=True):
        st.markdown(how_to_read(legend.signs_for(view.dataset)))
    with st.expander("What this is not", expanded=True):
        st.markdown(what_it_is_not(counting.distinct(counting.columns(view.dataset)["source_id"])))
    with st.expander("Keys"):
        st.markdown(_KEYS)
