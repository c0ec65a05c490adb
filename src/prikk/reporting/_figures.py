"""Figures in the manner of the document, and the values that a cell may take."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator

from prikk.auditing import HiddenCell
from prikk.reading import Reading
from prikk.reporting._words import Words

MINUS = "\N{MINUS SIGN}"
_GROUPED = re.compile(r"\d{1,3}(?P<mark>\D)\d{3}(?:(?P=mark)\d{3})*")
_LOOKED_AT = 200

Write = Callable[[int], str]


def figure_writer(reading: Reading) -> Write:
    """What writes a whole number with the grouping that the drawn tables use; without any where none is seen."""
    marks = Counter(itertools.islice(_marks(reading), _LOOKED_AT))
    mark = marks.most_common(1)[0][0] if marks else ""
    # A plain space would let a line break inside the figure.
    mark = "\N{NO-BREAK SPACE}" if mark == " " else mark

    def write(value: int) -> str:
        digits = f"{abs(value):,}".replace(",", mark)
        return f"{MINUS}{digits}" if value < 0 else digits

    return write


def _marks(reading: Reading) -> Iterator[str]:
    """What stands between the thousands of each drawn figure that has some."""
    low, high = reading.publication.low, reading.publication.high
    places = (p for table in reading.tables for row in table.rows for p in row if p is not None)
    for place in places:
        if place.cell is None or low[place.cell] < 1000 or low[place.cell] != high[place.cell]:
            continue
        text = place.text.strip()
        found = _GROUPED.fullmatch(text)
        if found:
            yield found["mark"]
        elif text.isdecimal():
            yield ""


def values_text(low: int, high: int | None, say: Words, write: Write) -> str:
    """The values of an interval in words: ``2``, ``0 to 3``, ``5 or more``."""
    if high is None:
        return say.no_end.format(low=write(low))
    return write(low) if low == high else say.span.format(low=write(low), high=write(high))


def outer_values(cell: HiddenCell, say: Words, write: Write) -> str:
    """The values that a cell may take, as far as is proven."""
    return values_text(cell.low, cell.high, say, write)
