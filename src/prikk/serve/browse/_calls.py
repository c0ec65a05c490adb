"""The same selection for programs: addresses of downloads, and calls to copy."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from prikk.serve.browse._state import State, as_query

FORMATS: tuple[tuple[str, str, str], ...] = (
    ("xlsx", "Excel", "xlsx"),
    ("csv", "CSV", "csv"),
    ("px", "PX", "px"),
    ("json-stat2", "JSON-stat", "json"),
    ("parquet", "Parquet", "parquet"),
    ("html", "HTML", "html"),
    ("json-px", "JSON-PX", "json"),
)
"""What can be downloaded: the name in the API, the name for people, and the ending of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to copy: what it is written in, and its text."""

    id: str
    name: str
    text: str


def downloads(state: State, language: str, root: str) -> list[tuple[str, str]]:
    """The name of each format and its address."""
    return [
        (name, f"{root}{_path(state)}?{_query(state, language, format_)}") for format_, name, _ in FORMATS
    ]


def calls(state: State, language: str, base: str) -> list[Call]:
    """The selection as an address and as calls in shell, Python and R; ``base`` is the address of the server."""
    address = f"{base}{_path(state)}"
    pairs = [("lang", language), *state.selection(), ("outputFormat", "json-stat2")]
    return [
        Call(id="address", name="URL", text=f"{address}?{_query(state, language, 'json-stat2')}"),
        Call(id="curl", name="curl", text=_curl(address, pairs)),
        Call(id="python", name="Python", text=_python(address, pairs)),
        Call(id="r", name="R", text=_r(address, pairs)),
    ]


def _path(state: State) -> str:
    return f"/api/v2/tables/{state.table}/data"


def _query(state: State, language: str, format_: str) -> str:
    return as_query([("lang", language), *state.selection(), ("outputFormat", format_)])


def _curl(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    data = [f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in pairs]
    return " \\\n".join([f"curl --get {shlex.quote(address)}", *data])


def _python(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    items = "".join(f"    {_quoted(name)}: {_quoted(value)},\n" for name, value in pairs)
    return (
        "import requests\nfrom pyjstat import pyjstat\n\n"
        f"url = {_quoted(address)}\nparams = {{\n{items}}}\n"
        "answer = requests.get(url, params=params, timeout=60)\nanswer.raise_for_status()\n"
        "table = pyjstat.Dataset.read(answer.text).write('dataframe')  # hidden figures are missing values\n"
    )


def _r(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    items = ",\n".join(f"    `{_ticked(name)}` = {_quoted(value)}" for name, value in pairs)
    return (
        "library(httr2)\nlibrary(rjstat)\n\n"
        f"answer <- request({_quoted(address)}) |>\n  req_url_query(\n{items}\n  ) |>\n  req_perform()\n"
        "table <- fromJSONstat(resp_body_string(answer))  # hidden figures are NA\n"
    )


def _quoted(text: str) -> str:
    """A string as Python and R write it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _ticked(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`")
