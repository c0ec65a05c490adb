"""What a release says of itself: who, when, under what licence; notes and definitions.

The words are those of DCAT-AP (publisher, licence, contact) and of the Code of Practice of European statistics (preliminary
and revised figures, a release calendar).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictInt, StrictStr

Name = Annotated[StrictStr, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
Language = Annotated[StrictStr, Field(pattern=r"^[a-z]{2,3}$")]
Text = dict[Language, Annotated[StrictStr, Field(min_length=1)]]
"""A text in several languages: language code to text."""
Agency = Annotated[StrictStr, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,62}$")]
"""An identifier as SDMX has them for agencies (its NCNameIDType)."""
Url = Annotated[StrictStr, Field(pattern=r"^https?://[^\s<>\"]+$")]


Format = Literal["csv", "parquet", "xlsx", "html", "pdf", "px", "json-stat", "sdmx", "csvw", "dcat"]
"""What a release can be written as; ``html`` is the site."""


class Part(BaseModel):
    """A table of the spec: no key that is not known, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(Part):
    """``release.contact``: whom to ask."""

    name: Text
    email: Annotated[StrictStr, Field(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+$")] | None = None
    url: Url | None = None


class Licence(Part):
    """``release.licence``: what readers may do with the figures."""

    name: Annotated[StrictStr, Field(min_length=1)]
    url: Url


class About(Part):
    """The keys of ``[release]`` that describe it.

    ``published`` is the moment from which the release may be shown; before, it is under embargo. ``preliminary`` and
    ``revised`` are periods whose figures are so. ``agency`` maintains the structures that SDMX describes. ``formats`` are what is written; without, all that can be.
    """

    unit: Text = {}
    publisher: Text = {}
    contact: Contact | None = None
    licence: Licence | None = None
    url: Url | None = None
    agency: Agency | None = None
    keywords: dict[Language, tuple[Annotated[StrictStr, Field(min_length=1)], ...]] = {}
    published: AwareDatetime | None = None
    next_release: Annotated[dt.date | None, Field(alias="next")] = None
    formats: tuple[Format, ...] = ()
    preliminary: tuple[StrictStr, ...] = ()
    revised: tuple[StrictStr, ...] = ()


class Note(Part):
    """``[[notes]]``: a note to the whole release, to a family of tables, to a dimension, or to figures with some codes.

    ``at`` gives a code for some dimensions, ``period`` among them. A ``break`` tells that figures before and after do not
    compare.
    """

    text: Text
    kind: Literal["note", "break"] = "note"
    table: Annotated[StrictInt, Field(ge=1)] | None = None
    dimension: Name | None = None
    at: dict[Name, StrictStr] = {}


class Definition(Part):
    """``[[definitions]]``: what a word of the statistic means."""

    term: Text
    text: Text
