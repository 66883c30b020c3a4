"""How exactly a place is known, in the words and numbers of other tables."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from geodata.model.text import fold, listed
from geodata.model.vocabulary import PRECISIONS
from geodata.store.values.blanks import BLANKS, strings

_COMMON = {
    "exact": "exact, exact location, exact coordinates, precise, point, building, site, street, address, "
    "street address, rooftop, house, facility, landmark, точно",
    "settlement": "settlement, village, town, city, hamlet, locality, populated place, populated area, urban area, "
    "city or town, село, город, деревня, посёлок",
    "district": "district, quarter, neighbourhood, neighborhood, suburb, borough, ward, subdistrict, raion, rayon, "
    "county, municipality, admin2, admin 2, adm2, adm 2, admin3, admin 3, adm3, adm 3, район",
    "province": "province, governorate, state, oblast, krai, marz, vilayet, wilaya, department, prefecture, canton, "
    "admin1, admin 1, adm1, adm 1, область, край",
    "region": "region, area, general area, zone, регион",
    "country": "country, nation, national, nationwide, admin0, admin 0, adm0, adm 0, страна",
}
"""Words of which each means one precision wherever it stands. "approximate" is none: it does not say how wide."""

WORDS = {fold(word): precision for precision, words in _COMMON.items() for word in words.split(",")}


def read(texts: pa.Array, words: Mapping[str, str]) -> pa.Table:
    """The precision of each text, one row a text.

    ``words`` are those of a mapping, each with one of `PRECISIONS` or a blank; they go before the common words. Case
    does not matter, and "1.0" is "1". Columns: ``text`` as given, ``precision`` (blank where not known) and
    ``problem``, blank or what to do. Raises ``ValueError`` where a word is mapped to no precision.
    """
    if wrong := set(words.values()) - {"", *PRECISIONS}:
        raise ValueError(f"'{min(wrong)}' is no precision (one of: {', '.join(PRECISIONS)})")
    own = {_key(word): precision for word, precision in words.items()}
    coded = pc.dictionary_encode(strings(texts))
    found = [_read(text, own) for text in coded.dictionary.to_pylist()]
    precision, problem = (
        pa.array([pair[place] for pair in found], pa.string()).take(coded.indices) for place in (0, 1)
    )
    return pa.table({"text": texts, "precision": precision, "problem": problem})


def _key(text: str) -> str:
    whole, _, zeros = text.partition(".")
    return whole if whole.isdigit() and zeros.strip("0") == "" else fold(text)


def _read(text: str, own: Mapping[str, str]) -> tuple[str, str]:
    """The precision of a text and its problem."""
    key = _key(text)
    if key in own:
        return own[key], ""
    if text.lower() in BLANKS:
        return "", ""
    if key in WORDS:
        return WORDS[key], ""
    return "", f"is no precision that is known; say in the mapping which it is: {listed(PRECISIONS, 'or')}"
