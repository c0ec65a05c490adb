"""Answers made smaller, where that is worth it."""

from __future__ import annotations

import gzip

import brotli  # type: ignore[import-untyped]

LEAST = 600
"""Bytes below which an answer is sent as it is: it goes into one packet anyway."""
_TYPES = (
    b"application/json",
    b"text/",
    b"application/octet-stream",
    b"application/xml",
    b"application/javascript",
    b"application/vnd.sdmx",
)


def compressible(kind: bytes) -> bool:
    """Whether a media type gets smaller: text, and not what is packed already."""
    return kind.startswith(_TYPES) or b"+json" in kind or b"+xml" in kind


def accepted(header: bytes) -> str:
    """The encoding to use for an ``Accept-Encoding``: ``br``, ``gzip`` or none (empty).

    >>> accepted(b"gzip, deflate, br;q=0.5")
    'br'
    >>> accepted(b"br;q=0, gzip")
    'gzip'
    """
    if not header:
        return ""
    found = _ACCEPTED.get(header)
    if found is None:
        found = _parse(header.decode("latin-1"))
        if len(_ACCEPTED) < 1000:
            _ACCEPTED[header] = found
    return found


_ACCEPTED: dict[bytes, str] = {}


def _parse(header: str) -> str:
    weights = dict[str, float]()
    for item in header.lower().split(","):
        name, _, rest = item.partition(";")
        quality = rest.replace(" ", "").removeprefix("q=")
        try:
            weights[name.strip()] = float(quality) if quality else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    for name in ("br", "gzip"):
        if weights.get(name, weights.get("*", 0.0)) > 0:
            return name
    return ""


def compress(body: bytes, encoding: str) -> bytes:
    """Compress a whole body; equal bodies give equal bytes. Larger ones with less effort."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=4 if len(body) < 200_000 else 2))
    return gzip.compress(body, compresslevel=5 if len(body) < 200_000 else 2, mtime=0)
