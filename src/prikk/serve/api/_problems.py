"""What is said when a request cannot be answered: problem details (RFC 9457) that tell what, where and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from http import HTTPStatus
from itertools import islice

import orjson
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
_LONGEST = 200
_MOST_COMPARED = 500
_LONGEST_COMPARED = 50


class ProblemError(Exception):
    """A request that cannot be answered. No part of it is ever a path of the server or what a library said."""

    def __init__(self, status: int, what: str, where: str = "", fix: str = "") -> None:
        """``what`` is wrong, ``where`` in the request, and how to ``fix`` it; whole sentences."""
        super().__init__(what)
        self.status, self.what, self.where, self.fix = status, what, where, fix

    def response(self) -> Response:
        """The answer."""
        parts = (self.what, f"Where: {self.where}." if self.where else "", self.fix)
        content = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": " ".join(part for part in parts if part),
        }
        headers = {"Cache-Control": "no-store"}
        return Response(orjson.dumps(content), self.status, headers, media_type=MEDIA_TYPE)


def bad(what: str, where: str, fix: str) -> ProblemError:
    """A request that means nothing."""
    return ProblemError(400, what, where, fix)


def quoted(text: str) -> str:
    """Something of the request, as much as a message should repeat of it.

    >>> quoted("age")
    "'age'"
    """
    clean = "".join(c if c.isprintable() else "�" for c in text[:_LONGEST])
    return f"'{clean}{'…' if len(text) > _LONGEST else ''}'"


def nearest(word: str, known: Iterable[str]) -> str:
    """Give a hint for a misspelt word, or nothing when none is near; long words are not compared."""
    if len(word) > _LONGEST_COMPARED:
        return ""
    lower = {k.casefold(): k for k in islice(known, _MOST_COMPARED)}
    found = difflib.get_close_matches(word.casefold(), lower, n=1)
    return f" Nearest: {quoted(lower[found[0]])}." if found else ""
