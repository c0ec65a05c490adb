"""The templates of the room, and what is written into a page: its style, its script, its policy."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from prikk.reporting._markup import line, mark, place


def rendered(template: str, **context: Any) -> str:
    """Fill a template; every text of the context is escaped."""
    return _templates().get_template(template).render(context)


def inline(name: str) -> Markup:
    """A style sheet or script of the package, to be written into a page as it is: it is code, not data."""
    return Markup(_source(name).strip())


def policy() -> str:
    """The page's own content security policy: nothing from anywhere, and no script or style but those in it.

    Labels come from foreign documents. They are escaped; the digests make a browser refuse what would slip
    through all the same.
    """
    style, script = _digest("page.css"), _digest("page.js")
    return f"default-src 'none'; img-src data:; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _digest(name: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline(name).encode()).digest()).decode()}'"


@cache
def _source(name: str) -> str:
    return resources.files("prikk.reporting").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _templates() -> jinja2.Environment:
    """The templates of the package, compiled once: they are code, and the same for every report."""
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"place": place, "mark": mark, "line": line}
    return made
