"""Which combinations of levels the tables of a release publish."""

from __future__ import annotations

from prikk.spec._model import ReleaseSpec, TableSpec

Margin = tuple[int, ...]


def margins(spec: ReleaseSpec) -> tuple[Margin, ...]:
    """Give the published margins: a depth per dimension in spec order, 0 for its total; sorted, each once."""
    return tuple(sorted({margin for table in spec.tables for margin in family_margins(spec, table)}))


def family_margins(spec: ReleaseSpec, table: TableSpec) -> set[Margin]:
    """Give the margins of one family: the stub at each level it shows and at its total, by the finest codes of every ``for_each``."""
    stub = table.stub[0]
    shown = [spec.levels(stub).index(level) + 1 for level in spec.stub_levels(table)]
    fixed = {name: len(spec.levels(name)) if name in table.for_each else 0 for name in spec.dimensions}
    return {tuple((fixed | {stub: depth}).values()) for depth in (0, *shown)}
