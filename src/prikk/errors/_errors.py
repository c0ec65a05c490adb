"""The error tree; drawn in the docstring of :mod:`prikk.errors`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing that is wrong: a stable code, what, where, and how to mend it.

    >>> print(Finding(where="a.csv, row 2", code="code-unknown", what="code 'X' is not in 'age'.", fix="Add it."))
    a.csv, row 2: code 'X' is not in 'age'. Add it. [code-unknown]
    """

    where: str
    code: str
    what: str
    fix: str

    def __str__(self) -> str:
        """One line for a person to read."""
        return f"{self.where}: {self.what} {self.fix} [{self.code}]"


class PrikkError(Exception):
    """The root: an ordered tuple of findings, and the exit code of a command that meets it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(str(f) for f in self.findings))

    def __reduce__(self) -> tuple[type[PrikkError], tuple[tuple[Finding, ...]]]:
        """Keep the findings on the way from one process to another."""
        return type(self), (self.findings,)


class SpecError(PrikkError):
    """``release.toml`` or one of its classifications cannot be used."""


class RegisterError(PrikkError):
    """The register cannot be read or does not have what the spec asks for."""


class FiguresError(PrikkError):
    """Published figures cannot be read, or contradict each other."""


class ProtectError(PrikkError):
    """A table that protection cannot start from."""


class ReadingError(PrikkError):
    """A published document cannot be read or understood."""


class RefusedError(PrikkError):
    """The input was understood, but must not be published as it is."""

    exit_code = 1


class SolveError(PrikkError):
    """A linear or integer programme gave no answer within its limits."""


class EnvironmentFault(PrikkError):
    """Something outside prikk is missing: an extra, a server, space on the disk."""

    exit_code = 3


def nearest(word: str, known: Sequence[str]) -> str:
    """Give a hint `` Nearest: 'x'.`` for a misspelt word, or nothing when none is near.

    >>> nearest("measur", ["measure", "age"])
    " Nearest: 'measure'."
    """
    lower = {k.lower(): k for k in reversed(known)}
    found = difflib.get_close_matches(word.lower(), lower, n=1)
    return f" Nearest: '{lower[found[0]]}'." if found else ""
