"""Tabulate: the register to all published cells of all periods, with true counts, in one SQL statement."""

from prikk.cube._count import Cube, count
from prikk.cube._statement import Statement, statement

__all__ = ["Cube", "Statement", "count", "statement"]
