"""XLSX: a sheet of reports, one of the documents they cite, and one that says what the file holds and on what terms."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geodata import __version__
from geodata.exports.attribution import DAYS, about, cited, columns_of, records, republishable, rows_of
from geodata.exports.datapackage import Fields
from geodata.model.records import Source
from geodata.model.selection import Selection
from geodata.store.dataset import Dataset
from geodata.tell import nouns, terms, words

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""

LONGEST = 32_767
"""Characters of a cell; a longer one would be left out."""

CUT = " … [cut: a cell holds no more]"

FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheets do not agree which day a number is: Excel has a 29 February 1900."""

WIDEST = 42
"""Characters that a column shows of a longer text."""

MADE = datetime(1980, 1, 1)
"""The time of making that every file bears, so that the same reports give the same bytes."""


def to_xlsx(dataset: Dataset, chosen: Selection) -> bytes:
    """The selected reports, one row each; blank where the document states nothing.

    Every text is written as one, so that none is run as a formula or made a link. Days are dates, but all are ISO text
    where one lies before `FIRST_DAY`: they then sort as they should all the same.
    """
    rows, withheld = rows_of(dataset, chosen)
    listed = records(dataset, rows)
    is_early = any(day < FIRST_DAY for record in listed for name in DAYS if (day := record[name]))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {"title": words.title(words.summarise(republishable(dataset), chosen), chosen), "created": MADE}
        )
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, start in enumerate(range(0, max(1, len(listed)), MOST_ROWS), 1):
            sheet = book.add_worksheet("Reports" if number == 1 else f"Reports {number}")
            part = listed[start : start + MOST_ROWS]
            _fill(sheet, columns_of(dataset), part, bold, None if is_early else day)
        sources = [source.model_dump() for source in cited(dataset, rows)]
        _fill(book.add_worksheet("Sources"), [*Source.model_fields], sources, bold, None)
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        # One column, so that whoever looks for a table in the file, our own reader too, does not take it for one.
        for line, text in enumerate(_about(dataset, chosen, withheld)):
            sheet.write_string(line, 0, _fitting(text))
    return file.getvalue()


def _fill(
    sheet: Worksheet, columns: Sequence[str], listed: Sequence[Mapping[str, Any]], head: Format, day: Format | None
) -> None:
    """A header that stays in sight, and a row for each record; without ``day`` a date is written as text."""
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name, head)
        longest = max((len(str(record[name] or "")) for record in listed[:200]), default=0)
        sheet.set_column(at, at, min(WIDEST, max(len(name), longest) + 2))
        for line, record in enumerate(listed, 1):
            _write(sheet, line, at, record[name], day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(listed), len(columns) - 1)
    sheet.ignore_errors(
        {"number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(len(listed), len(columns))}"}
    )


def _write(sheet: Worksheet, line: int, at: int, value: Any, day: Format | None) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(line, at, value)
        case int() | float():
            sheet.write_number(line, at, value)
        case date() if day is not None:
            sheet.write_datetime(line, at, value, day)
        case _:
            sheet.write_string(line, at, _fitting(str(value)))


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _about(dataset: Dataset, chosen: Selection, withheld: int) -> Iterator[str]:
    """What the file holds, a line each: counts, filters with the window, who speaks, terms, and what a column means."""
    summary, case = words.summarise(republishable(dataset), chosen), dataset.case
    yield case.title
    said = words.filters(dataset, chosen)
    yield from filter(
        None,
        (
            case.about,
            words.sentence(summary, chosen),
            f"Filters: {said}." if said else "No filter: all reports of the table.",
            words.balance(case, summary),
            about(dataset, withheld),
            *case.cautions,
            terms.terms(dataset),
            f"Made with Attest {__version__}.",
        ),
    )
    yield "Columns of the reports"
    for name, field in Fields(case, (), columns_of(dataset), nouns.of(dataset)).of_reports().items():
        yield f"{name}: {field['description']}"
