"""The audit of a publication, in every form that it is read in."""

from __future__ import annotations

from dataclasses import dataclass

from prikk.reporting._facts import AuditFacts
from prikk.reporting._json import to_json
from prikk.reporting._page import to_html
from prikk.reporting._snippet import to_snippet
from prikk.reporting._text import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport(AuditFacts):
    """The audit of a publication. In a notebook it shows itself.

    The forms are made in a language; ``en`` and ``nb`` are there, others fall back to English. The words of
    the documents are left as they are.
    """

    def to_json(self, *, language: str = "en") -> str:
        """Every hidden cell with its values, verdict and explanation, and what was assumed."""
        return to_json(self, language)

    def to_html(self, *, language: str = "en") -> str:
        """One self-contained page with the tables as published."""
        return to_html(self, language)

    def to_text(self, limit: int = 20, *, language: str = "en") -> str:
        """Lines for a terminal, with the first ``limit`` leaks."""
        return to_text(self, limit=limit, language=language)

    def _repr_html_(self) -> str:
        """The short form that a notebook shows."""
        return to_snippet(self)
