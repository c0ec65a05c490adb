"""``release.toml`` to a frozen, validated :class:`ReleaseSpec`.

:func:`read_spec` gives the spec and every finding at once; :func:`load_spec` raises them. What the
keys mean is in ``docs/release-toml.md``.
"""

from prikk.spec._about import Contact, Definition, Format, Licence, Note, Text
from prikk.spec._load import load_spec, read_spec, spec_digest
from prikk.spec._margins import Margin, family_margins, margins
from prikk.spec._model import (
    TOTAL,
    ColumnKind,
    ColumnsSpec,
    DeriveSpec,
    DimensionSpec,
    Group,
    PeriodsSpec,
    ProtectionSpec,
    RateSpec,
    RegisterSpec,
    ReleaseInfo,
    ReleaseSpec,
    Selector,
    SynthSpec,
    TableSpec,
)
from prikk.spec._periods import Period, periods_of
from prikk.spec._templates import fields, fill, lower_first

__all__ = [
    "TOTAL",
    "ColumnKind",
    "ColumnsSpec",
    "Contact",
    "Definition",
    "DeriveSpec",
    "DimensionSpec",
    "Format",
    "Group",
    "Licence",
    "Margin",
    "Note",
    "Period",
    "PeriodsSpec",
    "ProtectionSpec",
    "RateSpec",
    "RegisterSpec",
    "ReleaseInfo",
    "ReleaseSpec",
    "Selector",
    "SynthSpec",
    "TableSpec",
    "Text",
    "family_margins",
    "fields",
    "fill",
    "load_spec",
    "lower_first",
    "margins",
    "periods_of",
    "read_spec",
    "spec_digest",
]
