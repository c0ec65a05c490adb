"""Selectors: the cells that a spec names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from prikk.errors import Finding
from prikk.spec import ReleaseSpec, Selector, family_margins
from prikk.tabular import CellTable

Mask = NDArray[np.bool_]
_FIX = "Use codes of the classifications, TOTAL for a total, and periods as in release.periods."


def selected(table: CellTable, spec: ReleaseSpec, findings: list[Finding]) -> dict[str, Mask]:
    """The cells that ``keep``, ``hide`` and ``accept`` name; a selector that names none is found."""
    protection = spec.protection
    asked = {"keep": protection.keep, "hide": protection.hide, "accept": protection.accept}
    return {key: _any_of(selectors, key, table, spec, findings) for key, selectors in asked.items()}


def _any_of(
    selectors: Sequence[Selector], key: str, table: CellTable, spec: ReleaseSpec, findings: list[Finding]
) -> Mask:
    found = np.zeros(len(table), dtype=bool)
    for selector in selectors:
        cells = _cells(selector, table, spec)
        found |= cells
        if not cells.any():
            what = f"{named(selector)} is no published figure."
            where = f"release.toml, protection.{key}"
            findings.append(Finding(code="selector-empty", what=what, where=where, fix=_FIX))
    return found


def _cells(selector: Selector, table: CellTable, spec: ReleaseSpec) -> Mask:
    if isinstance(selector, str):
        margins = family_margins(spec, spec.tables[int(selector.removeprefix("table:")) - 1])
        depths = np.stack([h.depths[table.coords[:, d]] for d, h in enumerate(table.hierarchies)], axis=1)
        return np.asarray(
            np.any([np.all(depths[:, 1:] == np.array(m), axis=1) for m in sorted(margins)], axis=0)
        )
    return table.having(selector)


def named(selector: Selector | Mapping[str, str | tuple[str, ...]]) -> str:
    """A selector or a group as it stands in the spec."""
    if isinstance(selector, str):
        return selector
    pairs = (f"{name} = {_code(code)}" for name, code in selector.items())
    return "{ " + ", ".join(pairs) + " }"


def _code(code: str | tuple[str, ...]) -> str:
    return f'"{code}"' if isinstance(code, str) else "[" + ", ".join(f'"{c}"' for c in code) + "]"


def listed(cells: Sequence[int], table: CellTable, most: int = 5) -> str:
    """Some cells by their codes, without values."""
    names = [h.name for h in table.hierarchies]
    shown = [named(dict(zip(names, table.codes(cell), strict=True))) for cell in cells[:most]]
    more = f" and {len(cells) - most} more" if len(cells) > most else ""
    return ", ".join(shown) + more
