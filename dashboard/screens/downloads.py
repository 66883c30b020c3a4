"""Files of the selection; each is made only when the reader saves it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.parts import share
from dashboard.parts.style import plain
from dashboard.state.view import View
from geodata.exports import EXPORTS
from geodata.exports.attribution import rows_of, withheld_sentence
from geodata.tell import words


def show(view: View) -> None:
    """The link, then a line for each format: its button, and what it is for."""
    dataset, chosen = view.dataset, view.chosen
    share.show()
    st.markdown("**Files of what is shown**")
    st.caption(
        "Every row carries who claims it, in which document and paragraph, and with what standing. "
        f"{plain(words.terms(dataset.case))}"
    )
    if said := withheld_sentence(rows_of(dataset, chosen)[1]):
        st.info(said, icon=":material/info:")
    with st.container(gap="xsmall", key="formats"):
        for ending, offered in EXPORTS.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.download_button(
                    offered.name,
                    data=partial(offered, dataset, chosen),
                    file_name=f"attest.{ending}",
                    mime=offered.mime,
                    on_click="ignore",
                    width=140,
                    key=f"download_{ending}",
                )
                st.markdown(offered.purpose, width="stretch")
