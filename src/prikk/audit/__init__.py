"""Attack a pattern: what can be worked out from what is shown. Shares no code with the protector."""

from prikk.audit._audit import attack, consistent, leaks
from prikk.audit._explain import explain
from prikk.audit._model import (
    Attacker,
    Audit,
    Derivation,
    HiddenCell,
    Limits,
    Requirement,
    Rule,
    Step,
    Summary,
    Term,
    Verdict,
)
from prikk.audit._witness import Witnessed, Witnesses, check_witnesses

__all__ = [
    "Attacker",
    "Audit",
    "Derivation",
    "HiddenCell",
    "Limits",
    "Requirement",
    "Rule",
    "Step",
    "Summary",
    "Term",
    "Verdict",
    "Witnessed",
    "Witnesses",
    "attack",
    "check_witnesses",
    "consistent",
    "explain",
    "leaks",
]
