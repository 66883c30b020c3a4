"""Files of the selection; each is made only when the reader saves it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import share
from dashboard.parts.plain import plain
from dashboard.state.view import View
from geodata.exports import EXPORTS, names
from geodata.exports.attribution import rows_of, withheld_sentence
from geodata.store.dataset import Dataset
from geodata.tell import nouns, terms


def show(view: View) -> None:
    """The link, then a line for each format: its button, and what it is for."""
    dataset, chosen = view.dataset, view.chosen
    share.show()
    st.markdown("**Files of what is shown**")
    noun = nouns.of(dataset)
    st.caption(f"{_carried(dataset)} {plain(terms.terms(dataset))}")
    if said := withheld_sentence(rows_of(dataset, chosen)[1]):
        st.info(said, icon=":material/info:")
    with st.container(gap="xsmall", key="formats"):
        for ending, offered in EXPORTS.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.download_button(
                    offered.name,
                    data=partial(offered, dataset, chosen),
                    file_name=names.of_view(dataset, chosen, ending),
                    mime=offered.mime,
                    on_click="ignore",
                    width=140,
                    key=f"download_{ending}",
                )
                st.markdown(noun.said(offered.purpose), width="stretch")


def _carried(dataset: Dataset) -> str:
    """What every row of a file has with it, as far as the dataset tells it."""
    where = "" if dataset.lacks("paragraphs") else " and paragraph"
    standing = "" if dataset.lacks("claim_status") else ", and with what standing"
    row = ", and the row of the table that it was read from" if dataset.own else ""
    return f"Every row carries who claims it, in which {nouns.of(dataset).one}{where}{standing}{row}."
