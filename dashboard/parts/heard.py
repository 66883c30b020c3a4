"""Who is heard where a table parts nobody into sides: its sources, its speakers, and which source tells of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from markupsafe import Markup

from dashboard.parts import tables
from dashboard.state.view import View
from geodata.count import counting, voices
from geodata.model.text import number_of
from geodata.tell import nouns, words
from geodata.timemap import marks
from geodata.timemap.marks import Scheme

MOST_LISTED = 12
"""Sources and speakers with a line of their own; the others share one."""


def sentence(view: View) -> str:
    """How many reports are shown, who told them, and how many name who speaks."""
    dataset, noun = view.dataset, nouns.of(view.dataset)
    summary = words.summarise(dataset, view.chosen)
    named = voices.naming_a_speaker(dataset, view.chosen) if not dataset.lacks("claimed_by") else None
    speakers = "" if named is None else f"; {named:,} name a speaker beside their {noun.one}"
    return f"{number_of(summary.reports, 'report')} shown, told by {summary.told_by}{speakers}."


def tables_of(view: View) -> list[Markup]:
    """The most cited sources, the most heard speakers, and which source tells of what."""
    dataset, noun = view.dataset, nouns.of(view.dataset)
    sources = _most(
        view, "source_id", (noun.said("Document"), noun.said("Documents")), lambda key: dataset.sources[key].label
    )
    speakers = [] if dataset.lacks("claimed_by") else [_most(view, "claimed_by", ("Speaker", "Speakers"), str)]
    other = [scheme for key, scheme in marks.schemes(dataset).items() if key != "document"]
    chosen = marks.schemes(dataset)[view.look.colour]
    scheme = chosen if chosen in other else next(iter(other), None)
    return [sources, *speakers, *([_told(view, scheme)] if scheme else [])]


def _most(view: View, column: str, heads: tuple[str, str], label: Callable[[str], str]) -> Markup:
    """The values of a column with most reports, and the rest together."""
    numbers = Counter(
        {row[column]: row["reports"] for row in counting.by(view.dataset, view.chosen, column).to_pylist()}
    )
    whole, most = numbers.total(), numbers.most_common(MOST_LISTED)
    lines: list[list[tables.Cell]] = [[label(value), tables.share(number, whole)] for value, number in most]
    if len(numbers) > len(most):
        rest = whole - sum(number for _, number in most)
        lines.append([f"{len(numbers) - len(most):,} others", tables.share(rest, whole)])
    one, many = heads
    return tables.html([one, "Reports"], lines, caption=f"{many} with most reports", numbers=True)


def _told(view: View, scheme: Scheme) -> Markup:
    """The reports of the most cited sources by the categories of a scheme."""
    dataset, noun = view.dataset, nouns.of(view.dataset)
    cells, by_source = Counter[tuple[str, int]](), Counter[str]()
    for row in counting.by(dataset, view.chosen, "source_id", scheme.field).to_pylist():
        cells[row["source_id"], scheme.code_of[row[scheme.field]]] += row["reports"]
        by_source[row["source_id"]] += row["reports"]
    shown = [source for source, _ in by_source.most_common(MOST_LISTED)]
    for (source, code), number in [*cells.items()]:
        if source not in shown:
            cells["", code] += number
    whole = by_source.total()
    codes = sorted({code for _, code in cells})
    names = {source: dataset.sources[source].label for source in shown}
    if len(by_source) > len(shown):
        names[""] = f"{len(by_source) - len(shown):,} others"
    return tables.html(
        [noun.said("Document"), *(tables.short(scheme.categories[code].name) for code in codes)],
        [[name, *(tables.share(cells[source, code], whole) for code in codes)] for source, name in names.items()],
        caption=f"Which {noun.one} tells of what: {scheme.title}",
        numbers=True,
    )
