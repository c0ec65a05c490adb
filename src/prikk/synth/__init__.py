"""A register that agrees with published figures, for demos, tests and load.

:func:`read_figures` reads a publication, :func:`fit` finds counts of the finest cells that agree with
it, :func:`make_register` invents people behind those counts, and :func:`write_register` writes them.
No row is a real person, and the counts under hidden figures are one possibility among many.
"""

from prikk.synth._figures import Figures
from prikk.synth._fit import FittedCounts, fit
from prikk.synth._read import read_figures
from prikk.synth._register import Progress, make_register
from prikk.synth._write import write_register

__all__ = [
    "Figures",
    "FittedCounts",
    "Progress",
    "fit",
    "make_register",
    "read_figures",
    "write_register",
]
