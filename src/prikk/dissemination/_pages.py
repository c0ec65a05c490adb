"""Which rows of a table stay on one page, wherever its pages end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prikk.dissemination._layout import Row


def bonds(rows: Sequence[Row], most: int) -> tuple[int, ...]:
    """Part rows, the total not among them, into runs that a page may not end within; gives their lengths.

    A group of at most ``most`` rows is one run with the subtotals that follow it. Of a longer one, its last part keeps
    its subtotals, so that no page begins with a sum cut off from all that it sums. Nor does a last row stand alone.
    """
    lengths = [length for group in groups(rows) for length in _runs(group, most)]
    if len(lengths) > 1 and lengths[-2:] == [1, 1]:
        lengths[-2:] = [2]
    return tuple(lengths)


def groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Parts together with the subtotals that follow them; the last group may have none."""
    group: list[Row] = []
    for row in rows:
        if group and group[-1].bold and not row.bold:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _runs(group: Sequence[Row], most: int) -> list[int]:
    subtotals = sum(row.bold for row in group)
    if subtotals and len(group) <= most:
        return [len(group)]
    tied = min(len(group), subtotals + 1)
    return [1] * (len(group) - tied) + [tied]
