"""Answers of a geocoder that asks the network: checked, and kept in a file as each comes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from geodata.model.faults import reason
from geodata.model.text import number_of
from geodata.store import writing


def _no_switch(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("true and false are no degrees")
    return value


Degrees = Annotated[float, BeforeValidator(_no_switch), Field(allow_inf_nan=False)]


class Answer(BaseModel):
    """A place as Nominatim gives it, or as it is kept: WGS 84 degrees, and what kind of place it is."""

    latitude: Annotated[Degrees, Field(ge=-90, le=90, validation_alias=AliasChoices("latitude", "lat"))]
    longitude: Annotated[Degrees, Field(ge=-180, le=180, validation_alias=AliasChoices("longitude", "lon"))]
    type: Annotated[str, Field(validation_alias=AliasChoices("addresstype", "type"))] = ""

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if round(self.latitude, 4) == round(self.longitude, 4) == 0:
            raise ValueError("0, 0 is what a server says that knows no place")
        return self


@dataclass
class Cache:
    """Earlier answers in a JSON file: a place by the name that was asked for, or null where there is none.

    Several processes may keep their answers in it at once.
    """

    path: Path
    note: str = ""
    """What became of answers that could not be used, for a person."""

    def read(self) -> dict[str, Answer | None]:
        """All answers that are places, or null. Raises ``OSError``.

        A file that cannot be read as answers is set aside under another name.
        """
        try:
            kept = _KEPT.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValidationError:
            self._set_aside()
            return {}
        usable = dict(_usable(kept))
        if lost := len(kept) - len(usable):
            self.note = (
                f"{self.path}: {number_of(lost, 'earlier answer')} cannot be a place; what is needed is asked again"
            )
        return usable

    def keep(self, name: str, answer: Answer | None) -> None:
        """Adds an answer. Raises `writing.Unwritten`, and ``OSError`` where the file cannot be read."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise writing.Unwritten(self.path, reason(error)) from error
        with writing.held(self.path) as file:
            known = {**self.read(), name: answer}
            plain = {key: one and one.model_dump() for key, one in known.items()}
            file.put(json.dumps(plain, ensure_ascii=False, indent=1).encode())

    def _set_aside(self) -> None:
        names = (f"{self.path.name}.broken{number or ''}" for number in range(1000))
        aside = next(free for name in names if not os.path.lexists(free := self.path.with_name(name)))
        self.path.rename(aside)
        self.note = f"{self.path} cannot be read as earlier answers; it is now {aside.name}, and a new one is begun"


_KEPT = TypeAdapter(dict[str, Any])


def _usable(kept: Mapping[str, Any]) -> Iterator[tuple[str, Answer | None]]:
    for name, one in kept.items():
        try:
            yield name, None if one is None else Answer.model_validate(one)
        except ValidationError:  # as of an earlier version, which kept 0, 0
            continue
