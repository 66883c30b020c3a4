"""What a picture shows, in words: on the page itself, and as a text to paste beside it."""

from __future__ import annotations

from datetime import date

from geodata.briefing.view import View
from geodata.exports.attribution import left_out, rows_of
from geodata.exports.html import citation
from geodata.model.selection import CHOICES
from geodata.tell import words
from geodata.timemap import basemap, marks


def credit(view: View) -> str:
    """Whose data the page uses."""
    return f"Base map: {basemap.CREDIT}. {view.dataset.case.credit}".strip()


_FIELDS = {
    "scopes": "scope",
    "sources": "documents",
    "publishers": "publishers",
    "sides": "claimant side",
    "statuses": "standing",
    "types": "kind of event",
    "places": "places",
}


def title(view: View) -> str:
    """The view's title, else a calm one: what, and when."""
    return view.title.strip() or words.title(words.summarise(view.dataset, view.chosen), view.chosen)


def filters(view: View) -> str:
    """The selection's filters in words, blank where there is none: "claimant side Union; words “harbour”"."""
    chosen, said = view.chosen, []
    if chosen.has_window:
        ends = [f"{day.day} {day:%b %Y}" if day else "open" for day in (chosen.first, chosen.last)]
        said.append(f"{'surely within' if chosen.surely else 'possibly within'} {ends[0]} – {ends[1]}")
    for field in CHOICES:
        if values := getattr(chosen, field):
            labels = (words.label_of(view.dataset, field, value, view.naming, explained=True) for value in values)
            said.append(f"{_FIELDS[field]} {', '.join(labels)}")
    if chosen.deaths:
        said.append("only reports that state a number of deaths")
    if not chosen.graphic:
        said.append("graphic reports left out")
    if chosen.text.strip():
        said.append(f"words “{' '.join(chosen.text.split())}”")
    return "; ".join(said)


def said(view: View) -> tuple[str, str]:
    """The sentence that counts what is shown; and its filters, who speaks and what an empty place does not mean."""
    summary = words.summarise(view.dataset, view.chosen)
    chosen = filters(view)
    notes = (
        f"Filters: {chosen}." if chosen else "",
        words.balance(view.dataset.case, summary),
        left_out(rows_of(view.dataset, view.chosen)[1]),
        words.NO_EVIDENCE,
    )
    return words.sentence(summary, view.chosen), " ".join(filter(None, notes))


def day(moment: date) -> str:
    """A day in words: "7 May 2021"."""
    return f"{moment.day} {moment:%b %Y}"


def colophon(view: View) -> str:
    """When and with what the page was made."""
    return f"Made on {day(view.made)} with Attest {view.version}".strip() + "."


def caption(view: View) -> str:
    """What a picture of the view shows, as plain text to paste beside it: counts, filters, documents, date and link."""
    sentence, notes = said(view)
    rows, _ = rows_of(view.dataset, view.chosen)
    cited = dict.fromkeys(rows["source_id"].to_pylist())
    scheme = marks.schemes(view.dataset)[view.scheme]
    lines = [
        title(view),
        "",
        sentence,
        notes,
        f"Marks are coloured by: {scheme.title.lower()}. The key names for each mark who says it, in which document "
        "and paragraph, and with what standing: a claim is not a finding.",
        "",
        *(
            ["Documents:", *(f"– {citation(view.dataset.sources[key], view.dataset.case)}" for key in cited), ""]
            if cited
            else []
        ),
        f"{credit(view)} {basemap.DISCLAIMER}",
        colophon(view),
        *([f"This view: {view.link}"] if view.link else []),
    ]
    return "\n".join(lines) + "\n"
