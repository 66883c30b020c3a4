"""The map's legend on pages that have no map: the same samples, drawn by the same script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import streamlit as st

from geodata.timemap import marks, script

_STYLE = """
ul { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; margin: 0; padding: 4px 0; border-radius: 6px;
  color-scheme: light; background: var(--paper); color: var(--ink); } /* the signs are drawn for paper */
li { display: flex; align-items: center; gap: 6px; font: 14px/1.4 system-ui, "Noto Sans", "Attest DejaVu", sans-serif; }
ul.listed { display: block; }
ul.listed li { min-height: 28px; }
canvas { flex: none; }
"""

_abreast, _listed = (
    st.components.v2.component(
        f"attest_legend_{name}", html=f'<ul class="{name}"></ul>', css=_STYLE, js=script("streamlit_legend")
    )
    for name in ("abreast", "listed")
)


def colours(key: str, categories: Sequence[marks.Category]) -> None:
    """What each colour and letter stands for, in as few rows as there is room for."""
    _abreast(key=key, data={"categories": [asdict(category) for category in categories], "signs": {}})


def signs(key: str, said: Mapping[str, str]) -> None:
    """The signs with their words, as `geodata.tell.legend.signs` gives them, one below the other."""
    _listed(key=key, data={"categories": [], "signs": dict(said)})
