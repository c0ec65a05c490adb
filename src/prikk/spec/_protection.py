"""What the keys of ``[protection]`` mean together and beside the rest of the spec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prikk.errors import Finding, nearest
from prikk.spec._model import ReleaseSpec


def check_protection(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    """Give every finding on the protection of a spec."""
    for check in (_symbol, _selectors, _together, _method, _singletons, _group_disclosure):
        yield from check(spec, name)


def _symbol(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    where = f"{name}, protection"
    symbol = spec.protection.symbol
    if symbol != symbol.strip() or symbol.lstrip("+-").replace(".", "").replace(",", "").isdigit():
        what, fix = (
            f"the symbol '{symbol}' can be read as a figure or a blank.",
            'Use a sign such as "*" or ":".',
        )
        yield Finding(code="symbol", what=what, where=f"{where}.symbol", fix=fix)
    if symbol[:1] in "=@\t":
        what, fix = (
            f"the symbol '{symbol}' would be a formula in a spreadsheet.",
            'Use a sign such as "*" or ":".',
        )
        yield Finding(code="symbol", what=what, where=f"{where}.symbol", fix=fix)


def _selectors(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    protection = spec.protection
    known = ("period", *spec.dimensions)
    for key, selectors in (
        ("keep", protection.keep),
        ("hide", protection.hide),
        ("accept", protection.accept),
    ):
        where = f"{name}, protection.{key}"
        for selector in selectors:
            if isinstance(selector, str):
                if int(selector.removeprefix("table:")) > len(spec.tables):
                    what = f"there is no '{selector}': the spec has {len(spec.tables)} [[tables]]."
                    fix = "Count the [[tables]] from 1, in the order of the file."
                    yield Finding(code="selector-table", what=what, where=where, fix=fix)
                continue
            yield from _unknown(selector, known, where)


def _unknown(named: Iterable[str], known: tuple[str, ...], where: str) -> Iterator[Finding]:
    for d in sorted(set(named) - set(known)):
        fix = f"Use 'period' or one of the dimensions.{nearest(d, list(known))}"
        yield Finding(code="selector-dimension", what=f"'{d}' is not a dimension.", where=where, fix=fix)


def _together(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    for i, group in enumerate(spec.protection.together, start=1):
        yield from _unknown(group, ("period", *spec.dimensions), f"{name}, protection.together[{i}]")


def _method(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    """Keys that say how to suppress say nothing where nothing is suppressed."""
    protection = spec.protection
    if protection.method == "suppress":
        return
    asked = {
        "together": bool(protection.together),
        "steady": protection.steady is not None,
        "previous": protection.previous is not None,
        "singletons": protection.singletons,
        "group_disclosure": bool(protection.group_disclosure),
    }
    for key in (key for key, given in asked.items() if given):
        what = f"'{key}' says how figures are suppressed, and the method is '{protection.method}'."
        fix = 'Remove it, or set method = "suppress".'
        yield Finding(code="protection-method", what=what, where=f"{name}, protection.{key}", fix=fix)


def _singletons(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    if spec.protection.singletons and spec.register_.unit == "person":
        what = "what a person who is alone in a figure knows cannot be proven for totals that are no sums."
        fix = 'Remove it, or set register.unit = "participation".'
        where = f"{name}, protection.singletons"
        yield Finding(code="singletons-unit", what=what, where=where, fix=fix)


def _group_disclosure(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    """What the rule of group disclosure cannot stand beside."""
    where, protection = f"{name}, protection.group_disclosure", spec.protection
    for d in sorted(set(spec.disclosing) - set(spec.dimensions)):
        fix = f"Use dimensions of the spec, or true for all of them.{nearest(d, list(spec.dimensions))}"
        yield Finding(
            code="group-disclosure-dimension", what=f"'{d}' is not a dimension.", where=where, fix=fix
        )
    if protection.group_disclosure and protection.zeros == "shown":
        what = "where zeros are shown, they tell that everybody is in the category that is left."
        yield Finding(
            code="group-disclosure-zeros", what=what, where=where, fix='Remove it, or set zeros = "hidden".'
        )
    if protection.group_disclosure and protection.attacker == "full":
        what = "the attacker 'full' knows that such a figure is not below the threshold, which may leave it no room."
        fix = 'Remove it, or set attacker = "threshold" or "naive".'
        yield Finding(code="group-disclosure-attacker", what=what, where=where, fix=fix)
