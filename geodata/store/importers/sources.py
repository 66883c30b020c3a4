"""Who says so: the sources of each row of a table of others, which may name several in a cell or in several columns."""

from __future__ import annotations

import pyarrow as pa

from geodata.model.mapping import changed
from geodata.model.text import number_of
from geodata.model.vocabulary import SOURCE_NOT_NAMED
from geodata.store.importers.columns import BLANK_SIGNS, literal
from geodata.store.importers.work import Work
from geodata.store.opening import Question
from geodata.store.values import sources as lists
from geodata.store.values.sources import ENTITY, JSON, KEPT, UNPARTED

HOW = {JSON: " in a list", "": " in several columns", "\n": " parted by line breaks", " ": " parted by blanks"}
"""How a row names several sources, where no sign that can be shown parts them."""


def add(work: Work) -> None:
    """Makes ``said``: ``n`` and ``sources``, the list of a row's sources without repeats, never empty."""
    given, columns = work.mapping.sources, work.columns
    separator = given.separator or _guessed(work)
    first_pattern = "" if given.otherwise or separator == JSON else given.pattern
    cells = [_list(_named(columns.text(name), first_pattern), separator) for name in given.columns]
    listed = f"flatten([{', '.join(cells)}])" if cells else "[]::VARCHAR[]"
    if separator == JSON:
        work.mapping = changed(work.mapping, "sources.separator", JSON)  # so that the card shows the whole cells
        _read_json(work, listed)
        read = f"{work.raw} LEFT JOIN listed USING (n)"
    else:
        read = f"(SELECT *, {listed} AS sources FROM {work.raw})"
    otherwise = f"[{_named(columns.first(given.otherwise), given.pattern)}]" if given.otherwise else "[]::VARCHAR[]"
    named = f"[{literal(given.name)}], " if given.name else ""
    work.connection.execute(
        "CREATE OR REPLACE TEMP TABLE said AS SELECT n, "
        f"coalesce({_filled('sources')}, {named}{_filled(otherwise)}, [{literal(SOURCE_NOT_NAMED)}]) AS sources "
        f"FROM {read}"
    )
    _spell_alike(work)
    _tell(work, separator)


def shortened(work: Work) -> set[str]:
    """The columns of sources of whose texts only a part is read."""
    given = work.mapping.sources
    names = given.columns if given.separator == JSON or not given.otherwise else ()
    return work.columns.bases((*names, *given.otherwise)) if given.pattern or given.separator == JSON else set()


def _named(text: str, pattern: str) -> str:
    """The part of a text that names the source, or all of it where the pattern does not fit."""
    if not pattern:
        return text
    part = f"regexp_extract({text}, {literal(pattern)}, 1)"
    return f"coalesce(nullif(trim({part}), ''), {text})"


def _list(text: str, separator: str) -> str:
    """A cell's text as a list, in the order of the cell."""
    if separator in ("", JSON):
        return f"[{text}]"
    part = "part"
    if ";" in separator:
        text = f"regexp_replace({text}, {literal(ENTITY)}, {literal(UNPARTED)}, 'g')"
        part = f"replace(part, {literal(KEPT)}, ';')"
    return f"list_transform(string_split({text}, {literal(separator)}), lambda part: trim({part}, {BLANK_SIGNS}))"


def _filled(names: str) -> str:
    """A list without blanks and repeats; NULL where nothing is left."""
    kept = _unlike(f"list_filter({names}, lambda name: name <> '')")
    return f"CASE WHEN len({kept}) > 0 THEN {kept} END"


def _unlike(names: str) -> str:
    """A list without repeats, in its order."""
    return f"list_filter({names}, lambda name, place: list_position({names}, name) = place)"


def _guessed(work: Work) -> str:
    """The sign between several sources in a cell, where the column shows that it is one."""
    texts = (work.texts(work.columns.text(name)) for name in work.mapping.sources.columns)
    return next((separator for separator in map(lists.guess_separator, texts) if separator), "")


def _read_json(work: Work, cells: str) -> None:
    """Makes ``listed``: ``n`` and the ``sources`` that a row's ``cells`` of JSON, an expression over ``raw``, list.

    Of an object the mapping's field is the name, where it states one, and the name is cut by its pattern.
    """
    item = work.mapping.sources.item
    work.connection.execute(f"CREATE OR REPLACE TEMP TABLE listed AS SELECT n, unnest({cells}) AS text FROM {work.raw}")
    texts = work.fetch("SELECT DISTINCT text FROM listed")["text"].combine_chunks()
    names = lists.split(texts, JSON, (item,)) if item else lists.split(texts, JSON)
    cut = _named("name", work.mapping.sources.pattern if item else "")
    with work.lent(pa.table({"text": texts, "names": names})) as lent:
        work.connection.execute(
            "CREATE OR REPLACE TEMP TABLE listed AS SELECT n, "
            f"list_transform(flatten(list(names)), lambda name: {cut}) AS sources "
            f"FROM listed JOIN {lent} USING (text) GROUP BY n"
        )


def _spell_alike(work: Work) -> None:
    """Gives names that differ in capitals or spaces only the spelling that most rows have."""
    spelt = work.fetch(
        "WITH names AS (SELECT name, count(*) AS rows, lower(regexp_replace(name, '\\s+', ' ', 'g')) AS alike FROM "
        "(SELECT unnest(sources) AS name FROM said) GROUP BY 1), best AS (SELECT alike, arg_max(name, rows) AS chosen "
        "FROM names GROUP BY 1 HAVING count(*) > 1) SELECT name, chosen FROM names JOIN best USING (alike) "
        "WHERE name <> chosen"
    )
    if not len(spelt):
        return
    spelling = "list_transform(sources, lambda name: coalesce(map_extract_value(chosen, name), name))"
    with work.lent(spelt) as lent:
        work.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE said AS SELECT n, {_unlike(spelling)} AS sources "
            f"FROM said, (SELECT map_from_entries(list((name, chosen))) AS chosen FROM {lent})"
        )
    work.notes.append(
        f"{number_of(len(spelt), 'source')} that differed from another in capitals or spaces only took its spelling."
    )


def _tell(work: Work, separator: str) -> None:
    rows, several, unnamed = work.connection.execute(
        "SELECT count(*), count(*) FILTER (len(sources) > 1), count(*) FILTER (sources = [?]) FROM said",
        [SOURCE_NOT_NAMED],
    ).fetchall()[0]
    if several:
        how = HOW.get(separator, f" parted by “{separator.strip()}”")
        work.notes.append(
            f"{number_of(several, 'row')} {'names' if several == 1 else 'name'} several sources{how}: "
            "each becomes a report of one telling."
        )
    given = work.mapping.sources
    if is_unsaid := 0 < unnamed == rows:
        work.notes.append("No column says who tells it: the source is not named.")
    elif unnamed:
        work.notes.append(f"{number_of(unnamed, 'row')} {'names' if unnamed == 1 else 'name'} no source.")
    if by_address := not is_unsaid and given.otherwise and not (given.columns or given.name):
        work.notes.append(
            f"No column says who tells it: the site of the address in “{given.otherwise[0]}” stands for it."
        )
    if is_unsaid or by_address:
        work.questions.append(Question("sources.name", "Who says so? Name the one source of this table.", {}))
