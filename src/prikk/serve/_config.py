"""How the server is set up: flags before environment before file before defaults, one frozen value."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from prikk.errors import Finding, PrikkError, nearest

ENVIRONMENT = "PRIKK_SERVE_"
"""What names of environment variables begin with; the rest is the key in capitals: ``PRIKK_SERVE_MAX_CELLS``."""
Log = Literal["json", "text", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that can be set; ``docs/serve.md`` explains each key. Sizes are in bytes, times in seconds.

    ``shared`` is a folder for what the workers of one server share; :func:`~prikk.serve.run` makes it.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    title: str = "prikk"
    base_url: str = ""
    root_path: str = ""
    languages: tuple[str, ...] = ()
    max_cells: int = 100_000
    max_calls: int = 300
    time_window: int = 60
    max_body: int = 1_000_000
    max_url: int = 8_000
    saved_queries: Path | None = None
    cache_bytes: int = 256_000_000
    answer_bytes: int = 32_000_000
    poll_seconds: float = 2.0
    shutdown_seconds: int = 20
    log: Log = "json"
    allowed_hosts: tuple[str, ...] = ()
    forwarded_allow_ips: tuple[str, ...] = ()
    audit: bool = False
    audit_public: bool = False
    audit_bytes: int = 5_000_000
    audit_seconds: int = 60
    audit_memory: int = 2_000_000_000
    shared: Path | None = None


_NOT_SET = frozenset({"shared"})
KEYS: tuple[str, ...] = tuple(f.name for f in fields(Config) if f.name not in _NOT_SET)
"""The keys of a configuration, as a file has them."""

_LEAST: Mapping[str, float] = {
    "port": 0,
    "workers": 1,
    "max_cells": 1,
    "max_calls": 0,
    "time_window": 1,
    "max_body": 1_000,
    "max_url": 200,
    "cache_bytes": 0,
    "answer_bytes": 0,
    "poll_seconds": 0.1,
    "shutdown_seconds": 0,
    "audit_bytes": 1_000,
    "audit_seconds": 1,
    "audit_memory": 100_000_000,
}
_MOST: Mapping[str, float] = {"port": 65_535, "workers": 256, "max_url": 60_000}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError("is not a text")
    return given


def _whole(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise ValueError("is not a whole number")
    try:
        return int(str(given).replace("_", ""))
    except ValueError:
        raise ValueError("is not a whole number") from None


def _number(given: Any) -> float:
    try:
        return float(given)
    except (TypeError, ValueError):
        raise ValueError("is not a number") from None


def _yes_no(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if str(given).lower() in _TRUE | _FALSE:
        return str(given).lower() in _TRUE
    raise ValueError("is neither true nor false")


def _list(given: Any) -> tuple[str, ...]:
    items = given.split(",") if isinstance(given, str) else given
    if not isinstance(items, list | tuple) or not all(isinstance(i, str) for i in items):
        raise ValueError("is not a list of texts")
    return tuple(i.strip() for i in items if i.strip())


def _log(given: Any) -> str:
    if given not in get_args(Log):
        raise ValueError(f"is not one of {', '.join(get_args(Log))}")
    return str(given)


def _path(given: Any) -> Path:
    if not isinstance(given, str | Path) or not str(given):
        raise ValueError("is not a path")
    return Path(given)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "Path": _path,
    "Path | None": _path,
    "str": _text,
    "int": _whole,
    "float": _number,
    "bool": _yes_no,
    "tuple[str, ...]": _list,
    "Log": _log,
}
_TYPES = {f.name: str(f.type) for f in fields(Config)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A value as it was given, and where."""

    value: Any
    where: str
    base: Path


def read_config(
    flags: Mapping[str, Any], file: Path | None = None, environ: Mapping[str, str] | None = None
) -> Config:
    """Put a configuration together.

    Args:
        flags: Keys and values from the command line; None is not given.
        file: A TOML file with keys as :class:`Config` has them; its relative paths start in its folder.
        environ: The environment; that of the process when left out.

    Raises:
        PrikkError: All findings at once, each with its place and remedy.
    """
    findings: list[Finding] = []
    given: dict[str, _Given] = {}
    environ = os.environ if environ is None else environ
    for name, one in (*_from_file(file, findings), *_from_environment(environ), *_from_flags(flags)):
        if name in KEYS:
            given[name] = one
        else:
            what, fix = f"there is no setting '{name}'.", f"See docs/serve.md.{nearest(name, KEYS)}"
            findings.append(Finding(code="setting-unknown", what=what, where=one.where, fix=fix))
    values = {
        name: found for name, one in given.items() if (found := _value(name, one, findings)) is not None
    }
    findings += _missing(values, given)
    findings += _together(values, given)
    if findings:
        raise PrikkError(findings)
    return Config(**values)


def _from_file(path: Path | None, findings: list[Finding]) -> Iterator[tuple[str, _Given]]:
    if path is None:
        return
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        what, fix = f"cannot be read: {error.strerror}.", "Check the path after --config."
        findings.append(Finding(code="config-read", what=what, where=str(path), fix=fix))
        return
    except ValueError as error:
        what, fix = f"is not TOML: {error}.", "Mend it; see docs/serve.md for an example."
        findings.append(Finding(code="config-syntax", what=what, where=str(path), fix=fix))
        return
    for name, value in content.items():
        yield name, _Given(value=value, where=f"{path}, '{name}'", base=path.parent)


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, _Given]]:
    for name in sorted(environ):
        if name.startswith(ENVIRONMENT):
            key = name.removeprefix(ENVIRONMENT).lower()
            yield key, _Given(value=environ[name], where=name, base=Path())


def _from_flags(flags: Mapping[str, Any]) -> Iterator[tuple[str, _Given]]:
    for name, value in flags.items():
        if value is not None and value not in ((), []):
            where = "DIR" if name == "folder" else f"--{name.replace('_', '-')}"
            yield name, _Given(value=value, where=where, base=Path())


def _value(name: str, one: _Given, findings: list[Finding]) -> Any:
    try:
        value = _READERS[_TYPES[name]](one.value)
        if isinstance(value, int | float) and not _LEAST.get(name, value) <= value <= _MOST.get(name, value):
            most = f" to {_MOST[name]:g}" if name in _MOST else " up"
            raise ValueError(f"is not from {_LEAST.get(name, 0):g}{most}")
    except ValueError as error:
        fix = f"Its default is {_default(name)}; see docs/serve.md."
        what = f"'{name}' {error}."
        findings.append(Finding(code="setting-value", what=what, where=one.where, fix=fix))
        return None
    return one.base / value if isinstance(value, Path) else value


def _default(name: str) -> str:
    default = next(f.default for f in fields(Config) if f.name == name)
    return "not set" if default in (None, MISSING, "", ()) else f"{default}"


def _missing(values: Mapping[str, Any], given: Mapping[str, _Given]) -> Iterator[Finding]:
    if "folder" not in given:
        what, fix = "no folder of releases is named.", "Write: prikk serve DIR"
        yield Finding(code="folder-missing", what=what, where="prikk serve", fix=fix)
    elif "folder" in values and not values["folder"].is_dir():
        what = "there is no such folder."
        fix = "Name a folder that holds releases; 'prikk publish OUT DIR' makes one."
        yield Finding(code="folder-missing", what=what, where=str(values["folder"]), fix=fix)


def _together(values: Mapping[str, Any], given: Mapping[str, _Given]) -> Iterator[Finding]:
    """What settings must not say together."""
    host = values.get("host", "127.0.0.1")
    if values.get("audit") and not values.get("audit_public") and not _loopback(host):
        what = f"the audit page takes files from whoever reaches '{host}'."
        fix = "Serve on 127.0.0.1, or confirm with --audit-public (audit_public = true) that strangers may use it."
        yield Finding(code="audit-public", what=what, where=given["audit"].where, fix=fix)
    base = values.get("base_url", "")
    if base and not base.startswith(("http://", "https://")):
        what, fix = f"'{base}' is no address.", "Write it whole, such as https://statistics.example.org."
        yield Finding(code="setting-value", what=what, where=given["base_url"].where, fix=fix)
    root = values.get("root_path", "")
    if root and (not root.startswith("/") or root.endswith("/")):
        what, fix = (
            f"'{root}' is no path below which to serve.",
            "Begin it with / and do not end it with one.",
        )
        yield Finding(code="setting-value", what=what, where=given["root_path"].where, fix=fix)
    queries, folder = values.get("saved_queries"), values.get("folder")
    if queries and folder and queries.resolve().is_relative_to(folder.resolve()):
        what, fix = "the file of saved queries is in the folder of releases.", "Put it beside that folder."
        yield Finding(code="saved-queries-place", what=what, where=given["saved_queries"].where, fix=fix)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
