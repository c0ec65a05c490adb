"""A release in the terms of the SDMX information model: identifiers, code lists, components.

SDMX 3.0, section 2. An identifier has letters, digits and ``_ @ $ -``; codes of a classification may have anything, so what
else is in one is written as its bytes, ``$`` before each: ``60+`` is ``60$2B``. The code itself stands in an annotation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import Axis, dimension_axes, period_axis
from prikk.dissemination.exchange._sdmx_words import CONF_STATUS, FREQUENCY, OBS_STATUS, name_of
from prikk.spec import ReleaseSpec, Text

_AGENCY = "PRIKK"
"""Who maintains the structures, where the spec does not say."""

VERSION = "1.0.0"
_URN = "urn:sdmx:org.sdmx.infomodel"
_ODD = re.compile(r"[^A-Za-z0-9_@\-]")
_TAKEN = (
    "FREQ",
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "CONF_STATUS",
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
)
_IN_CSV = ("STRUCTURE_NAME", "SERIES_KEY", "OBS_KEY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A coded component: its identifier, its name, and its code list. ``codes`` are identifiers, ``said`` what they stand for."""

    id: str
    name: Text
    list_id: str
    codes: tuple[str, ...]
    said: tuple[str, ...]
    names: tuple[Text, ...]
    parents: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The structure of a release. ``dimensions`` has the frequency first and not the periods, which are ``time``."""

    id: str
    spec: ReleaseSpec
    axes: tuple[Axis, ...]
    time: Axis
    dimensions: tuple[Coded, ...]
    attributes: tuple[Coded, ...]

    @property
    def agency(self) -> str:
        """The agency that maintains the structures of this release."""
        return agency_of(self.spec)

    @property
    def dataflow(self) -> str:
        """The dataflow as SDMX-CSV names it."""
        return f"{self.agency}:DF_{self.id}({VERSION})"

    def urn(self, package: str, kind: str, name: str) -> str:
        """The uniform name of an artefact of this release."""
        return f"{_URN}.{package}.{kind}={self.agency}:{name}({VERSION})"

    @property
    def dataflow_urn(self) -> str:
        """The uniform name of the dataflow."""
        return self.urn("datastructure", "Dataflow", f"DF_{self.id}")


def model(cube: PublishedCube) -> Model:
    """Describe a cube in SDMX's terms."""
    spec, axes = cube.spec, dimension_axes(cube)
    release = spec.release.id.upper().replace("-", "_")
    ids = component_ids([axis.name for axis in axes])
    dimensions = [_of_axis(axis, name, release) for axis, name in zip(axes, ids, strict=True)]
    return Model(
        id=release,
        spec=spec,
        axes=axes,
        time=period_axis(cube),
        dimensions=(_fixed("FREQ", (FREQUENCY[spec.release.periods.every],), spec, release), *dimensions),
        attributes=(
            _fixed("OBS_STATUS", OBS_STATUS, spec, release),
            _fixed("CONF_STATUS", CONF_STATUS, spec, release),
        ),
    )


def agency_of(spec: ReleaseSpec) -> str:
    """The identifier of the agency that maintains the structures of a release."""
    return spec.release.agency or _AGENCY


def prepared(spec: ReleaseSpec) -> dt.datetime:
    """When a message was prepared, as its header must say: when it is published, or else its last reference date."""
    if spec.release.published is not None:
        return spec.release.published
    return dt.datetime.combine(spec.periods[-1].reference, dt.time(), dt.UTC)


def code_id(code: str) -> str:
    """The identifier of a code.

    >>> code_id("60+"), code_id("0-19")
    ('60$2B', '0-19')
    """
    return _ODD.sub(lambda m: "".join(f"${byte:02X}" for byte in m[0].encode()), code)


def component_ids(names: Iterable[str]) -> list[str]:
    """The identifiers of dimensions: in capitals, begun by a letter, none twice and none that a format has taken.

    >>> component_ids(["age", "Age", "freq", "_x"])
    ['AGE', 'AGE_2', 'FREQ_2', 'D_X']
    """
    found: list[str] = []
    for name in names:
        base = name.upper() if name[0] != "_" else f"D{name.upper()}"
        number, chosen = 1, base
        while chosen in (*found, *_TAKEN, *_IN_CSV):
            number += 1
            chosen = f"{base}_{number}"
        found.append(chosen)
    return found


def _of_axis(axis: Axis, name: str, release: str) -> Coded:
    return Coded(
        id=name,
        name=axis.title,
        list_id=f"CL_{release}_{name}",
        codes=tuple(code_id(code) for code in axis.codes),
        said=axis.codes,
        names=_across(axis),
        parents=axis.parents,
    )


def _across(axis: Axis) -> tuple[Text, ...]:
    languages = tuple(axis.labels)
    return tuple(
        dict(zip(languages, labels, strict=True)) for labels in zip(*axis.labels.values(), strict=True)
    )


def _fixed(name: str, codes: Sequence[str], spec: ReleaseSpec, release: str) -> Coded:
    languages = spec.release.languages
    return Coded(
        id=name,
        name=name_of(name, languages),
        list_id=f"CL_{release}_{name}",
        codes=tuple(codes),
        said=tuple(codes),
        names=tuple(name_of(f"{name}.{code}", languages) for code in codes),
        parents=(-1,) * len(codes),
    )
