"""Which printed signs stand for hidden figures, and what rule hides them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prikk.errors import Finding, ReadingError
from prikk.reading._dimensions import Notes
from prikk.reading._legend import Meaning, meaning_of, rules_in, speaks_of_combinations
from prikk.reading._model import ReadingSettings, Zeros
from prikk.reading._nil_rows import unlisted_signs
from prikk.reading._piece import Piece
from prikk.reading._spec import AuditSpec
from prikk.reading._text import counted, listed
from prikk.reading._tokens import Kind, kind_of
from prikk.reading._words import Role
from prikk.tabular import Status

_BOUND = re.compile(r"<\s*(\d+)|≤\s*(\d+)|([01])\s?[-–]\s?(\d{1,2})|\D+ (\d+)")
_HIDING = re.compile(
    r"\*+[\w)]?|:|:\s?\w|\(?[cCsSxXqQ]\)?|\[[cCsSqQ*]\]|#|¤|†|/{1,2}|[<≤]\s*\d+|[01]\s?[-–]\s?\d{1,2}|\w{4,}.*"
)
_NIL = frozenset("-–—−")
_SEVERAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What each printed sign means, and the rule. ``bounds`` has what a sign such as "<10" says of its figure.

    ``unlisted`` are the signs for zero that stand for rows that are not listed; none where zeros are shown.
    """

    meanings: Mapping[str, Meaning]
    bounds: Mapping[str, tuple[int, int]]
    threshold: int | None
    zeros: Zeros
    unlisted: frozenset[str] = frozenset()

    @property
    def symbols(self) -> tuple[str, ...]:
        """The signs that stand for hidden figures."""
        return tuple(t for t, m in self.meanings.items() if m == "hidden")


def read_signs(
    pieces: Sequence[Piece], lines: Sequence[str], settings: ReadingSettings, notes: Notes
) -> Signs:
    """Tell what the signs in the columns of counts mean. Raises :class:`ReadingError` for a symbol that is not there."""
    spec = settings.spec or AuditSpec()
    tokens = _tokens(pieces)
    said = (settings.symbol,) if settings.symbol is not None else spec.rule.symbols
    _check_said(said, tokens, pieces)
    meanings = {t: _meaning(t, said, lines, spec) for t in tokens}
    _settle(meanings, tokens, (said, spec.rule.missing or ()), pieces, notes)
    bounds = {t: b for t, m in meanings.items() if m == "hidden" and (b := bounds_of(t)) is not None}
    threshold = _threshold(pieces, (meanings, bounds), lines, settings, notes)
    unlisted = unlisted_signs(pieces, meanings, lines)
    zeros = _zeros(pieces, (meanings, unlisted), lines, settings, notes)
    _tell(meanings, tokens, notes)
    return Signs(
        meanings=meanings,
        bounds=bounds,
        threshold=threshold,
        zeros=zeros,
        unlisted=unlisted if zeros == "hidden" and "hidden" in meanings.values() else frozenset(),
    )


def _tokens(pieces: Iterable[Piece]) -> Counter[str]:
    """How often each thing that is no number stands in a column of counts."""
    found: Counter[str] = Counter()
    for piece in pieces:
        for text, figure, column in zip(piece.texts, piece.figures, piece.column.tolist(), strict=True):
            if figure is None and piece.roles[column] == Role.COUNT:
                found[text] += 1
    return found


def _check_said(said: Sequence[str], tokens: Mapping[str, int], pieces: Sequence[Piece]) -> None:
    wrong = [s for s in said if s not in tokens]
    if not wrong or any(p.hidden for p in pieces):
        return
    others = [t for t in tokens if t]
    seen = f"What stands there besides figures: {listed(others)}." if others else "Only figures stand there."
    raise ReadingError(
        Finding(
            code="marker-unknown",
            what=f"the marker '{sign}' is nowhere in the columns of counts.",
            where=", ".join(dict.fromkeys(p.place for p in pieces)),
            fix=f"{seen} Give the one that stands for a hidden figure.",
        )
        for sign in wrong
    )


def _meaning(token: str, said: Sequence[str], lines: Sequence[str], spec: AuditSpec) -> Meaning:
    """What a sign means: as the user says, as a legend says, or as it usually does."""
    if token in said:
        return "hidden"
    if token in spec.rule.nil:
        return "nil"
    if not token or token in (spec.rule.missing or ()):
        return "missing"
    told = meaning_of(token, lines)
    if told is not None and not (told == "hidden" and said):
        return told
    return _usual_meaning(token, hides=not said)


def _usual_meaning(token: str, *, hides: bool) -> Meaning:
    if token in _NIL:
        return "nil"
    likely = _HIDING.fullmatch(token) and kind_of(token) == Kind.MARK
    return "hidden" if likely and hides else "missing"


def _settle(
    meanings: dict[str, Meaning],
    tokens: Mapping[str, int],
    given: tuple[Sequence[str], Sequence[str]],
    pieces: Sequence[Piece],
    notes: Notes,
) -> None:
    """Decide between signs that could both hide, and what empty places are where no sign hides."""
    said, missing = given
    hidden = [t for t, m in meanings.items() if m == "hidden"]
    if ":" in hidden and len(hidden) > 1 and not said:
        meanings[":"] = "missing"
        notes.doubt("':' is taken for 'not available', because another sign hides; settled by rule.symbols")
    figures = sum(f is not None for p in pieces for f in p.figures)
    few = 0 < tokens.get("", 0) <= figures
    if not hidden and few and "" not in missing and not any(p.hidden for p in pieces):
        meanings[""] = "hidden"
        notes.doubt(
            'Empty places in the column of counts are taken for hidden figures; settled by rule.missing = [""]'
        )
    odd = [t for t, m in meanings.items() if m == "missing" and kind_of(t) == Kind.TEXT]
    if odd:
        notes.doubt(
            f"{listed(odd)} in columns of counts is taken for 'not available'; settled by rule.symbols"
        )


def bounds_of(token: str) -> tuple[int, int] | None:
    """Give what a sign says of the figure it stands for.

    >>> bounds_of("<10"), bounds_of("1-3"), bounds_of("*")
    ((0, 9), (1, 3), None)
    """
    match = _BOUND.fullmatch(token.strip())
    if match is None:
        return None
    below, most, low, high, words = match.groups()
    if low is not None:
        return int(low), int(high)
    if most is not None:
        return 0, int(most)
    return 0, max(0, int(below or words) - 1)


def _threshold(
    pieces: Sequence[Piece],
    signs: tuple[Mapping[str, Meaning], Mapping[str, tuple[int, int]]],
    lines: Sequence[str],
    settings: ReadingSettings,
    notes: Notes,
) -> int | None:
    meanings, bounds = signs
    rule = (settings.spec or AuditSpec()).rule
    given = settings.threshold if settings.threshold is not None else rule.threshold
    if given is not None:
        notes.assume(f"Figures below {given} are hidden (as given)")
        return given
    rules = rules_in(lines)
    told = [r.threshold for r in rules if r.threshold is not None]
    found = Counter(told or [high + 1 for _, high in bounds.values()]).most_common()
    if not found:
        return _unspoken(pieces, notes, hidden="hidden" in meanings.values())
    limit = found[0][0]
    notes.assume(f"Figures below {limit} are hidden, {'by the notes' if told else 'by the sign itself'}")
    if len(found) > 1:
        others = ", ".join(str(t) for t, _ in found[1:])
        notes.doubt(f"Other limits than {limit} are named too ({others}); settled by rule.threshold")
    if any(r.protects for r in rules):
        notes.doubt(
            "The sign also stands for figures hidden to protect others. Which ones is not printed; all are taken to be "
            "below the limit, but for those that cannot be"
        )
    return limit


def _unspoken(pieces: Sequence[Piece], notes: Notes, *, hidden: bool) -> int | None:
    """The limit where no line and no sign names one: that of a publisher's own marks, or none."""
    own = _own_threshold(pieces)
    if own is not None:
        notes.assume(f"Figures below {own} are hidden, by the publisher's own marks")
    elif hidden:
        notes.doubt("No line says below what figures are hidden; settled by --threshold, or rule.threshold")
    return own


def _own_threshold(pieces: Sequence[Piece]) -> int | None:
    """The limit by a publisher's own file that tells primary from secondary cells: just above the primary ones."""
    primary = [
        int(f.value)
        for p in pieces
        for f, h in zip(p.figures, p.hidden, strict=False)
        if f is not None and h == Status.PRIMARY
    ]
    told_apart = any(Status.SECONDARY in p.hidden for p in pieces)
    return max(2, max(primary) + 1) if primary and told_apart else None


def _zeros(
    pieces: Sequence[Piece],
    signs: tuple[Mapping[str, Meaning], frozenset[str]],
    lines: Sequence[str],
    settings: ReadingSettings,
    notes: Notes,
) -> Zeros:
    meanings, unlisted = signs
    rule = (settings.spec or AuditSpec()).rule
    given = settings.zeros if settings.zeros is not None else rule.zeros
    if given is not None:
        notes.assume(f"Zeros are {given} (as given)")
        return given
    told = next((r.zeros for r in rules_in(lines) if r.zeros is not None), None)
    rows = {t for t in unlisted if told == "hidden" or speaks_of_combinations(t, lines)}
    beside, printed = _zeros_printed(pieces, {t: m for t, m in meanings.items() if t not in rows})
    if told is not None and not (told == "hidden" and beside):
        notes.assume(f"Zeros are {told}, by the notes")
        return told
    if beside or (printed and "hidden" not in meanings.values()):
        notes.assume("Zeros are shown: some are printed")
        return "shown"
    if any(p.hidden for p in pieces):
        return _own_zeros(pieces, notes)
    if "hidden" in meanings.values():
        where = "none is printed for a period in which figures are hidden" if printed else "none is printed"
        notes.assume(f"Zeros are hidden: {where}")
        notes.doubt("That zeros are hidden is taken from there being none; settled by --zeros, or rule.zeros")
    return "hidden"


def _zeros_printed(pieces: Sequence[Piece], meanings: Mapping[str, Meaning]) -> tuple[bool, bool]:
    """Whether zeros are printed under the rule that hides figures, and whether any are printed at all.

    When several periods have zeros and several others hidden figures, but none both, the rule has changed.
    """
    zeros: set[tuple[int, str]] = set()
    hidden: set[tuple[int, str]] = set()
    for piece in pieces:
        place = next((a for a, axis in enumerate(piece.axes) if axis.is_time), None)
        labels = ("",) if place is None else piece.axes[place].labels
        times = [0] * len(piece.texts) if place is None else piece.index[:, place].tolist()
        own = piece.hidden or (0,) * len(piece.texts)
        columns = piece.column.tolist()
        for figure, text, h, c, t in zip(piece.figures, piece.texts, own, columns, times, strict=True):
            if piece.roles[c] != Role.COUNT:
                continue
            meaning = meanings.get(text) if figure is None else None
            if h or meaning == "hidden":
                hidden.add((piece.document, labels[t]))
            elif meaning == "nil" or (figure is not None and figure.value == 0):
                zeros.add((piece.document, labels[t]))
    changed = not zeros & hidden and min(len(zeros), len(hidden)) >= _SEVERAL
    return bool(zeros and hidden and not changed), bool(zeros)


def _own_zeros(pieces: Sequence[Piece], notes: Notes) -> Zeros:
    """In a publisher's own file a zero among the hidden figures tells."""
    zero = any(
        h and f is not None and f.value == 0
        for p in pieces
        for f, h in zip(p.figures, p.hidden or (), strict=False)
    )
    notes.assume(f"Zeros are {'hidden' if zero else 'shown'}, by the publisher's own marks")
    return "hidden" if zero else "shown"


def _tell(meanings: Mapping[str, Meaning], tokens: Mapping[str, int], notes: Notes) -> None:
    words = {"hidden": "a hidden figure", "missing": "a figure that is not available", "nil": "0"}
    for token, meaning in meanings.items():
        name = f"'{token}'" if token else "An empty place"
        notes.assume(f"{name} stands for {words[meaning]} ({counted(tokens[token], 'place')})")
