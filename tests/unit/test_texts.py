"""A text from outside stays a text: in Markdown, in a spreadsheet, and in what a message says of this machine."""

from __future__ import annotations

import csv
import html
import io
import re
import tempfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from dashboard.parts.plain import noted, plain
from dashboard.state.faults import told, without_folders
from geodata.model.faults import Fault
from geodata.model.markdown import COMMENT, inert
from geodata.store.files import csv_text
from tests.hostile import FORMULAS, texts

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

AT = "http://canary.example"


def shown(markdown: str) -> str:
    """What a reader of one paragraph sees. Fails on anything but text in it."""
    rendered = MARKDOWN.render(markdown).replace(COMMENT, "").replace("<!-- -->", "")
    found = re.fullmatch(r"<p>([^<]*)</p>\n", rendered)
    assert found, rendered
    return html.unescape(found[1])


@pytest.mark.parametrize("text", texts(AT))
def test_a_parser_of_markdown_finds_nothing_but_the_text(text: str) -> None:
    assert shown(inert(text).strip()) == " ".join(text.split())


@pytest.mark.parametrize("text", texts(AT))
def test_no_address_is_in_one_piece(text: str) -> None:
    """What makes links of bare addresses looks at one piece of text at a time, once backslashes are gone."""
    pieces = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", inert(text, "\0")).split("\0")
    for piece in pieces:
        assert not re.search(
            r"https?://|www\.|\w@\w|:[\w+-]+:|:material[_/]|(^|\s)(<->|->|<-|--|[<>~]=)(\s|$)", piece, re.I
        )


def test_a_plain_text_is_left_as_it_is() -> None:
    for text in ("Shushi / Şuşa, 4 Oct 2020", "12:30", "(a) b; c", "it's “so”, 5 % of 3.2!", "Ω ≥ 3"):
        assert plain(text) == text


def test_a_note_keeps_its_lists_and_its_bold_words_and_has_no_link() -> None:
    note = f"# Head\n\n**Before.** See [l]({AT}) and *this*,\ntyped `a b`.\n\n1. one {AT}\n2. two\n   more"
    head, first, *items = noted(note).split("\n\n")
    assert (head, items[1]) == ("# Head", "2. two more")
    assert first.startswith(r"**Before.** See \[l\](http") and first.endswith("and *this*, typed `a b`.")
    assert "://" not in noted(note)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_file_runs_as_a_formula_with_whatever_sign_the_file_is_parted(text: str) -> None:
    written = csv_text(["before", "cell"], [{"before": "x", "cell": text}])
    for separator in ",;\t|":
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
            for cell in row:
                begun = cell.lstrip(' \xa0\ufeff\t\r\n"')
                assert not begun.startswith(tuple("=+-@＝＋－＠")), (separator, row)


def test_what_is_no_formula_is_left_as_it_is() -> None:
    texts = ["a - b", "x; y", "12", "east, -30", "a=b", "me@mail.example", "two\nlines"]
    rows = csv.DictReader(io.StringIO(csv_text(["a"], [{"a": one} for one in texts]), newline=""))
    assert [row["a"] for row in rows] == texts


@pytest.mark.parametrize(
    "folder", [Path.cwd(), Path.home(), Path(tempfile.gettempdir()) / "attest-upload-x7", Path("/srv/a b/tables")]
)
def test_a_message_of_the_page_names_a_file_and_no_folder(folder: Path) -> None:
    said = told([Fault("t.csv", 0, "", f"is not there; check the path ({folder / 't.csv'})")])
    assert said.startswith("t.csv: is not there; check the path (") and said.endswith("t.csv)")
    assert not re.search(r"/(srv|tmp|home|root|work)\b|tables|upload", said)


def test_an_address_in_a_message_is_left_as_it_is() -> None:
    for message in ("'http://a.example/b/c' is no day", "27/9/2020", "and/or", "'a/b/c.csv'"):
        assert without_folders(message) == message
