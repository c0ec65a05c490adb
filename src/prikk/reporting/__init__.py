"""An audit as people read it: JSON, text for a terminal, one page of HTML."""

from prikk.reporting._explain import explain_text
from prikk.reporting._facts import AuditFacts
from prikk.reporting._report import AuditReport

__all__ = ["AuditFacts", "AuditReport", "explain_text"]
