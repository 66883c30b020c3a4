"""Tables of words and numbers as HTML that a screen reader reads as tables. Every cell is escaped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import streamlit as st
from markupsafe import Markup, escape

Cell = str | Markup


def show(head: Sequence[Cell], rows: Iterable[Sequence[Cell]], *, caption: str) -> None:
    """Draws one table of words, as `html` writes it."""
    st.html(html(head, rows, caption=caption))


def html(
    head: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    *,
    caption: str,
    numbers: bool = False,
    ruled: Collection[int] = (),
    is_list: bool = False,
) -> Markup:
    """One table: ``head`` names the columns, the first cell of each row names the row.

    Text is escaped; a cell that is ``Markup`` stays as its maker escaped it. ``numbers`` sets cells flush right;
    before the columns numbered in ``ruled`` (the first is 0) stands a heavy rule. ``is_list`` is a long table: it
    scrolls below its head.
    """
    # Written by hand: `Markup.format` takes a hundred times as long for each of a thousand cells.
    marks = [' class="attest-ruled"' if column in ruled else "" for column in range(len(head))]
    columns = "".join(f'<th scope="col"{mark}>{escape(cell)}</th>' for mark, cell in zip(marks, head, strict=True))
    lines = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td{mark}>{escape(cell)}</td>" for mark, cell in zip(marks[1:], row[1:], strict=True))
        + "</tr>"
        for row in rows
    )
    kind = "attest-table" + " attest-numbers" * numbers + " attest-list" * is_list
    said = escape(caption)
    return Markup(
        f'<div class="attest-scroll" tabindex="0" role="region" aria-label="{said}"><table class="{kind}">'
        f"<caption>{said}</caption><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


SHORT = 22
"""Letters of a head of a column that is a name; longer ones are cut, and have the whole name as their title."""


def short(name: str) -> Cell:
    """A name as the head of a column."""
    if len(name) <= SHORT:
        return name
    return Markup('<abbr title="{}">{}…</abbr>').format(name, name[: SHORT - 1].rstrip())


def share(number: int, whole: int) -> Markup:
    """A number with its share of the whole, over a bar as long as the share."""
    if not number:
        return Markup('<span class="attest-none">–</span>')
    part = number / whole
    said = f"{part:.0%}" if part >= 0.01 else "&lt;1%"
    return Markup(
        f'<span class="attest-share" style="--share:{round(part * 100, 1)}%">{number:,} <small>{said}</small></span>'
    )


def lines(texts: Iterable[Cell]) -> Markup:
    """The texts, each on a line of its own."""
    return Markup("<br>").join(escape(text) for text in texts)
