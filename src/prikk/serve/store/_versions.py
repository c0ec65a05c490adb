"""What a version is called, and which of two is the newer."""

from __future__ import annotations

import re

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,40}")
_NUMBERS = re.compile(r"(\d+)")


def order_of(version: str) -> tuple[tuple[int, int, str], ...]:
    """Where a version stands among others: numbers in it count as numbers.

    >>> sorted(["2022-08-18-10", "2022-08-18", "2022-08-18-9"], key=order_of)
    ['2022-08-18', '2022-08-18-9', '2022-08-18-10']
    """
    return tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part) for part in _NUMBERS.split(version) if part
    )


def free_version(base: str, taken: set[str]) -> str:
    """The first of ``base``, ``base-2``, ``base-3`` … that is not taken.

    >>> free_version("2022-08-18", {"2022-08-18", "2022-08-18-2"})
    '2022-08-18-3'
    """
    number, version = 1, base
    while version in taken:
        number += 1
        version = f"{base}-{number}"
    return version
