"""What ``streamlit run dashboard/app.py`` serves, as community hosting starts it: the same program as `attest open`.

Streamlit looks for the call of ``st.App`` in this very text, so it stands here and not behind a function.
"""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))  # the packages of this folder, be they installed or not

from dashboard.server.serve import PAGE, beside_the_page

app = st.App(PAGE, **beside_the_page())
