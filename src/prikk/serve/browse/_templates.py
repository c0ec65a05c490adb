"""The templates, compiled once, and the files that they name: one style sheet and one script."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from prikk.dissemination import site

_KINDS: Mapping[str, str] = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


def rendered(template: str, context: Mapping[str, Any]) -> str:
    """A page."""
    return _environment().get_template(template).render(**context)


@cache
def asset(kind: str) -> tuple[bytes, str, str]:
    """The style sheet (``css``) or the script (``js``): its bytes, its media type, and a digest of the bytes.

    The style sheet is that of the static sites with what a server needs beside it, so that both look alike.
    """
    text = (site.source("site.css") if kind == "css" else "") + _source(f"browse.{kind}")
    content = text.encode()
    return content, _KINDS[kind], hashlib.blake2b(content, digest_size=8).hexdigest()


def _source(name: str) -> str:
    return resources.files("prikk.serve.browse").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
