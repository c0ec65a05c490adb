"""Words of a PDF page with their places, by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import ModuleType
from typing import Any

from prikk.reading.formats._limits import Budget
from prikk.reading.formats._words import Line, Word

_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_FIXED_NAMES = ("courier", "mono", "consol", "typewriter")
_FIXED_PITCH, _FORCE_BOLD = 1, 1 << 18  # PDF 32000-1, table 123: font descriptor flags
_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_WORD_GAP = 0.17  # of the size; a blank is 0.2 to 0.35
_PHRASE_GAP = 0.55
_SAME_BASE = 0.2
_RAISED = 0.8
_FLOATS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    """One sign: where it starts and ends on its base line, how far down that is, and its number.

    ``raised`` is a letter or digit that does not reach down to its base line: a footnote mark of a font
    that has its own small figures.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    index: int
    raised: bool


def page_lines(raw: ModuleType, page: Any, budget: Budget) -> list[Line]:
    """Give the lines of a text page from top to bottom; a page that is written sideways is turned."""
    budget.spend(max(0, raw.FPDFText_CountChars(page)) // 10)
    signs = _upright(list(_signs(raw, page)))
    font = _font_reader(raw, page)
    lines = [_words(group, font) for group in _base_lines(signs)]
    return [replace(line, number=i) for i, line in enumerate(lines, start=1)]


def _signs(raw: ModuleType, page: Any) -> Iterator[tuple[int, _Sign]]:
    """Each sign that is drawn, with its direction in quarter turns."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for i in range(max(0, raw.FPDFText_CountChars(page))):
        text = _text(raw.FPDFText_GetUnicode(page, i))
        if not text:
            continue
        raw.FPDFText_GetCharOrigin(page, i, x, y)
        raw.FPDFText_GetLooseCharBox(page, i, box)
        raw.FPDFText_GetMatrix(page, i, matrix)
        size = raw.FPDFText_GetFontSize(page, i) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        left, right, base = _turned(turn, box, x.value, y.value)
        if not (size > 0 and math.isfinite(left + right + base + size)):
            continue
        raised = text.isalnum() and base - _foot(raw, page, i, turn) > _FLOATS * size
        yield turn, _Sign(text=text, left=left, right=right, base=base, size=size, index=i, raised=raised)


def _text(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    if code <= 32 or code in (0xA0, 0xAD) or code >= 0xFFFE or 0xD800 <= code < 0xE000:
        return ""
    text = _LIGATURES.get(code) or chr(code)
    return "" if text.isspace() else text


def _turned(turn: int, box: Any, x: float, y: float) -> tuple[float, float, float]:
    """Start, end and base line as they are when the writing is level.

    A letter such as "j" reaches back over the blank before it; it starts where the pen was set down.
    """
    left, right, base, pen = {
        0: (box.left, box.right, -y, x),
        1: (box.bottom, box.top, x, y),
        2: (-box.right, -box.left, y, -x),
        3: (-box.top, -box.bottom, -x, -y),
    }[turn]
    return (max(left, pen) if pen < right else left), right, base


def _foot(raw: ModuleType, page: Any, index: int, turn: int) -> float:
    """How far down a sign's drawing reaches, when the writing is level."""
    sides = [ctypes.c_double() for _ in range(4)]
    drawn = raw.FPDFText_GetCharBox(page, index, *sides)
    left, right, bottom, top = (side.value for side in sides)
    return (-bottom, right, top, -left)[turn] if drawn and right > left and top > bottom else math.inf


def _upright(found: Sequence[tuple[int, _Sign]]) -> list[_Sign]:
    """The signs in the direction that most of the page is written in."""
    turns = Counter(turn for turn, _ in found)
    main = max(turns, key=lambda turn: turns[turn], default=0)
    return [sign for turn, sign in found if turn == main]


def _base_lines(signs: Sequence[_Sign]) -> list[list[_Sign]]:
    """Signs on one base line, from top to bottom; raised marks go to the line they belong to, or away."""
    groups: list[list[_Sign]] = []
    for sign in sorted(signs, key=lambda s: s.base):
        if groups and sign.base - groups[-1][-1].base <= _SAME_BASE * sign.size:
            groups[-1].append(sign)
        else:
            groups.append([sign])
    for above, line in pairwise(groups):
        for mark in [s for s in above if _is_raised(s, line)]:
            above.remove(mark)
            if not _touches(mark, line):
                line.append(mark)
    return [list(_without_marks(sorted(group, key=lambda s: s.left))) for group in groups if group]


def _without_marks(line: Sequence[_Sign]) -> Iterator[_Sign]:
    """A line without raised signs that follow others closely; one that stands alone stays."""
    before: _Sign | None = None
    for sign in line:
        if not (sign.raised and before is not None and _touches(sign, [before])):
            yield sign
        before = sign


def _is_raised(mark: _Sign, line: Sequence[_Sign]) -> bool:
    size = max(s.size for s in line)
    return mark.size <= _RAISED * size and 0 < line[0].base - mark.base <= 0.7 * size


def _touches(mark: _Sign, line: Sequence[_Sign]) -> bool:
    """Whether a raised mark follows a sign of the line, or another mark, closely."""
    return any(-0.3 * s.size <= mark.left - s.right <= 0.5 * s.size for s in line)


def _words(signs: Sequence[_Sign], font: Callable[[int], _Font]) -> Line:
    groups: list[list[_Sign]] = []
    for sign in signs:
        if groups and sign.left - groups[-1][-1].right <= _WORD_GAP * sign.size:
            groups[-1].append(sign)
        else:
            groups.append([sign])
    first = signs[0]
    size = max(s.size for s in signs)
    words = tuple(
        Word(text="".join(s.text for s in g), left=g[0].left, right=g[-1].right, bold=font(g[0].index).bold)
        for g in groups
    )
    blank = 1.5 * (first.right - first.left) if font(first.index).fixed else _PHRASE_GAP * size
    return Line(number=0, base=first.base, size=size, blank=blank, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Font:
    """What the font of a sign says of it; in a fixed one a blank is as wide as a letter."""

    bold: bool
    fixed: bool


def _font_reader(raw: ModuleType, page: Any) -> Callable[[int], _Font]:
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()

    def font(index: int) -> _Font:
        length = raw.FPDFText_GetFontInfo(page, index, buffer, len(buffer), flags)
        if not 0 < length <= len(buffer):
            return _Font(bold=False, fixed=False)
        name = buffer.value.decode("utf-8", errors="replace").lower()
        return _Font(
            bold=bool(flags.value & _FORCE_BOLD) or any(word in name for word in _BOLD_NAMES),
            fixed=bool(flags.value & _FIXED_PITCH) or any(word in name for word in _FIXED_NAMES),
        )

    return font
