"""Random published cubes: hierarchies, labels and symbols as odd as a spec lets them be."""

import itertools
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from prikk.classifications import Classification, Item
from prikk.dissemination import PublishedCube
from prikk.spec import TOTAL, ReleaseSpec
from unit.dissemination.cubes import make_cube

LANGUAGES = ("nb", "en")
NAMES = ("region", "age", "kind")
PERIODS = (("2022-01", "2022-03", "month"), ("2021-Q4", "2022-Q2", "quarter"), ("2020", "2021", "year"))
SYMBOLS = ("*", ":", "..", "-", "+", "<b>", "&amp;", '"', "+1+1x")

_letters = st.text(st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="{}"), min_size=1)
texts = st.one_of(
    _letters.map(str.strip).filter(bool),
    st.sampled_from(("=1+1", "+A1", "-A1", "@A1", "<i>x</i>", "0301", "1e3")),
)


@st.composite
def classifications(draw: st.DrawFn, name: str) -> Classification:
    """One or two levels, at most three codes a branch."""
    groups = draw(st.integers(1, 3))
    sizes = draw(st.one_of(st.none(), st.lists(st.integers(1, 3), min_size=groups, max_size=groups)))
    needed = groups + sum(sizes or ())
    codes = iter(
        draw(st.lists(texts.filter(lambda t: t != TOTAL), min_size=needed, max_size=needed, unique=True))
    )
    top = [next(codes) for _ in range(groups)]
    parents = [(code, TOTAL) for code in top]
    parents += [
        (next(codes), group) for group, size in zip(top, sizes or (), strict=False) for _ in range(size)
    ]
    items = tuple(Item(code=c, parent=p, labels={x: draw(texts) for x in LANGUAGES}) for c, p in parents)
    return Classification(name=name, levels=levels(name, 2 if sizes else 1), items=items)


def levels(name: str, count: int) -> tuple[str, ...]:
    """The names of a dimension's levels."""
    return (f"{name}_group", name) if count > 1 else (name,)


@st.composite
def tables(draw: st.DrawFn, found: Sequence[Classification]) -> dict[str, Any]:
    """A family over some of the dimensions."""
    stub, *others = draw(st.permutations(found))
    each = others[: draw(st.integers(0, len(others)))]
    fields = " ".join(f"{{{c.name}:lower}}" for c in each)
    same: dict[str, Any] = {
        "title": dict.fromkeys(LANGUAGES, f"Tittel {fields}"),
        "total": dict.fromkeys(LANGUAGES, f"I alt {fields}"),
        "subtotal": dict.fromkeys(LANGUAGES, f"Sum {{{stub.name}}}"),
        "for_each": [c.name for c in each],
        "stub": [stub.name],
    }
    shown = draw(st.sampled_from((stub.levels, stub.levels[:1], stub.levels[-1:])))
    return {**same, "levels": list(shown), "heading": dict.fromkeys(LANGUAGES, fields)} if each else same


@st.composite
def cubes(draw: st.DrawFn) -> PublishedCube:
    """A cube in which any of the possible cells are listed, and any of their figures hidden."""
    found = [draw(classifications(name)) for name in NAMES[: draw(st.integers(1, 3))]]
    first, last, every = draw(st.sampled_from(PERIODS))
    raw = {
        "folder": ".",
        "release": {
            "id": "x",
            "title": {x: draw(texts) for x in LANGUAGES},
            "periods": {"from": first, "to": last, "every": every},
            "languages": list(LANGUAGES),
        },
        "register": {"source": "x.csv", "columns": {}},
        "dimensions": {
            c.name: {"classification": "x.csv", "column": "x", "levels": list(c.levels)} for c in found
        },
        "protection": {"threshold": 4, "symbol": draw(st.sampled_from(SYMBOLS)), "method": "primary-only"},
        "tables": draw(st.lists(tables(found), min_size=1, max_size=2)),
    }
    spec = ReleaseSpec.model_validate(raw)
    possible = list(itertools.product(*(c.in_order for c in found)))
    figure = st.one_of(st.none(), st.integers(0, 9), st.integers(10, 10**7))
    figures = st.lists(figure, min_size=len(spec.periods), max_size=len(spec.periods))
    listed = draw(st.sets(st.sampled_from(possible), max_size=12))
    cells = {c: draw(figures) for c in possible if c in listed or set(c) == {TOTAL}}
    return make_cube(spec, {c.name: c for c in found}, cells)
