"""``prikk publish``, ``prikk withdraw`` and ``prikk serve``: a store of releases, and the server over it."""

from __future__ import annotations

import datetime as dt
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prikk.cli._app import app
from prikk.errors import EnvironmentFault, Finding, PrikkError

if TYPE_CHECKING:
    from prikk.serve import Config, Store

_NEEDS = (
    "brotli",
    "httptools",
    "multipart",
    "orjson",
    "prometheus_client",
    "python_multipart",
    "starlette",
    "uvicorn",
)
_LANGUAGE = re.compile(r"([a-z]{2,3})=(.+)", re.DOTALL)
_ADDRESS, _LIMITS, _AUDIT = "Address", "Limits", "The audit page"
StorePath = Annotated[Path, typer.Argument(metavar="STORE", help="The folder of releases.")]


@app.command()
def publish(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What 'prikk build --out' wrote.")],
    store: StorePath,
    version: Annotated[
        str | None,
        typer.Option(
            "--version", metavar="V", help="Its version; else the date of publication or last period."
        ),
    ] = None,
) -> None:
    """Copy the public folder of a built release into a store, whole and never over another."""
    from prikk.dissemination import shelve  # noqa: PLC0415 - a command loads only what it needs

    found = shelve(out, store, version)
    name = f"{found.id} {found.version}"
    if not found.fresh:
        typer.echo(f"{name}: the same release stands there already; nothing was changed.")
        return
    typer.echo(f"{name}: published in {found.folder}.")
    if not found.protected:
        typer.echo("Not protected: its spec allows that by name (method 'primary-only').", err=True)
    if found.published is not None and found.published > dt.datetime.now(dt.UTC):
        typer.echo(f"Under embargo: a server shows it from {found.published:%Y-%m-%d %H:%M %z} on.")


@app.command()
def withdraw(
    store: StorePath,
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of the release.")],
    version: Annotated[str, typer.Argument(metavar="VERSION", help="Its version: the name of its folder.")],
    reason: Annotated[
        list[str],
        typer.Option(
            "--reason", metavar="[LANG=]TEXT", help="Why, for readers; once for each language (nb=…, en=…)."
        ),
    ],
) -> None:
    """Mark a release as withdrawn: readers get the reason instead of its figures."""
    from prikk.dissemination import withdraw as mark  # noqa: PLC0415

    texts = _reasons(reason, store / id_ / version / "public")
    mark(store, id_, version, texts, dt.datetime.now(dt.UTC))
    typer.echo(f"{id_} {version}: withdrawn. A running server says so within seconds.")


def _reasons(given: list[str], public: Path) -> dict[str, str]:
    """The reason in each language; one without a language is in the first one of the release."""
    texts: dict[str, str] = {}
    for text in given:
        match = _LANGUAGE.fullmatch(text)
        language, words = (match[1], match[2]) if match else (_first_language(public), text)
        if language in texts or not words.strip():
            what = f"there are two reasons in '{language}'." if words.strip() else "the reason is empty."
            fix = "Write one for each language: --reason nb=… --reason en=…"
            raise PrikkError(Finding(code="reason", what=what, where="--reason", fix=fix))
        texts[language] = words.strip()
    return texts


def _first_language(public: Path) -> str:
    from prikk.dissemination import read_facts  # noqa: PLC0415

    try:
        return read_facts(public).languages[0]
    except PrikkError:
        return "en"


@app.command()
def serve(  # noqa: PLR0913, PLR0917 - the options of the command
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The folder of releases.")] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="SERVE.TOML", help="Settings; flags go before them.")
    ] = None,
    host: Annotated[
        str | None,
        typer.Option("--host", help="The address to listen on (127.0.0.1).", rich_help_panel=_ADDRESS),
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", help="The port (8000); 0: a free one.", rich_help_panel=_ADDRESS)
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="URL", help="Where readers find it.", rich_help_panel=_ADDRESS),
    ] = None,
    root_path: Annotated[
        str | None,
        typer.Option("--root-path", metavar="/PATH", help="What a proxy cut off.", rich_help_panel=_ADDRESS),
    ] = None,
    workers: Annotated[int | None, typer.Option("--workers", help="How many processes (1).")] = None,
    title: Annotated[str | None, typer.Option("--title", help="What the site is called.")] = None,
    saved_queries: Annotated[
        Path | None, typer.Option("--saved-queries", metavar="FILE", help="Where saved queries are kept.")
    ] = None,
    max_cells: Annotated[
        int | None, typer.Option("--max-cells", help="Cells of one answer (100000).", rich_help_panel=_LIMITS)
    ] = None,
    max_calls: Annotated[
        int | None,
        typer.Option(
            "--max-calls", help="Calls of a client in --time-window (300).", rich_help_panel=_LIMITS
        ),
    ] = None,
    time_window: Annotated[
        int | None, typer.Option("--time-window", metavar="SECONDS", rich_help_panel=_LIMITS)
    ] = None,
    audit: Annotated[
        bool | None,
        typer.Option("--audit", help="Let readers check files of their own.", rich_help_panel=_AUDIT),
    ] = None,
    audit_public: Annotated[
        bool | None,
        typer.Option("--audit-public", help="Also where strangers may reach it.", rich_help_panel=_AUDIT),
    ] = None,
    log: Annotated[str | None, typer.Option("--log", metavar="json|text|none", help="The log.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Any setting of docs/serve.md; may be given several times."
        ),
    ] = None,
) -> None:
    """Serve a folder of releases: PxWebApi for programs, pages for people, feeds. Ends with SIGTERM or Ctrl-C."""
    flags: dict[str, Any] = {
        "folder": folder, "host": host, "port": port, "base_url": base_url, "root_path": root_path,
        "workers": workers, "title": title, "saved_queries": saved_queries, "max_cells": max_cells,
        "max_calls": max_calls, "time_window": time_window, "audit": audit, "audit_public": audit_public, "log": log,
    }  # fmt: skip
    _check_extra()
    from prikk.serve import read_config, run  # noqa: PLC0415

    settings = read_config(
        {**_settings(set_ or ()), **{k: v for k, v in flags.items() if v is not None}}, config
    )
    run(settings, lambda address, store: _tell(settings, store, address))


def _check_extra() -> None:
    missing = [name for name in _NEEDS if find_spec(name) is None]
    if missing:
        what = f"the server needs libraries that are not installed ({', '.join(missing)})."
        fix = "Install them with: pip install 'prikk[serve]'"
        raise EnvironmentFault(Finding(code="extra-missing", what=what, where="prikk serve", fix=fix))


def _settings(given: list[str] | tuple[str, ...]) -> dict[str, str]:
    """The settings given by name."""
    pairs: dict[str, str] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals:
            what, fix = f"'{text}' has no value.", "Write --set KEY=VALUE."
            raise PrikkError(Finding(code="setting-value", what=what, where="--set", fix=fix))
        pairs[key.strip().replace("-", "_")] = value.strip()
    return pairs


def _tell(config: Config, store: Store, address: str) -> None:
    """Say what is served, and where to begin."""
    catalogue = store.catalogue()
    newest = catalogue.newest()
    versions = sum(len(catalogue.versions(r.id)) for r in newest)
    lines = [f"Serving {_count(len(newest), 'table')} ({_count(versions, 'release')}) from {config.folder}"]
    if catalogue.embargoed:
        lines.append(f"  under embargo  {_count(catalogue.embargoed, 'release')}, shown at the minute")
    if store.faults:
        lines.append(f"  skipped        {_count(len(store.faults), 'folder')}; the log says why")
    lines += [f"  for people     {address}/", f"  for programs   {address}/api/v2/tables"]
    if newest:
        lines.append(f"  for example    {address}/api/v2/tables/{newest[0].id}/data?outputFormat=csv")
    if config.audit:
        lines.append(f"  check a file   {address}/audit")
    typer.echo("\n".join(lines))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
