"""An audit of what prikk itself writes: every printed format tells the same as the plain tables."""

import pytest

from prikk.audits import audit
from prikk.pipeline import build
from prikk.register import EngineSettings
from prikk.steps import Silent
from support import SPEC, edited, project, rows

REGION = "code,parent,label_en\n" + "".join(
    f"{code},{code[:1] if code[1:] else ''},{name}\n"
    for code, name in {
        "N": "Northern counties",
        "S": "Southern counties",
        "N1": "Alder bay",
        "N2": "Birch hill",
        "N3": "Cedar falls",
        "S1": "Juniper point",
        "S2": "Maple grove",
        "S3": "Willow creek",
    }.items()
)
AGE = "code,from,to,label_en\nlow,0,29,29 years and under\nmid,30,49,30-49 years\ntop,50,,50 years and over\n"
BORN = {"low": "2000-05-05", "mid": "1985-05-05", "top": "1960-05-05"}
PEOPLE = {
    "N1": (44, 2, 31), "N2": (1, 37, 62), "N3": (25, 3, 48),
    "S1": (18, 55, 2), "S2": (71, 2, 1), "S3": (33, 12, 90),
}  # fmt: skip
TABLES = """
[[notes]]
text = { en = "Two regions until 2023." }
at = { region = "N2" }

[[notes]]
text = { en = "Counted anew." }
kind = "break"
at = { period = "2024-02" }

[[tables]]
title = { en = "Age" }
stub = ["age"]
total = { en = "Total" }

[[tables]]
title = { en = "Region and age" }
heading = { en = "{age}" }
for_each = ["age"]
stub = ["region"]
total = { en = "Total {age}" }
subtotal = { en = "Total {region:lower}" }

[[tables]]
title = { en = "Region" }
stub = ["region"]
total = { en = "Total" }
subtotal = { en = "Total {region:lower}" }
"""


def verdicts(*paths):
    """The audit in numbers: what can be worked out, and of how many figures."""
    found = audit([str(p) for p in paths]).audit.summary
    return found.cells, found.hidden, found.exact, found.narrowed, found.safe, found.undecided


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    people = [
        (number, region, BORN[age])
        for region, numbers in PEOPLE.items()
        for number, age in zip(numbers, BORN, strict=True)
    ]
    text = edited(SPEC, ('languages = ["en"]', 'languages = ["en"]\nunit = { en = "People" }'))
    text = text[: text.index("[[tables]]")] + TABLES
    spec = project(folder, spec=text, region=REGION, age=AGE, register=rows(*people))
    settings = EngineSettings(memory_limit=None, threads=None)
    build(spec, folder / "out", settings=settings, steps=Silent())
    return folder / "out" / "public"


def test_the_plain_tables_leak_what_was_planted(public):
    cells, hidden, exact, *_, undecided = verdicts(public / "tables.csv")
    assert (cells, hidden, undecided) == (72, 12, 0)
    assert exact > 0


@pytest.mark.parametrize("name", ["toy.pdf", "toy.xlsx", "toy.px", "toy.jsonstat.json", "cells.csv"])
def test_every_format_gets_the_verdict_of_the_plain_tables(public, name):
    assert verdicts(public / name) == verdicts(public / "tables.csv")


def test_the_pages_of_the_site_together_get_that_verdict_too(public):
    pages = sorted((public / "html" / "en").glob("table-*.html"))
    assert len(pages) == 3
    assert verdicts(*pages) == verdicts(public / "tables.csv")
