"""Small projects for tests: invented figures, written to a folder."""

from __future__ import annotations

import csv
from pathlib import Path

SPEC = """
[release]
id = "toy"
title = { en = "People in courses" }
periods = { from = "2024-01", to = "2024-02", every = "month" }
languages = ["en"]

[register]
source = "register.csv"
columns = { id = "id", person = "person", start = "start", end = "end" }

[dimensions.region]
classification = "region.csv"
column = "region"
levels = ["county", "region"]

[dimensions.age]
classification = "age.csv"
derive = { years_since = "born" }

[protection]
threshold = 4
method = "primary-only"
allow_unprotected = true

[[tables]]
title = { en = "Region" }
stub = ["region"]
total = { en = "Total" }
subtotal = { en = "Total {region}" }

[[tables]]
title = { en = "Region and age" }
for_each = ["age"]
stub = ["region"]
levels = ["county"]
total = { en = "Total {age:lower}" }
"""
REGION = "code,parent,label_en\nN,,North\nS,,South\nN1,N,North one\nN2,N,North two\nS1,S,South one\n"
AGE = "code,from,to,label_en\nyoung,0,29,Young\nold,30,,Old\n"
HEADER = "id,person,region,born,start,end\n"


def rows(*groups: tuple[int, str, str]) -> str:
    """Register rows: for each (number, region, birth date) so many spells over both months."""
    lines, i = [], 0
    for number, region, born in groups:
        for _ in range(number):
            i += 1
            lines.append(f"D{i},P{i},{region},{born},2023-12-01,\n")
    return HEADER + "".join(lines)


REGISTER = rows((5, "N1", "2000-05-05"), (2, "N2", "1970-05-05"), (9, "S1", "1999-01-31"))


def project(
    folder: Path, *, spec: str = SPEC, region: str = REGION, age: str = AGE, register: str = REGISTER
) -> Path:
    """Write a toy project and give the path of its spec."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("region.csv", region),
        ("age.csv", age),
        ("register.csv", register),
        ("release.toml", spec),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "release.toml"


def edited(text: str, *changes: tuple[str, str]) -> str:
    """A text with passages replaced, each of which must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
