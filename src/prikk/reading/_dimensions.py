"""Axes of pieces to dimensions of the publication: which axes are the same, and the code of every label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prikk.reading._lists import CodeList
from prikk.reading._text import key, plain, unfooted
from prikk.spec import TOTAL


@dataclass(slots=True)
class Dimension:
    """A dimension while it is put together: ``codes[0]`` is the total.

    ``parents`` has the code above another where a list or the document says so; ``sequences`` are the codes in the
    order in which tables print them; ``looks`` is the look of a label (bold, indent); ``within``
    has the code that another is said to be part of: it may have parts that nobody prints.
    """

    name: str
    title: str = ""
    codes: list[str] = field(default_factory=lambda: [TOTAL])
    labels: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    sequences: dict[tuple[str, ...], None] = field(default_factory=dict)
    looks: dict[str, tuple[bool, int]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    subtotals: dict[str, str] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)
    codelist: CodeList | None = None
    is_time: bool = False
    named: bool = True
    numbers: dict[str, int] = field(default_factory=lambda: {TOTAL: 0})

    def number(self, code: str, label: str = "") -> int:
        """The number of a code, which is added if it is new."""
        if code not in self.numbers:
            self.numbers[code] = len(self.codes)
            self.codes.append(code)
        if label and code not in self.labels:
            self.labels[code] = unfooted(label) or plain(label)
        if label and code != TOTAL:
            self.words.setdefault(key(label), code)
        return self.numbers[code]

    def order(self, numbers: Sequence[int], runs: Sequence[Sequence[int]] = ()) -> None:
        """Remember the order in which a table prints codes; ``runs`` are parts of it, by place in ``numbers``."""
        for run in runs or (range(len(numbers)),):
            own = tuple(self.codes[numbers[i]] for i in run)
            self.sequences.setdefault(own)

    def code_of(self, label: str, printed: str = "") -> str:
        """The code of a label: the one printed beside it, the one it had before, or the label itself."""
        if printed:
            return printed
        return self.words.get(key(label)) or unfooted(label) or plain(label)


@dataclass(slots=True)
class Bound:
    """A piece's axes bound to dimensions.

    ``axes`` gives for each axis the dimension's place and the number of the code of each label (-1: none);
    ``constants`` the number of the code that holds for the whole piece.
    """

    axes: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    constants: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Notes:
    """Sentences for the user, gathered on the way; each only once."""

    assumptions: dict[str, None] = field(default_factory=dict)
    unsure: dict[str, None] = field(default_factory=dict)

    def assume(self, text: str) -> None:
        """Add an assumption."""
        self.assumptions.setdefault(text)

    def doubt(self, text: str) -> None:
        """Add what is unsure, and what settles it."""
        self.unsure.setdefault(text)


def free_name(wanted: str, taken: Mapping[str, object] | Sequence[str]) -> str:
    """Give a name that no other dimension has."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    return name
