"""Microdata in: read, checked against the spec row by row, and held open for counting.

:func:`open_register` gives a :class:`Register`: a SQL view without the bad rows, whose findings go to
``internal/rejects.csv``. This is where personal data enter; no error text of this room has any.

The reasons, each at most once a row and column: ``empty-key``, ``date-missing``, ``not-a-date``,
``end-before-start``, ``birth-after-start``, ``birth-after-reference`` (snapshots), ``code-missing``,
``code-unknown``, ``code-not-finest``, ``code-not-valid`` and ``outside-bands`` (both only on reference
dates on which the row counts), ``duplicate`` (the first of them is kept).
"""

from prikk.register._digest import input_digest
from prikk.register._faults import redacted
from prikk.register._model import EngineSettings, Register, UnknownCodes
from prikk.register._open import open_register
from prikk.register._refusal import refusal
from prikk.register._sql import band_case_sql, date_key, date_key_sql, quote, text_sql

__all__ = [
    "EngineSettings",
    "Register",
    "UnknownCodes",
    "band_case_sql",
    "date_key",
    "date_key_sql",
    "input_digest",
    "open_register",
    "quote",
    "redacted",
    "refusal",
    "text_sql",
]
