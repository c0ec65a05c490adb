"""Labels to the codes of a list: exact, then by likeness, with the neighbours on the same axis to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from prikk.reading._lists import CodeList, is_top
from prikk.reading._text import key, similarity, squash
from prikk.reading._words import is_total, totalled
from prikk.spec import TOTAL

_LEAST, _AHEAD = 0.62, 0.06
"""How alike a garbled label must be to a label of the list, and how much more than to the next."""


@dataclass(slots=True)
class Matches:
    """The code of each label of an axis, None where none fits; and which were matched by likeness."""

    codes: list[str | None]
    guessed: dict[str, str] = field(default_factory=dict)


def coverage(labels: Sequence[str], codes: CodeList) -> float:
    """Give the share of labels, totals aside, that the list has word for word."""
    own = [t for t in labels if t and not is_total(t) and not totalled(t)]
    if not own:
        return 0.0
    return sum(squash(t) in codes.spoken for t in own) / len(own)


def match_labels(
    labels: Sequence[str], printed: Sequence[str], codes: CodeList, others: Sequence[CodeList] = ()
) -> Matches:
    """Match the labels of one axis, in their order; ``printed`` are the codes beside them, or empty.

    A label that several levels have goes to the level of the others. "I alt X" is the code X with parts;
    where the list has no such X, or X is of one of the ``others``, it is the total.
    """
    found: list[str | None] = [None] * len(labels)
    options: dict[int, tuple[str, ...]] = {}
    for i, label in enumerate(labels):
        if printed and printed[i] in codes.parents:
            found[i] = printed[i]
        elif label in codes.parents:
            found[i] = label
        elif is_top(codes, label):
            found[i] = TOTAL
        elif totalled(label) and squash(label) not in codes.spoken:
            found[i] = _subtotal(totalled(label), codes, others)
        else:
            options[i] = codes.spoken.get(squash(label), ())
    _choose(found, options, codes)
    result = Matches(found)
    exact = {codes.depth[c] for i in options if (c := found[i]) is not None}
    _guess(result, [i for i, o in options.items() if not o], labels, (codes, exact))
    return result


def _subtotal(rest: str, codes: CodeList, others: Sequence[CodeList]) -> str:
    exact = [c for c in codes.spoken.get(squash(rest), ()) if c in codes.inner]
    if exact:
        return exact[0]
    if any(_named(rest, other) for other in others):
        return TOTAL
    near = _nearest(squash(rest), {s: c for s, own in codes.spoken.items() for c in own if c in codes.inner})
    return near or TOTAL


def _choose(found: list[str | None], options: dict[int, tuple[str, ...]], codes: CodeList) -> None:
    """Take the only code, or among several the one on the level of most; never one that a subtotal has."""
    depths = Counter(codes.depth[o[0]] for o in options.values() if len(o) == 1)
    usual = depths.most_common(1)[0][0] if depths else None
    subtotals = {c for c in found if c is not None}
    for i, own in options.items():
        able = [c for c in own if c not in subtotals] or list(own)
        if able:
            found[i] = min(able, key=lambda c: (usual is not None and codes.depth[c] != usual, own.index(c)))


def _guess(
    result: Matches, rest: Sequence[int], labels: Sequence[str], known: tuple[CodeList, set[int]]
) -> None:
    """Match what is left by likeness, on the levels that the others have, to codes that none of them has."""
    codes, exact = known
    taken = {c for c in result.codes if c is not None}
    levels = exact or set(codes.depth.values())
    able = {
        s: own[0] for s, own in codes.spoken.items() if own[0] not in taken and codes.depth[own[0]] in levels
    }
    for i in rest:
        code = _nearest(squash(labels[i]), able) if labels[i] else None
        result.codes[i] = code
        if code is not None:
            result.guessed[labels[i]] = code


def _nearest(squashed: str, able: dict[str, str]) -> str | None:
    if len(squashed) < 4:
        return None
    best: dict[str, float] = {}
    for spoken, code in able.items():
        best[code] = max(best.get(code, 0.0), similarity(squashed, spoken))
    ranked = sorted(((score, code) for code, score in best.items()), reverse=True)
    if not ranked or ranked[0][0] < _LEAST:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _AHEAD:
        return None
    return ranked[0][1]


def code_in(lines: Sequence[str], codes: CodeList) -> str | None:
    """Give the code that lines of a title name: the last line that names one, and only one, decides.

    Lines are read together first, because a label may be broken over two of them.
    """
    whole = key(" ".join(lines))
    for text in (*reversed([key(line) for line in lines]), whole):
        named = _named(text, codes)
        if len(named) == 1:
            return named.pop()
    for line in reversed(lines):
        near = [c for s, own in codes.spoken.items() for c in own if similarity(squash(line), s) > 0.86]
        if len(set(near)) == 1:
            return near[0]
    return None


def _named(text: str, codes: CodeList) -> set[str]:
    """The codes whose labels stand in a text as whole words; a longer label hides those inside it."""
    found: set[str] = set()
    covered = [False] * len(text)
    for word, code in codes.words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            free = not any(covered[at:end])
            if free and _bounded(text, at, end):
                covered[at:end] = [True] * len(word)
                found.add(code)
            at = text.find(word, end)
    return found


def _bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not text[end].isalnum())
