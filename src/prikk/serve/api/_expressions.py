"""The expressions that choose values of a variable, each a small class: plain codes, patterns, TOP, BOTTOM, RANGE, FROM, TO.

An expression gives places among the codes that may be chosen, in the order of the table. On time, the newest is the top.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from prikk.serve.api._problems import ProblemError, bad, quoted
from prikk.serve.api._variables import Places, Variable

_CALL = re.compile(r"(?P<name>[A-Za-z]+)\((?P<inside>.*)\)", re.DOTALL)
_COUNT = re.compile(r"\s*([0-9]{1,9})\s*(?:,\s*([0-9]{1,9})\s*)?")

_MOST_OTHERS = 200
_LONGEST_PATTERN = 200


class Expression(Protocol):
    """What chooses values."""

    def places(self, variable: Variable, among: Places) -> Places:
        """The places that it chooses ``among`` those that may be chosen, ascending."""
        ...


@dataclass(frozen=True, slots=True)
class All:
    """``*``: every value."""

    def places(self, variable: Variable, among: Places) -> Places:
        """All of them."""
        return among


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is."""

    code: str

    def places(self, variable: Variable, among: Places) -> Places:
        """Its place; a problem when it is not among them."""
        return (_among(variable, self.code, among),)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A code with ``*`` for any characters and ``?`` for one; in any case."""

    pattern: str

    def places(self, variable: Variable, among: Places) -> Places:
        """Those that match; a problem when none does."""
        wanted = self.pattern.casefold()
        found = [p for p in among if matches(wanted, variable.codes[p].casefold())]
        if not found:
            what = f"No value of {quoted(variable.name)} is like {quoted(self.pattern)}."
            raise bad(what, _where(variable), "'*' stands for any characters, '?' for one.")
        return found


@dataclass(frozen=True, slots=True)
class Top:
    """``TOP(n)`` or ``TOP(n,offset)``: the first values; on time the newest."""

    count: int
    offset: int = 0

    def places(self, variable: Variable, among: Places) -> Places:
        """As many as there are of them."""
        take = _last if variable.time else _first
        return take(among, self.count, self.offset)


@dataclass(frozen=True, slots=True)
class Bottom:
    """``BOTTOM(n)`` or ``BOTTOM(n,offset)``: the last values; on time the oldest."""

    count: int
    offset: int = 0

    def places(self, variable: Variable, among: Places) -> Places:
        """As many as there are of them."""
        take = _first if variable.time else _last
        return take(among, self.count, self.offset)


@dataclass(frozen=True, slots=True)
class Between:
    """``RANGE(a,b)``, ``FROM(a)`` or ``TO(b)``: the values from one to another in the order of the table, both included."""

    first: str | None
    last: str | None

    def places(self, variable: Variable, among: Places) -> Places:
        """A problem when an end is unknown, or the first is after the last."""
        low = 0 if self.first is None else variable.place(self.first)
        high = len(variable.codes) - 1 if self.last is None else variable.place(self.last)
        if low > high:
            what = f"{quoted(self.first or '')} comes after {quoted(self.last or '')} in {quoted(variable.name)}."
            raise bad(what, _where(variable), "Swap the two.")
        return [p for p in among if low <= p <= high]


def parse(text: str, variable: Variable) -> Expression:
    """The expression that a text is; a code that looks like one is the code."""
    if text == "*":
        return All()
    if variable.find(text) is not None:
        return Code(text)
    call = _CALL.fullmatch(text.strip())
    if call is not None and (make := _CALLS.get(call["name"].upper())) is not None:
        return make(call["name"].upper(), call["inside"], variable)
    if "*" not in text and "?" not in text:
        return Code(text)
    if len(text) > _LONGEST_PATTERN:
        fix = f"A pattern may have {_LONGEST_PATTERN} characters."
        raise bad(f"The pattern {quoted(text)} is too long.", _where(variable), fix)
    return Pattern(text)


def chosen(expressions: Sequence[str], variable: Variable, among: Places) -> Places:
    """The places that some expressions choose together, each once, in the order of the table; a problem when none."""
    if len(expressions) == 1:
        found = parse(expressions[0], variable).places(variable, among)
    else:
        found = _together(expressions, variable, among)
    if not found:
        what = f"The selection of {quoted(variable.name)} has no value in it."
        raise bad(what, _where(variable), "Choose at least one, or leave the variable out.")
    return found


def _together(expressions: Sequence[str], variable: Variable, among: Places) -> Places:
    """Plain codes may be as many as there are; each other expression looks at all codes, so those are counted."""
    places: set[int] = set()
    allowed, others = set(among), 0
    for text in expressions:
        expression = parse(text, variable)
        others += not isinstance(expression, Code)
        if others > _MOST_OTHERS:
            fix = "Name the codes themselves, or use fewer and wider expressions."
            raise bad(f"There are more than {_MOST_OTHERS} expressions.", _where(variable), fix)
        if isinstance(expression, Code) and variable.place(text) in allowed:
            places.add(variable.place(text))
        else:
            places.update(expression.places(variable, among))
    return sorted(places)


def matches(pattern: str, text: str) -> bool:
    """Whether a text is like a pattern of ``*`` and ``?``; takes steps by their lengths only, whatever the pattern.

    >>> matches("a*c?", "abbcd"), matches("a*", "ba")
    (True, False)
    """
    i = j = mark = 0
    star = -1
    while i < len(text):
        if j < len(pattern) and pattern[j] == "*":
            star, mark, j = j, i, j + 1
        elif j < len(pattern) and pattern[j] in ("?", text[i]):
            i, j = i + 1, j + 1
        elif star >= 0:
            mark += 1
            i, j = mark, star + 1
        else:
            return False
    return not pattern[j:].strip("*")


def _first(among: Places, count: int, offset: int) -> Places:
    return among[offset : offset + count]


def _last(among: Places, count: int, offset: int) -> Places:
    end = len(among) - offset
    return among[max(0, end - count) : max(0, end)]


def _among(variable: Variable, code: str, among: Places) -> int:
    place = variable.place(code)
    if place not in among:
        what = f"{quoted(code)} is not in the codelist that was chosen for {quoted(variable.name)}."
        raise bad(what, _where(variable), "Choose a value of the codelist, or leave the codelist out.")
    return place


def _counted(name: str, inside: str, variable: Variable) -> Expression:
    match = _COUNT.fullmatch(inside)
    if match is None or int(match[1]) == 0:
        raise _malformed(
            f"{name}({inside})", f"Write {name}(3), or {name}(3,1) to leave one out first.", variable
        )
    count, offset = int(match[1]), int(match[2] or 0)
    return Top(count, offset) if name == "TOP" else Bottom(count, offset)


def _ranged(name: str, inside: str, variable: Variable) -> Expression:
    pieces = inside.split(",")
    # A code may have a comma itself: cut where both ends are codes.
    for cut in range(1, len(pieces)):
        first, last = ",".join(pieces[:cut]).strip(), ",".join(pieces[cut:]).strip()
        if len(pieces) == 2 or (variable.find(first) is not None and variable.find(last) is not None):
            return Between(first, last)
    raise _malformed(f"{name}({inside})", "Write RANGE(first,last) with two values.", variable)


def _open_end(name: str, inside: str, variable: Variable) -> Expression:
    code = inside.strip()
    if not code:
        raise _malformed(f"{name}()", f"Write {name}(value).", variable)
    return Between(code, None) if name == "FROM" else Between(None, code)


def _malformed(text: str, fix: str, variable: Variable) -> ProblemError:
    return bad(f"{quoted(text)} is no selection expression.", _where(variable), fix)


def _where(variable: Variable) -> str:
    return f"the selection of {quoted(variable.name)}"


_CALLS: Mapping[str, Callable[[str, str, Variable], Expression]] = {
    "TOP": _counted,
    "BOTTOM": _counted,
    "RANGE": _ranged,
    "FROM": _open_end,
    "TO": _open_end,
}
