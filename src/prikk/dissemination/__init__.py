"""A :class:`PublishedCube` to bytes. No true value of a hidden cell is in this room.

:func:`lay_out` gives the tables of a cube; every renderer is a pure function from a cube to ``bytes``,
the same for equal cubes; :func:`render` gives all public files, and :func:`write_release` stores them.
"""

from prikk.dissemination._columns import Column, Printed
from prikk.dissemination._csv import cells_csv, tables_csv
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._derived import formula_of, totals_of, with_derived
from prikk.dissemination._formula import Formula
from prikk.dissemination._history import with_history
from prikk.dissemination._layout import Row, Table, lay_out
from prikk.dissemination._parquet import cells_parquet, tables_parquet
from prikk.dissemination._render import FORMATS, Renderer, missing, render
from prikk.dissemination._shelf import Shelved, shelve, withdraw
from prikk.dissemination._store import Content, write_release
from prikk.dissemination._workbook import workbook
from prikk.dissemination.exchange import Dataset, Facts, dataset, dataset_json, read_dataset, read_facts

__all__ = [
    "FORMATS",
    "Column",
    "Content",
    "Dataset",
    "Facts",
    "Formula",
    "Printed",
    "PublishedCube",
    "Renderer",
    "Row",
    "Shelved",
    "Table",
    "cells_csv",
    "cells_parquet",
    "dataset",
    "dataset_json",
    "formula_of",
    "lay_out",
    "missing",
    "read_dataset",
    "read_facts",
    "render",
    "shelve",
    "tables_csv",
    "tables_parquet",
    "totals_of",
    "with_derived",
    "with_history",
    "withdraw",
    "workbook",
    "write_release",
]
