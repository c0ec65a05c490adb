"""PX: the file of PxWeb and of Nordic statistics, one for a release with all its languages.

PX-file format specification, AXIS-VERSION 2013. A hidden figure is ``".."``, shown as the public symbol by
``DATASYMBOL2``; a combination that is in no period is ``"-"``, one that no table shows is ``"..."``. ``CONFIDENTIAL`` is never
used: it hides on a screen what the file holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis, dimension_axes, period_axis
from prikk.dissemination.exchange._grid import Grid, Signs, blocks, every_combination, grid, joined
from prikk.dissemination.exchange._px_notes import Names, notes
from prikk.dissemination.exchange._px_text import END, LINE, entry, listed, quoted, unlike
from prikk.dissemination.exchange._remarks import absent_symbol, nil_symbol
from prikk.dissemination.exchange._terms import terms
from prikk.spec import ReleaseSpec, Text

SIGNS = Signs(hidden='".."', nil='"-"', absent='"..."')
_TIME_LIST = {"month": "TLIST(M1)", "quarter": "TLIST(Q1)", "year": "TLIST(A1)"}


def px(cube: PublishedCube) -> bytes:
    """The PX file of a cube. Dimensions are in the stub, periods in the heading; codes are those of ``cells.csv``."""
    dimensions, periods = dimension_axes(cube), period_axis(cube)
    cells = grid(cube, dimensions)
    head = "".join(_head(cube, (*dimensions, periods), cells))
    body = _matrix(cells) if cells.dense else _keyed(cells, dimensions)
    return b"".join([head.encode(), *body, f";{END}".encode()])


def _head(cube: PublishedCube, axes: Sequence[Axis], cells: Grid) -> Iterator[str]:
    spec = cube.spec
    # Keywords of the first language have no tag, and those of the others follow at once: readers go by that.
    tags = {x: "" if x == spec.release.languages[0] else x for x in spec.release.languages}
    names = {language: _names(axes, language) for language in tags}
    yield from _file(spec)
    yield from _texts(spec, tags)
    yield from _variables(axes, names, tags)
    yield from _time(spec, axes[-1], names, tags)
    yield from _totals(axes[:-1], names, tags)
    yield from _publication(spec, tags)
    yield from notes(cube, axes, names, tags)
    yield from _symbols(spec)
    if not cells.dense:
        for name in names[spec.release.languages[0]].variables[:-1]:
            yield entry("KEYS", "CODES", key=[name])
    yield f"DATA={END}"


def _names(axes: Sequence[Axis], language: str) -> Names:
    variables = unlike([a.title[language] for a in axes], [a.name for a in axes])
    return Names(variables=variables, values={a.name: unlike(a.labels[language], a.codes) for a in axes})


def _file(spec: ReleaseSpec) -> Iterator[str]:
    release = spec.release
    yield entry("CHARSET", quoted("ANSI"))
    yield entry("AXIS-VERSION", quoted("2013"))
    yield entry("CODEPAGE", quoted("utf-8"))
    yield entry("LANGUAGE", quoted(release.languages[0]))
    if len(release.languages) > 1:
        yield entry("LANGUAGES", listed(release.languages))
    if release.published is not None:
        yield entry("CREATION-DATE", _moment(release.published))
    if release.next_release is not None:
        yield entry("NEXT-UPDATE", _moment(dt.datetime.combine(release.next_release, dt.time())))
    yield entry("TABLEID", quoted(release.id))
    yield entry("DECIMALS", "0")
    yield entry("SHOWDECIMALS", "0")
    yield entry("MATRIX", quoted(release.id))
    # A sum over what is shown is wrong where a part is hidden; totals are cells of their own.
    yield entry("AGGREGALLOWED", "NO")
    yield entry("SUBJECT-CODE", quoted(release.id))
    free = release.licence is not None and release.licence.name.upper().startswith("CC0")
    yield entry("COPYRIGHT", "NO" if free else "YES")


def _moment(moment: dt.datetime) -> str:
    return quoted(f"{moment:%Y%m%d %H:%M}")


def _texts(spec: ReleaseSpec, tags: Mapping[str, str]) -> Iterator[str]:
    title = spec.release.title
    number = {language: terms(language).number for language in tags}
    for keyword, text in (
        ("SUBJECT-AREA", spec.release.publisher or title),
        ("DESCRIPTION", title),
        ("TITLE", title),
        ("CONTENTS", title),
        ("UNITS", spec.release.unit or number),
    ):
        for language, tag in tags.items():
            yield entry(keyword, quoted(text[language]), language=tag)


def _variables(axes: Sequence[Axis], names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    for language, tag in tags.items():
        yield entry("STUB", listed(names[language].variables[:-1]), language=tag)
    for language, tag in tags.items():
        yield entry("HEADING", listed(names[language].variables[-1:]), language=tag)
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


def _time(
    spec: ReleaseSpec, axis: Axis, names: Mapping[str, Names], tags: Mapping[str, str]
) -> Iterator[str]:
    """``TIMEVAL``: which variable is time, of what length its periods are, and which they are (``202201``, ``20221``)."""
    periods = ",".join(f'"{code.replace("-", "").replace("Q", "")}"' for code in axis.codes)
    value = f"{_TIME_LIST[spec.release.periods.every]},{periods}"
    for language, tag in tags.items():
        wrapped = value if len(value) < LINE - 60 else value.replace(',"', f',{END}"')
        yield entry("TIMEVAL", wrapped, language=tag, key=names[language].variables[-1:])


def _totals(axes: Sequence[Axis], names: Mapping[str, Names], tags: Mapping[str, str]) -> Iterator[str]:
    """What stands for a variable that is left out (its own total, never a sum), and what is part of what."""
    for i, axis in enumerate(axes):
        for language, tag in tags.items():
            total = names[language].values[axis.name][0]
            yield entry("ELIMINATION", quoted(total), language=tag, key=[names[language].variables[i]])
    for i, axis in enumerate(axes):
        codes = dict(zip(axis.codes, plain_codes(axis), strict=True))
        pairs = [f'"{codes[p]}":"{codes[c]}"' for p, parts in axis.children.items() for c in parts]
        # Readers cut a pair at its colon, so a code with one cannot be told.
        if len(axis.levels) > 1 and not any(":" in code for code in axis.codes):
            key = [names[next(iter(tags))].variables[i]]
            tree = f",{END}".join([f'"{codes[axis.codes[0]]}"', *pairs])
            yield entry("HIERARCHIES", tree, key=key)
            yield entry("HIERARCHYLEVELS", str(len(axis.levels) + 1), key=key)


def _publication(spec: ReleaseSpec, tags: Mapping[str, str]) -> Iterator[str]:
    release = spec.release
    if release.published is not None:
        yield entry("LAST-UPDATED", _moment(release.published))
    texts: list[tuple[str, Text]] = [("SOURCE", release.source or release.publisher)]
    if release.contact is not None:
        beside = "".join(f"#{x}" for x in (release.contact.email, release.contact.url) if x)
        texts.append(("CONTACT", {x: f"{release.contact.name[x]}{beside}" for x in tags}))
    for keyword, text in texts:
        for language, tag in tags.items():
            if text:
                yield entry(keyword, quoted(text[language]), language=tag)
    if release.url:
        yield entry("LINK", quoted(release.url))


def _symbols(spec: ReleaseSpec) -> Iterator[str]:
    """Every sign by itself: a program's own defaults would say something else of a hidden figure."""
    signs = {1: ".", 2: spec.protection.symbol, 3: absent_symbol(spec), 4: "....", 5: ".....", 6: "......"}
    for number, sign in signs.items():
        yield entry(f"DATASYMBOL{number}", quoted(sign))
    yield entry("DATASYMBOLSUM", quoted(spec.protection.symbol))
    yield entry("DATASYMBOLNIL", quoted(nil_symbol(spec)))


def _matrix(cells: Grid) -> Iterator[bytes]:
    """A row a combination, broken where it would be longer than a line may be."""
    yield from every_combination(cells, SIGNS, _separators(cells))


def _separators(cells: Grid) -> list[str]:
    widest = max((len(str(v)) for v in _ends(cells)), default=4)
    in_line = max(1, LINE // (max(widest, 4) + 1) - 1)
    last = cells.periods - 1
    return [END if p == last or p % in_line == in_line - 1 else " " for p in range(cells.periods)]


def _ends(cells: Grid) -> list[int]:
    found = pc.min_max(cells.values).as_py()
    return [v for v in found.values() if v is not None]


def _keyed(cells: Grid, axes: Sequence[Axis]) -> Iterator[bytes]:
    """A row a listed cell with its codes before it (``KEYS``): for cubes of which most combinations are empty."""
    names = [pa.array([f'"{c}",' for c in plain_codes(axis)], pa.string()) for axis in axes]
    for low, high in blocks(cells.count, cells.periods):
        parts: list[pa.Array | str] = [
            n.take(pa.array(codes[low:high])) for n, codes in zip(names, cells.codes, strict=True)
        ]
        for period, separator in enumerate(_separators(cells)):
            parts += [cells.shown(period, low, high, SIGNS.hidden), separator]
        yield joined(*parts)
