"""Neutrality is a feature: what we say in our own voice takes no side."""

from __future__ import annotations

import re

import pytest

from geodata.dataset import Dataset

LOADED = {
    "terrorist": "names a person or a party an outlaw; say fighters, or lay the word to its speaker",
    "barbar": "a judgement",
    "regime": "denies a government its standing; say government",
    "liberat": "one party's word for a change of control",
    "invader": "one party's word; say forces",
    "jihad": "a religious reading of a war",
    "massacre": "a judgement; say killing and the number told",
    "hero": "praise; only with its speaker",
    "so-called": "a sneer",
    "separatist": "one party's word for the other's authorities",
    "infidel": "a slur",
    "savage": "a slur",
}
"""Stems we never use in a title, actor or target, and why. In a summary they may stand with their named speaker."""

SPEAKING = re.compile(
    r"\b(say|said|saying|call|name|claim|report|state|quote|recall|describe|write|cit|accord|announce|warn|accus|"
    r"alleg|note|list|hold|held|add|argue|tell|told|mention|declare|urge|find|found|conclude|present|speak|spoke|"
    r"ask|deny|denies|denied|condemn|publish|refer|relate|cover|criti|point|predict|lay|laid|put|give|gave|word|term|"
    r"identif|record|confirm|complain|propos|admit|suggest|stress|testif|demand|issue|express|carr|summar|consider|"
    r"headline|account|credit|attribut|trace|rule|convict|deplor|highlight|label|set out|posed|portray|maintain|reach|"
    r"voice|appeal|mark|place|introduc|invit|order|threat)\w*",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def rows(shipped: Dataset) -> list[dict[str, str]]:
    return shipped.fetch(shipped.reports.order_by("row")).to_pylist()


@pytest.mark.parametrize("stem", LOADED)
def test_no_title_actor_or_target_uses_a_loaded_word(rows: list[dict[str, str]], stem: str) -> None:
    for row in rows:
        for column in ("title", "actor", "target", "incident_id"):
            assert not re.search(rf"\b{stem}", row[column], re.IGNORECASE), (row["incident_id"], column, row[column])


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
