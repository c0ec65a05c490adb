"""PX files to a dataset."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from prikk.reading._grid import Dataset, DatasetDimension, SourceDocument
from prikk.reading.formats._cells import exact_number
from prikk.reading.formats._faults import refused
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._px_syntax import Statement, data_parts, decode_px, statements
from prikk.reading.formats._source import Source

_DOTS = {"." * n: f"DATASYMBOL{n}" for n in range(1, 8)}
_SYMBOLS = {**_DOTS, "-": "DATASYMBOLNIL"}
_NOTES = ("NOTEX", "NOTE", "INFO", "SOURCE", "VALUENOTEX", "VALUENOTE", "CELLNOTEX", "CELLNOTE")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Px:
    """The statements of one language, by keyword and keys."""

    found: Mapping[tuple[str, tuple[str, ...]], tuple[str, ...]]
    place: str

    def all(self, keyword: str, *keys: str) -> tuple[str, ...]:
        """The values of a keyword; none when it is not there."""
        return self.found.get((keyword, keys), ())

    def first(self, keyword: str, *keys: str) -> str:
        """The first value of a keyword, or an empty text."""
        return next(iter(self.all(keyword, *keys)), "")


def read_px(source: Source, budget: Budget) -> SourceDocument:
    """Read a PX file in its default language."""
    decoded = decode_px(source.data)
    if decoded is None:
        raise refused("px-syntax", source.place, "it is no text.", "Fetch it anew.")
    found, data = statements(decoded.text, source.place)
    px, language = _one_language(found, source.place)
    dimensions = [_dimension(px, name) for name in (*px.all("STUB"), *px.all("HEADING"))]
    if not dimensions:
        what, fix = "it names no variable in STUB or HEADING.", "Fetch it anew, or write it again."
        raise refused("px-stub", source.place, what, fix)
    budget.spend(math.prod(len(d.codes) for d in dimensions))
    values, statuses = _cells(px, _entries(px, data, dimensions))
    dataset = Dataset(
        place=source.place,
        title=px.first("TITLE") or px.first("DESCRIPTION") or px.first("CONTENTS"),
        dimensions=tuple(dimensions),
        values=values,
        statuses=statuses,
        notes=_notes(px),
    )
    said = (f"language {language}",) if language else ()
    return SourceDocument(
        place=source.place, kind="px", contents=(dataset,), assumptions=(*decoded.assumptions, *said)
    )


def _one_language(found: Sequence[Statement], place: str) -> tuple[_Px, str]:
    """What is said in the default language, and in no language; a repeated statement counts once."""
    plain = {(s.keyword, s.keys): s.values for s in reversed(found) if not s.language}
    default = next(iter(plain.get(("LANGUAGE", ()), ())), "")
    spoken = {s.language for s in found if s.language}
    if ("STUB", ()) not in plain and ("HEADING", ()) not in plain and spoken:
        default = default if default in spoken else min(spoken)
        plain |= {(s.keyword, s.keys): s.values for s in found if s.language == default}
    return _Px(found=plain, place=place), default if len(spoken) > 0 else ""


def _dimension(px: _Px, name: str) -> DatasetDimension:
    labels = px.all("VALUES", name)
    times = px.all("TIMEVAL", name)
    codes = px.all("CODES", name) or labels
    labels = labels or codes
    if not codes:
        fix = f'Add VALUES("{name}").'
        raise refused("px-values", px.place, f"the variable '{name}' has no VALUES.", fix)
    if len(codes) != len(labels):
        what = f"the variable '{name}' has {len(labels)} VALUES but {len(codes)} CODES."
        raise refused("px-values", px.place, what, "Give each value one code.")
    kind = px.first("VARIABLE-TYPE", name).lower()
    return DatasetDimension(
        name=px.first("VARIABLECODE", name) or name,
        label=name,
        codes=codes,
        labels=labels,
        is_time=bool(times) or kind in ("time", "t"),
        is_metric=name in px.all("CONTVARIABLE") or kind in ("contents", "c"),
        total=_elimination(px.first("ELIMINATION", name), codes, labels),
        parents=_parents(px.all("HIERARCHIES", name)),
    )


def _elimination(value: str, codes: Sequence[str], labels: Sequence[str]) -> str | None:
    """The code that stands for all: ELIMINATION names it by its text, or by its code; YES names none."""
    if value in labels:
        return codes[labels.index(value)]
    return value if value in codes else None


def _parents(values: Sequence[str]) -> dict[str, str]:
    """HIERARCHIES lists ``"parent":"child"``, of which the syntax makes parts and colons."""
    around = zip(values, values[1:], values[2:], strict=False)
    return {child: parent for parent, colon, child in around if colon == ":"}


def _entries(px: _Px, data: str, dimensions: Sequence[DatasetDimension]) -> list[str]:
    """All cells in their order, as written; of a file with KEYS the rows that are left out are zero."""
    size = math.prod(len(d.codes) for d in dimensions)
    keyed = [px.first("KEYS", d.label).upper() for d in dimensions]
    if any(keyed):
        return _keyed_entries(px.place, data, dimensions, keyed)
    entries = list(islice(data_parts(data), size + 1))
    if len(entries) != size:
        count = "more" if len(entries) > size else f"{len(entries):,}"
        what = f"its variables make {size:,} cells, but DATA holds {count}."
        raise refused(
            "px-data", px.place, what, "Fetch it anew: it is cut off, or a list of values is wrong."
        )
    return entries


def _keyed_entries(
    place: str, data: str, dimensions: Sequence[DatasetDimension], keyed: Sequence[str]
) -> list[str]:
    """The cells of rows that begin with the keys of some variables, each in its place."""
    sizes = [len(d.codes) for d in dimensions]
    strides = [math.prod(sizes[i + 1 :]) for i in range(len(sizes))]
    keys: list[dict[str, int]] = []
    free: list[range] = []
    for dimension, kind, stride in zip(dimensions, keyed, strides, strict=True):
        names = dimension.codes if kind == "CODES" else dimension.labels
        if kind:
            keys.append({name: i * stride for i, name in enumerate(names)})
        else:
            free.append(range(0, len(names) * stride, stride))
    offsets = [sum(steps) for steps in product(*free)]
    entries = ["0"] * math.prod(sizes)
    parts = data_parts(data)
    while row := list(islice(parts, len(keys) + len(offsets))):
        start = _row_start(place, keys, row)
        for offset, entry in zip(offsets, row[len(keys) :], strict=False):
            entries[start + offset] = entry
        if len(row) < len(keys) + len(offsets):
            raise refused("px-data", place, "the last row of DATA is too short.", "Fetch it anew.")
    return entries


def _row_start(place: str, keys: Sequence[Mapping[str, int]], row: Sequence[str]) -> int:
    try:
        return sum(key[_bare(part)] for key, part in zip(keys, row, strict=False))
    except KeyError:
        fix = "Write it again: KEYS says whether rows begin with codes or with texts."
        what = "a row of DATA begins with a key that no variable has."
        raise refused("px-data", place, what, fix) from None


def _bare(part: str) -> str:
    return part[1:-1] if part.startswith('"') else part


def _cells(px: _Px, entries: Sequence[str]) -> tuple[tuple[Decimal | None, ...], tuple[str, ...]]:
    """Values and symbols; each different entry is looked at once."""
    known: dict[str, tuple[Decimal | None, str]] = {}
    for entry in set(entries):
        bare = _bare(entry).strip()
        if bare in _SYMBOLS:
            known[entry] = (None, px.first(_SYMBOLS[bare]) or bare)
            continue
        number = exact_number(bare)
        if number is None:
            fix = 'A cell is a number, or a symbol ("-", ".", "..", …) in quotes.'
            raise refused("px-data", px.place, f"DATA holds '{bare[:40]}', which is no cell.", fix)
        known[entry] = (number, "")
    return tuple(known[e][0] for e in entries), tuple(known[e][1] for e in entries)


def _notes(px: _Px) -> tuple[str, ...]:
    """The notes, each with what it is about; ``#`` is a line break in PX."""
    found = []
    for (keyword, keys), values in px.found.items():
        if keyword in _NOTES:
            about = f"{', '.join(keys)}: " if keys else ""
            found.append(about + " ".join(values).replace("#", " ").strip())
    return tuple(reversed(found))
