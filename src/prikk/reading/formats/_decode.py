"""Bytes to text: find the encoding that a file does not name."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8 with a byte-order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),  # before utf-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
# Bytes that are Nordic letters in the code page of DOS, and signs inside a word in that of Windows.
_DOS_WORD = re.compile(rb"[A-Za-z][\x81-\x91\x94\x99-\x9b\x9d][A-Za-z]")
_WINDOWS_WORD = re.compile(rb"[A-Za-z][\xc0-\xff][A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and the encoding it was in; ``lost`` counts the places that were no valid character."""

    text: str
    encoding: str
    lost: int = 0

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What a person should know of the encoding; nothing for plain ASCII."""
        if self.encoding == "ascii":
            return ()
        lost = f", {self.lost} places of which are not valid" if self.lost else ""
        return (f"encoding {self.encoding}{lost}",)


def decode(data: bytes) -> Decoded | None:
    """Decode a text file; None when it is no text.

    A byte-order mark decides; then zeros in every second byte (UTF-16); then UTF-8 if the bytes are
    valid, or nearly; last an eight-bit page: DOS where its letters stand inside words, else Windows.

    >>> decode("Færder;Mål".encode("latin-1"))
    Decoded(text='Færder;Mål', encoding='latin-1', lost=0)
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _text(data.decode(codec, errors="replace"), name)
    if b"\0" in data[:_SAMPLE]:
        return _wide(data)
    if data.isascii():
        return _text(data.decode("ascii"), "ascii")
    try:
        return _text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _text(*_eight_bit(data))


def decode_as(data: bytes, codec: str) -> Decoded:
    """Decode with an encoding that the file names itself."""
    text = data.decode(codec, errors="replace")
    return Decoded(text=text, encoding=codec, lost=text.count("\ufffd"))


def _text(text: str, encoding: str) -> Decoded | None:
    text = text.removeprefix("\ufeff")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 200 > len(sample):
        return None
    return Decoded(text=text, encoding=encoding, lost=text.count("\ufffd"))


def _wide(data: bytes) -> Decoded | None:
    sample = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd) or max(even, odd) * 3 < len(sample) // 2:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return _text(data.decode(codec, errors="replace"), codec)


def _nearly_utf8(data: bytes) -> Decoded | None:
    """A UTF-8 text with a few broken places (cut in the middle, pasted from elsewhere)."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    letters = len(text) - len(text.encode("ascii", errors="ignore")) - lost
    return _text(text, "utf-8") if letters > 4 * lost else None


def _eight_bit(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    if len(_DOS_WORD.findall(sample)) > len(_WINDOWS_WORD.findall(sample)):
        return data.decode("cp850"), "cp850"
    if not re.search(rb"[\x80-\x9f]", data):
        return data.decode("latin-1"), "latin-1"
    return data.decode("cp1252", errors="replace"), "cp1252"
