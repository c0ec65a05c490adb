"""The grammar of a PX file: ``KEYWORD[language]("subkey")="value","value";`` in lines of at most 256 characters.

PX-file format specification, AXIS-VERSION 2013 (Statistics Sweden). A text has no way to hold a quotation mark, and a
``#`` in a note is a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LINE = 256
END = "\r\n"
_PIECE = 240
_SPACE = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """A text that a PX string can hold: on one line, and with the other quotation mark.

    >>> plain('Sjark "Ole"')
    "Sjark 'Ole'"
    """
    return _SPACE.sub(" ", text.replace('"', "'")).strip() or "-"


def unlike(texts: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """Plain texts of which no two are the same: the second of a kind gets its code, for notes and tools go by the text.

    >>> unlike(("Other", "Other"), ("1", "11"))
    ('Other', 'Other (11)')
    """
    seen: set[str] = set()
    found = []
    for text, code in zip(texts, codes, strict=True):
        name = plain(text)
        while name in seen:
            name = f"{name} ({plain(code)})"
        seen.add(name)
        found.append(name)
    return tuple(found)


def entry(keyword: str, value: str, *, language: str = "", key: Iterable[str] = ()) -> str:
    """A keyword with its value, which is quoted already."""
    subkeys = ",".join(f'"{k}"' for k in key)
    head = keyword + (f"[{language}]" if language else "") + (f"({subkeys})" if subkeys else "")
    gap = END if len(head) + 2 + len(value.split(END, 1)[0]) > LINE else ""
    return f"{head}={gap}{value};{END}"


def quoted(text: str) -> str:
    """A text as one string, or as several on lines of their own that are read as one.

    >>> print(quoted('Boats "at sea"'))
    "Boats 'at sea'"
    """
    words, pieces, piece = plain(text).split(" "), [], ""
    for word in words:
        if piece and len(piece) + len(word) >= _PIECE:
            pieces.append(piece)
            piece = ""
        piece += f"{word} "
    return END.join(f'"{p}"' for p in [*pieces, piece.rstrip(" ")])


def listed(texts: Iterable[str]) -> str:
    """Several plain texts, one string each; a line is broken after a comma and never inside a text."""
    lines, line = [], ""
    for text in texts:
        item = f'"{text}",'
        if line and len(line) + len(item) > _PIECE:
            lines.append(line)
            line = ""
        line += item
    return END.join([*lines, line]).rstrip(",")
