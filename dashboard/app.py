"""The dashboard, from top to bottom. `serve` serves it; run it with ``python -m dashboard``."""

from dashboard import (
    briefing,
    compare,
    controls,
    cube,
    data,
    details,
    disagreements,
    downloads,
    embed,
    guide,
    lesson_state,
    lessons,
    link,
    overview,
    present,
    sources,
    style,
    timemap,
    tour,
    voices,
)
from dashboard.view import View

BELOW = {"Reports": details.table, "Not on the map": details.tray, "3-D": cube.show,
         "Briefing": briefing.show, "Download": downloads.show}  # fmt: skip


def on_the_map(view: View) -> None:
    tour.show()
    timemap.show(view)
    details.card(view, "Choose a mark or a row below: every report of that incident opens here, side by side.")
    BELOW[controls.below(BELOW)](view)


PAGES = {
    "Map": on_the_map,
    "Compare": compare.show,
    "Disagreements": disagreements.show,
    "Who is heard": voices.show,
    "Sources": sources.show,
    "Lessons": lessons.show,
    "Help": guide.show,
}


def main() -> None:
    style.page()
    dataset, token, faults = data.current()
    data.show_faults(faults)
    if dataset is None:
        return
    is_class = present.is_on()
    if is_class:
        dataset, token = data.for_class(token, dataset)
    link.restore(dataset)
    if is_class:
        lesson_state.follow_link()
        present.show(View(dataset, token, *controls.selection(dataset)))
    elif embed.is_on():
        embed.show(View(dataset, token, *controls.selection(dataset)))
    else:
        data.show_missing(dataset)
        view = View(dataset, token, *controls.sidebar(dataset))
        overview.show(view)
        PAGES[controls.page(PAGES)](view)
    link.keep()


main()
