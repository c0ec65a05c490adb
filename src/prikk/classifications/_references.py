"""What a spec refers to outside its own file: codes of its classifications and periods, and an earlier release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from prikk.classifications._model import Classification
from prikk.errors import Finding, nearest
from prikk.spec import TOTAL, ReleaseSpec

_FILE = "release.toml"
_EVERY = "*"
_NEEDED = ("manifest.json", "cells.csv")


def check_codes(spec: ReleaseSpec, found: Mapping[str, Classification]) -> Iterator[Finding]:
    """Give a finding for each code of a selector, a group or a note that its dimension does not have.

    Dimensions that the spec does not have, and those whose classification cannot be read, are found elsewhere.
    """
    known = {name: [TOTAL, *(item.code for item in own.items)] for name, own in found.items()}
    with suppress(ValueError):  # where the periods themselves are wrong, that is found elsewhere
        known["period"] = [p.code for p in spec.periods]
    protection = spec.protection
    named = {"keep": protection.keep, "hide": protection.hide, "accept": protection.accept}
    for key, selectors in named.items():
        for selector in selectors:
            if not isinstance(selector, str):
                yield from _unknown(selector, known, ("selector-code", f"protection.{key}"))
    for i, group in enumerate(protection.together, start=1):
        asked = {name: [c for c in _listed(codes) if c != _EVERY] for name, codes in group.items()}
        yield from _unknown(asked, known, ("together-code", f"protection.together[{i}]"))
    for i, note in enumerate(spec.notes, start=1):
        at = {name: code for name, code in note.at.items() if name != "period"}
        yield from _unknown(at, known, ("note-code", f"notes[{i}].at"))


def _listed(codes: str | Sequence[str]) -> Sequence[str]:
    return (codes,) if isinstance(codes, str) else codes


def _unknown(
    asked: Mapping[str, str | Sequence[str]], known: Mapping[str, Sequence[str]], place: tuple[str, str]
) -> Iterator[Finding]:
    kind, where = place
    for name, codes in asked.items():
        for code in _listed(codes):
            if name in known and code not in known[name]:
                what = f"'{code}' is not a code of '{name}'."
                fix = f"{_remedy(name)}{nearest(code, known[name])}"
                yield Finding(code=kind, what=what, where=f"{_FILE}, {where}", fix=fix)


def _remedy(name: str) -> str:
    if name == "period":
        return "Use a period as in release.periods."
    return f"Use a code of its classification, or {TOTAL} for the total."


def check_previous(spec: ReleaseSpec) -> Iterator[Finding]:
    """Give a finding if the earlier release that a spec names is not there, or is no release."""
    previous = spec.protection.previous
    if previous is None:
        return
    folder = spec.path(previous)
    where = f"{_FILE}, protection.previous"
    fix = "Give the folder 'public' that an earlier build of the same statistic wrote."
    if not folder.is_dir():
        what = f"there is no folder '{previous}'."
        yield Finding(code="previous-missing", what=what, where=where, fix=fix)
        return
    lacking = [name for name in _NEEDED if not (folder / name).is_file()]
    if lacking:
        what = f"the folder '{previous}' holds no release: it has no {' and no '.join(lacking)}."
        yield Finding(code="previous-release", what=what, where=where, fix=fix)
