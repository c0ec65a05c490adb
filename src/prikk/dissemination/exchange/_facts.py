"""What a data set says of itself, in all its languages; nothing of its codes or figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._notes import legend
from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._remarks import absent_symbol, good_to_know, must_know, nil_symbol
from prikk.dissemination.exchange._signs import Signs
from prikk.dissemination.exchange._terms import terms
from prikk.spec import Contact, Licence, ReleaseSpec, Text

Texts = Mapping[str, tuple[str, ...]]
"""Several texts in each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is public about a release beside its codes and figures.

    Texts are there in every one of ``languages`` (the first is the main one) or not at all; ``title``, ``unit``,
    ``must_know`` and ``good_to_know`` always are. ``must_know`` is the rule and what the signs mean, ``good_to_know`` what else the
    release says. ``signs`` are what stands for a figure that is not shown, ``meanings`` what each of them means in a language.
    ``variables`` are the titles of the axes by their names, the periods last, and ``periods`` the codes of those, in order.
    ``published`` is the moment before which nothing of it may be shown.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")]
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...]
    title: Text
    unit: Text
    publisher: Text
    source: Text
    about: Text
    contact: Contact | None
    licence: Licence | None
    url: str | None
    keywords: Texts
    published: AwareDatetime | None
    next_release: dt.date | None
    every: Literal["month", "quarter", "year"]
    preliminary: tuple[str, ...]
    revised: tuple[str, ...]
    must_know: Texts
    good_to_know: Texts
    signs: Signs
    meanings: Mapping[str, Signs]
    variables: Mapping[str, Text]
    periods: tuple[str, ...]


def facts_of(cube: PublishedCube, axes: tuple[Axis, ...]) -> Facts:
    """What the spec of a cube tells; ``axes`` are its dimensions and the periods last."""
    spec, release = cube.spec, cube.spec.release
    languages = release.languages
    return Facts(
        id=release.id,
        languages=languages,
        title=release.title,
        unit={x: release.unit.get(x, terms(x).number) for x in languages},
        publisher=release.publisher,
        source=release.source,
        about=release.about,
        contact=release.contact,
        licence=release.licence,
        url=release.url,
        keywords=release.keywords,
        published=release.published,
        next_release=release.next_release,
        every=release.periods.every,
        preliminary=release.preliminary,
        revised=release.revised,
        must_know={x: must_know(spec, x) for x in languages},
        good_to_know={x: good_to_know(spec, x) for x in languages},
        signs=_signs(spec),
        meanings={x: _meanings(spec, x) for x in languages},
        variables={axis.name: axis.title for axis in axes},
        periods=axes[-1].codes,
    )


def _signs(spec: ReleaseSpec) -> Signs:
    return Signs(hidden=spec.protection.symbol, nil=nil_symbol(spec), absent=absent_symbol(spec))


def _meanings(spec: ReleaseSpec, language: str) -> Signs:
    say, signs = terms(language), _signs(spec)
    return Signs(
        hidden=" ".join(legend(spec, language)),
        nil=say.nil.format(symbol=signs.nil),
        absent=say.absent.format(symbol=signs.absent),
    )
