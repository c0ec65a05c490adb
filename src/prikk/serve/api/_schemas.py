"""The shapes of what is sent and taken, as the OpenAPI document names them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
TEXTS: Json = {"type": "array", "items": TEXT}
NUMBER: Json = {"type": "integer"}
FLAG: Json = {"type": "boolean"}


def ref(name: str) -> Json:
    """A shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def many(schema: Json) -> Json:
    """A list of a shape."""
    return {"type": "array", "items": schema}


def shape(required: Json, optional: Json | None = None) -> Json:
    """An object with some properties, those of the first kind always."""
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def nullable(schema: Json) -> Json:
    """A shape, or null."""
    return {**schema, "nullable": True}


_SELECTION = shape({"variableCode": TEXT}, {"codelist": nullable(TEXT), "valueCodes": nullable(TEXTS)})
_PLACEMENT = {"type": "object", "properties": {"heading": nullable(TEXTS), "stub": nullable(TEXTS)}}
_CHOSEN = {"selection": many(ref("VariableSelection"))}
_SAVED = {"tableId": TEXT, "language": TEXT, "selection": ref("VariablesSelection")}
_DATASET = {
    "version": {"type": "string", "enum": ["2.0"]},
    "class": {"type": "string", "enum": ["dataset"]},
    "label": TEXT,
    "id": TEXTS,
    "size": many(NUMBER),
    "dimension": {"type": "object"},
    "value": nullable(many(nullable(NUMBER))),
}
_TABLE = {
    "type": TEXT,
    "id": TEXT,
    "label": TEXT,
    "description": TEXT,
    "updated": nullable({"type": "string", "format": "date-time"}),
    "firstPeriod": TEXT,
    "lastPeriod": TEXT,
    "category": TEXT,
    "variableNames": TEXTS,
    "discontinued": FLAG,
    "source": TEXT,
    "subjectCode": TEXT,
    "timeUnit": TEXT,
    "tags": TEXTS,
    "paths": many(many({"type": "object"})),
    "links": many(ref("Link")),
}

SCHEMAS: Json = {
    "Link": shape({"rel": TEXT, "hreflang": TEXT, "href": TEXT}),
    "Problem": shape({"type": TEXT, "title": TEXT, "status": NUMBER}, {"detail": TEXT}),
    "Config": shape(
        {
            "apiVersion": TEXT,
            "appVersion": TEXT,
            "languages": many(shape({"id": TEXT, "label": TEXT})),
            "defaultLanguage": TEXT,
            "maxDataCells": NUMBER,
            "maxCallsPerTimeWindow": NUMBER,
            "timeWindow": NUMBER,
            "license": TEXT,
            "defaultDataFormat": TEXT,
            "dataFormats": TEXTS,
        }
    ),
    "Table": shape(_TABLE, {"language": TEXT}),
    "Tables": shape(
        {
            "language": TEXT,
            "tables": many(ref("Table")),
            "page": shape(
                {"pageNumber": NUMBER, "pageSize": NUMBER, "totalElements": NUMBER, "totalPages": NUMBER}
            ),
        }
    ),
    "Dataset": shape(_DATASET, {"status": {"type": "object", "additionalProperties": TEXT}}),
    "VariableSelection": _SELECTION,
    "VariablesSelection": shape(_CHOSEN, {"placement": nullable(_PLACEMENT)}),
    "Selection": shape({**_CHOSEN, "language": TEXT, "placement": _PLACEMENT, "links": many(ref("Link"))}),
    "Codelist": shape(
        {
            "id": TEXT,
            "label": TEXT,
            "language": TEXT,
            "languages": TEXTS,
            "type": {"type": "string", "enum": ["Valueset"]},
            "elimination": FLAG,
            "values": many(shape({"code": TEXT, "label": TEXT, "valueMap": TEXTS})),
            "links": many(ref("Link")),
        },
        {"eliminationValueCode": TEXT},
    ),
    "SavedQuery": shape(
        _SAVED, {"id": TEXT, "outputFormat": nullable(TEXT), "outputFormatParams": nullable(TEXTS)}
    ),
    "SavedQueryAnswer": shape(
        {"id": TEXT, "language": TEXT, "savedQuery": ref("SavedQuery"), "links": many(ref("Link"))}
    ),
    "TablesV1": many(shape({"id": TEXT, "type": TEXT, "text": TEXT, "updated": nullable(TEXT)})),
    "TableV1": shape(
        {
            "title": TEXT,
            "variables": many(
                shape(
                    {"code": TEXT, "text": TEXT, "values": TEXTS, "valueTexts": TEXTS},
                    {"elimination": FLAG, "time": FLAG},
                )
            ),
        }
    ),
    "QueryV1": {
        "type": "object",
        "properties": {
            "query": many(
                shape(
                    {"code": TEXT, "selection": shape({"values": TEXTS}, {"filter": TEXT})},
                )
            ),
            "response": {"type": "object", "properties": {"format": TEXT}},
        },
    },
}
"""All shapes by name."""
