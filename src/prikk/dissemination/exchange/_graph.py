"""A small graph of RDF as Turtle and as JSON-LD: nodes with properties, one inside the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ODD = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True, slots=True)
class Iri:
    """An address, whole or relative to the file."""

    address: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, in a language or of a type."""

    text: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing with properties; without ``id`` it has no name outside the file."""

    type: str
    id: str = ""
    properties: Mapping[str, tuple[Iri | Literal | Node, ...]] = field(default_factory=dict)


def turtle(root: Node) -> bytes:
    """A node and all in it as Turtle; those with a name each in a paragraph of its own."""
    lines = [f"@prefix {short}: <{address}> ." for short, address in PREFIXES.items()]
    for node in _named(root):
        lines += ["", f"{_iri(node.id)} {_body(node, ' ')} ."]
    return ("\n".join(lines) + "\n").encode()


def _named(node: Node) -> Iterator[Node]:
    if node.id:
        yield node
    for values in node.properties.values():
        for value in values:
            if isinstance(value, Node):
                yield from _named(value)


def _body(node: Node, indent: str) -> str:
    lines = [f"a {node.type}"]
    for name, values in node.properties.items():
        if values:
            lines.append(f"{name} " + ", ".join(_object(v, indent + "  ") for v in values))
    return f" ;\n{indent * 2}".join(lines)


def _object(value: Iri | Literal | Node, indent: str) -> str:
    if isinstance(value, Iri):
        return _iri(value.address)
    if isinstance(value, Node):
        return _iri(value.id) if value.id else f"[ {_body(value, indent)} ]"
    text = "".join(_ESCAPES.get(c, c) for c in value.text)
    text = re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04X}", text)
    tail = f"@{value.language}" if value.language else f"^^{value.datatype}" if value.datatype else ""
    return f'"{text}"{tail}'


def _iri(address: str) -> str:
    return "<" + _ODD.sub(lambda m: f"%{ord(m[0]):02X}", address) + ">"


def json_ld(root: Node) -> bytes:
    """A node and all in it as JSON-LD 1.1, one inside the other."""
    document = {"@context": dict(PREFIXES), **_tree(root)}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _tree(node: Node) -> dict[str, Any]:
    tree: dict[str, Any] = {"@id": _iri(node.id)[1:-1]} if node.id else {}
    tree["@type"] = node.type
    for name, values in node.properties.items():
        if values:
            tree[name] = [_value(v) for v in values]
    return tree


def _value(value: Iri | Literal | Node) -> dict[str, Any]:
    if isinstance(value, Node):
        return _tree(value)
    if isinstance(value, Iri):
        return {"@id": _iri(value.address)[1:-1]}
    found = {"@value": value.text}
    if value.language:
        found["@language"] = value.language
    elif value.datatype:
        found["@type"] = value.datatype
    return found
