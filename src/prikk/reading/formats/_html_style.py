"""How an element looks, as far as it matters: bold, raised, or not to be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_UNSEEN_CLASSES = frozenset(
    [
        "unseen",
        "sr-only",
        "sr_only",
        "sronly",
        "visually-hidden",
        "visuallyhidden",
        "visually_hidden",
        "screen-reader-text",
        "screen-reader-only",
        "screenreader",
        "screenreader-only",
        "offscreen",
        "off-screen",
        "assistive-text",
        "a11y-hidden",
        "element-invisible",
        "u-visually-hidden",
        "govuk-visually-hidden",
    ]
)
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|clip(?:-path)?\s*:|(?:left|text-indent)\s*:\s*-\d{3}",
    re.IGNORECASE,
)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_BOLD_CLASSES = frozenset(
    [
        "bold",
        "fet",
        "strong",
        "total",
        "totals",
        "subtotal",
        "sum",
        "total-row",
        "subtotal-row",
        "grand-total",
    ]
)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:\s*bold", re.IGNORECASE)
_TAGS = frozenset(("b", "strong", "sup"))
_LONGEST = 2_000
_CLASS = re.compile(r"(?:^|,)\s*\w*\.([\w-]+)\s*(?=,|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The look of an element's text, with what it has from the elements around it."""

    bold: bool = False
    raised: bool = False
    unseen: bool = False
    skipped: bool = False


class Looks:
    """Knows which classes of a page are bold, or not to be seen: some by custom, some from its style sheet."""

    def __init__(self) -> None:
        self._unseen = set(_UNSEEN_CLASSES)
        self._bold = set(_BOLD_CLASSES)

    def learn(self, sheet: str) -> None:
        """Read a style sheet for such classes."""
        for rule in sheet.split("}"):
            selectors, _, style = rule.rpartition("{")
            classes = _CLASS.findall(selectors.rpartition("{")[2].strip()[:_LONGEST])
            if _UNSEEN_STYLE.search(style):
                self._unseen.update(classes)
            if _BOLD_STYLE.search(style):
                self._bold.update(classes)

    def of(self, tag: str, attributes: Mapping[str, str], above: Look, *, skipped: bool) -> Look:
        """The look of an element inside another one."""
        if not attributes and tag not in _TAGS and not skipped:
            return above
        style = attributes.get("style", "")
        hidden = "hidden" in attributes or bool(style and _UNSEEN_STYLE.search(style))
        classes = set(attributes.get("class", "").split())
        bold = tag in ("b", "strong") or bool(style and _BOLD_STYLE.search(style))
        return Look(
            bold=above.bold or bold or not self._bold.isdisjoint(classes),
            raised=above.raised or tag == "sup" or bool(style and _RAISED_STYLE.search(style)),
            unseen=above.unseen or hidden or not self._unseen.isdisjoint(classes),
            skipped=above.skipped or skipped,
        )
