"""The words of many reports are folded at once, and by the same rule as those of a search."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.model.text import fold
from geodata.store import search_words

ASCII = st.text(st.sampled_from([*map(chr, range(128)), *"     '`aB-"]), max_size=20)


@settings(max_examples=400, deadline=None)
@given(texts=st.lists(ASCII | st.text(max_size=8) | st.none(), max_size=12), left_out=st.integers(0, 3))
def test_texts_are_folded_together_as_each_is_alone(texts: list[str | None], left_out: int) -> None:
    column = pa.chunked_array([pa.array(texts, pa.string())]).slice(left_out)
    assert search_words._folded(column).to_pylist() == [text and fold(text) for text in texts[left_out:]]


@settings(max_examples=400, deadline=None)
@given(texts=st.lists(ASCII, min_size=1, max_size=12))
def test_texts_of_ascii_are_folded_together_as_each_is_alone(texts: list[str]) -> None:
    assert search_words._folded_ascii(pa.array(texts, pa.string())).to_pylist() == [*map(fold, texts)]
