"""The templates of the site, compiled once: they are code, and the same for every cube."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import jinja2

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"
"""Nothing from a network, nothing inline; pictures only of the site's own making."""


def rendered(template: str, **context: Any) -> bytes:
    """A page."""
    return _environment().get_template(template).render(policy=POLICY, **context).encode()


def source(name: str) -> str:
    """A template or an asset as it is in the package."""
    return resources.files("prikk.dissemination.site").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
