"""Which reports are meant: one frozen `Selection` and one pure `select`, an Ibis expression made of `FILTERS`.

The same expression runs on the in-process DuckDB and on any other engine that Ibis speaks to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from geodata.model.filters import BY_NAME, FILTERS, Window

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.model.case import Case

OPEN: Mapping[str, Any] = {one.name: one.default for one in FILTERS} | Window()._asdict()
"""The values with which no report is filtered out: of each filter, and of each part of the window."""


class Selection(Mapping[str, Any]):
    """A choice of reports: the name of each filter of `FILTERS` and its value. Frozen and hashable.

    ``Selection(sides=("armenian",), first=date(2020, 9, 27))`` sets two filters; the others filter nothing. The parts
    of the window (``first``, ``last``, ``surely``) are given and read like filters, as in ``chosen.first``. Raises
    ``TypeError`` for a name that no filter has.
    """

    __slots__ = ("_hash", "_values")

    def __init__(self, **values: Any) -> None:
        parts = {name: values.pop(name) for name in Window._fields if name in values}
        if strange := values.keys() - BY_NAME.keys():
            raise TypeError(f"no filter is called {', '.join(sorted(strange))}")
        given = {one.name: values.get(one.name, one.default) for one in FILTERS}
        given["window"] = given["window"]._replace(**parts)
        self._values = given
        self._hash = hash(tuple(given.values()))

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Selection) and self._values == other._values

    def __getattr__(self, name: str) -> Any:
        if name not in BY_NAME:
            raise AttributeError(f"no filter is called {name}")
        return self._values[name]

    def __repr__(self) -> str:
        return f"Selection({', '.join(f'{name}={value!r}' for name, value in self.active())})"

    @property
    def first(self) -> date | None:
        return self._window.first

    @property
    def last(self) -> date | None:
        return self._window.last

    @property
    def surely(self) -> bool:
        return self._window.surely

    @property
    def has_window(self) -> bool:
        return not self._window.is_open

    @property
    def _window(self) -> Window:
        window: Window = self._values["window"]
        return window

    def having(self, **values: Any) -> Selection:
        """The same selection with these values, named as for the class itself."""
        return Selection(**{**self._values, **values})

    def among(self, name: str, values: tuple[str, ...]) -> Selection:
        """The same selection with these values of a list."""
        return self.having(**{name: values})

    def without(self, *names: str) -> Selection:
        """The same selection without these filters."""
        return self.having(**{name: OPEN[name] for name in names})

    def without_window(self) -> Selection:
        return self.without("window")

    def active(self) -> Iterator[tuple[str, Any]]:
        """The name and the value of each filter that is set."""
        return ((name, value) for name, value in self.items() if value != OPEN[name])

    def single_filters(self) -> Iterator[Selection]:
        """A selection for each active filter, with that filter alone. A report in all of them is in this selection."""
        for name, value in self.active():
            yield Selection(**{name: value})


def opening(case: Case, missing: Collection[str] = ()) -> Selection:
    """What the dashboard opens with, for a table of the case without the columns ``missing``."""
    return Selection(scopes=case.opening_scopes) if BY_NAME["scopes"].is_offered(missing) else Selection()


def select(reports: ir.Table, chosen: Selection) -> ir.Table:
    """The reports that pass every filter, in the order they came."""
    of_each = (one.condition(reports, chosen[one.name]) for one in FILTERS)
    conditions = [condition for condition in of_each if condition is not None]
    return reports.filter(conditions) if conditions else reports


def undated(reports: ir.Table, chosen: Selection) -> ir.Table:
    """Reports without a date that pass every filter but the window: they are in no window."""
    rest = select(reports, chosen.without_window())
    return rest.filter(rest.first_day.isnull())


def unmapped(reports: ir.Table, chosen: Selection) -> ir.Table:
    """Reports without coordinates that pass every filter but the area: they are in no area and not on the map."""
    rest = select(reports, chosen.without("area"))
    return rest.filter(rest.latitude.isnull())
