"""The dashboard, from top to bottom: what Streamlit runs for a reader after each change. `serve` serves it."""

import streamlit as st

from dashboard.parts import controls, entrance, header, history, lacking, overview, progress, style
from dashboard.screens import embed, present
from dashboard.screens.contents import PAGES, offered, show, titles
from dashboard.state import data, lesson_state, link, made, opened, seats
from dashboard.state.view import View
from geodata.store.answering import Unanswered
from geodata.store.dataset import Dataset


def main() -> None:
    behind = st.container(key="behind")
    try:
        with progress.counting():
            draw()
    except Unanswered as error:
        entrance.tell_unanswered(error)
    with behind:  # last: what the browser tells then starts a run that knows all choices of this one
        history.listen()


def draw() -> None:
    if not entrance.lets_in():
        return
    if not seats.take():
        style.page("")
        seats.show_full()
        return
    with progress.watched() as tell:
        dataset, token, faults = opened.current(tell)
    style.page(dataset.case.title if dataset else "")
    data.show_faults(faults)
    if dataset is None:
        return
    is_class = present.is_on() and dataset.persons is not None
    if is_class:
        dataset, token = data.for_class(token, dataset)
    link.restore(dataset)
    opened.ask_first(dataset)
    if is_class:
        lesson_state.follow_link(dataset)
        present.show(View(dataset, token, *controls.selection(dataset)))
    elif present.is_on():
        present.show_closed(dataset)
    elif embed.is_on():
        embed.show(View(dataset, token, *controls.selection(dataset)))
    else:
        show_page(dataset, token)
    link.keep(dataset)


def show_page(dataset: Dataset, token: str) -> None:
    """The page that the reader chose, and around it header, selection in words, chips and filters.

    What is around it comes last, into room that is kept for it, so that the marks do not wait for it; yet it is there
    whatever the page comes to. The words are soon counted, and come before the page, unless the table is large.
    """
    header.name(dataset)
    tools = header.tools()
    if not opened.own():
        data.show_shorter()
    lacking.show_layer_faults(dataset)
    lacking.show_missing(dataset)
    lacking.show_unkept(dataset)
    view = View(dataset, token, *controls.chosen(dataset))
    made.forget_other_views(view)
    pages, above, side = header.pages(), overview.place(), st.sidebar.container()
    names = titles(offered(PAGES, view))
    if not dataset.is_large:
        above.tell(view)
    try:
        show(PAGES[controls.page(names)], view)
    finally:
        with tools:
            controls.search_field(dataset)
            present.switch()
        with pages:
            controls.pages(names)
        above.show_chips(view)
        if dataset.is_large:  # to count takes longer than the map's squares
            above.tell(view)
        with side:
            controls.sidebar(dataset)
            entrance.way_out()


main()
