"""Statements that cannot hold beside the others: leave one out, and say which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from prikk.auditing._system import LISTED, MEMBER, PART, RELATION, SUM, printed_rows
from prikk.tabular import CellTable, Publication, sums

_ITS_FINEST = -1
"""In ``Publication.exempt`` the place of a dimension: the identity of a cell with its finest cells."""

Kind = Callable[[Publication, int], tuple[Publication, str]]


def without(publication: Publication, kind: int, number: int) -> tuple[Publication, str]:
    """Leave out the statement behind a row of the system (its ``origin``); shown figures only in the text."""
    return KINDS[kind](publication, number)


def _sum(publication: Publication, number: int) -> tuple[Publication, str]:
    verb = "be" if publication.additive else "be at most"
    return _identity(publication, number, f"{verb} the sum of its parts")


def _part(publication: Publication, number: int) -> tuple[Publication, str]:
    return _identity(publication, number, "be at least as large as each of its parts")


def _identity(publication: Publication, number: int, verb: str) -> tuple[Publication, str]:
    found = sums(publication.table)
    total, dimension = int(found.totals[number]), int(found.dimensions[number])
    name = publication.table.hierarchies[dimension].name
    text = f"the total ({_codes(publication.table, total)}) cannot {verb} along '{name}'."
    return replace(publication, exempt=(*publication.exempt, (total, dimension))), text


def _member(publication: Publication, cell: int) -> tuple[Publication, str]:
    verb = "be" if publication.additive else "be at most"
    text = f"the total ({_codes(publication.table, cell)}) cannot {verb} the sum of the finest cells in it."
    return replace(publication, exempt=(*publication.exempt, (cell, _ITS_FINEST))), text


def _relation(publication: Publication, number: int) -> tuple[Publication, str]:
    relation = publication.relations[number]
    rest = publication.relations[:number] + publication.relations[number + 1 :]
    return replace(publication, relations=rest), f"cannot hold beside the other figures: {relation.text}"


def _listed(publication: Publication, number: int) -> tuple[Publication, str]:
    """One empty row shows that rows are printed whatever they hold: nothing follows from any of them."""
    table, along = publication.table, publication.listed_over or 0
    cell = int(np.flatnonzero(printed_rows(table, along) == number)[0])
    codes = ", ".join(c for d, c in enumerate(table.codes(cell)) if d != along)
    text = f"the row ({codes}) is printed though it is empty all along '{table.hierarchies[along].name}'."
    return replace(publication, listed_over=None), text


def _codes(table: CellTable, cell: int) -> str:
    return ", ".join(table.codes(cell))


KINDS: dict[int, Kind] = {SUM: _sum, PART: _part, MEMBER: _member, RELATION: _relation, LISTED: _listed}
