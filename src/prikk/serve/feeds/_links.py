"""Addresses in feeds, and the language they are in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from starlette.requests import Request

from prikk.serve.store import Release


def site(request: Request) -> str:
    """The address of the server without a slash at its end: as configured, else as it was asked."""
    base: str = request.app.state.config.base_url
    return base.rstrip("/") or str(request.base_url).rstrip("/")


def table_page(base: str, release: Release) -> str:
    """The page of a table."""
    return f"{base}/tables/{release.id}"


def version_page(base: str, release: Release) -> str:
    """The site of one release."""
    return f"{base}/releases/{release.id}/{release.version}/"


def stable_id(*parts: str) -> str:
    """A UUID that depends on the parts alone, so that feed readers know an entry again wherever it is served."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:prikk:" + ":".join(parts)))


def language(request: Request) -> str:
    """The language asked for by ``lang``; empty for the first of each release."""
    asked: str = request.query_params.get("lang", "")
    return asked if asked.isalpha() and len(asked) <= 3 else ""


def told(text: Mapping[str, str], wanted: str) -> str:
    """A text in a language, else in the first that there is."""
    return text.get(wanted) or next(iter(text.values()), "")
