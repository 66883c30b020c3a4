"""Neutrality is a feature: what we say in our own voice takes no side."""

from __future__ import annotations

import ast
import csv
import re

import pytest

from geodata.dataset import Dataset
from geodata.names import NAMINGS, name_of
from geodata.schema import fold
from tests.server import ROOT

LOADED = {row["stem"]: row["reason"] for row in csv.DictReader((ROOT / "docs/loaded_words.csv").open(encoding="utf-8"))}
"""Stems we never use in our own voice, and why. In a summary they may stand with their named speaker."""

NAMES = ("Lemkin Institute for Genocide Prevention",)
"""Names that bodies gave themselves."""

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


def our_words() -> dict[str, str]:
    """Every text of the code and the documentation that a reader may meet, by where it stands."""
    texts = {}
    for path in sorted((*ROOT.glob("geodata/**/*.py"), *ROOT.glob("dashboard/**/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts[f"{path.relative_to(ROOT)}:{node.lineno}:{node.col_offset}"] = node.value
    for path in sorted((*ROOT.glob("geodata/timemap/*.js"), ROOT / "README.md", *ROOT.glob("lessons/*.md"))):
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
    words = re.compile(r"behead|decapit|mutilat|severed|rape|dismember|axe|naked|blood", re.IGNORECASE)
    assert any(row["graphic"] for row in rows)
    assert not [row["title"] for row in rows if words.search(row["title"])]


def test_nobody_is_called_guilty_or_a_murderer_without_a_judgment(rows: list[dict[str, str]]) -> None:
    words = re.compile(r"\b(murder|guilty|criminal)", re.IGNORECASE)
    for row in rows:
        if row["claim_status"] != "adjudicated":
            assert not words.search(row["title"]), row["title"]


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


def test_every_label_of_a_place_carries_both_names_where_both_exist(shipped: Dataset) -> None:
    seen = 0
    for place in shipped.places.values():
        other = place.names_az.split("|")[0].strip()
        if place.country in ("AM", "AZ") and other and fold(other) != fold(place.name):
            assert place.name in place.label, place.label
            assert other in place.label, place.label
            seen += 1
    assert seen > 15


@pytest.mark.parametrize("naming", NAMINGS)
def test_every_place_has_a_name_in_every_way_of_naming(shipped: Dataset, naming: str) -> None:
    for place in shipped.places.values():
        assert name_of(place, naming)
        assert "(" not in name_of(place, naming), "no romanisation in brackets"
