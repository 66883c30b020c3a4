"""What a picture shows, in words: on the page itself, and as a text to paste beside it."""

from __future__ import annotations

from geodata.briefing import layers
from geodata.briefing.print import Print
from geodata.exports.attribution import withheld_sentence
from geodata.exports.html import citation
from geodata.model.text import spoken_day
from geodata.tell import nouns, terms, words
from geodata.timemap import basemap


def credit(printed: Print) -> str:
    """Whose data the page uses."""
    lines = [boundary.said for boundary in printed.dataset.case.boundaries]
    return " ".join((f"Base map: {basemap.CREDIT}.", *lines, terms.credit(printed.dataset))).strip()


def title(printed: Print) -> str:
    """The print's title, else a calm one: what, and when."""
    return printed.title.strip() or words.title(words.summarise(printed.dataset, printed.chosen), printed.chosen)


def filters(printed: Print) -> str:
    """The selection's filters in words, blank where there is none: "claimant side Union; words “harbour”"."""
    return words.filters(printed.dataset, printed.chosen, printed.naming)


def said(printed: Print) -> tuple[str, str]:
    """The sentence that counts the reports; and their filters, who speaks and what an empty place does not mean."""
    summary = words.summarise(printed.dataset, printed.chosen)
    chosen = filters(printed)
    notes = (
        f"Filters: {chosen}." if chosen else "",
        words.balance(printed.dataset.case, summary),
        withheld_sentence(printed.withheld),
        words.no_evidence(printed.dataset),
    )
    return words.sentence(summary, printed.chosen), " ".join(filter(None, notes))


def colophon(printed: Print) -> str:
    """When and with what the page was made."""
    return f"Made on {spoken_day(printed.made)} with {printed.made_by}."


def caption(printed: Print, *, whole: bool = False) -> str:
    """What a print shows, as plain text to paste beside it: counts, filters, documents, date and link.

    ``whole`` is a print with all pages of its key.
    """
    sentence, notes = said(printed)
    cited = dict.fromkeys(printed.rows["source_id"].to_pylist())
    beneath = layers.drawn(printed)
    colours = printed.colouring.title.lower()
    noun = nouns.of(printed.dataset)
    paragraph = "" if printed.dataset.lacks("paragraphs") else " and paragraph"
    standing = "" if printed.dataset.lacks("claim_status") else ", and with what standing"
    marks = "for each mark" if whole else "for the incidents most told of"
    where = f", in which {noun.one}{paragraph}{standing}"
    lines = [
        title(printed),
        "",
        sentence,
        notes,
        f"Marks are coloured by: {colours}. The key names {marks} who says it{where}: a claim is not a finding.",
        "",
        *(
            [
                f"{noun.said('Documents')}:",
                *(f"– {citation(printed.dataset.sources[key], printed.dataset.case)}" for key in cited),
                "",
            ]
            if cited
            else []
        ),
        *([f"{layers.TITLE}:", *(f"– {layers.words(one)}" for one in beneath), ""] if beneath else []),
        f"{credit(printed)} {basemap.DISCLAIMER}",
        colophon(printed),
        *([f"This view: {printed.link}"] if printed.link else []),
    ]
    return "\n".join(lines) + "\n"
