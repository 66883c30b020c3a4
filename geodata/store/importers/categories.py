"""Columns of a table of others that have few values: they colour and filter under their own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geodata.store.importers.columns import folded
from geodata.store.importers.work import Work
from geodata.store.own_columns import OwnCategory

MOST = 6
"""Categories of a table."""

MOST_VALUES = 40
"""Different values of a column that is taken for a category; a code of numbers may have `MOST_CODES`."""

MOST_CODES = 8

SAMPLED = 500
"""Rows by which columns of many values are told at once."""

AT_ONCE = 100
"""Columns of which one question is asked."""

LONGEST_VALUE = 60
"""Characters."""

MEASURES = frozenset(("year", "month", "day", "iso", "iso3", "hour", "interaction", "timestamp",
                      "first day", "last day"))  # fmt: skip
"""Names of columns that hold numbers or days and no categories, however few they are."""


def of(work: Work) -> tuple[OwnCategory, ...]:
    """The categories that the mapping names, else those that the columns' contents suggest."""
    named = work.mapping.categories
    wanted = _fit(work, [*dict.fromkeys(_candidates(work))]) if named is None else [*dict.fromkeys(named)]
    found = (category for name in wanted if (category := _category(work, name, is_asked=named is not None)))
    unlike: dict[str, OwnCategory] = {}
    for category in found:  # the engine's names of columns ignore case
        if "=" not in category.name:
            unlike.setdefault(category.name.lower(), category)
        if len(unlike) == MOST:
            break
    return tuple(unlike.values())


def _candidates(work: Work) -> Iterator[str]:
    """Columns of kinds, whose words are not all ours; then those that nothing is read from."""
    yield from work.mapping.event_type
    used = work.columns.bases(work.mapping.used())
    yield from (name for name in work.columns.names if name not in used and folded(name) not in MEASURES)


def _fit(work: Work, names: Sequence[str]) -> Sequence[str]:
    """Those of many columns that may be categories, in order: a question about a wide table costs by its width.

    First without those that have too many values in the first rows already, for nothing bounds what these hold.
    """
    if len(names) <= AT_ONCE:
        return names
    few = [
        name for name, (_, values) in _counted(work, names, f"WHERE n <= {SAMPLED}").items() if values <= MOST_VALUES
    ]
    counted = _counted(work, few).items()
    return [name for name, (rows, values) in counted if 2 <= values <= MOST_VALUES and rows >= 2 * values]


def _counted(work: Work, names: Sequence[str], where: str = "") -> dict[str, tuple[int, int]]:
    """How many cells of each column are filled, and how many values these have, in the rows ``where``."""
    found = dict.fromkeys(names, (0, 0))
    for some in (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)):
        texts = ", ".join(f"{work.columns.code(name)} AS t{place}" for place, name in enumerate(some))
        counted = work.connection.execute(
            "SELECT place, sum(number), count(*) FROM (SELECT place, text, count(*) AS number FROM "
            f"(UNPIVOT (SELECT {texts} FROM {work.raw} {where}) ON COLUMNS(*) INTO NAME place VALUE text) "
            "WHERE text <> '' GROUP BY 1, 2) GROUP BY 1"
        ).fetchall()
        found |= {some[int(place[1:])]: (int(rows), values) for place, rows, values in counted}
    return found


def _category(work: Work, name: str, *, is_asked: bool) -> OwnCategory | None:
    """The category of a column; ``None`` where it has too many values, or only one."""
    text = work.columns.code(name)
    rows = work.connection.execute(
        f"SELECT text, count(*) AS number FROM (SELECT {text} AS text FROM {work.raw}) WHERE text <> '' "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES + 1 if not is_asked else 1_000_000}"
    ).fetchall()
    values = [value for value, _ in rows]
    if is_asked:
        return OwnCategory(name, tuple(values), work.mapping.labels.get(name, {})) if values else None
    is_fit = 2 <= len(values) <= (MOST_CODES if _are_numbers(values) else MOST_VALUES) and _repeats(rows)
    return OwnCategory(name, tuple(values)) if is_fit and max(map(len, values)) <= LONGEST_VALUE else None


def _are_numbers(values: Iterable[str]) -> bool:
    return all(value.replace(".", "", 1).replace("-", "", 1).isdecimal() for value in values)


def _repeats(rows: Sequence[tuple[str, int]]) -> bool:
    """Whether values come again often enough to group rows by."""
    return sum(number for _, number in rows) >= 2 * len(rows)
