"""The columns of a table that is drawn by places alone, and its rows cut by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prikk.reading._grid import GridCell
from prikk.reading.formats._cells import Row, looks_like_value
from prikk.reading.formats._words import Line, Phrase, clusters, phrases

_FEW = 0.12  # of the lines
_NEAR = 0.25  # of the size


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A strip of the page, wide enough for everything that stands in it."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return (self.left + self.right) / 2


def find_columns(body: Sequence[Line], heads: Sequence[Line]) -> tuple[Column, ...]:
    """Find the columns of the lines with figures.

    Figures that overlap from line to line make a column. Two neighbours that never stand in one line
    (right-aligned figures, centred stars) are one, unless the headings just above tell them apart; and a
    heading with nothing under it has a column of its own.
    """
    edges = strong_edges(body)
    cut = [cut_line(line, edges) for line in body]
    names = phrases(heads[-1]) if heads else []
    bands = _merged(_bands(cut), cut, names)
    if len(names) >= len(bands):  # else it is a heading over several columns
        bands += [_strip(name) for name in names if not any(_meet(name, band) for band in bands)]
    return tuple(sorted(bands, key=lambda band: band.left))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Places where figures of several lines begin, and where they end."""

    left: tuple[float, ...]
    right: tuple[float, ...]


def strong_edges(body: Sequence[Line]) -> Edges:
    """The edges that figures of several lines share; the first phrase of a line is its label."""
    size = body[0].size
    found = [p for line in body for p in phrases(line)[1:] if looks_like_value(p.text)]
    least = max(2.0, 0.3 * len(body))
    left, right = (
        tuple(sum(c) / len(c) for c in clusters(places, _NEAR * size) if len(c) >= least)
        for places in ([p.left for p in found], [p.right for p in found])
    )
    return Edges(left=left, right=right)


def cut_line(line: Line, edges: Edges) -> list[Phrase]:
    """The phrases of a line; one that runs over the edge of a column is cut there."""
    return [part for phrase in phrases(line) for part in _cut_phrase(phrase, edges, _NEAR * line.size)]


def _cut_phrase(phrase: Phrase, edges: Edges, near: float) -> Iterator[Phrase]:
    start = 0
    for i in range(1, len(phrase.words)):
        before, after = Phrase(words=phrase.words[start:i]), Phrase(words=phrase.words[i:])
        if _ends(edges, before, after, near) or _begins(edges, before, after, near):
            yield before
            start = i
    yield Phrase(words=phrase.words[start:])


def _ends(edges: Edges, before: Phrase, after: Phrase, near: float) -> bool:
    """Whether a figure ends at the edge of a column, and what follows at that of another one."""
    both = _at(edges.right, before.right, near) and _at(edges.right, after.right, near)
    return both and looks_like_value(before.text)


def _begins(edges: Edges, before: Phrase, after: Phrase, near: float) -> bool:
    """Whether a figure begins at the edge of a column, close behind a label."""
    figure = looks_like_value(after.text) and not looks_like_value(before.text)
    return figure and _at(edges.left, after.left, near)


def _at(edges: Sequence[float], place: float, near: float) -> bool:
    return any(abs(place - edge) <= near for edge in edges)


def _bands(lines: Sequence[Sequence[Phrase]]) -> list[Column]:
    """The strips in which phrases of the lines stand, from left to right.

    A strip ends where few lines have anything: a long label may reach over the blank cell beside it.
    What stands in no such strip makes strips of its own.
    """
    found = [p for line in lines for p in line]
    bands = list(_crowded(found, _FEW * len(lines)))
    lonely = [p for p in found if not any(_meet(p, band) for band in bands)]
    return sorted([*bands, *_crowded(lonely, 0)], key=lambda band: band.left)


def _crowded(found: Sequence[Phrase], few: float) -> Iterator[Column]:
    """The strips where more than a few phrases are above each other."""
    edges = sorted([(p.right, -1) for p in found] + [(p.left, 1) for p in found])  # an end before a start
    count = 0
    start = 0.0
    for place, step in edges:
        before, count = count, count + step
        if before <= few < count:
            start = place
        elif count <= few < before:
            yield Column(left=start, right=place)


def _strip(phrase: Phrase) -> Column:
    return Column(left=phrase.left, right=phrase.right)


def _meet(phrase: Phrase, band: Column) -> bool:
    return phrase.left < band.right and phrase.right > band.left


def _merged(
    bands: Sequence[Column], lines: Sequence[Sequence[Phrase]], names: Sequence[Phrase]
) -> list[Column]:
    """Join neighbours that exclude each other, but not to the stub at the left."""
    joined: list[tuple[Column, set[int], set[int]]] = []
    for band in bands:
        used = {i for i, line in enumerate(lines) if any(_meet(p, band) for p in line)}
        named = {i for i, name in enumerate(names) if _meet(name, band)}
        if len(joined) > 1:
            left, its_lines, its_names = joined[-1]
            one_name = bool(its_names & named)
            common = len(its_lines | used) * 10 >= len(lines) * 6 and not (its_names and named)
            if not its_lines & used and (one_name or common):
                both = Column(left=left.left, right=band.right)
                joined[-1] = (both, its_lines | used, its_names | named)
                continue
        joined.append((band, used, named))
    return [band for band, _, _ in joined]


def place_line(found: Sequence[Phrase], columns: Sequence[Column], stub_left: float, size: float) -> Row:
    """Put the phrases of a line into the columns; two in one column are joined."""
    texts: list[list[Phrase]] = [[] for _ in columns]
    for phrase in found:
        texts[_nearest(phrase, columns)].append(phrase)
    row = [_cell(group) for group in texts]
    first = texts[0]
    if first and row[0] is not None and not looks_like_value(row[0].text):
        indent = round((first[0].left - stub_left) / (0.5 * size))
        row[0] = GridCell(text=row[0].text, bold=row[0].bold, indent=max(0, indent))
    return tuple(row)


def _cell(group: Sequence[Phrase]) -> GridCell | None:
    if not group:
        return None
    return GridCell(text=" ".join(p.text for p in group), bold=all(p.bold for p in group))


def _nearest(phrase: Phrase, columns: Sequence[Column]) -> int:
    shared = [min(phrase.right, c.right) - max(phrase.left, c.left) for c in columns]
    best = max(range(len(columns)), key=lambda i: shared[i])
    if shared[best] > 0:
        return best
    return min(range(len(columns)), key=lambda i: abs(columns[i].middle - phrase.middle))


def place_heading(line: Line, columns: Sequence[Column]) -> Row:
    """Put a line of headings over the columns; one that stands in the middle of several spans them."""
    found = phrases(line)
    spans = _spans(found, columns, line.size)
    if spans is None:
        return place_line(found, columns, columns[0].left, line.size)
    row: list[GridCell | None] = [None] * len(columns)
    for phrase, (first, last) in zip(found, spans, strict=True):
        row[first] = GridCell(text=phrase.text, bold=phrase.bold, column_span=last - first + 1)
    return tuple(row)


def _spans(found: Sequence[Phrase], columns: Sequence[Column], size: float) -> list[tuple[int, int]] | None:
    """The columns under each heading, if every heading stands in the middle, or at the left, of its own."""
    owners: list[list[int]] = [[] for _ in found]
    for i, column in enumerate(columns):
        owner = min(range(len(found)), key=lambda p: _distance(found[p], column))
        if i > 0 or found[owner].left < column.right:
            owners[owner].append(i)
    if not all(owners) or all(len(own) == 1 for own in owners):
        return None
    for phrase, own in zip(found, owners, strict=True):
        left, right = columns[own[0]].left, columns[own[-1]].right
        centred = abs(phrase.middle - (left + right) / 2) <= 1.5 * size
        if not (centred or abs(phrase.left - left) <= 0.5 * size or len(own) == 1):
            return None
    return [(own[0], own[-1]) for own in owners]


def _distance(phrase: Phrase, column: Column) -> float:
    if phrase.left < column.right and phrase.right > column.left:
        return 0.0
    return abs(phrase.middle - column.middle)
