"""``audit.toml``: what a document does not say of itself, or what reading understood wrongly."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
)

from prikk.errors import Finding, SpecError, nearest

Filled = Annotated[StrictStr, Field(min_length=1)]
Kind = Literal["count", "percent", "change", "growth", "rate", "ignore"]


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Filled, ...], BeforeValidator(_several)]
"""One text or a list of them."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleSpec(_Part):
    """``[rule]``: what is hidden, and by which sign.

    ``symbols`` stand for a hidden figure, ``missing`` for one that is not available, ``nil`` for zero.
    ``rounding`` is the base that figures are rounded to. ``listed`` is "nonzero" when a row is printed only if it
    has a unit in some period.
    """

    threshold: Annotated[StrictInt, Field(ge=2)] | None = None
    zeros: Literal["hidden", "shown"] | None = None
    symbols: Texts = ()
    missing: tuple[StrictStr, ...] | None = None
    nil: Texts = ()
    rounding: Annotated[StrictInt, Field(ge=1)] | None = None
    unit: Literal["additive", "person"] | None = None
    listed: Literal["all", "nonzero"] | None = None


class DimensionRule(_Part):
    """``[dimensions.NAME]``: a dimension, by the names and labels that the document has for it.

    ``names`` are headings of its columns or levels; ``labels`` gives codes to printed labels; ``parents`` the label
    or code above another; ``total`` the labels of the total. ``complete`` says whether the printed parts of a total
    are all it has; ``absent`` what a table without this dimension shows.
    """

    names: Texts = ()
    classification: Filled | None = None
    total: Texts = ()
    parents: dict[Filled, Filled] = {}
    labels: dict[Filled, Filled] = {}
    complete: StrictBool | None = None
    absent: Literal["total", "apart"] | None = None


class PercentSpec(_Part):
    """``[[percentages]]``: the base of some percentages.

    ``base`` is a dimension (the share of its total), the heading of a column of counts, or "unknown".
    """

    columns: Texts
    base: Filled
    per: Annotated[StrictInt, Field(ge=1)] = 100


class AuditSpec(_Part):
    """A whole ``audit.toml``; every part may be left out. ``ignore`` are titles, sheets or places of tables."""

    folder: Path = Path()
    rule: RuleSpec = RuleSpec()
    dimensions: dict[Filled, DimensionRule] = {}
    columns: dict[Filled, Kind] = {}
    percentages: tuple[PercentSpec, ...] = ()
    ignore: Texts = ()

    def classifications(self) -> tuple[tuple[str, Path], ...]:
        """The code lists it names, by dimension."""
        return tuple(
            (name, self.folder / d.classification)
            for name, d in self.dimensions.items()
            if d.classification is not None
        )


def load_audit_spec(path: Path) -> AuditSpec:
    """Read and check an ``audit.toml``. Raises :class:`SpecError` with all findings."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        fix = "Give the path of an audit.toml, or leave the option out."
        raise SpecError(
            Finding(code="spec-missing", what="there is no such file.", where=str(path), fix=fix)
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        said = str(error).rstrip(".") if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
        what = f"it is not readable TOML: {said}."
        raise SpecError(
            Finding(code="spec-syntax", what=what, where=path.name, fix="Mend the file at that place.")
        ) from error
    if "folder" in raw:
        raise SpecError(_unknown(path, "folder", "audit.toml", _keys(AuditSpec)))
    try:
        spec = AuditSpec.model_validate({**raw, "folder": path.parent})
    except ValidationError as error:
        raise SpecError([_finding(path, dict(e)) for e in error.errors()]) from error
    findings = _meaning(spec, path)
    if findings:
        raise SpecError(findings)
    return spec


def _keys(model: type[BaseModel]) -> list[str]:
    return [name for name in model.model_fields if name != "folder"]


def _finding(path: Path, error: dict[str, Any]) -> Finding:
    loc = tuple(error["loc"])
    where = ".".join(str(part) for part in loc)
    if error["type"] == "extra_forbidden":
        models: dict[Any, type[BaseModel]] = {
            "rule": RuleSpec,
            "dimensions": DimensionRule,
            "percentages": PercentSpec,
        }
        model = models.get(loc[0], AuditSpec) if len(loc) > 1 else AuditSpec
        return _unknown(path, str(loc[-1]), where, _keys(model))
    if error["type"] == "missing":
        what, fix = f"'{loc[-1]}' is missing.", f"Add {loc[-1]} = …; docs/audit-toml.md tells what it means."
        return Finding(code="spec-missing-key", what=what, where=f"{path.name}, {where}", fix=fix)
    message = str(error["msg"])
    what = f"{message[:1].lower()}{message[1:]}."
    fix = "See docs/audit-toml.md for the values it takes."
    return Finding(code="spec-value", what=what, where=f"{path.name}, {where}", fix=fix)


def _unknown(path: Path, name: str, where: str, known: list[str]) -> Finding:
    fix = f"Remove it.{nearest(name, known)}"
    what = f"'{name}' is not a key here."
    return Finding(code="spec-unknown-key", what=what, where=f"{path.name}, {where}", fix=fix)


def _meaning(spec: AuditSpec, path: Path) -> list[Finding]:
    """Signs that are said to mean two things, and dimensions that share a name."""
    findings = []
    rule = spec.rule
    for sign in sorted(
        set(rule.symbols) & {*(rule.missing or ()), *rule.nil} | set(rule.missing or ()) & set(rule.nil)
    ):
        what, fix = (
            f"the sign '{sign}' is given two meanings.",
            "Keep it under one of symbols, missing and nil.",
        )
        findings.append(Finding(code="sign-twice", what=what, where=f"{path.name}, rule", fix=fix))
    seen: dict[str, str] = {}
    for name, dimension in spec.dimensions.items():
        for printed in dimension.names:
            if printed in seen:
                what = f"'{printed}' is a name of both '{seen[printed]}' and '{name}'."
                fix = "Give each heading to one dimension."
                findings.append(
                    Finding(code="name-twice", what=what, where=f"{path.name}, dimensions.{name}", fix=fix)
                )
            seen[printed] = name
    return findings
