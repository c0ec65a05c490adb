"""The headers that every answer has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from prikk.serve.operation._compress import compressible

Raw = list[tuple[bytes, bytes]]

POLICY = (
    b"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    b"frame-ancestors 'none'"
)
"""Scripts and styles of our own files only; pictures also as data, for the icons of pages."""
_PAGE: Raw = [
    (b"content-security-policy", POLICY),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-frame-options", b"DENY"),
]
"""For what a browser draws. Data are never drawn, and a header costs time in every answer."""
_NOSNIFF = (b"x-content-type-options", b"nosniff")
_OPEN = (b"access-control-allow-origin", b"*")
_EXPOSED = (
    b"access-control-expose-headers",
    b"ETag, Retry-After, X-Request-ID, Content-Disposition, Location",
)
_OWN = (b"cross-origin-resource-policy", b"same-origin")
_READERS = ((_NOSNIFF, _OWN), (_NOSNIFF, _OPEN), (_NOSNIFF, _OPEN, _EXPOSED))
_FRESH = (b"cache-control", b"no-cache")
_ENCODING = (b"vary", b"Accept-Encoding")
_DRAWN = (
    b"text/html",
    b"image/svg",
    b"application/pdf",
    b"application/xml",
    b"text/xml",
    b"application/xhtml",
)


def dressed(headers: Raw, known: Mapping[bytes, bytes], open_: int) -> Raw:
    """The headers of an answer with those that are missing; what its maker has set himself stays.

    ``known`` are the same headers by name, ``open_`` tells whether pages of other sites may read it: 0 no, 1 yes,
    2 one of them asks.
    """
    kind = known.get(b"content-type", b"")
    drawn, smaller = _nature(kind)
    made = [*headers, *_READERS[open_]]
    if drawn:
        made += [h for h in _PAGE if h[0] not in known]
    if b"cache-control" not in known:
        made.append(_FRESH)
    if smaller:
        vary = known.get(b"vary")
        if vary is not None:
            made.remove((b"vary", vary))
        made.append(_ENCODING if vary is None else (b"vary", vary + b", Accept-Encoding"))
    return made


@lru_cache(maxsize=256)
def _nature(kind: bytes) -> tuple[bool, bool]:
    """Whether a media type is drawn by browsers, and whether it gets smaller."""
    return kind.startswith(_DRAWN), compressible(kind)
