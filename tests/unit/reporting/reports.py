"""Invented boats in two harbours: small enough to work out by hand, with every verdict somewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from prikk.auditing import Derivation, Rule, Step, Term, Verdict, attack
from prikk.reading import Contradiction, DrawnCell, DrawnTable, Place, Reading
from prikk.reporting import AuditReport
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status

BOATS = ("TOTAL", "SLOOP", "YAWL", "KETCH")
HARBOURS = ("TOTAL", "N", "S")
YEARS = ("2024", "2025")
NAMES = {"TOTAL": "Boats in all", "SLOOP": "Sloop", "YAWL": "Yawl", "KETCH": "Ketch"}
TITLES = {"TOTAL": "All harbours", "N": "North harbour", "S": "South harbour"}
FIGURES = {
    ("TOTAL", "2024"): "1 012 1 000 10 *",
    ("N", "2024"): "512 500 10 *",
    ("S", "2024"): "500 500 * *",
    ("TOTAL", "2025"): "905 900 * *",
    ("N", "2025"): "403 400 * *",
    ("S", "2025"): "502 500 * *",
}
FILE = "boats.xlsx"

Figures = Mapping[tuple[str, str], str]


def hierarchy(name: str, codes: Sequence[str]) -> Hierarchy:
    return Hierarchy(name=name, codes=tuple(codes), parents=(-1,) + (0,) * (len(codes) - 1))


HIERARCHIES = (hierarchy("harbour", HARBOURS), hierarchy("boat", BOATS), hierarchy("year", ("TOTAL", *YEARS)))


def texts(figures: Figures) -> dict[tuple[str, str, str], str]:
    """Each figure as it is printed, by its codes; thousands are written with a space."""
    found = {}
    for (harbour, year), line in figures.items():
        figure = line.replace("1 0", "1\N{NO-BREAK SPACE}0").split(" ")
        found.update({(harbour, b, year): f for b, f in zip(BOATS, figure, strict=True)})
    return found


def number(text: str) -> int:
    return int(text.replace("\N{NO-BREAK SPACE}", ""))


def boats_reading(
    figures: Figures = FIGURES, names: Mapping[str, str] = NAMES, titles: Mapping[str, str] = TITLES
) -> Reading:
    """Read, as it were: a table for each harbour, boats down, years across."""
    printed = texts(figures)
    table = CellTable.from_codes(HIERARCHIES, printed)
    shown = [printed[table.codes(i)] for i in range(len(table))]
    low = np.array([0 if t == "*" else number(t) for t in shown], dtype=np.int64)
    high = np.array([UNBOUNDED if t == "*" else number(t) for t in shown], dtype=np.int64)
    status = np.array([Status.PRIMARY if t == "*" else 0 for t in shown], dtype=np.uint8)
    cells = [table.codes(i) for i in range(len(table))]
    return Reading(
        publication=Publication(table=table, low=low, high=high, status=status),
        labels={"harbour": titles, "boat": names, "year": {}},
        places=tuple((Place(table=titles[h], row=names[b], column=y, source=FILE),) for h, b, y in cells),
        tables=tuple(drawn(table, printed, h, titles[h], names) for h in HARBOURS),
        threshold=4,
        zeros="hidden",
        symbols=("*",),
        assumptions=("“*” stands for a figure below 4.",),
        unsure=("“Ketch” may hold other boats.",),
        contradictions=(),
    )


def drawn(
    table: CellTable,
    printed: Mapping[tuple[str, str, str], str],
    harbour: str,
    title: str,
    names: Mapping[str, str],
) -> DrawnTable:
    head = (DrawnCell(text="Boat", header=True), *(DrawnCell(text=y, header=True) for y in YEARS))
    rows = [
        (
            DrawnCell(text=names[b], header=True, bold=b == "TOTAL"),
            *(DrawnCell(text=printed[harbour, b, y], cell=at(table, harbour, b, y)) for y in YEARS),
        )
        for b in BOATS
    ]
    return DrawnTable(name=title, source=FILE, rows=(head, *rows))


def at(table: CellTable, *codes: str) -> int:
    """The number of the cell with these codes."""
    return next(i for i in range(len(table)) if table.codes(i) == codes)


def step(reading: Reading, cell: int, plus: Sequence[int], minus: Sequence[int], **changes: Any) -> Step:
    """A sum of shown figures, and of hidden ones from 0 to 3, that gives a cell."""
    publication = reading.publication
    terms = tuple(
        Term(
            quantity=q,
            coefficient=sign,
            low=int(publication.low[q]),
            high=3 if publication.status[q] else int(publication.high[q]),
        )
        for sign, quantities in ((1, plus), (-1, minus))
        for q in quantities
    )
    values: dict[str, Any] = {
        "low": None,
        "high": None,
        "constant": 0,
        "bound": "=",
        "reason": "sum",
        **changes,
    }
    return Step(quantity=cell, terms=terms, **values)


def derivations(reading: Reading) -> dict[int, Derivation]:
    """One figure by one sum, one through another table, one from both its ends, one by a chain, one by search."""
    table = reading.publication.table

    def cell(*codes: str) -> int:
        return at(table, *codes)

    ketch, north, south = (cell(h, "KETCH", "2024") for h in HARBOURS)
    first = step(
        reading,
        ketch,
        [cell("TOTAL", "TOTAL", "2024")],
        [cell("TOTAL", b, "2024") for b in BOATS[1:3]],
        low=2,
        high=2,
    )
    direct = step(
        reading,
        north,
        [cell("N", "TOTAL", "2024")],
        [cell("N", b, "2024") for b in BOATS[1:3]],
        low=2,
        high=2,
    )
    known = [replace(t, low=2, high=2) for t in step(reading, south, [ketch], [north]).terms]
    chain = replace(step(reading, south, [], [], low=0, high=0), terms=tuple(known))
    yawl = cell("S", "YAWL", "2024")
    across = step(reading, yawl, [cell("TOTAL", "YAWL", "2024")], [cell("N", "YAWL", "2024")], low=0, high=0)
    open_yawl, open_ketch = (cell("TOTAL", b, "2025") for b in ("YAWL", "KETCH"))
    whole = ([cell("TOTAL", "TOTAL", "2025")], [cell("TOTAL", "SLOOP", "2025"), open_ketch])
    least = step(reading, open_yawl, *whole, low=2, bound=">=")
    steps = {
        ketch: (first,),
        north: (direct,),
        south: (first, direct, chain),
        yawl: (across,),
        open_yawl: (least,),
    }
    found = {c: Derivation(cell=c, steps=s, complete=True) for c, s in steps.items()}
    return {**found, open_ketch: Derivation(cell=open_ketch, steps=(), complete=False)}


@cache
def _boats() -> AuditReport:
    reading = boats_reading()
    audit = attack(reading.publication, Rule(threshold=4, zeros="hidden"))
    return AuditReport(title="Boats", reading=reading, audit=audit, derivations=derivations(reading))


def boats(**changes: Any) -> AuditReport:
    """The report of the boats, attacked; ``changes`` replace its fields."""
    return replace(_boats(), **changes)


def every_kind() -> AuditReport:
    """The boats with a cell of every kind, by decree."""
    report = boats()
    hidden = list(report.audit.hidden)
    hidden[1] = replace(hidden[1], verdict=Verdict.UNDECIDED, low=0, high=3, inner_low=1, inner_high=2)
    exact = next(i for i, c in enumerate(hidden) if c.verdict == Verdict.EXACT)
    hidden[exact] = replace(hidden[exact], unavoidable=True)
    hidden[-1] = replace(hidden[-1], verdict=None, status=Status.SECONDARY, reach_low=None, reach_high=None)
    return replace(report, audit=replace(report.audit, hidden=tuple(hidden)))


HOSTILE = ("<script>alert(1)</script>", '" onmouseover="alert(1)', "</style><b>&amp;", "{{ 7 * 7 }}")


def hostile() -> AuditReport:
    """The boats with names that would be code, were they not escaped."""
    names = dict(zip(BOATS, HOSTILE, strict=True))
    titles = {h: f"<img src=x onerror=alert(1)> {h}" for h in HARBOURS}
    reading = replace(boats_reading(names=names, titles=titles), assumptions=HOSTILE, symbols=("<i>*</i>",))
    return boats(reading=reading, title=HOSTILE[0])


def cell_of(report: AuditReport, *codes: str) -> int:
    return at(report.reading.publication.table, *codes)


def wrong_sum() -> Contradiction:
    place = Place(table="North harbour", row="Boats in all", column="2024", source=FILE)
    return Contradiction(
        text="North harbour, 2024: the total 513 is not the sum of its parts, 512", places=(place,)
    )
