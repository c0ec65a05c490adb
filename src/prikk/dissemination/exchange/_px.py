"""PX: the file of PxWeb and of Nordic statistics, one for a release with all its languages.

PX-file format specification, AXIS-VERSION 2013. A hidden figure is ``".."``, shown as the public symbol by
``DATASYMBOL2``; a combination that is in no period is ``"-"``, one that no table shows is ``"..."``. ``CONFIDENTIAL`` is never
used: it hides on a screen what the file holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod

import numpy as np
import pyarrow as pa

from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._dataset import Dataset
from prikk.dissemination.exchange._facts import Facts
from prikk.dissemination.exchange._figures import ABSENT, Figures, every_combination, side_by_side, texts
from prikk.dissemination.exchange._grid import Numbers, blocks, joined
from prikk.dissemination.exchange._json_head import Placement
from prikk.dissemination.exchange._px_notes import Names, notes
from prikk.dissemination.exchange._px_text import END, LINE, entry, listed, quoted, unlike
from prikk.dissemination.exchange._signs import Signs
from prikk.spec import TOTAL, Text

SIGNS = Signs(hidden='".."', nil='"-"', absent='"..."')
_TIME_LIST = {"month": "TLIST(M1)", "quarter": "TLIST(Q1)", "year": "TLIST(A1)"}


def px(dataset: Dataset, placed: Placement | None = None) -> bytes:
    """The PX file of a data set; codes are those of ``cells.csv``.

    Dimensions are in the stub and periods in the heading, unless another placement is asked for. A name in it that is of no axis is passed
    over: the contents are no variable of a PX file.
    """
    names = [axis.name for axis in dataset.axes]
    wanted = placed or Placement(stub=tuple(names[:-1]), heading=tuple(names[-1:]))
    stub, heading = ([n for n in part if n in names] for part in (wanted.stub, wanted.heading))
    usual = placed is None or ([*stub, *heading] == names and len(heading) == 1)
    found = dataset.figures
    if not usual:
        body: Iterable[bytes] = [_turned(dataset, stub, heading)]
    else:
        body = _matrix(found) if found.dense else _keyed(found, dataset.axes[:-1])
    head = "".join(_head(dataset, stub, heading, keyed=usual and not found.dense))
    return b"".join([head.encode(), *body, f";{END}".encode()])


def _head(dataset: Dataset, stub: Sequence[str], heading: Sequence[str], *, keyed: bool) -> Iterator[str]:
    facts, axes = dataset.facts, dataset.axes
    # Keywords of the first language have no tag, and those of the others follow at once: readers go by that.
    tags = {x: "" if x == facts.languages[0] else x for x in facts.languages}
    names = {language: _names(axes, language) for language in tags}
    yield from _file(facts)
    yield from _texts(facts, tags)
    for keyword, placed in (("STUB", stub), ("HEADING", heading)):
        numbers = [next(i for i, axis in enumerate(axes) if axis.name == name) for name in placed]
        for language, tag in tags.items():
            if numbers:
                variables = names[language].variables
                yield entry(keyword, listed(variables[i] for i in numbers), language=tag)
    yield from _variables(axes, names, tags)
    yield from _time(facts, axes[-1], names, tags)
    yield from _totals(axes[:-1], names, tags)
    yield from _publication(facts, tags)
    yield from notes(dataset, names, tags)
    yield from _symbols(facts.signs)
    if keyed:
        for name in names[facts.languages[0]].variables[:-1]:
            yield entry("KEYS", "CODES", key=[name])
    yield f"DATA={END}"


def _names(axes: Sequence[Axis], language: str) -> Names:
    variables = unlike([a.title[language] for a in axes], [a.name for a in axes])
    return Names(variables=variables, values={a.name: unlike(a.labels[language], a.codes) for a in axes})


def _file(facts: Facts) -> Iterator[str]:
    yield entry("CHARSET", quoted("ANSI"))
    yield entry("AXIS-VERSION", quoted("2013"))
    yield entry("CODEPAGE", quoted("utf-8"))
    yield entry("LANGUAGE", quoted(facts.languages[0]))
    if len(facts.languages) > 1:
        yield entry("LANGUAGES", listed(facts.languages))
    if facts.published is not None:
        yield entry("CREATION-DATE", _moment(facts.published))
    if facts.next_release is not None:
        yield entry("NEXT-UPDATE", _moment(dt.datetime.combine(facts.next_release, dt.time())))
    yield entry("TABLEID", quoted(facts.id))
    yield entry("DECIMALS", "0")
    yield entry("SHOWDECIMALS", "0")
    yield entry("MATRIX", quoted(facts.id))
    # A sum over what is shown is wrong where a part is hidden; totals are cells of their own.
    yield entry("AGGREGALLOWED", "NO")
    yield entry("SUBJECT-CODE", quoted(facts.id))
    free = facts.licence is not None and facts.licence.name.upper().startswith("CC0")
    yield entry("COPYRIGHT", "NO" if free else "YES")


def _moment(moment: dt.datetime) -> str:
    return quoted(f"{moment:%Y%m%d %H:%M}")


def _texts(facts: Facts, tags: Mapping[str, str]) -> Iterator[str]:
    title = facts.title
    for keyword, text in (
        ("SUBJECT-AREA", facts.publisher or title),
        ("DESCRIPTION", title),
        ("TITLE", title),
        ("CONTENTS", title),
        ("UNITS", facts.unit),
    ):
        for language, tag in tags.items():
            yield entry(keyword, quoted(text[language]), language=tag)


def _variables(axes: Sequence[Axis], names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    for i, axis in enumerate(axes):
        for language, tag in tags.items():
            name = names[language].variables[i]
            yield entry("VALUES", listed(names[language].values[axis.name]), language=tag, key=[name])
    for i, axis in enumerate(axes):
        for keyword, value in (
            ("CODES", listed(plain_codes(axis))),
            ("VARIABLECODE", quoted(axis.name)),
        ):
            for language, tag in tags.items():
                yield entry(keyword, value, language=tag, key=[names[language].variables[i]])


def plain_codes(axis: Axis) -> tuple[str, ...]:
    """The codes of an axis, as they are unless one has a quotation mark or a line break."""
    return unlike(axis.codes, axis.codes)


def _time(facts: Facts, axis: Axis, names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    """``TIMEVAL``: which variable is time, of what length its periods are, and which they are (``202201``, ``20221``)."""
    periods = ",".join(f'"{code.replace("-", "").replace("Q", "")}"' for code in axis.codes)
    value = f"{_TIME_LIST[facts.every]},{periods}"
    for language, tag in tags.items():
        wrapped = value if len(value) < LINE - 60 else value.replace(',"', f',{END}"')
        yield entry("TIMEVAL", wrapped, language=tag, key=names[language].variables[-1:])


def _totals(axes: Sequence[Axis], names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    """What stands for a variable that is left out (its own total, never a sum), and what is part of what."""
    for i, axis in enumerate(axes):
        for language, tag in tags.items():
            if TOTAL in axis.codes:
                total = names[language].values[axis.name][axis.codes.index(TOTAL)]
                yield entry("ELIMINATION", quoted(total), language=tag, key=[names[language].variables[i]])
    for i, axis in enumerate(axes):
        codes = dict(zip(axis.codes, plain_codes(axis), strict=True))
        pairs = [f'"{codes[p]}":"{codes[c]}"' for p, parts in axis.children.items() for c in parts]
        # Readers cut a pair at its colon, so a code with one cannot be told; nor a tree of which a part is not there.
        whole = axis.codes[0] == TOTAL and -1 not in axis.parents[1:]
        if whole and len(axis.levels) > 1 and not any(":" in code for code in axis.codes):
            key = [names[next(iter(tags))].variables[i]]
            tree = f",{END}".join([f'"{codes[axis.codes[0]]}"', *pairs])
            yield entry("HIERARCHIES", tree, key=key)
            yield entry("HIERARCHYLEVELS", str(len(axis.levels) + 1), key=key)


def _publication(facts: Facts, tags: Mapping[str, str]) -> Iterator[str]:
    if facts.published is not None:
        yield entry("LAST-UPDATED", _moment(facts.published))
    told: list[tuple[str, Text]] = [("SOURCE", facts.source or facts.publisher)]
    if facts.contact is not None:
        beside = "".join(f"#{x}" for x in (facts.contact.email, facts.contact.url) if x)
        told.append(("CONTACT", {x: f"{facts.contact.name[x]}{beside}" for x in tags}))
    for keyword, text in told:
        for language, tag in tags.items():
            if text:
                yield entry(keyword, quoted(text[language]), language=tag)
    if facts.url:
        yield entry("LINK", quoted(facts.url))


def _symbols(signs: Signs) -> Iterator[str]:
    """Every sign by itself: a program's own defaults would say something else of a hidden figure."""
    all_signs = {1: ".", 2: signs.hidden, 3: signs.absent, 4: "....", 5: ".....", 6: "......"}
    for number, sign in all_signs.items():
        yield entry(f"DATASYMBOL{number}", quoted(sign))
    yield entry("DATASYMBOLSUM", quoted(signs.hidden))
    yield entry("DATASYMBOLNIL", quoted(signs.nil))


def _matrix(found: Figures) -> Iterator[bytes]:
    """A row a combination, broken where it would be longer than a line may be."""
    yield from every_combination(found, SIGNS, _separators(found))


def _turned(dataset: Dataset, stub: Sequence[str], heading: Sequence[str]) -> bytes:
    """A row a combination of the stub, a column one of the heading."""
    values = dataset.values([*stub, *heading])
    columns = prod(values.shape[len(stub) :])
    rows = values.reshape(-1, columns)
    return side_by_side(rows, SIGNS, _breaks(rows, columns))


def _separators(found: Figures) -> list[str]:
    return _breaks(found.listed, found.periods)


def _breaks(values: Numbers, columns: int) -> list[str]:
    shown = values[values > ABSENT]
    widest = max(len(str(v)) for v in (shown.min(), shown.max())) if shown.size else 4
    in_line = max(1, LINE // (max(widest, 4) + 1) - 1)
    last = columns - 1
    return [END if c == last or c % in_line == in_line - 1 else " " for c in range(columns)]


def _keyed(found: Figures, axes: Sequence[Axis]) -> Iterator[bytes]:
    """A row a listed cell with its codes before it (``KEYS``): for cubes of which most combinations are empty."""
    names = [pa.array([f'"{c}",' for c in plain_codes(axis)], pa.string()) for axis in axes]
    places = np.unravel_index(found.place, found.margins.sizes)
    for low, high in blocks(found.count, found.periods):
        parts: list[pa.Array | str] = [
            n.take(pa.array(codes[low:high])) for n, codes in zip(names, places, strict=True)
        ]
        for period, separator in enumerate(_separators(found)):
            column = np.ascontiguousarray(found.listed[low:high, period])
            parts += [texts(column, SIGNS), separator]
        yield joined(*parts)
