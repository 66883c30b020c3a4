"""The pages by their ids. A title may change; an id may not, for addresses have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module

import streamlit as st

from dashboard.parts import credit, timemap, too_many, tour
from dashboard.screens import compare, disagreements, downloads, guide, sources, table, voices
from dashboard.state import data, rights
from dashboard.state.view import View
from geodata.count import part
from geodata.store.geocoding.table_columns import tables_to_place


def always(_: View) -> bool:
    """Most pages stand on any table."""
    return True


@dataclass(frozen=True)
class Page:
    """A page: its title on screen, and what draws it."""

    title: str
    show: Callable[[View], None]
    is_offered: Callable[[View], bool] = always
    """Whether the table on screen has what the page is about."""
    reads_rows: bool = False
    """Whether it needs the rows themselves: of a large table it shows a part that is small enough."""
    marks_first: bool = False
    """Whether its marks come before words and chips, which would have them wait."""


def offered(pages: Mapping[str, Page], view: View) -> dict[str, Page]:
    """The pages that stand on the table on screen."""
    return {name: page for name, page in pages.items() if page.is_offered(view)}


def show(page: Page, view: View) -> None:
    """Draws a page; of a large table, where the page needs rows, for what the filters leave or not at all."""
    if not view.dataset.is_large or not page.reads_rows:
        try:
            page.show(view)
        except part.TooManyError as error:
            too_many.tell_why(page.title, error)
    elif part.is_small_enough(view.dataset, view.chosen):
        st.caption(f"{page.title} is made of what the filters leave of this large table.")
        dataset, token = data.of_part(view.token, view.dataset, view.chosen)
        page.show(replace(view, dataset=dataset, token=token))
    else:
        too_many.tell(view.dataset, view.chosen, page.title)


def titles(pages: Mapping[str, Page]) -> dict[str, str]:
    return {name: page.title for name, page in pages.items()}


def on_the_map(view: View) -> None:
    """The map with its timeline; cards and lists open beside it."""
    timemap.show(view, may_collect=True)
    tour.show(view.dataset)
    credit.on_paper(view)


DRAWING = ("areas", "briefing", "cube", "lessons", "places")
"""Pages that draw what is printed, or read a gazetteer: what these need takes a second and a half to import, and no
first reader of a map shall wait for it. Each is imported when it is first asked for, or by `import_all`."""


def import_all() -> None:
    """Imports the pages of `DRAWING`."""
    for name in DRAWING:
        import_module(f"dashboard.screens.{name}")


def _drawing(name: str) -> Callable[[View], None]:
    """What draws a page of `DRAWING`."""
    assert name in DRAWING

    def show_it(view: View) -> None:
        import_module(f"dashboard.screens.{name}").show(view)

    return show_it


def has_names_to_place(view: View) -> bool:
    """Whether a table of others names places in rows without coordinates, and the reader may decide on them."""
    return rights.may("write") and bool(tables_to_place(view.dataset))


PAGES: Mapping[str, Page] = {
    "map": Page("Map", on_the_map, marks_first=True),
    "compare": Page("Compare", compare.show),
    "disagreements": Page("Disagreements", disagreements.show),
    "who-is-heard": Page("Who is heard", voices.show),
    "by-area": Page("By area", _drawing("areas")),
    "3-d": Page("3-D", _drawing("cube")),
    "sources": Page("Sources", sources.show),
    "table": Page("Table", table.show),
    "places": Page("Places", _drawing("places"), has_names_to_place, reads_rows=True),
    "lessons": Page("Lessons", _drawing("lessons"), reads_rows=True),
    "briefing": Page("Briefing", _drawing("briefing"), reads_rows=True),
    "download": Page("Download", downloads.show),
    "help": Page("Help", guide.show),
}
