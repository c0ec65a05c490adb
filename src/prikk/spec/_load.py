"""Read ``release.toml``: syntax, shape and meaning, all findings at once."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from prikk.errors import Finding, SpecError, nearest
from prikk.spec._checks import check_meaning
from prikk.spec._model import ReleaseSpec


def load_spec(path: Path) -> ReleaseSpec:
    """Read and check a spec. Raises :class:`SpecError` with all findings."""
    spec, findings = read_spec(path)
    if spec is None or findings:
        raise SpecError(findings)
    return spec


def spec_digest(path: Path, spec: ReleaseSpec) -> str:
    """The digest of everything that describes the release: the spec and its classifications."""
    digest = hashlib.sha256(path.read_bytes())
    for name in sorted(spec.dimensions):
        digest.update(spec.path(spec.dimensions[name].classification).read_bytes())
    return f"sha256:{digest.hexdigest()}"


def read_spec(path: Path) -> tuple[ReleaseSpec | None, list[Finding]]:
    """Read a spec and give what was found wrong with it; the spec is None if its shape is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fix = "Give the path of a release.toml, or make a project with 'prikk new NAME'."
        return None, [Finding(code="spec-missing", what="there is no such file.", where=str(path), fix=fix)]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        what = f"it is not readable TOML: {_plain(error)}."
        return None, [
            Finding(code="spec-syntax", what=what, where=path.name, fix="Mend the file at that place.")
        ]
    if "folder" in raw:
        return None, [_finding(path, {"loc": ("folder",), "type": "extra_forbidden"}, raw)]
    try:
        spec = ReleaseSpec.model_validate({**raw, "folder": path.parent})
    except ValidationError as error:
        return None, [_finding(path, e, raw) for e in error.errors()]
    return spec, check_meaning(spec, path.name)


def _plain(error: Exception) -> str:
    return str(error).rstrip(".") if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__


def _finding(path: Path, error: ErrorDetails | dict[str, Any], raw: dict[str, Any]) -> Finding:
    loc = error["loc"]
    where = f"{path.name}, {_place(loc)}"
    kind = error["type"]
    if kind == "extra_forbidden":
        fix = f"Remove it.{nearest(str(loc[-1]), _known_keys(loc[:-1]))}"
        return Finding(code="spec-unknown-key", what=f"'{loc[-1]}' is not a key here.", where=where, fix=fix)
    if kind == "missing":
        fix = f"Add {loc[-1]} = …; docs/release-toml.md tells what it means."
        return Finding(code="spec-missing-key", what=f"'{loc[-1]}' is missing.", where=where, fix=fix)
    given = _given(raw, loc)
    message = str(error["msg"])
    what = f"{given}: {message[:1].lower()}{message[1:]}." if given else f"{message}."
    return Finding(
        code="spec-value", what=what, where=where, fix="See docs/release-toml.md for the values it takes."
    )


def _place(loc: tuple[int | str, ...]) -> str:
    """Write a pydantic location as a person would: ``tables[2].stub`` (counted from 1)."""
    text = ""
    for part in loc:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


def _given(raw: Any, loc: tuple[int | str, ...]) -> str:
    for part in loc:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return repr(raw) if isinstance(raw, str | int | float | bool) else ""


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the model at a location takes."""
    model: type[BaseModel] | None = ReleaseSpec
    for part in loc:
        if isinstance(part, int) or model is None:
            continue
        model = _submodel(model, part)
    if model is None:
        return []
    return [f.alias or name for name, f in model.model_fields.items() if name != "folder"]


def _submodel(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return _model_in(field.annotation)
    return model  # a name in a dict of models, such as dimensions.age: stay on the model of its values


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_model_in(a) for a in getattr(annotation, "__args__", ())]
    return next((m for m in inner if m is not None), None)
