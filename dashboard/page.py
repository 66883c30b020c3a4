"""The dashboard, from top to bottom: what Streamlit runs for a reader after each change. `serve` serves it."""

import streamlit as st

from dashboard.parts import controls, entrance, header, history, lacking, overview, progress, style
from dashboard.screens import embed, present
from dashboard.screens.contents import PAGES, offered, show, titles
from dashboard.state import data, first_marks, lesson_state, link, made, opened, seats
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
        present.show(controls.view_alone(dataset, token))
    elif present.is_on():
        present.show_closed(dataset)
    elif embed.is_on():
        embed.show(controls.view_alone(dataset, token))
    else:
        show_page(dataset, token)
    link.keep(dataset)


def show_page(dataset: Dataset, token: str) -> None:
    """The page that the reader chose, and around it header, selection in words, chips and filters.

    What is around it comes into room that is kept for it, whatever the page comes to: after the marks of the map, and
    where the table is large, after all that takes long to count; else words and chips are soon there, and come first.
    The filters come last: to draw them takes a browser as long as all else, and what was asked for does not wait.
    """
    header.name(dataset)
    tools = header.tools()
    if not opened.own():
        data.show_shorter()
    lacking.show_layer_faults(dataset)
    lacking.show_missing(dataset)
    lacking.show_unkept(dataset)
    view = controls.view(dataset, token)
    made.forget_other_views(view)
    pages, above, side = header.pages(), overview.place(is_large=dataset.is_large), st.sidebar.container()
    names = titles(offered(PAGES, view))
    page = PAGES[controls.page(names)]

    def stand_around() -> None:
        with pages:
            controls.pages(names)
        above.show_chips(view)

    is_soon = not dataset.is_large and not page.marks_first
    if not dataset.is_large:
        above.tell(view)
    try:
        if is_soon:
            stand_around()
        show(page, view)
    finally:
        if not is_soon:
            stand_around()
        with tools:
            controls.search_field(view)
            present.switch()
        if dataset.is_large:  # to count takes longer than the map's squares
            above.tell(view)
        first_marks.let_answer()
        with side:
            controls.sidebar(view)
            entrance.way_out()


main()
