"""Citations name what a document says of itself, and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from geodata.model.records import Source
from geodata.store.dataset import Dataset
from geodata.tell import citations

ESSAY, ARTICLE, VIDEO, NEWSLETTER, WEEKLY = (
    "000_5a6577b5dac44c69", "001_c84d5488b9c80a68", "002_eef0960e507a5577", "003_add932133b610ce0",
    "004_35158a2b97b6a292",
)  # fmt: skip


def changed(dataset: Dataset, **cells: Any) -> Source:
    return dataset.sources[ARTICLE].model_copy(update=cells)


def depth(text: str) -> int:
    """How many braces stay open; BibTeX counts each one, a backslash before it or not."""
    level = 0
    for sign in text:
        level += {"{": 1, "}": -1}.get(sign, 0)
        assert level >= 0
    return level


@pytest.mark.parametrize(
    ("source_id", "line"),
    [
        (ESSAY, "[essay, title not stated]. Gatestone Institute. Nov 2023."),
        (NEWSLETTER, "[newsletter, title not stated]. Feb 2024."),
        (
            VIDEO,
            "Nuard Tadevosyan (script); Anna Grigorian (video). “War crimes committed by Azerbaijan during 2020 "
            "Artsakh invasion” [video text]. Keghart. 7 May 2021.",
        ),
    ],
)
def test_a_plain_citation_tells_what_is_named_and_no_more(shipped: Dataset, source_id: str, line: str) -> None:
    assert citations.plain(shipped.sources[source_id]) == line


def test_bibtex_holds_each_document_once_with_balanced_braces(shipped: Dataset) -> None:
    text = citations.bibtex(shipped.sources.values())
    assert re.findall(r"^@\w+\{(.+),$", text, re.MULTILINE) == list(shipped.sources)
    assert depth(text) == 0
    assert "  date = {2023-11},\n  year = {2023},\n" in text
    assert text.count("  author = ") == sum(bool(source.author) for source in shipped.sources.values()) == 2


def test_no_cell_breaks_out_of_its_bibtex_field(shipped: Dataset) -> None:
    hostile = changed(shipped, title="}\n@misc{x, \\input{/etc/passwd} 50% & $1 #2 a_b ~ ^ Şuşa {")
    text = citations.bibtex([hostile, shipped.sources[ESSAY]])
    assert depth(text) == 0
    assert len(re.findall(r"^@", text, re.MULTILINE)) == 2
    title = re.search(r"^  title = \{\{(.*)\}\},$", text, re.MULTILINE)
    assert title and title[1] == (
        r"\textbraceright{} @misc\textbraceleft{}x, \textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{} "
        r"50\% \& \$1 \#2 a\_b \textasciitilde{} \textasciicircum{} Şuşa \textbraceleft{}"
    )


def test_names_that_differ_only_in_signs_get_citation_keys_of_their_own(shipped: Dataset) -> None:
    names = ["BBC, News", "BBC; News", "bbc-news", "BBC-News", "Աղբյուր", "Ադրբեջան", "}{"]
    text = citations.bibtex(changed(shipped, source_id=name) for name in names)
    keys = re.findall(r"^@\w+\{(.+),$", text, re.MULTILINE)
    assert len(set(keys)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_:-]+", key) for key in keys)


def test_csl_json_gives_types_names_and_dates_as_far_as_known(shipped: Dataset) -> None:
    items = {item["id"]: item for item in json.loads(citations.csl_json(shipped.sources.values()))}
    assert list(items) == list(shipped.sources)
    assert items[ARTICLE]["issued"] == {"date-parts": [[2017, 10, 23]]}
    assert items[NEWSLETTER]["issued"] == {"date-parts": [[2024, 2]]}
    assert items[WEEKLY]["type"] == "article-newspaper"
    assert items[WEEKLY]["container-title"] == "Al-Ahram Weekly"
    assert "author" not in items[WEEKLY]
    assert items[VIDEO]["author"] == [{"literal": "Nuard Tadevosyan (script)"}, {"literal": "Anna Grigorian (video)"}]
    assert {"publisher", "container-title", "author"}.isdisjoint(items[NEWSLETTER])


@pytest.mark.parametrize(
    ("published", "issued", "year"),
    [
        ("2020-10~", {"date-parts": [[2020, 10]], "circa": True}, "2020"),
        ("2020-09/2020-11-10", {"date-parts": [[2020, 9], [2020, 11, 10]]}, "2020"),
        ("2019/2020?", {"date-parts": [[2019], [2020]], "circa": True}, None),
        ("../2016-04-11", {"literal": "until 11 Apr 2016"}, None),
        ("201X", {"literal": "the 2010s"}, None),
        ("", None, None),
    ],
)
def test_a_vague_date_stays_vague(
    shipped: Dataset, published: str, issued: dict[str, Any] | None, year: str | None
) -> None:
    source = changed(shipped, published=published)
    assert json.loads(citations.csl_json([source]))[0].get("issued") == issued
    text = citations.bibtex([source])
    assert (f"  date = {{{published}}},\n" in text) == bool(published)
    found = re.search(r"  year = \{(\d+)\}", text)
    assert (found[1] if found else None) == year


def test_an_annotation_tells_the_rating_where_there_is_one(shipped: Dataset) -> None:
    rated, bare = shipped.sources[ESSAY], changed(shipped, reliability="", credibility="")
    items = json.loads(citations.csl_json([rated, bare]))
    assert items[0]["annote"].endswith(" Admiralty rating: reliability D, credibility 3.")
    assert items[1]["annote"] == bare.reader_note
