"""Conditional requests (RFC 9110, section 13): has the reader the answer already?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime


def etag_of(body: bytes) -> bytes:
    """An ETag from the bytes of an answer."""
    return b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'


def encoded_etag(etag: bytes, encoding: str) -> bytes:
    """The ETag of a compressed answer: other bytes, another tag.

    >>> encoded_etag(b'"a1"', "br")
    b'"a1-br"'
    """
    return etag[:-1] + b"-" + encoding.encode() + b'"' if encoding and etag.endswith(b'"') else etag


def unchanged(asked: Mapping[bytes, bytes], etag: bytes, modified: bytes) -> bool:
    """Whether the reader has it; an ETag decides where both are asked for. Compared weakly, whatever the encoding."""
    known = asked.get(b"if-none-match")
    if known is not None:
        if known.strip() == b"*":
            return bool(etag)
        return bool(etag) and _plain(etag) in {_plain(one) for one in known.split(b",")}
    since = asked.get(b"if-modified-since")
    if since is None or not modified:
        return False
    try:
        return parsedate_to_datetime(modified.decode("latin-1")) <= parsedate_to_datetime(
            since.decode("latin-1")
        )
    except (ValueError, TypeError, OverflowError):
        return False


def _plain(etag: bytes) -> bytes:
    tag = etag.strip().removeprefix(b"W/").strip(b'"')
    return tag.removesuffix(b"-br").removesuffix(b"-gzip")
