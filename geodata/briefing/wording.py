"""What a picture shows, in words: on the page itself, and as a text to paste beside it."""

from __future__ import annotations

from functools import partial

from geodata.briefing.print import Print
from geodata.exports.attribution import rows_of, withheld_sentence
from geodata.exports.html import citation
from geodata.model.filters import FILTERS
from geodata.model.text import spoken_day
from geodata.tell import words
from geodata.timemap import basemap, marks


def credit(view: Print) -> str:
    """Whose data the page uses."""
    return f"Base map: {basemap.CREDIT}. {view.dataset.case.credit}".strip()


def title(view: Print) -> str:
    """The view's title, else a calm one: what, and when."""
    return view.title.strip() or words.title(words.summarise(view.dataset, view.chosen), view.chosen)


def filters(view: Print) -> str:
    """The selection's filters in words, blank where there is none: "claimant side Union; words “harbour”"."""
    said = []
    for one in FILTERS:
        label_of = partial(words.label_of, view.dataset, one.name, naming=view.naming, explained=True)
        if (value := view.chosen[one.name]) != one.default:
            said.append(one.in_words(value, label_of))
    return "; ".join(filter(None, said))


def said(view: Print) -> tuple[str, str]:
    """The sentence that counts what is shown; and its filters, who speaks and what an empty place does not mean."""
    summary = words.summarise(view.dataset, view.chosen)
    chosen = filters(view)
    notes = (
        f"Filters: {chosen}." if chosen else "",
        words.balance(view.dataset.case, summary),
        withheld_sentence(rows_of(view.dataset, view.chosen)[1]),
        words.NO_EVIDENCE,
    )
    return words.sentence(summary, view.chosen), " ".join(filter(None, notes))


def colophon(view: Print) -> str:
    """When and with what the page was made."""
    return f"Made on {spoken_day(view.made)} with Attest {view.version}".strip() + "."


def caption(view: Print) -> str:
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
