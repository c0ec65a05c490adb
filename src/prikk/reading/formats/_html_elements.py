"""What HTML says of its elements, as far as tables need it."""

from __future__ import annotations

VOID = frozenset(
    ["area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
SKIPPED = frozenset(
    ["script", "style", "template", "noscript", "nav", "select", "button", "svg", "math", "object", "title"]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
    ]
)
SECTIONS = ("thead", "tbody", "tfoot")
STRUCTURE = frozenset(("table", "caption", "tr", "td", "th", *SECTIONS))
CLOSES = {  # what the start of an element ends, and inside what it does not look for it
    "td": (("td", "th", "caption"), ("table", "tr")),
    "th": (("td", "th", "caption"), ("table", "tr")),
    "tr": (("tr", "caption"), ("table",)),
    **dict.fromkeys(SECTIONS, (("caption", *SECTIONS), ("table",))),
    "li": (("li",), ("table", "td", "th", "ul", "ol")),
    "p": (("p",), ("table", "td", "th", "caption")),
}
