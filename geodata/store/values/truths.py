"""Marks of yes and no as tables of others write them."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from geodata.store.values.blanks import strings

YES = frozenset(
    {
        "true", "t", "yes", "y", "1", "x", "✓", "✔", "☑", "on",
        "да", "истина", "так", "այո", "bəli", "evet", "doğru", "oui", "vrai", "o", "ja", "j", "wahr", "sí", "si", "sì",
        "verdadero", "sim", "verdadeiro", "vero", "tak", "نعم",
    }
)  # fmt: skip
"""In small letters."""

NO = frozenset(
    {
        "", "false", "f", "no", "n", "0", "✗", "✘", "☐", "off", "na", "n/a", "null", "nan", "none",
        "нет", "ложь", "ні", "ոչ", "xeyr", "hayır", "yanlış", "non", "faux", "nein", "falsch", "nee", "falso", "não",
        "nao", "nie", "لا",
    }
)  # fmt: skip
"""The same; a cell that is blank, or in which a program wrote that it has no text, bears no mark."""

ZEROS = r"^(\d+)\.0+$"
"""What a program that takes a mark for a number makes of it."""


def read(texts: pa.Array, yes: Iterable[str] = (), no: Iterable[str] = ()) -> pa.Table:
    """Marks, one row a text; ``yes`` and ``no`` are further words, which go before ours.

    Columns: ``text`` as given; ``is_true``; ``problem``, blank or why the text is not read: then ``is_true`` is true,
    for what is marked must not slip through by its spelling.
    """
    told = [(YES, True), (NO, False), (yes, True), (no, False)]
    known = {fold(word): is_true for words, is_true in told for word in words}
    words = [fold(text) for text in pc.replace_substring_regex(strings(texts), ZEROS, r"\1").to_pylist()]
    problem = ["" if word in known else "is neither yes nor no; it counts as yes" for word in words]
    return pa.table(
        {
            "text": texts,
            "is_true": pa.array([known.get(word, True) for word in words], pa.bool_()),
            "problem": pa.array(problem, pa.string()),
        }
    )


def fold(word: str) -> str:
    """A word in small letters, without blanks around it; the Turkish ı and İ are an i, for "HAYIR" tells not which."""
    return word.strip().replace("İ", "i").casefold().replace("ı", "i")
