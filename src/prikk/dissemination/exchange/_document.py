"""``dataset.json``: everything of a data set but its figures, as a value and as bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, TypeVar

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from prikk.dissemination._paths import DATASET_JSON
from prikk.dissemination.exchange._axes import Axis
from prikk.dissemination.exchange._dataset import Dataset
from prikk.dissemination.exchange._facts import Facts
from prikk.dissemination.exchange._remarks import Remark
from prikk.errors import Finding, ReadingError

_FIX = "Publish the release again from a whole build; do not edit its files."
_SHOWN = 10
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The facts alone, which is all that a list of releases needs."""

    format: Literal["prikk-dataset-1"]
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole file. ``margins`` are the combinations of levels that the tables show, a level a dimension."""

    format: Literal["prikk-dataset-1"]
    facts: Facts
    axes: Annotated[tuple[Axis, ...], Field(min_length=2)]
    margins: tuple[tuple[Annotated[int, Field(ge=0)], ...], ...]
    remarks: tuple[Remark, ...]


def dataset_json(dataset: Dataset) -> bytes:
    """Everything of a data set but its figures; equal data sets give equal bytes."""
    document = Document(
        format="prikk-dataset-1",
        facts=dataset.facts,
        axes=dataset.axes,
        margins=tuple(map(tuple, np.argwhere(dataset.figures.margins.shown).tolist())),
        remarks=dataset.remarks,
    )
    return _documents().dump_json(document) + b"\n"


def outline_of(content: bytes) -> Outline:
    """The facts in the bytes of a file; :class:`ReadingError` where there are none."""
    return _parsed(_outlines(), content)


def document_of(content: bytes) -> Document:
    """All that the bytes of a file hold; whether it goes together is another question."""
    return _parsed(_documents(), content)


@cache
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _outlines() -> TypeAdapter[Outline]:
    return TypeAdapter(Outline)


def _parsed(adapter: TypeAdapter[_T], content: bytes) -> _T:
    try:
        return adapter.validate_json(content, strict=True)
    except ValidationError as error:
        raise ReadingError(_findings(error)) from None


def _findings(error: ValidationError) -> Iterator[Finding]:
    for fault in error.errors(include_url=False, include_input=False, include_context=False)[:_SHOWN]:
        yield damaged(f"{fault['msg']}.", ".".join(map(str, fault["loc"])))


def damaged(what: str, place: str = "", file: str = DATASET_JSON) -> Finding:
    """A finding in a public file. ``where`` names the file in its folder and never the folder."""
    where = f"{file}, {place}" if place else file
    return Finding(code="dataset-damaged", what=what, where=where, fix=_FIX)
