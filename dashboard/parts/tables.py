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
) -> Markup:
    """One table: ``head`` names the columns, the first cell of each row names the row.

    Text is escaped; a cell that is ``Markup`` stays as its maker escaped it. ``numbers`` sets cells flush right;
    before the columns numbered in ``ruled`` (the first is 0) stands a heavy rule.
    """

    def ruled_off(column: int) -> Markup:
        return Markup(' class="attest-ruled"') if column in ruled else Markup()

    columns = Markup().join(
        Markup('<th scope="col"{}>{}</th>').format(ruled_off(number), cell) for number, cell in enumerate(head)
    )
    lines = Markup().join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0],
            Markup().join(
                Markup("<td{}>{}</td>").format(ruled_off(number), cell) for number, cell in enumerate(row[1:], start=1)
            ),
        )
        for row in rows
    )
    kind = "attest-table attest-numbers" if numbers else "attest-table"
    return Markup(
        '<div class="attest-scroll" tabindex="0" role="region" aria-label="{}"><table class="{}">'
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(caption, kind, caption, columns, lines)


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
    return Markup('<span class="attest-share" style="--share:{}%">{} <small>{}</small></span>').format(
        round(part * 100, 1), f"{number:,}", f"{part:.0%}" if part >= 0.01 else "<1%"
    )


def lines(texts: Iterable[Cell]) -> Markup:
    """The texts, each on a line of its own."""
    return Markup("<br>").join(escape(text) for text in texts)
