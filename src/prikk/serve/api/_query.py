"""What a request asks for, from its address or its body, before it is held against a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

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
    for part in raw.decode("latin-1").split("&"):
        if part:
            name, _, value = part.partition("=")
            name, value = _plain(name), _plain(value)
            opening = name.find("[")
            key = name.lower() if opening < 0 else name[:opening].lower() + name[opening:]
            found[key] = f"{found[key]},{value}" if key in found else value
    return found


def _plain(text: str) -> str:
    return unquote_plus(text, errors="replace") if "%" in text or "+" in text else text


def from_address(given: Parameters) -> Query:
    """The selection in the parameters: ``valueCodes[age]=…``, ``codelist[age]=…``, ``heading=…``, ``stub=…``."""
    values, codelists = dict(_bracketed(given, "valuecodes")), dict(_bracketed(given, "codelist"))
    named = {
        name: Asked(values=tuple(_items(text)), codelist=codelists.get(name, ""))
        for name, text in values.items()
    }
    named |= {name: Asked(codelist=text) for name, text in codelists.items() if name not in values}
    return Query(
        variables=named,
        heading=tuple(_items(given.get("heading", ""))),
        stub=tuple(_items(given.get("stub", ""))),
    )


def _bracketed(given: Parameters, name: str) -> Iterator[tuple[str, str]]:
    for key, value in given.items():
        if key.startswith(f"{name}["):
            if not key.endswith("]") or len(key) <= len(name) + 2:
                raise bad(f"{quoted(key)} names no variable.", "the address", f"Write {name}[variable]=….")
            yield key[len(name) + 1 : -1], value


def _items(text: str) -> list[str]:
    """Cut at commas, but not at those inside of parentheses."""
    if "(" not in text:
        return [item for item in (part.strip() for part in text.split(",")) if item]
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
