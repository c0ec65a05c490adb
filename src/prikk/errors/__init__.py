"""What can go wrong, and how it is said.

The tree::

    PrikkError                 exit code 2: the input cannot be used
    ├── SpecError              release.toml or a classification
    ├── RegisterError          the microdata: source, columns, types
    ├── FiguresError           published figures that synth reads
    ├── ReadingError           published documents that audit reads
    ├── ProtectError           a table that protection cannot start from
    ├── RefusedError           exit code 1: understood, but it must not be published
    ├── SolveError             a programme without an answer
    └── EnvironmentFault       exit code 3: a missing extra, a full disk, no server

An error carries *all* findings of its step, each a :class:`Finding` that says what is wrong,
where, and how to mend it. No finding holds a person's data or a true value of a hidden cell.
"""

from prikk.errors._errors import (
    EnvironmentFault,
    FiguresError,
    Finding,
    PrikkError,
    ProtectError,
    ReadingError,
    RefusedError,
    RegisterError,
    SolveError,
    SpecError,
    nearest,
)

__all__ = [
    "EnvironmentFault",
    "FiguresError",
    "Finding",
    "PrikkError",
    "ProtectError",
    "ReadingError",
    "RefusedError",
    "RegisterError",
    "SolveError",
    "SpecError",
    "nearest",
]
