"""Tables on a page that has only words and places: no cells, no rules, no marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prikk.reading.formats._cells import Row, looks_like_period, looks_like_value, starts_table
from prikk.reading.formats._columns import cut_line, find_columns, place_heading, place_line, strong_edges
from prikk.reading.formats._words import Line, phrases
from prikk.reading.formats._wrapped import last_wrapped, unwrapped

_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_MOST_LABEL_LINES = 3
_WIDE_GAP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """A table found on a page: the lines its rows begin on, and how many lines it takes of the page."""

    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    taken: int

    @property
    def headed(self) -> bool:
        """Whether it begins with a heading."""
        return starts_table(self.rows[0])


def page_items(lines: Sequence[Line]) -> list[PageTable | str]:
    """Give the tables of a page and the lines of text around them, from top to bottom.

    A table begins with the headings above its first line of figures and goes on while lines of figures
    follow each other, with at most three lines of labels between them. What does not make two columns
    and two rows is text.
    """
    result: list[PageTable | str] = []
    done = 0
    for body in _bodies(lines):
        top = _top(lines, body, done)
        first = _first_heading(lines, body, top, done)
        table = _table(lines, (first, top), body)
        if table is None:
            continue
        result.extend(line.text for line in lines[done:first])
        result.append(table)
        done = first + table.taken
    result.extend(line.text for line in lines[done:])
    return result


def _bodies(lines: Sequence[Line]) -> list[list[int]]:
    """Runs of lines with figures, by their index."""
    figures = [i for i, line in enumerate(lines) if _has_figures(line)]
    runs: list[list[int]] = []
    for i in figures:
        if runs and _goes_on(lines, runs[-1][-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [run for run in runs if len(run) > 1]


def _has_figures(line: Line) -> bool:
    if _LEADERS.search(line.text):
        return False
    found = phrases(line)
    return len(found) > 1 and any(looks_like_value(p.text) for p in found[1:])


def _goes_on(lines: Sequence[Line], last: int, next_: int) -> bool:
    """Whether the lines between two lines of figures are labels, and not the titles of another table."""
    between = lines[last + 1 : next_]
    if len(between) > _MOST_LABEL_LINES or any(len(phrases(line)) > 1 for line in between):
        return False
    if between and _all_periods(lines[next_]):
        return False
    pitch = (lines[next_].base - lines[last].base) / (len(between) + 1)
    return pitch <= _WIDE_GAP * lines[last].size


def _all_periods(line: Line) -> bool:
    found = phrases(line)
    return all(looks_like_period(p.text) for p in found[1:])


def _top(lines: Sequence[Line], body: Sequence[int], done: int) -> int:
    """Where the rows begin: at the first line of figures, or at the lines of labels between that and a heading."""
    first = body[0]
    top = first
    while top > done and first - top < _MOST_LABEL_LINES and _is_label(lines[top - 1], lines[first]):
        top -= 1
    return top if done < top < first and _stands_over(lines[top - 1], lines[first]) else first


def _is_label(line: Line, figures: Line) -> bool:
    found, columns = phrases(line), phrases(figures)
    return len(found) == 1 and found[0].right < columns[1].left and found[0].left <= columns[0].right


def _stands_over(heading: Line, figures: Line) -> bool:
    """Whether a line without figures has a phrase above every figure of another."""
    found, size = phrases(heading), heading.size
    if len(found) < 2 or _has_figures(heading) or _LEADERS.search(heading.text):
        return False
    return figures.base - heading.base <= _WIDE_GAP * size and all(
        any(h.left - size < f.right and h.right + size > f.left for h in found) for f in phrases(figures)[1:]
    )


def _first_heading(lines: Sequence[Line], body: Sequence[int], top: int, done: int) -> int:
    """The index of the uppermost heading: lines of several phrases, or of one that stands over the columns."""
    first = top
    stub = phrases(lines[body[0]])[0]
    right = max(lines[i].words[-1].right for i in body)
    whole, columns = (stub.left + right) / 2, (stub.right + right) / 2
    while first > done:
        above = lines[first - 1]
        found = phrases(above)
        if lines[first].base - above.base > _WIDE_GAP * above.size or _LEADERS.search(above.text):
            break
        middle = found[0].middle
        if len(found) == 1 and (found[0].left <= stub.right or abs(middle - whole) < abs(middle - columns)):
            break  # a title, at the left or in the middle of the page
        first -= 1
    return first


def _table(lines: Sequence[Line], start: tuple[int, int], body: Sequence[int]) -> PageTable | None:
    """Make the table of lines; ``start`` is where its headings begin, and where its rows do."""
    first, top = start
    figures = [lines[i] for i in body]
    heads = lines[first:top]
    columns = find_columns(figures, heads)
    if len(columns) < 2:
        return None
    edges = strong_edges(figures)
    stub_left = min(line.words[0].left for line in figures)
    inside = set(body)
    last = last_wrapped(lines, body, columns)
    rows: list[Row] = [place_heading(head, columns) for head in heads]
    for i in range(top, last + 1):
        found = cut_line(lines[i], edges) if i in inside else phrases(lines[i])
        rows.append(place_line(found, columns, stub_left, lines[i].size))
    taken = lines[first : last + 1]
    kept, joined = unwrapped(rows, taken, len(heads))
    return PageTable(rows=tuple(joined), lines=tuple(taken[i].number for i in kept), taken=len(taken))
