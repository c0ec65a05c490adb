"""Open a document: find its format, and let the reader of that format read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from prikk.reading._grid import SourceDocument
from prikk.reading.formats._decode import Decoded
from prikk.reading.formats._delimited import read_delimited
from prikk.reading.formats._faults import contained
from prikk.reading.formats._html import read_html
from prikk.reading.formats._jsonstat import read_json
from prikk.reading.formats._kinds import Kind, binary_kind, surprise, text_kind, text_of
from prikk.reading.formats._limits import DEFAULT_LIMITS, Budget, Limits
from prikk.reading.formats._pdf import read_pdf
from prikk.reading.formats._plain import read_plain
from prikk.reading.formats._px import read_px
from prikk.reading.formats._source import Source, load
from prikk.reading.formats._xlsx import read_xlsx


def open_document(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """Read a published document as it is: cells, datasets or long rows, with what was assumed.

    The format is found by the contents, whatever the name ends in. Raises :class:`ReadingError` with one
    finding when the file cannot be read or holds no table, within the limits of time and memory;
    :class:`EnvironmentFault` when the format needs an extra that is not installed.
    """
    source = load(path, limits)
    budget = Budget(limits, source.place)
    with contained(source.place, "a document"):
        kind = binary_kind(source, budget)
    if kind is not None:
        with contained(source.place, kind.value):
            document = BYTE_READERS[kind](source, budget)
    else:
        with contained(source.place, "text"):
            decoded = text_of(source)
            kind = text_kind(decoded.text, source)
        with contained(source.place, kind.value):
            document = TEXT_READERS[kind](decoded, budget)
    return replace(document, assumptions=(*document.assumptions, *surprise(kind, source.suffix)))


def from_frame(
    frame: object, *, place: str = "data frame", limits: Limits = DEFAULT_LIMITS
) -> SourceDocument:
    """Take a data frame of pandas, polars, pyarrow or DuckDB, or anything that speaks Arrow.

    It becomes a :class:`Frame` when it looks long, else a :class:`Grid` with the column names as heading.
    Raises :class:`ReadingError` for what is no data frame, or has no table in it.
    """
    from prikk.reading.formats._arrow import read_frame  # noqa: PLC0415  Arrow is slow to import

    with contained(place, "a data frame"):
        return read_frame(frame, Budget(limits, place))


def _read_parquet(source: Source, budget: Budget) -> SourceDocument:
    from prikk.reading.formats._arrow import read_parquet  # noqa: PLC0415  Arrow is slow to import

    return read_parquet(source, budget)


BYTE_READERS: Mapping[Kind, Callable[[Source, Budget], SourceDocument]] = {
    Kind.PARQUET: _read_parquet,
    Kind.PDF: read_pdf,
    Kind.PX: read_px,
    Kind.XLSX: read_xlsx,
}
TEXT_READERS: Mapping[Kind, Callable[[Decoded, Budget], SourceDocument]] = {
    Kind.DELIMITED: read_delimited,
    Kind.HTML: read_html,
    Kind.JSON: read_json,
    Kind.PLAIN: read_plain,
}
