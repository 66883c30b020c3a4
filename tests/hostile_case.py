"""A case whose every text tries to be more than text: made from the case of the islands, with a canary's address."""

from __future__ import annotations

import csv
import itertools
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.hostile import FORMS, FORMULAS
from tests.server import ROOT

ISLANDS = ROOT / "tests" / "cases" / "islands"

Hostile = Callable[[str, str], str]
"""Makes a text hostile; its second argument names where it stands, which becomes the path on the canary."""

BEHIND_A_WORD = [
    form if form[0].isalnum() else f"Said: {form}" for form in (*FORMS, *FORMULAS) if not {*form} & {*"\r\ufeff"}
]
"""A case's own tables may hold no text that begins as a formula, and no sign that is not seen."""

TEXTS = {
    "events.csv": ("title", "summary", "place", "actor", "target", "claimed_by", "note"),
    "sources.csv": ("title", "publisher", "author", "genre", "rating_reason", "reader_note", "licence"),
    "places.csv": ("name", "names_qaa", "names_qab", "names_en", "contested", "feature", "district", "note"),
    "persons.csv": ("variants",),
}
"""The columns of each table that take any text."""


def made(folder: Path, canary: str) -> Path:
    """Writes the case into a new folder, each cell with a path of its own on the canary; returns the folder."""
    shutil.copytree(ISLANDS, folder)
    hostile = _hostile(canary, BEHIND_A_WORD)

    for file, columns in TEXTS.items():
        _change_table(folder / file, columns, hostile)
    _change_case(folder / "case.yaml", hostile)
    for lesson in (folder / "lessons").glob("*.md"):
        _change_lesson(lesson, hostile)
    return folder


SHORT = ("sources", "places", "case", "table-source")
"""Where texts stand that a print names in full on one page."""


def _hostile(canary: str, forms: Iterable[str]) -> Hostile:
    """What makes a text hostile: one of the forms before it, in turn, and behind it those that fetch."""
    turn, shorts = itertools.cycle(forms), itertools.cycle(("![i]({0})", "{0}", "[l]({0})", "$x$ {0}"))

    def hostile(text: str, where: str) -> str:
        at = f"{canary}/{where}"
        fetching = f"![i]({at}/image) [l]({at}/link) {at}/bare www.{at.removeprefix('http://')} :smile: $x$"
        if where.endswith("title"):  # ten words at most
            return f"{text.split(maxsplit=1)[0]} {fetching}"
        if where.startswith(SHORT):
            return f"{text.split(maxsplit=1)[0]} {next(shorts).format(at)}"
        form = next(turn).format(at, at.removeprefix("http://"))
        return f"{form} {text} {fetching} <img src={at}/img onerror=hit=1> :red[x]"

    return hostile


def table(path: Path, canary: str) -> Path:
    """Writes a table of others whose cells begin with every form and formula; returns its path."""
    hostile = _hostile(canary, [*FORMS, *FORMULAS])
    header = [
        "date",
        "latitude",
        "longitude",
        "source",
        "actor",
        "title",
        "notes",
        f"![i]({canary}/head) {canary}/head",
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in range(2 * len([*FORMS, *FORMULAS])):
            texts = (hostile(f"{name}{row % 3} {row % 7}", f"table-{name}") for name in header[3:-1])
            point = (39 + row % 9 / 10, 46 + row % 7 / 10)
            writer.writerow([f"2020-10-{row % 28 + 1:02}", *point, *texts, hostile("more", "table-more")])
    return path


def _change_table(path: Path, columns: tuple[str, ...], hostile: Hostile) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        for column in columns:
            if row[column]:
                row[column] = hostile(row[column], f"{path.stem}-{column}").replace("|", "/")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


SPOKEN = ("title", "about", "licence", "credit", "meaning", "name", "english", "covers", "search_hint", "target_note")
"""The fields of a case that are told to the reader."""


def _change_case(path: Path, hostile: Hostile) -> None:
    def changed(value: Any, name: str) -> Any:
        match value:
            case dict():
                return {key: changed(one, str(key)) for key, one in value.items()}
            case list() if name == "cautions":
                return [hostile(one, "case-caution") for one in value]
            case list():
                return [changed(one, name) for one in value]
            case str() if name in SPOKEN:
                return hostile(value, f"case-{name}")
        return value

    case = changed(yaml.safe_load(path.read_text(encoding="utf-8")), "")
    path.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _change_lesson(path: Path, hostile: Hostile) -> None:
    _, front, note = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    for name in ("title", "level"):
        fields[name] = hostile(fields.get(name, ""), f"lesson-{name}")
    for step in fields["steps"]:
        step["title"], step["words"] = hostile(step["title"], "step-title"), hostile(step["words"], "step-words")
        step["questions"] = [hostile(one, "step-question") for one in step.get("questions", ("Who?",))]
    written = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    notes = "\n\n".join(_notes(note, hostile))
    path.write_text(f"---\n{written}---\n\n{notes}\n", encoding="utf-8")


def _notes(note: str, hostile: Hostile) -> Iterator[str]:
    """The note of a lesson, and every form in a paragraph of its own."""
    yield from (hostile(note.strip(), "note") for _ in range(len(FORMS)))
