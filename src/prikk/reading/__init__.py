"""Published documents in: finds what is printed in a file, and what table it is."""

from prikk.reading._model import (
    Contradiction,
    DrawnCell,
    DrawnTable,
    Place,
    Reading,
    ReadingSettings,
)
from prikk.reading._read import read
from prikk.reading._spec import AuditSpec, load_audit_spec

__all__ = [
    "AuditSpec",
    "Contradiction",
    "DrawnCell",
    "DrawnTable",
    "Place",
    "Reading",
    "ReadingSettings",
    "load_audit_spec",
    "read",
]
