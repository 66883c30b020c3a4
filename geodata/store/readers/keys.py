"""Objects of JSON whose keys may stand twice: the second is a key of its own, as a column's name is in a header."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from geodata.model.text import listed, number_of, shown

MOST_NAMED = 3
"""How many keys a note names; the others are counted."""


class Twice(dict[str, Any]):
    """An object in which a key stood twice or more."""


@dataclass
class Keys:
    """Decodes JSON; remembers which keys stood twice in an object."""

    objects: int = 0
    """Objects with a key that stood twice."""
    named: dict[str, None] = field(default_factory=dict)
    """Keys that stood twice, as they are written."""

    def decoder(self) -> json.JSONDecoder:
        """A decoder whose objects lose no value: the second ``name`` is ``name (2)``."""
        return json.JSONDecoder(object_pairs_hook=self._object)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        return plain if len(plain) == len(pairs) else self._twice(pairs)

    def _twice(self, pairs: list[tuple[str, Any]]) -> Twice:
        kept = Twice()
        self.objects += 1
        for key, value in pairs:
            kept[self.name(key, kept, [one for one, _ in pairs])] = value
        return kept

    def name(self, key: str, kept: Mapping[str, Any], others: Collection[str] = ()) -> str:
        """The key, or where it is ``kept`` already, it with the first number that no key of the ``others`` has."""
        if key not in kept:
            return key
        self.named[key] = None
        return next(name for times in count(2) if (name := f"{key} ({times})") not in kept and name not in others)

    def notes(self) -> list[str]:
        """What is said of keys that stood twice."""
        if not self.named:
            return []
        names = [shown(key) for key in self.named]
        more = [f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
        which = listed([*names[:MOST_NAMED], *more])
        objects = number_of(max(1, self.objects), "object")
        return [
            f"In {objects} a key stands twice ({which}): what is written the second time is a column of its own, with "
            "(2) after its name."
        ]
