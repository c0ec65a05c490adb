"""What each table is of, in the words of its total row and its titles, without what other dimensions already say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from prikk.reading._dimensions import Bound, Dimension
from prikk.reading._facts import Facts
from prikk.reading._piece import Piece
from prikk.reading._text import key, plain
from prikk.reading._words import is_total, totalled

_EDGES = " ,;:-–"


def subjects(
    facts: Facts, pieces: Sequence[Piece], bounds: Sequence[Bound], dimensions: Sequence[Dimension]
) -> dict[int, str]:
    """Give for each piece what is left of "I alt 20-24 år, andre på tiltak" when the age is known: "andre på tiltak".

    Empty where the total row and the last title say nothing beyond the dimensions that are known.
    """
    said = _constants(facts, len(pieces), bounds, dimensions)
    found: dict[int, str] = {}
    for p, piece in enumerate(pieces):
        words = [w for d, code in said[p].items() for w in _words(dimensions[d], code)]
        rest = without(_whole(piece), words)
        found[p] = _as_printed(rest, piece.titles) if rest else ""
    return found


def tell_apart(pairs: Iterable[tuple[int, int]], texts: Mapping[int, str]) -> bool:
    """Whether texts tell all pairs of pieces apart that print different figures."""
    return all(key(texts[p]) != key(texts[q]) for p, q in pairs)


def without(text: str, words: Iterable[str]) -> str:
    """Take whole words off a text.

    >>> without("andre på tiltak 20-24 år", ["20-24 år"])
    'andre på tiltak'
    """
    left = f" {key(text)} "
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(f" {word} ", " ").replace(f" {word},", " ")
    return left.strip(_EDGES)


def _whole(piece: Piece) -> str:
    """What a table is of: what its total row says, if a title says it too."""
    titled = key(" ".join(piece.titles))
    for axis in piece.axes:
        for label in axis.labels:
            rest = totalled(label)
            if rest and rest in titled:
                return rest
            if is_total(label):
                return ""
    return ""


def _constants(
    facts: Facts, pieces: int, bounds: Sequence[Bound], dimensions: Sequence[Dimension]
) -> list[dict[int, int]]:
    """The codes that hold for each piece as a whole, by dimension."""
    found: list[dict[int, int]] = [{} for _ in range(pieces)]
    for p, bound in enumerate(bounds):
        own = facts.coords[facts.piece == p]
        axes = {d for d, _ in bound.axes}
        for d, dimension in enumerate(dimensions):
            if d not in axes and not dimension.is_time and len(own) and own[0, d] > 0:
                found[p][d] = int(own[0, d])
    return found


def _words(dimension: Dimension, number: int) -> list[str]:
    code = dimension.codes[number]
    own = [w for w, c in dimension.words.items() if c == code]
    listed = dimension.codelist.labels.get(code, ()) if dimension.codelist is not None else ()
    return [*own, *(key(t) for t in listed)]


def _as_printed(rest: str, titles: Sequence[str]) -> str:
    """Spell a text as a title does."""
    for title in titles:
        line = plain(title)
        at = line.casefold().find(rest)
        if at >= 0 and len(line.casefold()) == len(line):
            text = line[at : at + len(rest)]
            return text[:1].upper() + text[1:]
    return rest
