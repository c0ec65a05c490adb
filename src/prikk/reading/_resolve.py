"""From pieces and their bindings to cells with hierarchies: what the tables are, and how they hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from prikk.reading._checks import may_be_total
from prikk.reading._conflicts import by_title_words, compared, conflicts, headed, joined, repeats
from prikk.reading._dimensions import Bound, Dimension, Notes, free_name
from prikk.reading._facts import Cells, Facts, different
from prikk.reading._nest import without_nested
from prikk.reading._piece import Ints, Piece
from prikk.reading._spec import AuditSpec, DimensionRule
from prikk.reading._subjects import subjects, tell_apart
from prikk.reading._text import setting
from prikk.reading._trees import Tree, grow
from prikk.spec import TOTAL
from prikk.tabular import Status

_USUAL_LIMIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Dimensions with their hierarchies, and the different cells.

    ``facts`` has no -1 left. ``kept`` are the places of the first dimensions among the bound ones; any others are
    headings that tell tables apart. ``constants`` gives for a piece and a dimension the code of the whole piece.
    """

    dimensions: list[Dimension]
    trees: list[Tree]
    facts: Facts
    cells: Cells
    kept: Ints


def resolve(
    facts: Facts,
    pieces: Sequence[Piece],
    bounds: Sequence[Bound],
    dimensions: list[Dimension],
    given: tuple[AuditSpec, int | None, Notes],
) -> Resolved:
    """Find out what each table shows of each dimension, and the hierarchy of each.

    ``given`` are what the user says, the limit of the rule, and where to write what was found.
    """
    spec, threshold, notes = given
    facts = _titled(facts, pieces, bounds, dimensions)
    said = subjects(facts, pieces, bounds, dimensions)
    facts, dimensions, kept = without_nested(facts, dimensions, notes)
    facts = _told_apart(facts, pieces, dimensions, said, notes)
    cells = different(facts, np.maximum(facts.coords, 0))
    secondary = bool((cells.status == Status.SECONDARY).any())
    limit = None if secondary else (threshold or _USUAL_LIMIT) - 1
    trees = [grow(d, i, cells, limit, notes) for i, d in enumerate(dimensions)]
    facts = _topped(facts, dimensions, trees)
    facts = _settled(facts, dimensions, trees, spec, notes)
    cells = different(facts, facts.coords)
    return Resolved(dimensions=dimensions, trees=trees, facts=facts, cells=cells, kept=kept)


def _titled(
    facts: Facts, pieces: Sequence[Piece], bounds: Sequence[Bound], dimensions: list[Dimension]
) -> Facts:
    """Fill in what titles say of dimensions that other tables have in rows or columns."""
    plain = [i for i, d in enumerate(dimensions) if d.codelist is None and not d.is_time]
    lacking = [[d for d in plain if d not in {a for a, _ in b.axes} and d not in b.constants] for b in bounds]
    found = by_title_words(pieces, dimensions, lacking)
    coords = facts.coords.copy()
    for p, codes in found.items():
        for d, number in codes.items():
            coords[facts.piece == p, d] = number
    return replace(facts, coords=coords)


def _told_apart(
    facts: Facts, pieces: Sequence[Piece], dimensions: list[Dimension], said: dict[int, str], notes: Notes
) -> Facts:
    """Add a dimension of headings, if tables print different figures for the same cells."""
    found = compared(facts, different(facts, np.maximum(facts.coords, 0)))
    pairs = conflicts(found)
    if pairs:
        again = repeats(found, pieces)
        said = {p: text or said.get(again.get(p, p), "") for p, text in said.items()}
        told = (said if tell_apart(pairs, said) else None, again)
        numbers = headed(joined(pairs), pieces, dimensions, told, notes)
        own = np.full(len(pieces), -1, dtype=np.int64)
        for p, number in numbers.items():
            own[p] = number
        facts = replace(facts, coords=np.column_stack([facts.coords, own[facts.piece]]))
    return facts


def _topped(facts: Facts, dimensions: Sequence[Dimension], trees: Sequence[Tree]) -> Facts:
    """Give the total's code to codes that were found to be totals."""
    coords = facts.coords.copy()
    for d, (dimension, tree) in enumerate(zip(dimensions, trees, strict=True)):
        if not tree.top:
            continue
        coords[:, d] = np.where(coords[:, d] == tree.top, 0, coords[:, d])
        dimension.labels.setdefault(TOTAL, dimension.labels.get(dimension.codes[tree.top], TOTAL))
        tree.parents = {c: p for c, p in tree.parents.items() if p != tree.top}
    return replace(facts, coords=coords)


def _settled(
    facts: Facts, dimensions: list[Dimension], trees: list[Tree], spec: AuditSpec, notes: Notes
) -> Facts:
    """Decide for tables without a dimension whether they show its total, or stand apart."""
    coords = facts.coords.copy()
    for d, dimension in enumerate(tuple(dimensions)):
        lacking = coords[:, d] < 0
        if not lacking.any():
            continue
        coords[lacking, d] = 0
        total = _shows_total(replace(facts, coords=facts.coords), d, dimension, trees[d], spec)
        if total is not True:
            coords = np.column_stack([coords, _apart(lacking, dimension, dimensions, trees)])
            _say_apart(dimension, total, notes)
        elif dimension.codelist is None and len(dimension.codes) > 1:
            notes.assume(f"Tables without '{dimension.title}' show its total: their figures agree")
    return replace(facts, coords=coords)


def _shows_total(facts: Facts, d: int, dimension: Dimension, tree: Tree, spec: AuditSpec) -> bool | None:
    rule = spec.dimensions.get(dimension.name) or DimensionRule()
    if dimension.codelist is not None or len(dimension.codes) == 1 or rule.absent == "total":
        return True
    if rule.absent == "apart":
        return False
    return may_be_total(facts, d, len(dimension.codes), tree, different(facts, np.maximum(facts.coords, 0)))


def _apart(
    lacking: NDArray[np.bool_], dimension: Dimension, dimensions: list[Dimension], trees: list[Tree]
) -> Ints:
    """Add a dimension without a total that keeps tables with and without another one apart."""
    title = f"divided by {dimension.title}"
    added = Dimension(name=free_name("tables", [x.name for x in dimensions]), title=title, named=False)
    numbers = [added.number(code, code) for code in (title, f"not {title}")]
    added.order(numbers)
    dimensions.append(added)
    trees.append(Tree({}))
    return np.where(lacking, numbers[1], numbers[0])


def _say_apart(dimension: Dimension, total: bool | None, notes: Notes) -> None:  # noqa: FBT001
    why = (
        "nothing tells whether they show its total"
        if total is None
        else "their figures are not those of its total"
    )
    notes.doubt(
        f"Tables without '{dimension.title}' stand apart from those with it: {why}; settled by "
        f"{setting('dimensions', dimension.name, 'absent')}"
    )
