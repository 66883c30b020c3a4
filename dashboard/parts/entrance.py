"""What stands at the door: signing in and out, and the sentence in place of what a reader may not do."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import style
from dashboard.parts.plain import plain
from dashboard.state import rights
from dashboard.state.rights import Deed


def lets_in() -> bool:
    """Whether the reader may see the case. Who may not sees where to sign in, or that they are on no list."""
    if rights.may("read"):
        return True
    style.page("")
    st.markdown("# Attest")
    if rights.is_signed_in():
        name = rights.who() or "an account without an e-mail address"
        st.markdown(f"You are signed in as {plain(name)}, and the keeper of this case has not listed you.")
        st.button("Sign out", key="sign_out", on_click=st.logout)
    else:
        st.markdown(rights.REASONS["read"])
        st.button("Sign in", key="sign_in", type="primary", on_click=st.login)
    return False


def way_out() -> None:
    """Under the filters: as whom the reader is signed in, and the button that signs them out."""
    if rights.is_by_sign_in():
        with st.sidebar:
            may = "read and write" if rights.may("write") else "read"
            st.caption(f"Signed in as {plain(rights.who())}. You may {may}.")
            st.button("Sign out", key="sign_out", on_click=st.logout)


def allows(deed: Deed) -> bool:
    """Whether the page offers it; where not, a sentence says why in its place."""
    if rights.may(deed):
        return True
    st.caption(rights.REASONS[deed])
    return False


def tell_unanswered(error: Exception) -> None:
    """That the engine in which the table is does not answer, and the way to ask again."""
    said = str(error)
    end = "" if said.endswith("?") else "."
    st.error(f"{said[:1].upper()}{said[1:]}{end} The page is whole again once it answers.", icon=":material/cloud_off:")
    st.button("Ask again", key="ask_again", icon=":material/refresh:")
