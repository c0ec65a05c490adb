"""Words with their places on a page, and the phrases that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of signs without a blank; ``left`` and ``right`` are distances from the page's left edge."""

    text: str
    left: float
    right: float
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The words on one base line, from left to right.

    ``base`` is the distance from the top of the page, ``size`` the height of the letters and ``blank``
    the widest gap that is a blank between words and no gap between columns; all in one unit.
    """

    number: int
    base: float
    size: float
    blank: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The line as running text."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Neighbouring words of a line that belong together."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Its words with single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return (self.left + self.right) / 2

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)


def phrases(line: Line) -> list[Phrase]:
    """Cut a line where the gap is wider than a blank."""
    groups: list[list[Word]] = []
    for word in line.words:
        if groups and word.left - groups[-1][-1].right <= line.blank:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [Phrase(words=tuple(group)) for group in groups]


def clusters(places: Iterable[float], tolerance: float) -> Iterator[Sequence[float]]:
    """Group numbers whose neighbours are nearer than the tolerance."""
    group: list[float] = []
    for place in sorted(places):
        if group and place - group[-1] > tolerance:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
