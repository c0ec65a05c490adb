"""Linear and integer programmes behind one small port. Sparse arrays only, no statistics.

:func:`solve` takes a :class:`Programme` and gives an :class:`Answer`. The same programme gives the same
answer on every machine unless a limit in seconds stops it, and then the outcome says so. HiGHS does
the work; no other room imports it. A :class:`Crew` is processes that answer questions.
"""

from prikk.solve._programme import Answer, Limits, Outcome, Programme
from prikk.solve._solve import solve
from prikk.solve._workers import Crew

__all__ = ["Answer", "Crew", "Limits", "Outcome", "Programme", "solve"]
