"""Colours of equal weight, told apart by every eye, and none with two meanings.

All formulas are those of `coloraide`: L* and C* of CIE Lab (D65), CIEDE2000 (Sharma, Wu and Dalal 2005), sight without
one kind of cone (Brettel, Viénot and Mollon 1997), contrast of WCAG 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

import pytest
from coloraide import Color

from geodata.briefing import signs
from geodata.briefing.sheet import INK
from geodata.model.faults import InvalidData
from geodata.model.layers import COLOURS as LAYERS
from geodata.model.vocabulary import BLANK, MOST_COLOURS, PALETTES
from geodata.store import case_file
from geodata.store.dataset import Dataset
from geodata.store.load import load
from geodata.timemap import basemap, marks
from tests.server import ROOT

FOLDERS = (ROOT, *sorted(path.parent for path in (ROOT / "tests" / "cases").glob("*/case.yaml")))
GROUND = (basemap.COLOURS["land"], basemap.COLOURS["sea"])
EYES = ("", "protan", "deutan", "tritan")

LIGHTNESS, CHROMA = 1, 9
"""How far apart the parties' colours may be, in L* and C*."""

PARTIES, WITHIN = 15, 9
"""CIEDE2000, to every eye: of two parties, and of two colours of one palette and the grey of a blank."""

BETWEEN, FROM_PARTIES = 4, 8
"""CIEDE2000: of colours of two palettes, and of a party's colour and any of another palette."""

FROM_GROUND, PALE_FROM_GROUND, PALE_PARTY = 27, 10, 16
"""CIEDE2000 from land and from sea: of a colour, of the paler one of a vague date, and of that of a party."""


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name if folder != ROOT else "shipped")
def dataset(request: pytest.FixtureRequest) -> Dataset:
    folder: Path = request.param
    return load(folder)


def apart(one: str, other: str, eye: str = "") -> float:
    """CIEDE2000 of two colours as an eye sees them."""
    first, second = (Color(colour).filter(eye) if eye else Color(colour) for colour in (one, other))
    return first.delta_e(second, method="2000")


def weight(colour: str) -> tuple[float, float]:
    """L* and C*."""
    lightness, chroma, _ = Color(colour).convert("lch-d65").coords()
    return lightness, chroma


def contrast(one: str, other: str) -> float:
    return Color(one).contrast(other, method="wcag21")


def colours(dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """The colours of each way to colour, without the grey of a blank, which means the same in all."""
    return {
        name: [category.colour for category in scheme.categories if category != marks.UNTOLD]
        for name, scheme in marks.schemes(dataset).items()
    }


EVERY = sorted({BLANK, *(colour for palette in PALETTES.values() for colour in palette)})


# --- parties --------------------------------------------------------------------------------------------------------


def parties(dataset: Dataset) -> list[str]:
    return [dataset.case.sides[party].colour for party in dataset.case.parties]


def test_no_party_is_darker_or_stronger_than_another(dataset: Dataset) -> None:
    for one, other in combinations(map(weight, parties(dataset)), 2):
        assert abs(one[0] - other[0]) <= LIGHTNESS
        assert abs(one[1] - other[1]) <= CHROMA


def test_parties_without_colours_in_their_case_get_colours_of_equal_weight() -> None:
    text = "title: x\nsides:\n  other: {meaning: o}\n  press: {meaning: p}\n" + "".join(
        f"  {name}: {{meaning: m, party: true}}\n" for name in ("north", "south", "west")
    )
    case = case_file.parse(text, "case.yaml")
    assert list(case.sides) == ["other", "press", "north", "south", "west"], "the order of the file is kept"
    assert [case.sides[party].colour for party in case.parties] == [*PALETTES["sides"][:3]]
    light, strong = zip(*(weight(case.sides[party].colour) for party in case.parties), strict=True)
    assert max(light) - min(light) <= LIGHTNESS
    assert max(strong) - min(strong) <= CHROMA


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_the_parties_apart(dataset: Dataset, eye: str) -> None:
    assert all(apart(one, other, eye) >= PARTIES for one, other in combinations(parties(dataset), 2))


def test_no_colour_of_another_way_to_colour_looks_like_a_partys(dataset: Dataset) -> None:
    others = {colour for name, held in colours(dataset).items() if name != "side" for colour in held}
    others |= {colour for name, held in PALETTES.items() if name != "sides" for colour in held}
    assert min(apart(*pair) for pair in product(parties(dataset), sorted(others))) >= FROM_PARTIES


def test_a_party_stays_apart_from_land_and_sea_where_it_is_paler(dataset: Dataset) -> None:
    for colour, ground in product(parties(dataset), GROUND):
        assert apart(signs.tinted(colour), ground) >= PALE_PARTY, (colour, ground)


# --- the palettes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", PALETTES)
def test_every_eye_tells_the_colours_of_a_palette_apart(name: str, eye: str) -> None:
    assert len(PALETTES[name]) == MOST_COLOURS
    near = min((apart(*pair, eye), pair) for pair in combinations((*PALETTES[name], BLANK), 2))
    assert near[0] >= WITHIN, near


@pytest.mark.parametrize("eye", EYES)
def test_every_eye_tells_the_sides_of_a_case_apart(dataset: Dataset, eye: str) -> None:
    sides = [side.colour for side in dataset.case.sides.values()]
    assert all(apart(*pair, eye) >= WITHIN for pair in combinations((*sides, BLANK), 2))


def test_colours_of_two_palettes_differ_to_the_eye() -> None:
    for one, other in combinations(PALETTES.values(), 2):
        near = min((apart(*pair), pair) for pair in product(one, other))
        assert near[0] >= BETWEEN, near


def test_every_colour_stands_out_from_land_and_sea_and_bears_its_letter(dataset: Dataset) -> None:
    for colour in sorted({*EVERY, *(colour for held in colours(dataset).values() for colour in held)}):
        pale = signs.tinted(colour)
        for ground in GROUND:
            assert contrast(colour, ground) >= 3, (colour, ground)
            assert apart(colour, ground) >= FROM_GROUND, (colour, ground)
            assert apart(pale, ground) >= PALE_FROM_GROUND, (colour, ground)
        assert contrast(colour, signs.text_on(colour)) >= 4.5, colour
        assert contrast(pale, INK) >= 4.5, colour


# --- one colour, one meaning ----------------------------------------------------------------------------------------


def test_no_colour_stands_in_two_ways_to_colour(dataset: Dataset, with_tables: Dataset) -> None:
    for held in (colours(dataset), colours(with_tables)):
        own = {name: shown for name, shown in held.items() if name in ("side", "document", "type", "table")}
        every = [colour.upper() for shown in own.values() for colour in shown]
        every += sorted({colour for name, shown in held.items() if name not in own for colour in shown})
        assert len(every) == len(set(every))
        assert not {*every} & {*LAYERS, BLANK}


def test_every_category_has_a_letter(dataset: Dataset, with_tables: Dataset) -> None:
    for scheme in (*marks.schemes(dataset).values(), *marks.schemes(with_tables).values()):
        letters = [category.letter for category in scheme.categories]
        assert all(letters)
        assert len(set(letters)) == len(letters)


CASE = "title: x\nsides:\n  a: {{meaning: m{side}}}\nfamilies:\n  f: {{letter: F{family}}}\nkinds: {{}}\n"


@pytest.mark.parametrize(
    ("side", "family", "where", "meaning"),
    [
        (PALETTES["families"][0], "", "sides, a, colour", "families"),
        (PALETTES["documents"][3].lower(), "", "sides, a, colour", "documents"),
        ("", PALETTES["sides"][0], "families, f, colour", "sides"),
        ("#0077AA", "#0077aa", "families, f, colour", "sides"),
        (LAYERS[0], "", "sides, a, colour", "layers"),
        (BLANK, "", "sides, a, colour", "not stated"),
    ],
)
def test_a_colour_that_means_something_else_is_refused(side: str, family: str, where: str, meaning: str) -> None:
    given = {"side": side, "family": family}
    text = CASE.format(**{name: f', colour: "{colour}"' if colour else "" for name, colour in given.items()})
    with pytest.raises(InvalidData, match=f"{where}: .* is a colour of {meaning}; choose another"):
        case_file.parse(text, "case.yaml")
