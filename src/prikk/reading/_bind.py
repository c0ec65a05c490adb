"""Bind the axes of all pieces to dimensions: by what the user says, by code lists, as periods, or by name and labels."""

from __future__ import annotations

from collections.abc import Sequence

from prikk.reading._dimensions import Bound, Dimension, Notes, free_name
from prikk.reading._lists import CodeList
from prikk.reading._match import code_in, coverage, match_labels
from prikk.reading._pages import page_chains
from prikk.reading._piece import Axis, Piece
from prikk.reading._spec import AuditSpec, DimensionRule
from prikk.reading._subtotals import Subtotals, member_code
from prikk.reading._text import counted, key, listed, plain, setting
from prikk.reading._variants import merge_variants
from prikk.reading._words import is_country, is_total, total_label, totalled
from prikk.spec import TOTAL

_ENOUGH = 0.5


class Binder:
    """Dimensions as they grow, piece by piece."""

    def __init__(self, lists: Sequence[CodeList], spec: AuditSpec, notes: Notes) -> None:
        self.dimensions: list[Dimension] = []
        self.lists = {c.name: c for c in lists}
        self.spec = spec
        self.notes = notes
        self.guessed: dict[tuple[str, str, str], int] = {}
        self.unmatched: dict[tuple[str, str], None] = {}
        self._chain: dict[int, int] = {}
        self._pages: dict[tuple[int, int], int] = {}
        self._subtotals = Subtotals()
        self._orders: dict[tuple[int, str], tuple[int, ...]] = {}
        self._names = {key(n): d for d, rule in spec.dimensions.items() for n in (d, *rule.names)}

    def bind(self, pieces: Sequence[Piece]) -> list[Bound]:
        """Bind all pieces, first what is certain of each, then what depends on the others."""
        bounds = [Bound(axes=[(-1, ())] * len(p.axes)) for p in pieces]
        chains = page_chains(pieces)
        for number, piece in enumerate(pieces):
            self._chain[id(piece)] = chains[number]
        self._subtotals = Subtotals.of(pieces, chains)
        for piece, bound in zip(pieces, bounds, strict=True):
            self._certain(piece, bound)
        for piece, bound in zip(pieces, bounds, strict=True):
            self._by_likeness(piece, bound)
        for piece, bound in zip(pieces, bounds, strict=True):
            self._titled(piece, bound)
        merge_variants(self.dimensions, bounds, self.notes)
        self._tell()
        return bounds

    def place(self, name: str) -> int:
        """The place of the dimension of a name, which is added if it is new."""
        for i, dimension in enumerate(self.dimensions):
            if dimension.name == name:
                return i
        codes = self.lists.get(name)
        dimension = Dimension(name=name, title=name, codelist=codes)
        if codes is not None:
            dimension.parents.update(codes.parents)
        self.dimensions.append(dimension)
        return len(self.dimensions) - 1

    def _rule(self, name: str) -> DimensionRule:
        return self.spec.dimensions.get(name) or DimensionRule()

    def _certain(self, piece: Piece, bound: Bound) -> None:
        for i, axis in enumerate(piece.axes):
            name = self._certain_name(axis)
            if name is None or (axis.is_time and name not in self.lists):
                continue
            place = self.place(name)
            listed_codes = self.dimensions[place].codelist is not None
            codes = self._listed_codes(axis, place) if listed_codes else self._codes(axis, place, piece)
            bound.axes[i] = (place, codes)

    def _certain_name(self, axis: Axis) -> str | None:
        said = self._names.get(key(axis.name)) if axis.name else None
        if said is not None:
            return said
        fit = [
            (max(coverage(axis.labels, c), coverage(axis.codes, c)), name) for name, c in self.lists.items()
        ]
        best = max(fit, default=(0.0, ""))
        if best[0] >= _ENOUGH:
            return best[1]
        spoken = next((n for n in self.lists if key(n) == key(axis.name)), None)
        if spoken is not None and all(is_total(t) for t in axis.labels):
            return spoken
        near = [n for n, c in self.lists.items() if _mostly_like(axis, c)] if not axis.is_time else []
        return near[0] if len(near) == 1 else None

    def _listed_codes(self, axis: Axis, place: int) -> tuple[int, ...]:
        dimension, rule = self.dimensions[place], self._rule(self.dimensions[place].name)
        codes = dimension.codelist
        assert codes is not None
        said = {key(t): c for t, c in rule.labels.items()} | {key(t): TOTAL for t in rule.total}
        others = [c for n, c in self.lists.items() if n != dimension.name]
        found = match_labels(axis.labels, axis.codes, codes, others)
        numbers = []
        for label, matched in zip(axis.labels, found.codes, strict=True):
            code = said.get(key(label), matched)
            if code is None:
                self.unmatched.setdefault((dimension.name, label))
                numbers.append(dimension.number(label, label))
                continue
            if found.guessed.get(label) == code:
                at = (dimension.name, label, code)
                self.guessed[at] = self.guessed.get(at, 0) + 1
            numbers.append(dimension.number(code, codes.label(code) if code != TOTAL else total_label(label)))
        dimension.order(numbers, axis.runs)
        return tuple(numbers)

    def _by_likeness(self, piece: Piece, bound: Bound) -> None:
        for i, axis in enumerate(piece.axes):
            if axis.is_time or bound.axes[i][0] >= 0:
                continue
            used = {d for d, _ in bound.axes}
            page = (self._chain[id(piece)], i)
            place = self._pages.get(page)
            labels = self._subtotals.labels_of(page, axis)
            place = self._like(axis, labels, used) if place is None or place in used else place
            if place is None:
                default = "columns" if axis.origin == "heading" else "rows"
                name = free_name(axis.name or default, [d.name for d in self.dimensions])
                place = self.place(name)
                self.dimensions[place].title = axis.name or _unnamed(axis)
                self.dimensions[place].named = bool(axis.name)
            self._pages.setdefault(page, place)
            bound.axes[i] = (place, self._codes(axis, place, piece))

    def _like(self, axis: Axis, labels: set[str], used: set[int]) -> int | None:
        """The dimension that has most of an axis's codes and of ``labels``, those of all pages of its table."""
        best: tuple[float, int] | None = None
        own = labels | {key(c) for c in axis.codes if c}
        for place, dimension in enumerate(self.dimensions):
            if place in used or dimension.is_time or dimension.codelist is not None:
                continue
            known = {*dimension.words, *(key(c) for c in dimension.codes[1:])}
            shared = len(own & known)
            overlap = shared / max(1, min(len(own), len(known)))
            same = bool(axis.name) and dimension.named and key(axis.name) == key(dimension.title)
            named = bool(axis.name) and dimension.named and not same
            likely = same or (overlap >= 0.8 and shared > 1 if named else overlap >= _ENOUGH and shared > 0)
            if likely and (best is None or (same + overlap) > best[0]):
                best = (same + overlap, place)
        return None if best is None else best[1]

    def _codes(self, axis: Axis, place: int, piece: Piece) -> tuple[int, ...]:
        """Codes for the labels of an axis without a code list."""
        dimension = self.dimensions[place]
        totals = self._totals(axis, self._rule(dimension.name), piece)
        said = {key(t): c for t, c in self._rule(dimension.name).labels.items()}
        numbers = []
        for i, label in enumerate(axis.labels):
            printed = axis.codes[i] if axis.codes else ""
            if i in totals:
                numbers.append(dimension.number(TOTAL, total_label(label)))
                continue
            rest = totalled(label)
            page = self._chain[id(piece)]
            if self._subtotals.is_member(label, page) and not printed and key(label) not in said:
                numbers.append(dimension.number(member_code(label)))
                dimension.labels.setdefault(member_code(label), plain(label))
                continue
            code = said.get(key(label)) or dimension.code_of(rest or label, printed)
            if rest:
                dimension.subtotals[code] = rest
            numbers.append(dimension.number(code, label))
            if rest:
                dimension.words.setdefault(rest, code)
            if axis.bold or axis.indents:
                look = (bool(axis.bold) and axis.bold[i], axis.indents[i] if axis.indents else 0)
                dimension.looks.setdefault(code, look)
        self._parents(axis, dimension)
        if axis.ordered:
            self._order(dimension, numbers, axis, piece)
        return tuple(numbers)

    def _order(self, dimension: Dimension, numbers: Sequence[int], axis: Axis, piece: Piece) -> None:
        """Remember the order of codes; a page with the titles of the one before goes on where that ended."""
        page = (self._chain[id(piece)], dimension.name)
        before = self._orders.get(page, ()) if axis.origin == "stub" else ()
        whole = (*before, *(n for n in numbers if n not in before))
        if before:
            dimension.sequences.pop(tuple(dimension.codes[n] for n in before), None)
        self._orders[page] = whole
        dimension.order(whole, () if before else axis.runs)

    def _parents(self, axis: Axis, dimension: Dimension) -> None:
        for child, owner in axis.within.items():
            dimension.within[dimension.code_of(child)] = (
                TOTAL if is_total(owner) else dimension.code_of(owner)
            )
        for child, parent in axis.parents.items():
            if child in dimension.numbers:
                dimension.parents[child] = TOTAL if parent == axis.total else parent
        said = self._rule(dimension.name)
        for child, parent in said.parents.items():
            below = dimension.words.get(key(child), child)
            dimension.parents[below] = dimension.words.get(key(parent), TOTAL if is_total(parent) else parent)

    def _totals(self, axis: Axis, rule: DimensionRule, piece: Piece) -> set[int]:
        """Which labels of an axis are its total."""
        said = {key(t) for t in rule.total}
        if said or axis.total is not None:
            return {
                i
                for i, label in enumerate(axis.labels)
                if key(label) in said or (axis.codes and axis.codes[i] == axis.total) or label == axis.total
            }
        found = [
            i for i, t in enumerate(axis.labels) if is_total(t) or (axis.codes and axis.codes[i] == TOTAL)
        ]
        countries = [i for i in found if is_country(axis.labels[i])]
        found = [i for i in found if i not in countries] or (countries if len(countries) == 1 else [])
        if found:
            return {i for i in found if key(axis.labels[i]) == key(axis.labels[found[0]])}
        spoken = [i for i, t in enumerate(axis.labels) if totalled(t)]
        titled = key(" ".join(piece.titles))
        named = [i for i in spoken if totalled(axis.labels[i]) in titled]
        ends = (0, len(axis.labels) - 1)
        if named:
            return set(named[:1])
        return set(spoken) if len(spoken) == 1 and spoken[0] in ends and len(axis.labels) > 2 else set()

    def _titled(self, piece: Piece, bound: Bound) -> None:
        """What a title, or the label of the total, says of the dimensions of code lists that no axis has."""
        used = {d for d, _ in bound.axes}
        spoken = [rest for axis in piece.axes for t in axis.labels if (rest := totalled(t))]
        lines = [t for t in piece.titles if t]
        for name, codes in self.lists.items():
            place = self.place(name)
            if place in used:
                continue
            code = next((c for rest in spoken if (c := code_in([rest], codes)) is not None), None)
            code = code or code_in(lines, codes)
            if code is not None:
                bound.constants[place] = self.dimensions[place].number(code, codes.label(code))

    def _tell(self) -> None:
        """List the labels that were matched by likeness, and those that were not."""
        by_code: dict[tuple[str, str], list[str]] = {}
        for dimension, label, code in self.guessed:
            by_code.setdefault((dimension, code), []).append(label)
        for (name, code), labels in by_code.items():
            meant = self.lists[name].label(code)
            self.notes.assume(
                f"{listed(labels)} {'is' if len(labels) == 1 else 'are'} read as '{meant}' ({name})"
            )
        for name in self.lists:
            rest = [label for n, label in self.unmatched if n == name]
            if rest:
                self.notes.doubt(
                    f"{counted(len(rest), 'label')} of '{name}' {'is' if len(rest) == 1 else 'are'} not in its "
                    f"classification: {listed(rest)}; settled by {setting('dimensions', name, 'labels')}"
                )


def _unnamed(axis: Axis) -> str:
    """A name for people: the first labels."""
    own = [t for t in axis.labels if not is_total(t)]
    return "/".join([*own[:2], "…"] if len(own) > 2 else own) or axis.labels[0]


def _mostly_like(axis: Axis, codes: CodeList) -> bool:
    """Whether the labels of an axis, garbled or subtotals, are mostly those of a list."""
    own = [t for t in axis.labels if t and not is_total(t)]
    found = [c for c in match_labels(own, (), codes).codes if c != TOTAL]
    return sum(c is not None for c in found) >= max(1, len(found) * 0.6)
