"""Titles with places for labels: ``"I alt {main_group:lower} {age}"``.

``{dimension}`` is the label of the dimension's code in that table, ``{dimension:lower}`` the same with a
small first letter, as in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIELD = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


def fields(template: str) -> tuple[tuple[str, str], ...]:
    """Give the (name, format) of every place in a template.

    >>> fields("I alt {main_group:lower} {age}")
    (('main_group', 'lower'), ('age', ''))
    """
    return tuple((name, form or "") for name, form in _FIELD.findall(template))


def fill(template: str, labels: Mapping[str, str]) -> str:
    """Put labels into a template; every name must be there.

    >>> fill("I alt {g:lower}", {"g": "Andre på tiltak"})
    'I alt andre på tiltak'
    """
    return _FIELD.sub(lambda m: lower_first(labels[m[1]]) if m[2] == "lower" else labels[m[1]], template)


def lower_first(label: str) -> str:
    """Make the first letter small, unless the first word is an abbreviation such as ``AMO``."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
