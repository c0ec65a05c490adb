"""How the tables stand on paper: upright or across, how wide their columns are, and how many columns go side by side.

All tables of a report share one geometry, so that their columns stand below each other. Widths are estimates from the
letters; they are generous, and what is wider than thought wraps.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

UPRIGHT, ACROSS = 174.0, 261.0
"""The width of the text on A4 (210 by 297 mm) between margins of 18 mm."""

FIGURE_EM, HEAD_EM = 3.175, 2.82  # mm: 9 and 8 points
GAP = 1.2  # mm, on either side of a cell
_STUBS = (45.0, 62.0, 95.0)  # the narrowest, what is wanted upright at least, and the widest
_NARROWEST_FIGURE = 11.0
_NEARLY = 30.0


Blocks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Widths in mm. ``blocks`` are the columns side by side, from and to (not included), by family; a table has them below each other."""

    across: bool
    stub: float
    figure: float
    blocks: Mapping[int, Blocks]


def geometry(
    years: Mapping[int, Sequence[int]], labels: Iterable[str], figures: Iterable[str], heads: Iterable[str]
) -> Geometry:
    """Choose: upright where everything fits, else across, else across in blocks; whole years where they fill them.

    ``years`` has the year of each column, by family.
    """
    figure = _figure_width(figures, heads)
    wanted = min(max(width(label) for label in labels) * FIGURE_EM + 2 * GAP, _STUBS[2])
    needed = max(map(len, years.values()), default=0) * figure
    for across, room, least in ((False, UPRIGHT, _STUBS[1]), (True, ACROSS, _STUBS[0])):
        if needed + min(wanted, least) <= room:
            whole = {family: ((0, len(columns)),) for family, columns in years.items()}
            stub = _stub_width(wanted, room - needed)
            return Geometry(across=across, stub=stub, figure=figure, blocks=whole)
    beside = max(int((ACROSS - _STUBS[0]) / figure), 1)
    blocks = {family: _blocks(columns, beside) for family, columns in years.items()}
    widest = max(end - start for own in blocks.values() for start, end in own)
    stub = _stub_width(wanted, ACROSS - widest * figure)
    return Geometry(across=True, stub=stub, figure=figure, blocks=blocks)


def _stub_width(wanted: float, room: float) -> float:
    """What the labels want, where there is room; a table that is nearly as wide as the page is just as wide."""
    if wanted <= room <= wanted + _NEARLY:
        return room
    return max(min(wanted, room), _STUBS[0])


def _figure_width(figures: Iterable[str], heads: Iterable[str]) -> float:
    widest = max((width(text) for text in figures), default=0) * FIGURE_EM
    words = [width(word) for head in heads for word in head.split()]
    return max(widest, max(words, default=0) * HEAD_EM, _NARROWEST_FIGURE - 2 * GAP) + 2 * GAP


def _blocks(columns: Sequence[int], beside: int) -> Blocks:
    """The fewest blocks: years where there are as few of them, else of lengths as equal as can be."""
    count = math.ceil(len(columns) / beside)
    years = [len(list(year)) for _, year in itertools.groupby(columns)]
    if len(years) == count and max(years) <= beside:
        lengths = years
    else:
        short, more = divmod(len(columns), count)
        lengths = [short + 1] * more + [short] * (count - more)
    ends = list(itertools.accumulate(lengths, initial=0))
    return tuple(itertools.pairwise(ends))


def width(text: str) -> float:
    """About how many em a bold text is wide."""
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "mwMW@%—…‰" or letter.isupper():
        return 0.8
    if letter in " \u00a0.,:;'’|!iljtfr-()[]":
        return 0.36
    return 0.54


def lines(text: str, room: float) -> int:
    """How many lines a label takes in a column of ``room`` mm, a little more rather than less."""
    return max(math.ceil(width(text) * FIGURE_EM * 1.1 / (room - 2 * GAP)), 1)


def breakable(text: str, room: float) -> str:
    """The text with a place to break in every word that is wider than its column, which nothing else would hold in."""
    return " ".join(_chopped(word, (room - 2 * GAP) / FIGURE_EM) for word in text.split(" "))


def _chopped(word: str, room: float) -> str:
    if width(word) <= room:
        return word
    step = max(int(room / 0.9), 1)
    return "\u200b".join(word[at : at + step] for at in range(0, len(word), step))
