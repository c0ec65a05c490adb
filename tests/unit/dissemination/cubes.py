"""Cubes to test with: the example as it was published, and a tiny invented one."""

import csv
import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa

import prikk
from prikk.classifications import Classification, Item, load_classifications
from prikk.dissemination import PublishedCube
from prikk.spec import TOTAL, ReleaseSpec, load_spec

EXAMPLE = Path(prikk.__file__).parent / "examples" / "tiltak-alder"
PUBLISHED = EXAMPLE / "published" / "tables.csv"

Cells = Mapping[tuple[str, ...], Sequence[int | None]]


def make_cube(
    spec: ReleaseSpec, classifications: Mapping[str, Classification], cells: Cells
) -> PublishedCube:
    """A cube from figures by coordinates, one a period; None is hidden."""
    names, symbol = list(spec.dimensions), spec.protection.symbol
    order = [c for c in itertools.product(*(classifications[n].in_order for n in names)) if c in cells]
    rows = [(p.code, *c, cells[c][i]) for i, p in enumerate(spec.periods) for c in order]
    columns: Iterable[Sequence[object]] = list(zip(*rows, strict=True)) or [[]] * (len(names) + 2)
    *texts, values = columns
    status = ["" if v is not None else symbol for v in values]
    arrays = [
        *(pa.array(t, pa.string()) for t in texts),
        pa.array(values, pa.int64()),
        pa.array(status, pa.string()),
    ]
    table = pa.Table.from_arrays(arrays, names=["period", *names, "value", "status"])
    return PublishedCube(spec=spec, classifications=classifications, cells=table)


@cache
def published_cube() -> PublishedCube:
    """The example's cube, read back from the rows that were published."""
    spec = load_spec(EXAMPLE / "as-published.toml")
    cells: dict[tuple[str, ...], list[int | None]] = {}
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes = tuple(_code([row[level] for level in spec.levels(d)]) for d in spec.dimensions)
            cells[codes] = [None if row[p.code] == "*" else int(row[p.code]) for p in spec.periods]
    return make_cube(spec, load_classifications(spec), cells)


def _code(path: Sequence[str]) -> str:
    return next((code for code in reversed(path) if code != TOTAL), TOTAL)


TINY = {
    "folder": ".",
    "release": {
        "id": "boats",
        "title": {"nb": "Båter i havn", "en": "Boats in harbour"},
        "periods": {"from": "2024-12", "to": "2025-01"},
        "languages": ["nb", "en"],
        "about": {"nb": "Oppdiktede båter & <havner>.", "en": "Invented boats & <harbours>."},
        "source": {"nb": "Havnevesenet", "en": "The harbour office"},
    },
    "register": {"source": "boats.csv", "columns": {"id": "id", "person": "p", "start": "s", "end": "e"}},
    "dimensions": {
        "harbour": {"classification": "harbour.csv", "column": "harbour"},
        "boat": {"classification": "boat.csv", "column": "boat", "levels": ["boat_group", "boat"]},
    },
    "protection": {"threshold": 3, "symbol": "*", "legal_basis": "Havneloven § 1", "method": "primary-only"},
    "tables": [
        {
            "title": {"nb": "Havn", "en": "Harbour"},
            "stub": ["harbour"],
            "total": {"nb": "I alt", "en": "Total"},
        },
        {
            "title": {"nb": "Båter og havner", "en": "Boats and harbours"},
            "heading": {"nb": "{harbour}", "en": "{harbour}"},
            "for_each": ["harbour"],
            "stub": ["boat"],
            "total": {"nb": "I alt i {harbour}", "en": "Total in {harbour}"},
            "subtotal": {"nb": "I alt {boat:lower}", "en": "Total {boat:lower}"},
        },
    ],
}


def classification(
    name: str, levels: tuple[str, ...], items: Iterable[tuple[str, str, str, str]]
) -> Classification:
    """A classification from (code, parent, label in nb, label in en)."""
    made = (Item(code=c, parent=p, labels={"nb": nb, "en": en}) for c, p, nb, en in items)
    return Classification(name=name, levels=levels, items=tuple(made))


HARBOURS = classification(
    "harbour", ("harbour",), [("N", TOTAL, "Nordhavn", "Northport"), ("S", TOTAL, "Sørhavn", "Southport")]
)
BOATS = classification(
    "boat",
    ("boat_group", "boat"),
    [
        ("SAIL", TOTAL, "Seilbåter", "Sailing boats"),
        ("KETCH", "SAIL", "Ketsj", "Ketch"),
        ("YAWL", "SAIL", "=Yawl", "=Yawl"),
        ("MOTOR", TOTAL, "Motorbåter", "Motor boats"),
        ("SJARK", "MOTOR", "Sjark & <co>", "Sjark & <co>"),
    ],
)


def tiny_cube() -> PublishedCube:
    """Two tables: the harbours, and the boats of the northern one; nothing is listed for the southern."""
    spec = ReleaseSpec.model_validate(TINY)
    cells: Cells = {
        (TOTAL, TOTAL): [1234, 1201],
        ("N", TOTAL): [1230, 1201],
        ("N", "SAIL"): [1220, 1199],
        ("N", "KETCH"): [1218, 1190],
        ("N", "YAWL"): [None, 9],
        ("N", "MOTOR"): [10, None],
        ("N", "SJARK"): [10, None],
    }
    return make_cube(spec, {"harbour": HARBOURS, "boat": BOATS}, cells)
