"""When too many rows were rejected, say so in a way that can be acted on."""

from __future__ import annotations

from collections.abc import Iterator

from prikk.errors import Finding, RefusedError, nearest
from prikk.register._model import Register, UnknownCodes
from prikk.spec import ReleaseSpec

_NAMED = 5


def refusal(register: Register, spec: ReleaseSpec) -> RefusedError | None:
    """Give the error of a register with more than ``max_rejects`` rejected rows, or None.

    It holds numbers, and at most five unknown codes, each shared by at least three people; no key, no date.
    """
    allowed = spec.register_.max_rejects
    if register.rejected <= allowed:
        return None
    reasons = ", ".join(f"{reason} {count}" for reason, count in register.reasons.items())
    rows = (
        f"{register.rejected} of {register.rows} rows {'was' if register.rejected == 1 else 'were'} rejected"
    )
    what = f"{rows} ({reasons}), more than max_rejects = {allowed}."
    fix = "See internal/rejects.csv. Mend the register or raise register.max_rejects."
    total = Finding(code="rejects", what=what, where="register", fix=fix)
    codes = [finding for unknown in register.unknown for finding in _examples(unknown)]
    columns = [_column(unknown) for unknown in register.unknown if not unknown.examples]
    return RefusedError([total, *columns, *codes[:_NAMED]])


def _examples(unknown: UnknownCodes) -> Iterator[Finding]:
    for code, rows in unknown.examples:
        what = f"code '{code}' is not in '{unknown.dimension}' ({rows} rows)."
        fix = f"Correct the rows, or add the code to the classification.{nearest(code, unknown.known)}"
        yield Finding(code="code-unknown", what=what, where=_place(unknown), fix=fix)


def _column(unknown: UnknownCodes) -> Finding:
    many = "one code is" if unknown.different == 1 else f"{unknown.different} different codes are"
    what = f"{many} not in '{unknown.dimension}'."
    fix = f"See internal/rejects.csv for the rows, and check that dimensions.{unknown.dimension}.column is the right one."
    return Finding(code="code-unknown", what=what, where=_place(unknown), fix=fix)


def _place(unknown: UnknownCodes) -> str:
    return f"register, column {unknown.column}"
