"""The list of people who may come in where readers sign in: a file that its keeper writes by hand.

    editors: [ann@paper.example]
    readers:
      - bo@paper.example

It is asked anew for each answer, so a line that is taken out holds at that person's next click.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from geodata.model.cells import Record
from geodata.model.faults import Fault, InvalidData
from geodata.store import yaml_fields
from geodata.store.files import decoded
from geodata.store.writing import Mark, mark

Role = Literal["editor", "reader", ""]
"""What a person may do; blank for a stranger."""


def plain_address(text: str) -> str:
    """An e-mail address as addresses are compared: without spaces around it, in small letters."""
    return text.strip().casefold()


def _address(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and host) or "@" in host or any(sign.isspace() for sign in text):
        raise ValueError(f"{text!r} is no e-mail address; write one as ann@paper.example")
    return plain_address(text)


Address = Annotated[str, AfterValidator(_address)]


class People(Record):
    """Who may come in, by e-mail address; nobody where both lists are empty."""

    editors: Annotated[tuple[Address, ...], Field(description="They read and write.")] = ()
    readers: Annotated[tuple[Address, ...], Field(description="They read.")] = ()
    accept_unverified: Annotated[
        bool,
        Field(description="Whether an address counts that the provider does not call verified. Say yes only where the "
                          "provider is your own and its people cannot choose their address."),
    ] = False  # fmt: skip

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        every = (*self.editors, *self.readers)
        if twice := sorted({one for one in every if every.count(one) > 1}):
            raise ValueError(f"{twice[0]} is listed twice; keep one of the two")
        return self

    def role(self, address: str) -> Role:
        """The role of the person with this address, in any spelling of its letters."""
        own = plain_address(address)
        return "editor" if own in self.editors else "reader" if own in self.readers else ""


def read(path: Path) -> People:
    """The list in a file. Raises `InvalidData` with each fault's line."""
    return _read(path, mark(path))


@lru_cache(maxsize=4)
def _read(path: Path, _: Mark) -> People:
    people = yaml_fields.validated(yaml_fields.read(decoded(path, "it lists editors and readers"), path.name), People)
    if not (people.editors or people.readers):
        raise InvalidData([Fault(path.name, 0, "", "lists nobody; write editors: and an e-mail address")])
    return people
