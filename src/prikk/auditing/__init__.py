"""Attack a pattern: what can be worked out from what is shown. Shares no code with the protector."""

from prikk.auditing._asked import Asked
from prikk.auditing._audit import attack, consistent, leaks
from prikk.auditing._explain import explain
from prikk.auditing._insiders import attack_insiders
from prikk.auditing._model import (
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
from prikk.auditing._witness import Witnessed, Witnesses, check_witnesses

__all__ = [
    "Asked",
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
    "attack_insiders",
    "check_witnesses",
    "consistent",
    "explain",
    "leaks",
]
