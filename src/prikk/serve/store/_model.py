"""A release as the server knows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prikk.dissemination import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That a release was taken back: why, in each language, and when (None: the file does not say)."""

    reason: Mapping[str, str]
    at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One version of one table.

    ``folder`` is its public folder, ``published`` the moment before which it does not exist for readers, ``modified`` that moment
    or else when its folder was written, ``digest`` what an ETag is made of. ``lasting``: the folder is one that
    ``prikk publish`` made, so that its files never change.
    """

    id: str
    version: str
    facts: Facts
    folder: Path = field(repr=False)
    withdrawn: Withdrawal | None = None
    digest: str
    published: dt.datetime | None = None
    due: dt.date | None = None
    modified: dt.datetime
    lasting: bool = False

    @property
    def name(self) -> str:
        """The version as a table of the interface: ``tiltak-alder@2022-08-18``."""
        return f"{self.id}@{self.version}"
