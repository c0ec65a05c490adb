"""Protect a table from a file or a frame: read, sum, suppress, audit, in one go (``docs/how-to/protect-a-table.md``)."""

from prikk.protection._api import amount_rules, suppress
from prikk.protection._model import AmountRules, Protected, Report, Settings, Source
from prikk.protection._run import protect_table, refuse
from prikk.protection._write import write_csv

__all__ = [
    "AmountRules",
    "Protected",
    "Report",
    "Settings",
    "Source",
    "amount_rules",
    "protect_table",
    "refuse",
    "suppress",
    "write_csv",
]
