"""The table on screen: what became of its rows, what our columns are read from, and another table in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import streamlit as st
from pydantic import ValidationError

from dashboard.parts import entrance
from dashboard.parts.plain import plain
from dashboard.parts.progress import in_turn, watched
from dashboard.state import beside, data, opened, rights
from dashboard.state.faults import told
from dashboard.state.view import View
from geodata.model.faults import InvalidData
from geodata.model.mapping import TableMapping, changed, value_at
from geodata.model.text import number_of
from geodata.store.dataset import Dataset
from geodata.store.files import csv_text
from geodata.store.importers import kept
from geodata.store.opening import Opening, Question
from geodata.store.values.dates import ORDERS
from geodata.store.writing import Unwritten
from geodata.tell import accounts

SHOWN = 20
"""First rows of the file on the page."""

MOST_LISTED = 1_000
"""Rows and cells that a list on the page holds; the download has all."""


WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
"""Endings of files whose parts are sheets; those of others are layers, or files of a zip."""


@dataclass(frozen=True)
class Field:
    """A field of the mapping on the page: its path, its words, and whether several columns may fill it."""

    path: str
    label: str
    several: bool = False


GROUPS: dict[str, tuple[Field, ...]] = {
    "When": (
        Field("date.start", "Day, or first day"), Field("date.end", "Last day"), Field("date.year", "Year"),
        Field("date.month", "Month"), Field("date.day", "Day of the month"), Field("date.time", "Time of day"),
        Field("date.precision", "How exact the day is"),
    ),
    "Where": (
        Field("position.latitude", "Latitude"), Field("position.longitude", "Longitude"),
        Field("position.cell", "Both in one cell"), Field("place", "Name of the place", several=True),
        Field("position.precision", "How exact the place is"), Field("position.country", "Country"),
        Field("position.province", "Province"),
    ),
    "Who says so": (
        Field("sources.columns", "Sources", several=True),
        Field("sources.otherwise", "Where those are blank", several=True),
        Field("claimed_by", "Speaker", several=True), Field("claim_status", "Standing"),
        Field("incident_id", "Name of the incident"), Field("title", "Title", several=True),
        Field("summary", "Summary", several=True),
    ),
    "What": (
        Field("event_type", "Kind of event", several=True), Field("actor", "Who is said to have acted", several=True),
        Field("target", "On whom", several=True), Field("deaths_low", "Deaths, at least"),
        Field("deaths_best", "Deaths"), Field("deaths_high", "Deaths, at most"),
        Field("note", "Note", several=True), Field("categories", "Categories that colour and filter", several=True),
    ),
}  # fmt: skip
"""What the reader may change, as it stands on the page."""


def show(view: View) -> None:
    """What became of each file's rows; the mapping of a table of others; and the upload of another table."""
    st.header("Table", anchor=False)
    if opened.own():
        st.caption("Only you see this table: it is kept in memory for this session.")
        st.button("Back to the table of this program", on_click=opened.close)
    for opening in view.dataset.openings:
        _account(opening)
    single = view.dataset.openings[0] if len(view.dataset.openings) == 1 else None
    if single and single.mapping:
        if rights.may("mend"):
            _questions(single, single.mapping)
        _mapping(view, single, single.mapping)
    _upload()


def _account(opening: Opening) -> None:
    """The rows of a file: shown and set aside; how it was read; and what could not be."""
    unread = len(opening.unread_cells)
    st.markdown(
        f"**{plain(accounts.balance(opening))}** "
        + (f"{number_of(unread, 'cell')} could not be read." if unread else "Every cell was read.")
    )
    st.markdown("\n".join(f"- {plain(note)}" for note in opening.notes))
    stem = Path(opening.file).stem
    for title, cells, name in (
        ("Rows set aside", opening.set_aside, "set-aside"),
        ("Cells that could not be read", opening.unread_cells, "unread"),
    ):
        if len(cells):
            st.markdown(f"**{title} ({len(cells):,})**")
            told = cells.drop_columns("line") if cells["line"].null_count == len(cells) else cells
            listed = told.slice(0, MOST_LISTED).to_pandas()
            st.dataframe(listed, hide_index=True, width="stretch", key=f"{name}_{stem}")
            st.download_button(
                f"Download {title.lower()} (CSV)",
                partial(_csv, told),
                f"{stem}.{name}.csv",
                "text/csv",
                key=f"download_{name}_{stem}",
                on_click="ignore",
            )


def _csv(cells: pa.Table) -> bytes:
    return csv_text(cells.column_names, cells.to_pylist()).encode("utf-8-sig")


def _questions(opening: Opening, mapping: TableMapping) -> None:
    """What the file does not settle, each with its answers."""
    for question in opening.questions:
        with st.container(border=True, key=f"question_{question.field}"):
            st.markdown(f"**{plain(question.text)}**")
            if question.answers:
                _choices(question, mapping)
            else:
                text = st.text_input("Answer", key=f"answer_{question.field}")
                if text.strip():
                    _read_with(changed(mapping, question.field, text.strip()))


def _choices(question: Question, mapping: TableMapping) -> None:
    for value, words in question.answers.items():
        st.button(
            plain(words),
            key=f"answer_{question.field}_{value}",
            on_click=_answer,
            args=(mapping, question.field, value),
        )


def _answer(mapping: TableMapping, field: str, value: str) -> None:
    _read_with(changed(mapping, field, value))


def _mapping(view: View, opening: Opening, mapping: TableMapping) -> None:
    st.markdown("**What each of our columns is read from**")
    may_mend = entrance.allows("mend")
    if may_mend:
        st.caption("A change is read at once. The map, the lists and the counts follow.")
    st.dataframe(_first_rows(view.dataset, opening), hide_index=True, width="stretch", key="first_rows")
    if not may_mend:
        st.code(kept.write(mapping), "yaml")
        return
    for (group, fields), column in zip(GROUPS.items(), st.columns(len(GROUPS)), strict=True):
        with column:
            st.markdown(f"**{group}**")
            for field in fields:
                _field(field, opening, mapping, view.token)
    _order(mapping, view.token)
    _form(opening, mapping, view.token)
    _keep(mapping)


def _first_rows(dataset: Dataset, opening: Opening) -> pd.DataFrame:
    [own] = dataset.own.values()
    rows: pd.DataFrame = dataset.first_rows(own, opening.columns, SHOWN).to_pandas()
    return rows


def _field(field: Field, opening: Opening, mapping: TableMapping, token: str) -> None:
    key, value = f"map_{token}_{field.path}", value_at(mapping, field.path)
    if field.several:
        st.multiselect(field.label, opening.columns, [one for one in value or () if one in opening.columns], key=key,
                       placeholder="none", on_change=_changed, args=(mapping, field.path, key))  # fmt: skip
        return
    names = ["", *opening.columns, *([value] if value and value not in opening.columns else [])]
    st.selectbox(field.label, names, names.index(value), key=key, format_func=lambda name: name or "none",
                 on_change=_changed, args=(mapping, field.path, key))  # fmt: skip


def _order(mapping: TableMapping, token: str) -> None:
    """How days are written and sources parted, where the columns do not show it."""
    left, middle, right, last = st.columns(4)
    orders = {"": "as the column shows it", **ORDERS}
    key = f"map_{token}_date.order"
    left.selectbox("How days are written", list(orders), list(orders).index(mapping.date.order), key=key,
                   format_func=orders.__getitem__, on_change=_changed, args=(mapping, "date.order", key))  # fmt: skip
    for column, path, label in (
        (middle, "sources.separator", "Sign between several sources"),
        (right, "sources.name", "The one source, where no column names it"),
        (last, "date.zone", "Zone in which days are counted (UTC, Europe/Paris)"),
    ):
        key = f"map_{token}_{path}"
        column.text_input(label, value_at(mapping, path), key=key, on_change=_changed, args=(mapping, path, key))


def _form(opening: Opening, mapping: TableMapping, token: str) -> None:
    """How the file itself is read, where its content was taken wrongly; the columns are then guessed anew."""
    with st.expander("How the file is read"):
        part, header, encoding, separator = st.columns(4)
        now = mapping.form.sheet or mapping.form.member
        if opening.parts or now:
            part.selectbox("Sheet, layer or file", ["", *dict.fromkeys((*opening.parts, *filter(None, (now,))))],
                           key=f"form_{token}_part", index=0, format_func=lambda name: name or "as read now",
                           on_change=_reformed, args=(mapping, token))  # fmt: skip
        header.number_input("Line that names the columns (0: none)", min_value=0, value=mapping.form.header, step=1,
                            placeholder="found", key=f"form_{token}_header", on_change=_reformed,
                            args=(mapping, token))  # fmt: skip
        for column, name, label in ((encoding, "encoding", "Encoding"), (separator, "separator", "Sign between cells")):
            column.text_input(label, getattr(mapping.form, name), key=f"form_{token}_{name}", placeholder="found",
                              on_change=_reformed, args=(mapping, token))  # fmt: skip


def _reformed(mapping: TableMapping, token: str) -> None:
    state = st.session_state
    part = state.get(f"form_{token}_part") or mapping.form.sheet or mapping.form.member
    own = opened.own()
    is_workbook = (own.path if own else data.path()).suffix.lower() in WORKBOOKS
    form = {name: state[f"form_{token}_{name}"] for name in ("header", "encoding", "separator")}
    _read_with(TableMapping.model_validate({"form": form | {"sheet" if is_workbook else "member": part}}))


def _changed(mapping: TableMapping, path: str, key: str) -> None:
    try:
        _read_with(changed(mapping, path, st.session_state[key]))
    except ValidationError as error:
        st.session_state["table_fault"] = "\n".join(one["msg"] for one in error.errors())


def _read_with(mapping: TableMapping) -> None:
    with watched() as progress, in_turn(progress):
        try:
            opened.read_with(mapping, progress)
        except InvalidData as error:
            st.session_state["table_fault"] = told(error.faults)


def _keep(mapping: TableMapping) -> None:
    """Keeps the mapping as a text: beside the table where this machine has it, and to take away."""
    own = opened.own()
    path = own.path if own else data.path()
    left, right = st.columns(2)
    right.download_button("Download the mapping (YAML)", kept.write(mapping), f"{path.name}{kept.ENDING}",
                          "application/yaml", on_click="ignore", width="stretch")  # fmt: skip
    if not (own and own.is_upload) and rights.may("write"):
        left.button("Keep this mapping beside the table", on_click=_keep_beside, args=(mapping, path), width="stretch")
        left.caption(plain(f"Written to {kept.beside(path).name}; next time the table opens with it."))


def _keep_beside(mapping: TableMapping, path: Path) -> None:
    try:
        beside.put_mapping(path, mapping)
    except Unwritten as error:
        st.session_state["table_fault"] = error.on_screen
    else:
        opened.close()


def _upload() -> None:
    if not entrance.allows("upload"):
        return
    st.markdown("**Open another table**")
    file = st.file_uploader(
        "CSV, Excel, OpenDocument, JSON, GeoJSON, KML, GeoPackage, Shapefile in a zip, Parquet, Stata; also packed "
        "with gzip or zip. It stays on this machine.",
        key="upload",
    )
    for fault in _faults():
        st.error(plain(fault), icon=":material/warning:")
    if file is not None and st.session_state.get("uploaded") != file.file_id:
        st.session_state["uploaded"] = file.file_id
        with watched() as progress, in_turn(progress):
            try:
                opened.upload(file.name, file.getvalue(), progress)
            except InvalidData as error:
                st.session_state["table_fault"] = told(error.faults)
        st.rerun()


def _faults() -> Iterator[str]:
    if fault := st.session_state.pop("table_fault", ""):
        yield fault
