"""The dashboard, from top to bottom: what Streamlit runs for a reader after each change. `serve` serves it."""

import streamlit as st

from dashboard.parts import controls, entrance, header, history, lacking, overview, progress, style
from dashboard.screens import embed, present
from dashboard.screens.contents import PAGES, Page, offered, show, titles
from dashboard.state import data, lesson_state, link, made, opened, seats
from dashboard.state.view import View
from geodata.store.answering import Unanswered


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
        header.name(dataset)
        with header.tools():
            controls.search_field(dataset)
            present.switch()
        if not opened.own():
            data.show_shorter()
        lacking.show_layer_faults(dataset)
        lacking.show_missing(dataset)
        lacking.show_unkept(dataset)
        view = View(dataset, token, *controls.sidebar(dataset))
        made.forget_other_views(view)
        with header.pages():
            page = controls.page(titles(offered(PAGES, view)))
        try:
            show_with_overview(PAGES[page], view)
        finally:  # last, so that the marks do not wait for the filters; yet there whatever the page comes to
            controls.filters(dataset)
            entrance.way_out()
    link.keep(dataset)


def show_with_overview(page: Page, view: View) -> None:
    """The page below the selection in words. For a large table these come last: to count them takes longer than the
    map's squares.
    """
    if not view.dataset.is_large:
        overview.show(view)
        show(page, view)
        return
    above = st.container(key="above")
    show(page, view)
    with above:
        overview.show(view)


main()
