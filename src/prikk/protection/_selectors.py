"""Selectors: the cells that are named by codes, such as ``age=30-39,measure=m01``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from prikk.errors import Finding, nearest
from prikk.protection._findings import listed
from prikk.protection._model import Mask, Selector
from prikk.tabular import CellTable

Codes = str | Sequence[str]


def selected(selectors: Sequence[Selector], name: str, table: CellTable, findings: list[Finding]) -> Mask:
    """The cells that any of some selectors names; a selector that names none is found."""
    found = np.zeros(len(table), dtype=bool)
    for selector in selectors:
        wanted = parsed(selector, name, table, findings)
        if wanted is None:
            continue
        cells = table.having({name: str(code) for name, code in wanted.items()})
        if not cells.any():
            what = f"'{words(selector)}' is no published cell."
            fix = "Use codes of the hierarchies, in a combination that is published."
            findings.append(Finding(code="selector-empty", what=what, where=name, fix=fix))
        found |= cells
    return found


def parsed(
    selector: str | Mapping[str, Codes], name: str, table: CellTable, findings: list[Finding]
) -> dict[str, Codes] | None:
    """A selector by dimensions; None, with a finding, where it does not name any, or others."""
    wanted = _split(selector) if isinstance(selector, str) else dict(selector)
    names = [h.name for h in table.hierarchies]
    unknown = [n for n in wanted if n not in names]
    if not unknown and wanted:
        return wanted
    hint = nearest(unknown[0], names) if unknown else ""
    what = f"'{words(selector)}' does not name dimensions and codes.{hint}"
    fix = f"Write dimension=code, with commas between them; the dimensions are {listed(names)}."
    findings.append(Finding(code="selector", what=what, where=name, fix=fix))
    return None


def words(selector: str | Mapping[str, Codes]) -> str:
    """A selector as it is written on the command line."""
    if isinstance(selector, str):
        return selector
    return ",".join(f"{k}={v if isinstance(v, str) else '|'.join(v)}" for k, v in selector.items())


def _split(selector: str) -> dict[str, Codes]:
    pairs = (item.partition("=") for item in selector.split(","))
    return {name.strip(): code.strip() for name, _, code in pairs}
