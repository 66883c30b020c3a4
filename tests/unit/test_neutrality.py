"""Neutrality is a feature: what we say in our own voice takes no side."""

from __future__ import annotations

import ast
import csv
import itertools
import re
from functools import cache

import pytest

from geodata.model.names import name_of, namings
from geodata.model.records import Place
from geodata.model.text import fold
from geodata.store.dataset import Dataset
from geodata.tell.legend import SIGNS
from tests.server import ROOT

LOADED = {
    row["stem"]: row["reason"] for row in csv.DictReader((ROOT / "coding/loaded_words.csv").open(encoding="utf-8"))
}
"""Stems we never use in our own voice, and why. In a summary they may stand with their named speaker."""

NAMES = ("Lemkin Institute for Genocide Prevention",)
"""Names that bodies gave themselves."""

GRAVE = {
    r"behead|decapitat|severed head": r"\bbehead|severed head",
    r"\brap(e|ed|es|ing)\b": r"\brap(e|ed|es|ing)\b",
    r"\btortur": r"\btortur",
    r"\bdismember": r"\bdismember",
    r"\bmutilat": r"\bmutilat",
    r"\bburn(ed|t) alive": r"\bburn",
    r"\baxed?\b": r"\baxe",
}
"""Grave words of the documents, and the plain word by which a summary says the same. Each is a pattern."""

SPEAKING = re.compile(
    r"\b(say|said|saying|call|name|claim|report|state|quote|recall|describe|write|cit|accord|announce|warn|accus|"
    r"alleg|note|list|hold|held|add|argue|tell|told|mention|declare|urge|find|found|conclude|present|speak|spoke|"
    r"ask|deny|denies|denied|condemn|publish|refer|relate|cover|criti|point|predict|lay|laid|put|give|gave|word|term|"
    r"identif|record|confirm|complain|propos|admit|suggest|stress|testif|demand|issue|express|carr|summar|consider|"
    r"headline|account|credit|attribut|trace|rule|convict|deplor|highlight|label|set out|posed|portray|maintain|reach|"
    r"voice|appeal|mark|place|introduc|invit|order|threat)\w*",
    re.IGNORECASE,
)


def is_loaded(stem: str, text: str) -> bool:
    for name in NAMES:
        text = text.replace(name, "")
    return re.search(rf"\b{stem}", text, re.IGNORECASE) is not None


@cache
def our_words() -> dict[str, str]:
    """Every text of the code and the documentation that a reader may meet, by where it stands."""
    texts = {}
    for path in sorted((*ROOT.glob("geodata/**/*.py"), *ROOT.glob("dashboard/**/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts[f"{path.relative_to(ROOT)}:{node.lineno}:{node.col_offset}"] = node.value
    for pattern in ("geodata/**/*.js", "dashboard/**/*.js", "*.md", "case.yaml", "lessons/*.md"):
        for path in sorted(ROOT.glob(pattern)):
            texts[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
    return texts


@pytest.fixture(scope="module")
def rows(shipped: Dataset) -> list[dict[str, str]]:
    return shipped.fetch(shipped.reports.order_by("row")).to_pylist()


@pytest.mark.parametrize("stem", LOADED)
def test_no_title_actor_or_target_uses_a_loaded_word(rows: list[dict[str, str]], stem: str) -> None:
    for row in rows:
        for column in ("title", "actor", "target", "incident_id"):
            assert not is_loaded(stem, row[column]), (row["incident_id"], column, row[column])


def test_every_summary_says_that_somebody_says_it(rows: list[dict[str, str]]) -> None:
    silent = [(row["incident_id"], row["summary"]) for row in rows if not SPEAKING.search(row["summary"])]
    assert not silent


def test_every_summary_names_its_speaker_or_the_document(rows: list[dict[str, str]]) -> None:
    nouns = ("essay", "article", "video text", "newsletter", "weekly", "court", "author")
    for row in rows:
        named = set(re.findall(r"\w{4,}", row["claimed_by"])) | set(nouns)
        assert any(word.lower() in row["summary"].lower() for word in named), (row["claimed_by"], row["summary"])


def test_a_title_of_a_graphic_report_is_not_graphic(rows: list[dict[str, str]]) -> None:
    words = re.compile("|".join((*GRAVE, "severed", "naked", "blood")), re.IGNORECASE)
    assert any(row["graphic"] for row in rows)
    assert not [row["title"] for row in rows if words.search(row["title"])]


def test_nobody_is_called_guilty_or_a_murderer_without_a_judgment(rows: list[dict[str, str]]) -> None:
    words = re.compile(r"\b(murder|guilty|criminal)", re.IGNORECASE)
    for row in rows:
        if row["claim_status"] != "adjudicated":
            assert not words.search(row["title"]), row["title"]


def test_no_title_doubts_or_affirms_what_is_told(rows: list[dict[str, str]]) -> None:
    words = re.compile(r"\b(claimed|alleged(ly)?|(un)?confirmed|admitted|revealed|exposed)\b", re.IGNORECASE)
    assert not [row["title"] for row in rows if words.search(row["title"])], 'say "reported" or "said to"'


LAND = r"(nagorno-karabakh|karabakh|artsakh)"
OFFICE = (
    r"(president|prime minister|(foreign|defence|interior) (minister|ministry)|human rights (defender|ombuds\w+)|"
    r"ombuds\w+|(state )?commission|parliament|government|army|defence army)"
)
OFFICES = re.compile(
    rf"\b{OFFICE} of {LAND}\b|\b{LAND}('s|’s)? {OFFICE}\b|\b{LAND} republic\b|\brepublic of {LAND}\b", re.IGNORECASE
)
"""Offices as those of a state. Neutral are "the Foreign Ministry of the Nagorno-Karabakh authorities" and the like."""


@pytest.mark.parametrize(
    ("text", "is_of_a_state"),
    [
        ("the President of Nagorno-Karabakh", True),
        ("Nagorno-Karabakh's foreign ministry", True),
        ("the Karabakh president", True),
        ("Karabakh state commission on prisoners", True),
        ("a soldier of the Nagorno-Karabakh army", True),
        ("Nagorno-Karabakh Republic", True),
        ("head of the Nagorno-Karabakh authorities", False),
        ("Human Rights Defender of the Nagorno-Karabakh authorities", False),
        ("soldier of the Nagorno-Karabakh forces", False),
    ],
)
def test_an_office_of_a_state_is_told_from_one_of_authorities(text: str, is_of_a_state: bool) -> None:
    assert bool(OFFICES.search(text)) == is_of_a_state


@pytest.mark.parametrize("column", ["title", "summary", "actor", "target", "claimed_by", "note"])
def test_offices_of_the_nagorno_karabakh_authorities_bear_the_neutral_word(
    rows: list[dict[str, str]], column: str
) -> None:
    quoted = r'"[^"]*"' if column == "note" else "$."  # a note may tell how the document writes it
    ours = [(row["incident_id"], re.sub(quoted, "", row[column])) for row in rows]
    assert not [(incident, text) for incident, text in ours if OFFICES.search(text)]


def test_no_summary_holds_a_verdict_of_ours(rows: list[dict[str, str]]) -> None:
    words = re.compile(r"dehumani[sz]|criminali[sz]|hateful", re.IGNORECASE)
    assert not [row["summary"] for row in rows if words.search(row["summary"])], "tell what was said"


def test_every_summary_with_a_grave_word_is_marked_graphic(rows: list[dict[str, str]]) -> None:
    words = re.compile("|".join(GRAVE), re.IGNORECASE)
    assert not [row["summary"] for row in rows if words.search(row["summary"]) and not row["graphic"]]


def test_both_parties_are_defined_alike(shipped: Dataset) -> None:
    """The Nagorno-Karabakh authorities are the one difference: no like body stands on the other side."""
    sides = shipped.case.vocabulary("claimant_side")
    armenian = sides["armenian"].replace(", the Nagorno-Karabakh authorities", "")
    exchanged = armenian.replace("Armenian ", "Azerbaijani ").replace("Armenia's", "Azerbaijan's")
    assert exchanged == sides["azerbaijani"] != armenian


def test_a_finding_of_a_court_is_always_laid_to_the_document() -> None:
    texts = our_words() | {"codebook": (ROOT / "coding/codebook.md").read_text(encoding="utf-8")}
    said = {where: " ".join(text.split()) for where, text in texts.items() if "found it" in " ".join(text.split())}
    assert len(said) >= 2, "in the schema and the codebook"
    for where, text in said.items():
        assert text.count("court found it") == text.count("the document says that a court found it"), where
    for text in (SIGNS["confirmed"], texts["README.md"]):
        assert "found by a court, as the document says" in text


def test_every_loaded_word_is_listed_with_its_reason() -> None:
    assert len(LOADED) > 20
    assert all(reason.strip() for reason in LOADED.values())


@pytest.mark.parametrize("stem", LOADED)
def test_no_label_message_or_page_of_ours_uses_a_loaded_word(stem: str) -> None:
    assert not [(where, text[:80]) for where, text in our_words().items() if is_loaded(stem, text)]


def test_a_loaded_word_in_a_summary_stands_with_the_speaker_who_used_it(rows: list[dict[str, str]]) -> None:
    laid = re.compile(r"\b(call|term|name|describ|quot|accus|according|said|spoke|headline|liken)\w*", re.IGNORECASE)
    used = [row for row in rows if any(is_loaded(stem, row["summary"]) for stem in LOADED)]
    assert used, "the documents do use such words"
    for row in used:
        assert laid.search(row["summary"]), row["summary"]


@pytest.mark.parametrize(
    ("place_id", "label"),
    [
        ("stepanakert", "Stepanakert / Xankəndi"), ("shushi", "Shushi / Şuşa"), ("martakert", "Ağdərə / Martakert"),
        ("martuni_nk", "Martuni / Xocavənd"), ("talish", "Talış / Talish"), ("maragha", "Marağa / Maragha"),
        ("sarnaghbyur_nk", "Ağbulaq / Sarnaghbyur"), ("hadrut", "Hadrut"), ("knaravan", "Knaravan"),
        ("nagorno_karabakh", "Nagorno-Karabakh (Artsakh / Qarabağ)"), ("yerevan", "Yerevan"), ("vardenis", "Vardenis"),
        ("syunik", "Syunik"), ("ganja_airbase", "Ganja airbase"), ("country_am", "Armenia"), ("baku", "Baku"),
    ],
)  # fmt: skip
def test_labels_follow_the_rule(shipped: Dataset, place_id: str, label: str) -> None:
    assert shipped.places[place_id].label == label


def test_a_contested_place_bears_both_parties_own_names_in_latin_letters_and_alphabetical_order(
    shipped: Dataset,
) -> None:
    contested = [place for place in shipped.places.values() if place.contested]
    assert len(contested) > 10
    for place in contested:
        romanised = re.match(r"[^(|]+ \(([^)]+)\)", place.names_in["hy"])
        assert romanised, place.place_id
        assert place.names_in["az"], place.place_id
        own = {romanised[1], place.names_in["az"].split("|")[0]}
        assert set(place.own_names) <= own
        assert {fold(name) for name in place.own_names} == {fold(name) for name in own}
        assert list(place.own_names) == sorted(place.own_names, key=fold)
        assert " / ".join(place.own_names) in place.label


@pytest.mark.parametrize(("country", "own", "others"), [("AM", "hy", "az"), ("AZ", "az", "hy")])
def test_no_label_has_the_other_partys_name_where_the_naming_is_not_contested(
    shipped: Dataset, country: str, own: str, others: str
) -> None:
    def names(place: Place, language: str) -> set[str]:
        return {fold(name) for name in re.split(r"[|()]", place.names_in[language]) if name.strip()}

    places = [place for place in shipped.places.values() if place.country == country and not place.contested]
    assert len(places) > 4
    for place in places:
        assert place.label == place.name
        foreign = names(place, others) - names(place, own) - {fold(place.name)}
        assert not [name for name in foreign if name in fold(place.label)], place.label


def test_every_place_has_a_name_in_every_way_of_naming(shipped: Dataset) -> None:
    for place, naming in itertools.product(shipped.places.values(), namings(shipped.case)):
        assert name_of(place, naming)
        if name_of(place, naming) not in (place.label, place.name):
            assert "(" not in name_of(place, naming), "no romanisation in brackets"
