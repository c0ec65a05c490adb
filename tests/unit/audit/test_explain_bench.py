"""Explanations of a real tool's pattern. The tables are beside the repository; without them nothing is run."""

import csv
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from prikk.auditing import Rule, Verdict, attack
from prikk.auditing._explain import explain
from prikk.auditing._explain_check import check_derivations
from prikk.auditing._explain_model import proven
from prikk.tabular import UNBOUNDED, CellTable, Hierarchy, Publication, Status

BENCH = Path(__file__).parents[4] / "shared" / "bench"
RULE = Rule(threshold=4, zeros="shown")

pytestmark = pytest.mark.skipif(not BENCH.exists(), reason="the benchmark tables are not here")


def hierarchy(name):
    with (BENCH / f"T1m1.{name}.hier.csv").open() as file:
        above = {row["code"]: row["parent"] for row in csv.DictReader(file)}
    order = ["T"]
    for code in order:
        order += [c for c, parent in above.items() if parent == code and c != "T"]
    place = {code: i for i, code in enumerate(order)}
    parents = tuple(-1 if code == "T" else place[above[code]] for code in order)
    return Hierarchy(name=name, codes=tuple(order), parents=parents)


def pattern():
    """What GaussSuppression leaves to be seen of T1m1, and the figures."""
    with (BENCH / "patterns" / "gs_T1m1_pzF_default_nolp.csv").open() as file:
        header, *rows = csv.reader(file)
    names, by_code = header[:-3], {tuple(row[:-3]): row[-3:] for row in rows}
    table = CellTable.from_codes([hierarchy(name) for name in names], by_code)
    cells = [by_code[table.codes(i)] for i in range(len(table))]
    value = np.array([int(float(freq)) for freq, _, _ in cells])
    primary, hidden = (np.array([row[k] in {"1", "TRUE"} for row in cells]) & (value > 0) for k in (1, 2))
    return Publication(
        table=table,
        low=np.where(hidden, 0, value),
        high=np.where(hidden, UNBOUNDED, value),
        status=np.where(hidden, np.where(primary, Status.PRIMARY, Status.SECONDARY), Status.PUBLISHED).astype(
            np.uint8
        ),
    ), value


@pytest.fixture(scope="module")
def explained():
    pub, value = pattern()
    hidden = attack(pub, RULE, hint=value).hidden
    cells = [c for c in hidden if c.verdict in {Verdict.EXACT, Verdict.NARROWED}]
    return pub, cells, explain(pub, RULE, "threshold", cells)


def test_nearly_every_exact_cell_has_a_complete_derivation(explained):
    _, cells, found = explained
    exact = [d.complete for c, d in zip(cells, found, strict=True) if c.verdict == Verdict.EXACT]
    assert len(exact) == 114
    assert sum(exact) >= 100


def test_half_of_the_derivations_need_at_most_five_relations(explained):
    _, cells, found = explained
    exact = [d for c, d in zip(cells, found, strict=True) if c.verdict == Verdict.EXACT and d.complete]
    assert median(len({row for step in d.steps for row, _ in step.rows}) for d in exact) <= 5


def test_every_derivation_of_a_real_pattern_passes_the_check(explained):
    pub, cells, found = explained
    assert all(check_derivations(pub, RULE, "threshold", found))
    for cell, derivation in zip(cells, found, strict=True):
        same = proven(derivation.steps, cell.cell) == (cell.low, cell.high)
        assert same == derivation.complete


def test_unavoidable_cells_are_explained_without_a_shown_figure(explained):
    pub, cells, found = explained
    for cell, derivation in zip(cells, found, strict=True):
        used = [t for step in derivation.steps for t in step.terms] if cell.unavoidable else []
        assert all(pub.status[t.quantity] != Status.PUBLISHED or t.high is None for t in used)
