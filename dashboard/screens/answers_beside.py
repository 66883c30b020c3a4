"""The answers of a class beside each other: sheets from their files, a table a step. The files stay with the page."""

from __future__ import annotations

import streamlit as st

from dashboard.parts import entrance, tables
from dashboard.parts.plain import plain
from dashboard.state import opened
from dashboard.state.faults import told
from geodata.lessons import answers
from geodata.lessons.answers import AGREE, ASKED, MOST, Sheet
from geodata.model.faults import Fault, InvalidData

HOW = (
    "Pupils open a lesson in class mode and fill in its *Answer sheet*, which they save as a file and hand in. Open "
    "the files here, up to {most} together. They are read for this page alone and kept nowhere."
)


def show() -> None:
    """The files' field, and a table for each step that somebody answered."""
    st.caption(HOW.format(most=MOST))
    if not entrance.allows("upload"):
        return
    files = st.file_uploader("Answer sheets (CSV)", type=["csv"], accept_multiple_files=True, key="answers_files")
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    folder = opened.Folder()
    for file in files[:MOST]:
        try:
            sheets.append(answers.read(folder.keep(file.name, file.getvalue())))
        except InvalidData as error:
            faults += error.faults
    if len(files) > MOST:
        st.warning(f"{MOST} sheets at most are laid beside each other; the first {MOST} of {len(files)} are read.")
    if faults:
        st.error("Some sheets cannot be read; the others are below.", icon=":material/warning:")
        st.text(told(faults))
    for (lesson, step, title), given in answers.beside(sheets).items():
        counted = " · ".join(f"{AGREE[name]}: {number}" for name, number in answers.counted(given).items())
        st.markdown(f"### {plain(f'Step {step}: {title}')}")
        st.caption(f"{plain(lesson)} · {counted}")
        rows = [(name, *(_cell(one.model_dump()[field], field) for field in ASKED)) for name, one in given]
        tables.show(("Pupil", *ASKED.values()), rows, caption=f"Answers to step {step}")


def _cell(text: str, field: str) -> str:
    return AGREE.get(text, "") if field == "agree" else text
