"""What a reader must be told about the hidden figures: the rule, the signs, and how far to trust it.

Every sentence has to be true of what was published, so what is said depends on the method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prikk.dissemination._words import words
from prikk.spec import ReleaseSpec


def rule_text(spec: ReleaseSpec, language: str) -> str:
    """The rule, with its legal basis where there is one."""
    say, protection = words(language), spec.protection
    low = protection.zeros == "shown"
    text = say.rule_text_not_zero if low else say.rule_text
    rule = text.format(threshold=protection.threshold, symbol=protection.symbol)
    basis = say.basis.format(basis=protection.legal_basis.rstrip(".")) if protection.legal_basis else ""
    return f"{rule} {basis}".rstrip()


def legend(spec: ReleaseSpec, language: str) -> tuple[str, ...]:
    """The lines beside a table: what the symbol means, and what it does not protect."""
    return LEGENDS[spec.protection.method](spec, language)


def table_legend(spec: ReleaseSpec, family: int, language: str) -> tuple[str, ...]:
    """The lines beside a table of a family: also what holds for figures that are worked out, where it has any."""
    lines = legend(spec, language)
    if set(spec.tables[family - 1].columns) == {"figure"}:
        return lines
    say, sign = words(language), impossible_sign(spec.protection.symbol)
    return (*lines, say.sign_derived, say.sign_impossible.format(sign=sign))


def impossible_sign(symbol: str) -> str:
    """The standard sign for what is not possible, unless hidden figures have it."""
    return "." if symbol != "." else "–"


def _primary_only(spec: ReleaseSpec, language: str) -> tuple[str, ...]:
    return (_below_threshold(spec, language), words(language).unprotected)


def _suppress(spec: ReleaseSpec, language: str) -> tuple[str, ...]:
    # One sentence for both kinds: which hidden figure is small is itself something a reader should not learn.
    say, protection = words(language), spec.protection
    text = say.sign_protected_not_zero if protection.zeros == "shown" else say.sign_protected
    return (text.format(symbol=protection.symbol, threshold=protection.threshold),)


def _below_threshold(spec: ReleaseSpec, language: str) -> str:
    say, protection = words(language), spec.protection
    low = 1 if protection.zeros == "shown" else 0
    high = protection.threshold - 1
    span = str(high) if low == high else f"{low} {say.to} {high}"
    text = say.sign_below_not_zero if low else say.sign_below
    return text.format(symbol=protection.symbol, threshold=protection.threshold, span=span)


LEGENDS: Mapping[str, Callable[[ReleaseSpec, str], tuple[str, ...]]] = {
    "primary-only": _primary_only,
    "suppress": _suppress,
}
"""What is said under each method of ``protection.method``."""
