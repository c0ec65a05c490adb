"""What happened to a cell."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The status of a cell; only ``internal/`` may tell primary and secondary apart."""

    PUBLISHED = 0
    PRIMARY = 1
    SECONDARY = 2
    MISSING = 3

    @property
    def label(self) -> str:
        """The word in files: published, primary, secondary or missing."""
        return self.name.lower()
