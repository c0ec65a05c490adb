"""Elements as text: escaped, in the given order, without anything that XML 1.0 has no place for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from prikk.spec import Text

_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text for an element or an attribute in quotation marks.

    >>> clean('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return escape(_ILLEGAL.sub(" ", text), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def element(tag: str, *content: str, attributes: Mapping[str, str] | None = None) -> str:
    """An element around content that is XML already."""
    head = "".join(f' {name}="{clean(value)}"' for name, value in (attributes or {}).items())
    inside = "".join(content)
    return f"<{tag}{head}>{inside}</{tag}>" if inside else f"<{tag}{head}/>"


def texts(tag: str, text: Text) -> str:
    """One element for each language of a text."""
    return "".join(
        element(tag, clean(said), attributes={"xml:lang": language}) for language, said in text.items()
    )
