"""The encoding of a text, found by trial, and the text as UTF-8."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import chardet

from geodata.model.text import number_of
from geodata.store.readers.raw import Reading

LOOKED_AT = 200_000
"""Bytes of lines with letters beyond ASCII by which the encoding is judged."""

PIECE = 1 << 22

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

FAMILIES = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "koi8-r",
    "koi8-u", "iso-8859-2", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8",
    "iso-8859-10", "iso-8859-13", "iso-8859-15", "mac-roman", "mac-cyrillic", "cp932", "euc-jp", "gb18030", "big5",
    "cp949", "cp874",
)  # fmt: skip
"""Encodings that are tried where a text is not Unicode: those that spreadsheets and offices still write."""

WESTERN = "cp1252"
"""What is said of several encodings of which a text is the same."""

SPOKEN = {"cp866": "DOS Cyrillic (CP866)", "cp932": "Shift-JIS", "cp949": "Korean (CP949)", "utf-8-sig": "UTF-8"}
"""Names of encodings that are not said as Python writes them."""


@dataclass(frozen=True)
class Text:
    """A file that holds a text as UTF-8 from the byte ``start`` on, and the notes on how it was decoded."""

    path: Path
    start: int = 0
    notes: tuple[str, ...] = ()


def as_utf8(reading: Reading) -> Text:
    """The text of a file, in the file itself where that is UTF-8. Zero bytes are left out.

    Raises `InvalidData` for an encoding of ``hints`` that is not known.
    """
    with reading.path.open("rb") as file:
        head = file.read(PIECE)
    encoding = reading.hints.encoding or by_marks(head)
    if encoding in (None, "utf-8-sig"):
        bad, letters, plain = _utf8(reading.path)
        if not bad and plain:
            return Text(reading.path, len(codecs.BOM_UTF8) if encoding else 0)
        encoding = encoding or "utf-8" if not bad or letters > 2 * bad else guess(_telling(reading.path))
    try:
        b"a".decode(encoding, "replace")
    except (LookupError, AssertionError) as error:  # of codecs that are none of texts, too
        raise reading.refused(f"the encoding '{encoding}' is not known; write 'utf-8' or 'cp1251'") from error
    except UnicodeError:  # one byte is too few
        pass
    try:
        return _decoded(reading, encoding)
    except UnicodeError as error:
        raise reading.refused(f"cannot be read as '{encoding}'; write 'utf-8' or 'cp1251'") from error


def guess(letters: bytes) -> str:
    """The encoding, as Python names it, of bytes that are not UTF-8."""
    found = chardet.detect(letters, include_encodings=FAMILIES, compat_names=False)
    name = str(found["encoding"] or WESTERN)
    same = letters.decode(name, "replace") == letters.decode(WESTERN, "replace")
    return WESTERN if same else name


def of_letters(text: bytes) -> str:
    """The encoding of a short text that may be UTF-8."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return guess(text)
    return "utf-8"


def spoken(encoding: str) -> str:
    """An encoding as people name it: "Windows-1251"."""
    name = codecs.lookup(encoding).name
    if windows := re.fullmatch(r"cp(125\d)", name):
        return f"Windows-{windows[1]}"
    return SPOKEN.get(name, name.upper().replace("_", "-").replace("ISO8859", "ISO-8859"))


def by_marks(head: bytes) -> str | None:
    """The encoding that a byte order mark names, or UTF-16 by the zero bytes beside its letters."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    sample = head[:2000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) / 8 and odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) / 8 and even > 8 * odd else None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _utf8(path: Path) -> tuple[int, int, bool]:
    """How many places are not UTF-8, how many letters beyond ASCII are, and whether there is no zero byte."""
    decoder = codecs.getincrementaldecoder("utf-8")("attest-count")
    bad, letters, plain = 0, 0, True
    for piece in itertools.chain(_pieces(path), [b""]):
        plain &= b"\0" not in piece
        if piece.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(piece, final=not piece)
        wrong = text.count(_BAD)
        bad += wrong
        letters += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return bad, letters, plain


_BAD = "\udc00"


def _count(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return _BAD, error.end


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8, read as Windows-1252, in which programs mostly add them."""
    assert isinstance(error, UnicodeDecodeError)
    return _BAD + error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("attest-count", _count)
codecs.register_error("attest-windows", _windows)


def _telling(path: Path) -> bytes:
    """Lines with letters beyond ASCII, from anywhere in the file."""
    found = bytearray()
    for piece in _pieces(path):
        for line in re.findall(rb"[^\r\n]*[\x80-\xff][^\r\n]*", piece):
            found += line + b"\n"
            if len(found) > LOOKED_AT:
                return bytes(found[:LOOKED_AT])
    return bytes(found)


def _decoded(reading: Reading, encoding: str) -> Text:
    """The text in a file of its own, as UTF-8."""
    target = reading.folder / f"{reading.path.name}.utf8"
    unicode = spoken(encoding) == "UTF-8"
    decoder = codecs.getincrementaldecoder(encoding)("attest-windows" if unicode else "replace")
    zeros = wrong = 0
    with target.open("wb") as file:
        for piece in itertools.chain(_pieces(reading.path), [b""]):
            text = decoder.decode(piece, final=not piece)
            zeros, wrong = zeros + text.count("\0"), wrong + text.count(_BAD if unicode else "\ufffd")
            file.write(text.replace("\0", "").replace(_BAD, "").encode("utf-8", "replace"))
    places = number_of(wrong, "place")
    notes = [] if unicode else [f"Read as {spoken(encoding)}."]
    if wrong and unicode:
        notes.append(f"In {places} bytes that are not UTF-8 are read as Windows-1252.")
    elif wrong:
        notes.append(f"In {places} bytes that are not {spoken(encoding)} are shown as \ufffd.")
    if zeros:
        notes.append(f"{number_of(zeros, 'zero byte')} {'is' if zeros == 1 else 'are'} left out.")
    return Text(target, notes=tuple(notes))
