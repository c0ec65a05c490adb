"""The notes of a PX file: for the table, a variable, a value, or cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._dataset import Dataset
from prikk.dissemination.exchange._px_text import entry, quoted
from prikk.dissemination.exchange._remarks import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the variables and their values are called in a language; notes go by these and not by codes."""

    variables: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


def notes(dataset: Dataset, names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    """All notes; ``NOTEX``, ``VALUENOTEX`` and ``CELLNOTEX`` are those that a program must show."""
    facts = dataset.facts
    for keyword, texts in (("NOTEX", facts.must_know), ("NOTE", facts.good_to_know)):
        for language, tag in tags.items():
            # Several notes to one thing are one text with a line between them.
            if text := "##".join(texts[language]):
                yield entry(keyword, quoted(text), language=tag)
    yield from _placed(dataset, names, tags)


def _placed(dataset: Dataset, names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    axes = dataset.axes
    found: dict[tuple[str, tuple[int, ...]], list[Remark]] = {}
    for remark in dataset.remarks:
        found.setdefault(_kind_and_place(remark, axes), []).append(remark)
    for (kind, place), several in found.items():
        for language, tag in tags.items():
            text = quoted("##".join(r.text[language] for r in several))
            yield entry(kind, text, language=tag, key=_key(kind, place, axes, names[language]))


def _kind_and_place(remark: Remark, axes: Sequence[Axis]) -> tuple[str, tuple[int, ...]]:
    """The keyword, and the place of a code on each axis: -1 for all codes, and for an axis that is not meant."""
    last = "X" if remark.important else ""
    if remark.dimension:
        return f"NOTE{last}", tuple(0 if a.name == remark.dimension else -1 for a in axes)
    place = tuple(a.codes.index(remark.place[a.name]) if a.name in remark.place else -1 for a in axes)
    kind = "VALUENOTE" if len(remark.place) == 1 else "CELLNOTE"
    return f"{kind}{last}", place


def _key(kind: str, place: Sequence[int], axes: Sequence[Axis], names: Names) -> tuple[str, ...]:
    if kind.startswith("CELLNOTE"):
        return tuple("*" if i < 0 else names.values[a.name][i] for a, i in zip(axes, place, strict=True))
    at = next(d for d, i in enumerate(place) if i >= 0)
    if kind.startswith("NOTE"):
        return (names.variables[at],)
    return (names.variables[at], names.values[axes[at].name][place[at]])
