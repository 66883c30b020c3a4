"""Files of the selection; each is made only when the reader saves it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import share
from dashboard.parts.plain import plain
from dashboard.server.options import options
from dashboard.state import data, line, link, seats
from dashboard.state.view import View
from geodata.exports import EXPORTS, names
from geodata.exports.attribution import withheld, withheld_sentence
from geodata.formats import Format
from geodata.model.text import listed
from geodata.store.dataset import Dataset
from geodata.tell import nouns, terms, words


def show(view: View) -> None:
    """The link, then a line for each format: its button, and what it is for."""
    dataset, chosen = view.dataset, view.chosen
    share.show()
    st.markdown("**Files of what is shown**")
    noun = nouns.of(dataset)
    st.caption(f"{_carried(dataset)} {plain(terms.terms(dataset))}")
    if said := withheld_sentence(withheld(dataset, chosen)):
        st.info(said, icon=":material/info:")
    is_large = words.summarise(dataset, chosen).reports > options().rows_in_memory
    if is_large:
        st.info(_too_large(), icon=":material/info:")
    with st.container(gap="xsmall", key="formats"):
        for ending, offered in EXPORTS.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _button(view, ending, offered, is_large=is_large and not offered.is_small)
                st.markdown(noun.said(offered.purpose), width="stretch")


def _button(view: View, ending: str, offered: Format, *, is_large: bool) -> None:
    """What saves a file: made in memory, or, of a view that is too large for that, sent as it is written."""
    if is_large and offered.in_parts:
        address = f"{data.file_address(view.token, ending)}?{link.query(view.dataset, view.chosen)}"
        st.link_button(offered.name, address, width=140)
        return
    st.download_button(
        offered.name,
        data=line.in_line(seats.reader(), partial(offered, view.dataset, view.chosen)),
        file_name=names.of_view(view.dataset, view.chosen, ending),
        mime=offered.mime,
        on_click="ignore",
        width=140,
        key=f"download_{ending}",
        disabled=is_large,
    )


def _too_large() -> str:
    """Which files are not offered of so many rows, and what can be done."""
    sent = listed([one.name for one in EXPORTS.values() if one.in_parts], "and")
    return (
        f"This view has more than {options().rows_in_memory:,} reports, the most that this server makes a file of in "
        f"memory. {sent} are sent as they are written and may be of any size. For the others choose fewer reports, or "
        "write them with the command attest export."
    )


def _carried(dataset: Dataset) -> str:
    """What every row of a file has with it, as far as the dataset tells it."""
    where = "" if dataset.lacks("paragraphs") else " and paragraph"
    standing = "" if dataset.lacks("claim_status") else ", and with what standing"
    row = ", and the row of the table that it was read from" if dataset.own else ""
    return f"Every row carries who claims it, in which {nouns.of(dataset).one}{where}{standing}{row}."
