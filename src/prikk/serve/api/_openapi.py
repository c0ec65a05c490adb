"""The interface as an OpenAPI 3 document, made of the same names as the routes; a test holds the two together."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from prikk.serve.api._formats import FORMATS, PARAMETERS
from prikk.serve.api._schemas import FLAG, NUMBER, SCHEMAS, TEXT, TEXTS, ref

Json = dict[str, Any]
_BINARY: Json = {"type": "string", "format": "binary"}


def document(base: str, title: str) -> Json:
    """The document for a server at an address."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": title,
            "version": version("prikk"),
            "description": "PxWebApi 2 and 1. Every figure is a published one; nothing is added up.",
        },
        "servers": [{"url": base}],
        "paths": {**_lists(), **_one_table(), **_saved(), **_version_1()},
        "components": {"schemas": SCHEMAS},
    }


def _lists() -> Json:
    filters = [
        _parameter("query", TEXT, "Words that the title, the variables or the keywords must have."),
        _parameter(
            "pastDays", {**NUMBER, "minimum": 1, "maximum": 36500}, "Only tables that came in so many days."
        ),
        _parameter("includeDiscontinued", FLAG, "Also tables that were withdrawn."),
        _parameter("pageNumber", {**NUMBER, "minimum": 1}, "Which page."),
        _parameter("pageSize", {**NUMBER, "minimum": 1, "maximum": 10000}, "How many tables a page has."),
    ]
    return {
        "/api/v2/config": {"get": _operation("getConfig", "What the server is.", _json("Config"), [])},
        "/api/v2/openapi.json": {"get": _operation("getOpenApi", "This document.", _json(None), [])},
        "/api/v2/tables": {
            "get": _operation("listTables", "The tables.", _json("Tables"), [_LANG, *filters])
        },
        "/api/v2/codelists/{id}": {
            "get": _operation(
                "getCodelist", "A codelist: a level of a variable.", _json("Codelist"), [_ID, _LANG]
            )
        },
    }


def _one_table() -> Json:
    both, here = [_ID, _LANG], "/api/v2/tables/{id}"
    of_metadata = [
        _parameter("outputFormat", {**TEXT, "enum": ["json-stat2"]}, "The format."),
        _parameter("defaultSelection", FLAG, "Only what the default selection has."),
        _object("codelist", TEXT, "A codelist a variable."),
    ]
    return {
        here: {"get": _operation("getTable", "A table.", _json("Table"), both)},
        f"{here}/metadata": {
            "get": _operation("getMetadata", "Variables and values.", _json("Dataset"), [*both, *of_metadata])
        },
        f"{here}/defaultselection": {
            "get": _operation(
                "getDefaultSelection", "What is sent when nothing is chosen.", _json("Selection"), both
            )
        },
        f"{here}/data": _data(both),
    }


def _data(both: list[Json]) -> Json:
    chosen = [
        _object(
            "valueCodes",
            TEXT,
            "Values a variable: codes, patterns, TOP(n), BOTTOM(n), RANGE(a,b), FROM(a), TO(b).",
        ),
        _object("codelist", TEXT, "A codelist a variable."),
        _list("heading", TEXTS, "The variables across."),
        _list("stub", TEXTS, "The variables down."),
    ]
    return {
        "get": _operation("getData", "Figures.", _figures(), [*both, *chosen, *_FORMAT]),
        "post": {
            **_operation("postData", "Figures.", _figures(), [*both, *_FORMAT]),
            "requestBody": _body("VariablesSelection"),
        },
    }


def _saved() -> Json:
    here = "/api/v2/savedqueries"
    save = _operation("saveQuery", "Keep a query.", _json("SavedQueryAnswer"), [], status="201")
    return {
        here: {"post": {**save, "requestBody": _body("SavedQuery")}},
        f"{here}/{{id}}": {
            "get": _operation("getSavedQuery", "A query that was kept.", _json("SavedQueryAnswer"), [_ID])
        },
        f"{here}/{{id}}/data": {
            "get": _operation(
                "getSavedData", "The figures of a query that was kept.", _figures(), [_ID, _LANG, *_FORMAT]
            )
        },
        f"{here}/{{id}}/selection": {
            "get": _operation(
                "getSavedSelection", "The values that it chooses now.", _json("Selection"), [_ID, _LANG]
            )
        },
    }


def _version_1() -> Json:
    lang = {"name": "lang", "in": "path", "required": True, "schema": TEXT, "description": "The language."}
    data = _operation("postDataV1", "Figures.", _figures(), [lang, _ID])
    words = _parameter("query", TEXT, "Words that a table must have.")
    return {
        "/api/v1/{lang}": {
            "get": _operation("listTablesV1", "The tables.", _json("TablesV1"), [lang, words])
        },
        "/api/v1/{lang}/{id}": {
            "get": _operation("getMetadataV1", "The variables of a table.", _json("TableV1"), [lang, _ID]),
            "post": {**data, "requestBody": _body("QueryV1")},
        },
    }


def _operation(name: str, summary: str, content: Json, parameters: list[Json], status: str = "200") -> Json:
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            status: {"description": "The answer.", "content": content},
            "default": {"description": "What is wrong, where, and how to mend it.", "content": problem},
        },
    }


def _json(name: str | None) -> Json:
    return {"application/json": {"schema": {"type": "object"} if name is None else ref(name)}}


def _figures() -> Json:
    kinds = dict.fromkeys(f.media_type.partition(";")[0] for f in FORMATS.values())
    return {kind: {"schema": {} if kind == "application/json" else _BINARY} for kind in kinds}


def _body(name: str) -> Json:
    return {"required": True, "content": {"application/json": {"schema": ref(name)}}}


def _parameter(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _object(name: str, values: Json, description: str) -> Json:
    schema = {"type": "object", "additionalProperties": values}
    return {**_parameter(name, schema, description), "style": "deepObject", "explode": True}


def _list(name: str, schema: Json, description: str) -> Json:
    return {**_parameter(name, schema, description), "style": "form", "explode": False}


_LANG = _parameter("lang", TEXT, "The language; that of Accept-Language, or the main one, without it.")
_ID = {"name": "id", "in": "path", "required": True, "schema": TEXT, "description": "What it is called."}
_FORMAT = [
    _parameter(
        "outputFormat", {"type": "string", "enum": list(FORMATS)}, "The format; that of Accept without it."
    ),
    _list(
        "outputFormatParams",
        {"type": "array", "items": {"type": "string", "enum": list(PARAMETERS)}},
        "How a table for reading looks.",
    ),
]
