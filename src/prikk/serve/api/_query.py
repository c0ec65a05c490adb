"""What a request asks for, from its address or its body, before it is held against a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

import orjson

from prikk.serve.api._problems import ProblemError, bad, quoted

Parameters = Mapping[str, str]
_MOST_ITEMS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of one variable: expressions, in a codelist if one is named. None of both: not chosen."""

    values: tuple[str, ...] = ()
    codelist: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A selection by the names of variables as they were written, and where those go. Nothing in it: the default selection."""

    variables: Mapping[str, Asked] = field(default_factory=dict)
    heading: tuple[str, ...] = ()
    stub: tuple[str, ...] = ()


def parameters(raw: bytes) -> dict[str, str]:
    """The parameters of an address by their names in small letters; of one that is there twice, joined with a comma."""
    found: dict[str, str] = {}
    for part in str(raw, "latin-1").split("&"):
        if part:
            name, _, value = part.partition("=")
            key, value = _key(name), plain(value)
            found[key] = f"{found[key]},{value}" if key in found else value
    return found


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """The name of a parameter in small letters, but for what is in brackets; the same few come again and again."""
    name = plain(name)
    opening = name.find("[")
    return name.lower() if opening < 0 else name[:opening].lower() + name[opening:]


def plain(text: str) -> str:
    """A part of an address without its escapes, as ``unquote_plus`` of the standard library gives it, but sooner."""
    if "+" in text:
        text = text.replace("+", " ")
    return str(unquote_to_bytes(text), "utf-8", "replace") if "%" in text else text


def from_address(given: Parameters) -> Query:
    """The selection in the parameters: ``valueCodes[age]=…``, ``codelist[age]=…``, ``heading=…``, ``stub=…``."""
    values, codelists = dict[str, str](), dict[str, str]()
    for key, text in given.items():
        kind, variable = _bracketed(key)
        if kind == "valuecodes":
            values[variable] = text
        elif kind == "codelist":
            codelists[variable] = text
    named = {
        name: Asked(values=tuple(_items(text)), codelist=codelists.get(name, ""))
        for name, text in values.items()
    }
    for name, text in codelists.items():
        named.setdefault(name, Asked(codelist=text))
    return Query(
        variables=named,
        heading=tuple(_items(given["heading"])) if "heading" in given else (),
        stub=tuple(_items(given["stub"])) if "stub" in given else (),
    )


@lru_cache(maxsize=1024)
def _bracketed(key: str) -> tuple[str, str]:
    """The two parts of the name of a parameter that is about a variable; of others the second is empty."""
    kind, _, rest = key.partition("[")
    if kind in ("valuecodes", "codelist") and "[" in key:
        if not rest.endswith("]") or len(rest) == 1:
            raise bad(f"{quoted(key)} names no variable.", "the address", f"Write {kind}[variable]=….")
        return kind, rest[:-1]
    return "", ""


def _items(text: str) -> list[str]:
    """Cut at commas, but not at those inside of parentheses."""
    if "(" not in text:
        return [item for part in text.split(",") if (item := part.strip())]
    items, depth, start = [], 0, 0
    for i, character in enumerate(text):
        depth = max(0, depth + (character == "(") - (character == ")"))
        if character == "," and depth == 0:
            items.append(text[start:i].strip())
            start = i + 1
    return [item for item in (*items, text[start:].strip()) if item]


def body_object(content_type: str, body: bytes) -> dict[str, Any]:
    """The object that a body holds; a problem when it is not JSON, or not declared as such."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in ("application/json", "text/json") and not kind.endswith("+json"):
        said = f"The body is declared as {quoted(content_type)}." if kind else "The body has no Content-Type."
        raise ProblemError(
            415, said, "the header Content-Type", "Send JSON with Content-Type: application/json."
        )
    try:
        found = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        raise bad("The body is not JSON.", "the body", 'Send an object such as {"selection": []}.') from None
    if not isinstance(found, dict):
        raise bad("The body is no object.", "the body", 'Send an object such as {"selection": []}.')
    return found


def from_object(found: Mapping[str, Any], where: str = "the body") -> Query:
    """The selection in an object: ``selection`` and ``placement``."""
    items = found.get("selection")
    if not isinstance(items, list) or len(items) > _MOST_ITEMS:
        raise bad(
            "'selection' is no list.", where, 'Send {"selection": [{"variableCode": …, "valueCodes": […]}]}.'
        )
    named: dict[str, Asked] = {}
    for number, item in enumerate(items):
        name, asked = _item(item, f"{where}, selection[{number}]")
        if name in named:
            raise bad(
                f"The variable {quoted(name)} is there twice.", where, "Put all its values into one item."
            )
        named[name] = asked
    placement = found.get("placement")
    placement = {} if placement is None else placement
    if not isinstance(placement, dict):
        raise bad("'placement' is no object.", where, 'Send {"heading": […], "stub": […]}.')
    return Query(
        variables=named,
        heading=texts(placement.get("heading"), f"{where}, placement.heading"),
        stub=texts(placement.get("stub"), f"{where}, placement.stub"),
    )


def _item(item: object, where: str) -> tuple[str, Asked]:
    if not isinstance(item, dict):
        raise bad(
            "An item of the selection is no object.", where, 'Send {"variableCode": …, "valueCodes": […]}.'
        )
    name = item.get("variableCode")
    if not isinstance(name, str) or not name:
        raise bad("An item names no variable.", where, "Name it in 'variableCode'.")
    codelist = item.get("codelist", item.get("codeList")) or ""
    if not isinstance(codelist, str):
        raise bad("'codelist' is no text.", where, "Give the id of a codelist, or leave it out.")
    return name, Asked(values=texts(item.get("valueCodes"), f"{where}.valueCodes"), codelist=codelist)


def texts(given: object, where: str) -> tuple[str, ...]:
    """A list of texts; nothing is an empty one."""
    if given is None:
        return ()
    if (
        isinstance(given, str)
        or not isinstance(given, Sequence)
        or not all(isinstance(x, str) for x in given)
    ):
        raise bad("This is no list of texts.", where, 'Send a list such as ["a", "b"].')
    if len(given) > _MOST_ITEMS:
        raise bad(
            "The list is too long.", where, f"At most {_MOST_ITEMS} values can be named; use an expression."
        )
    return tuple(given)
