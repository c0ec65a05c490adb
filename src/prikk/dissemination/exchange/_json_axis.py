"""A dimension of a JSON-stat dataset, put together of pieces that are made once: of all its codes, or of some of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._remarks import Remark
from prikk.spec import TOTAL


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisText:
    """The pieces of an axis in a language: each code, and each code with its label, as JSON.

    ``notes`` are the notes to codes by their places, ``own`` those to the dimension. ``total`` is the place of the code that
    stands for the dimension when it is left out; ``eliminable`` is false for the periods. ``ready`` has what is asked
    for most as it is written, ``keyed``: all codes, and the total alone.
    """

    name: str
    opening: str
    codes: tuple[str, ...]
    labelled: tuple[str, ...]
    parents: tuple[int, ...]
    notes: Mapping[int, str]
    own: str
    total: int
    eliminable: bool
    ready: Mapping[Sequence[int], bytes] = field(default_factory=dict)

    def written(self, places: Sequence[int], *, keyed: bool = False) -> bytes:
        """The dimension with the codes of some places, in their order; ``index`` is a list of them, or ``keyed``."""
        if keyed and type(places) is not list and (ready := self.ready.get(places)) is not None:
            return ready
        return self._made(places, keyed=keyed).encode()

    def _made(self, places: Sequence[int], *, keyed: bool) -> str:
        codes, labelled = self.codes, self.labelled
        if keyed:
            index = ",".join([f"{codes[p]}:{i}" for i, p in enumerate(places)])
        else:
            index = ",".join([codes[p] for p in places])
        opened, closed = "{}" if keyed else "[]"
        labels = ",".join([labelled[p] for p in places])
        return (
            f'{self.opening}{opened}{index}{closed},"label":{{{labels}}}{self._children(places)}{self._notes(places)}}}'
            f"{self.own}{self._elimination(places)}}}"
        )

    def _children(self, places: Sequence[int]) -> str:
        if len(places) == 1:
            return ""
        chosen, parents = set(places), self.parents
        if chosen.isdisjoint([parents[p] for p in places]):
            return ""
        found: dict[int, list[str]] = {}
        for place in places:
            if (parent := parents[place]) in chosen:
                found.setdefault(parent, []).append(self.codes[place])
        pairs = ",".join([f"{self.codes[p]}:[{','.join(parts)}]" for p, parts in found.items()])
        return f',"child":{{{pairs}}}'

    def _notes(self, places: Sequence[int]) -> str:
        if not self.notes:
            return ""
        chosen = set(places)
        found = ",".join(note for place, note in self.notes.items() if place in chosen)
        return f',"note":{{{found}}}' if found else ""

    def _elimination(self, places: Sequence[int]) -> str:
        # What stands for the dimension when a query leaves it out: its own total, never a sum.
        if not self.eliminable:
            return ""
        if self.total in places:
            return f',"extension":{{"elimination":true,"eliminationValueCode":{self.codes[self.total]}}}'
        return ',"extension":{"elimination":false}'


def axis_text(axis: Axis, remarks: Sequence[Remark], language: str) -> AxisText:
    """The pieces of an axis with the notes that belong to it."""
    codes = tuple(as_json(code) for code in axis.codes)
    labels = axis.labels[language]
    own = [r.text[language] for r in remarks if r.dimension == axis.name]
    pieces = AxisText(
        name=axis.name,
        opening=f'{as_json(axis.name)}:{{"label":{as_json(axis.title[language])},"category":{{"index":',
        codes=codes,
        labelled=tuple(f"{code}:{as_json(label)}" for code, label in zip(codes, labels, strict=True)),
        parents=axis.parents,
        notes=_by_place(axis, remarks, language),
        own=f',"note":{as_json(own)}' if own else "",
        total=axis.codes.index(TOTAL) if TOTAL in axis.codes else -1,
        eliminable=bool(axis.levels),
    )
    often: list[Sequence[int]] = [range(len(codes)), (pieces.total,)]
    return replace(pieces, ready={p: pieces.written(p, keyed=True) for p in often if p[0] >= 0})


def _by_place(axis: Axis, remarks: Sequence[Remark], language: str) -> dict[int, str]:
    found: dict[str, list[str]] = {}
    for remark in remarks:
        if set(remark.place) == {axis.name}:
            found.setdefault(remark.place[axis.name], []).append(remark.text[language])
    return {axis.codes.index(code): f"{as_json(code)}:{as_json(texts)}" for code, texts in found.items()}


def as_json(value: object) -> str:
    """A value as JSON without spaces, its letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
