"""What is said when something goes wrong: problem details (RFC 9457) to programs, a page to people."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from typing import Any

import orjson

PROBLEM = b"application/problem+json"
_HTML = b"text/html; charset=utf-8"
_WORDS: Mapping[str, Mapping[int, str]] = {
    "nb": {
        400: "Forespørselen kan ikke forstås.",
        403: "Dette er ikke tillatt.",
        404: "Siden finnes ikke.",
        405: "Dette kan man ikke gjøre med denne siden.",
        410: "Denne utgaven er trukket tilbake.",
        413: "Det som ble sendt, er for stort.",
        414: "Adressen er for lang.",
        429: "For mange forespørsler. Prøv igjen om litt.",
        500: "Noe gikk galt hos oss.",
        503: "Tjenesten er opptatt. Prøv igjen om litt.",
    },
    "en": {
        400: "The request cannot be understood.",
        403: "This is not allowed.",
        404: "There is no such page.",
        405: "This cannot be done with this page.",
        410: "This release has been withdrawn.",
        413: "What was sent is too large.",
        414: "The address is too long.",
        429: "Too many requests. Try again in a moment.",
        500: "Something went wrong on our side.",
        503: "The service is busy. Try again in a moment.",
    },
}
_FRONT = {"nb": "Til forsiden", "en": "To the front page"}


def phrase(status: int) -> str:
    """The standard phrase of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def problem(status: int, detail: str, id_: str) -> tuple[bytes, bytes]:
    """Body and type for programs; ``detail`` is for readers and never holds what is inside."""
    content: dict[str, Any] = {"type": "about:blank", "title": phrase(status), "status": status}
    if detail and detail != phrase(status):
        content["detail"] = detail
    return orjson.dumps({**content, "requestId": id_}), PROBLEM


def page(status: int, detail: str, language: str, root: str, id_: str) -> tuple[bytes, bytes]:
    """Body and type for people."""
    language = language if language in _WORDS else "en"
    words = _WORDS[language].get(status, phrase(status))
    more = f"<p>{escape(detail)}</p>" if detail and detail != phrase(status) else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{status} {escape(words)}</title>\n</head>\n<body>\n<main>\n<h1>{escape(words)}</h1>\n{more}\n"
        f'<p><a href="{escape(root)}/">{_FRONT[language]}</a></p>\n<p><small>{status} · {id_}</small></p>\n'
        "</main>\n</body>\n</html>\n"
    )
    return text.encode(), _HTML


def language_of(header: bytes) -> str:
    """The language of a page for an ``Accept-Language``: the first that there are words in."""
    for item in header.decode("latin-1").lower().split(","):
        code = item.partition(";")[0].strip()[:2]
        if code in {"no", "nn", "nb"}:
            return "nb"
        if code == "en":
            return "en"
    return "en"
