"""A :class:`PublishedCube` to bytes. No true value of a hidden cell is in this room.

:func:`lay_out` gives the tables of a cube; every renderer is a pure function from a cube to ``bytes``,
the same for equal cubes; :func:`render` gives all public files, and :func:`write_release` stores them.
"""

from prikk.dissemination._csv import cells_csv, tables_csv
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._history import with_history
from prikk.dissemination._layout import Row, Table, lay_out
from prikk.dissemination._parquet import cells_parquet, tables_parquet
from prikk.dissemination._render import FORMATS, Renderer, missing, render
from prikk.dissemination._store import Content, write_release
from prikk.dissemination._workbook import workbook

__all__ = [
    "FORMATS",
    "Content",
    "PublishedCube",
    "Renderer",
    "Row",
    "Table",
    "cells_csv",
    "cells_parquet",
    "lay_out",
    "missing",
    "render",
    "tables_csv",
    "tables_parquet",
    "with_history",
    "workbook",
    "write_release",
]
