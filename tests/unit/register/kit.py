"""A small release and its register, for the tests of this room."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from prikk.classifications import Classification, load_classifications
from prikk.register import EngineSettings, Register, open_register
from prikk.spec import ReleaseSpec, load_spec

SPEC = """
[release]
id = "toy"
title = {{ nb = "Leker" }}
periods = {{ from = "2022-01", to = "2022-03", every = "month" }}
languages = ["nb"]
[register]
source = {source!r}
{table}
layout = {layout!r}
unit = {unit!r}
columns = {{ {columns} }}
max_rejects = {max_rejects}
[dimensions.place]
classification = "place.csv"
column = "region"
levels = ["county", "municipality"]
[dimensions.age]
classification = "age.csv"
derive = {{ years_since = "born" }}
[protection]
threshold = 4
method = "primary-only"
[[tables]]
title = {{ nb = "Alder" }}
stub = ["age"]
total = {{ nb = "I alt" }}
"""
PLACE = """code,parent,label_nb,valid_from,valid_to
O,,Oslo,,
V,,Viken,,
0301,O,Oslo kommune,,
3001,V,Halden,,2022-02-28
3002,V,Moss,2022-03-01,
O'Neill\\n,V,Rare,,
"""
AGE = """code,parent,from,to,label_nb
40-66,,40,66,voksne
16-39,,16,39,unge
"""
COLUMNS = {
    ("spells", "participation"): ("id", "person", "start", "end"),
    ("spells", "person"): ("person", "start", "end"),
    ("snapshots", "participation"): ("id", "person", "date"),
    ("snapshots", "person"): ("person", "date"),
}
NAMES = {"id": "pid", "person": "who", "start": "start", "end": "end", "date": "day"}
SPELL: Mapping[str, Any] = {
    "pid": "T1",
    "who": "P1",
    "start": dt.date(2022, 1, 10),
    "end": None,
    "born": dt.date(1990, 5, 17),
    "region": "0301",
}
SNAPSHOT = {k: v for k, v in SPELL.items() if k not in ("start", "end")} | {"day": dt.date(2022, 1, 31)}

DATE = pa.date32()
SCHEMA = {"start": DATE, "end": DATE, "born": DATE, "day": DATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder with a spec, its classifications, and the means to open its register."""

    folder: Path
    spec: ReleaseSpec
    classifications: Mapping[str, Classification]

    def open(self, settings: EngineSettings | None = None) -> AbstractContextManager[Register]:
        return open_register(
            self.spec,
            self.classifications,
            workdir=self.folder / "work",
            settings=settings or EngineSettings(memory_limit="1GB", threads=2),
        )


def project(
    folder: Path,
    *,
    layout: str = "spells",
    unit: str = "participation",
    source: str = "register.parquet",
    **more: Any,
) -> Project:
    """Write a spec with its classifications; ``more``: ``table``, ``max_rejects``, ``place``, ``age``."""
    table = f"table = {more['table']!r}" if "table" in more else ""
    columns = ", ".join(f"{key} = '{NAMES[key]}'" for key in COLUMNS[layout, unit])
    text = SPEC.format(
        source=source,
        table=table,
        layout=layout,
        unit=unit,
        columns=columns,
        max_rejects=more.get("max_rejects", 0),
    )
    (folder / "release.toml").write_text(text, encoding="utf-8")
    (folder / "place.csv").write_text(more.get("place", PLACE), encoding="utf-8")
    (folder / "age.csv").write_text(more.get("age", AGE), encoding="utf-8")
    spec = load_spec(folder / "release.toml")
    return Project(folder=folder, spec=spec, classifications=load_classifications(spec))


def spells(*changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One good spell per change, changed; ids T1, T2, … and persons P1, P2, … unless changed."""
    return [{**SPELL, "pid": f"T{i}", "who": f"P{i}", **c} for i, c in enumerate(changes, start=1)]


def snapshots(*changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One good snapshot row per change, changed."""
    return [{**SNAPSHOT, "pid": f"T{i}", "who": f"P{i}", **c} for i, c in enumerate(changes, start=1)]


def table(rows: Sequence[Mapping[str, Any]], **types: pa.DataType) -> pa.Table:
    """Rows as Arrow: dates as dates and all else as text, unless ``types`` says otherwise."""
    names = list(rows[0])
    return pa.table({n: pa.array([r[n] for r in rows], (SCHEMA | types).get(n, pa.string())) for n in names})


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], **types: pa.DataType) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table(rows, **types), path)


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rejects(register: Register, folder: Path) -> list[tuple[str, str, str, str]]:
    """The rejects file, read back without its header."""
    register.write_rejects(folder / "rejects.csv")
    with (folder / "rejects.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["row", "key", "column", "reason"]
    return [(r[0], r[1], r[2], r[3]) for r in rows]


def checked(project: Project) -> list[tuple[str, str, str, str]]:
    """Open a project's register and give its rejects."""
    with project.open() as register:
        return rejects(register, project.folder)


def kept(register: Register, columns: str = "*") -> list[tuple[Any, ...]]:
    return register.connection.execute(f"SELECT {columns} FROM {register.view} ORDER BY ALL").fetchall()
