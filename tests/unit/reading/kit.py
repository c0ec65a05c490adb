"""Invented documents, written as they look: a line a row, ``|`` between cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from prikk.reading import AuditSpec, Reading, ReadingSettings, read
from prikk.reading._grid import Content, Dataset, DatasetDimension, Frame, Grid, GridCell, SourceDocument
from prikk.tabular import Status


def grid(
    text: str, *titles: str, notes: Sequence[str] = (), place: str = "t.txt", native: bool = False
) -> Grid:
    """A grid from lines; ``**x**`` is bold, leading dots are indentation, ``=3`` spans three columns."""
    rows = [[_cell(part, native) for part in line.split("|")] for line in text.strip("\n").splitlines()]
    width = max(len(row) for row in rows)
    full = tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)
    return Grid(
        place=place,
        titles=titles,
        rows=full,
        notes=tuple(notes),
        row_places=tuple(f"line {i + 1}" for i in range(len(full))),
    )


def _cell(part: str, native: bool) -> GridCell | None:
    text = part.strip()
    span = 1
    if text.startswith("=") and text[1:2].isdigit():
        span, text = int(text[1]), text[2:].strip()
    indent = len(text) - len(text.lstrip("_"))
    text = text.lstrip("_")
    bold = text.startswith("**") and text.endswith("**") and len(text) > 4
    text = text.strip("*") if bold else text
    if not text:
        return None
    number = Decimal(text) if native and text.lstrip("-").replace(".", "", 1).isdigit() else None
    return GridCell(text=text, bold=bold, indent=indent, column_span=span, number=number)


def document(*contents: Content, notes: Sequence[str] = (), place: str = "t.txt") -> SourceDocument:
    return SourceDocument(place=place, kind="text", contents=tuple(contents), notes=tuple(notes))


def frame(text: str, place: str = "t.csv") -> Frame:
    head, *rows = (tuple(line.split(",")) for line in text.strip().splitlines())
    return Frame(place=place, columns=head, rows=tuple(rows))


def dataset(dimensions: Mapping[str, Sequence[str]], values: Sequence[int | str], **extra: object) -> Dataset:
    """A dataset; a text among the values is a status."""
    made = tuple(
        DatasetDimension(name=n, label=n, codes=tuple(c), labels=tuple(c), **extra.get(n, {}))  # type: ignore[arg-type]
        for n, c in dimensions.items()
    )
    return Dataset(
        place="t.px",
        title="T",
        dimensions=made,
        values=tuple(None if isinstance(v, str) else Decimal(v) for v in values),
        statuses=tuple(v if isinstance(v, str) else "" for v in values),
        notes=tuple(extra.get("notes", ())),  # type: ignore[arg-type]
    )


def reading(*contents: Content, notes: Sequence[str] = (), **settings: object) -> Reading:
    return read([document(*contents, notes=notes)], ReadingSettings(**settings))  # type: ignore[arg-type]


def spec(**parts: object) -> AuditSpec:
    return AuditSpec.model_validate(parts)


def cells(found: Reading) -> dict[tuple[str, ...], int | str]:
    """Printed cells by their labels without totals: the figure, or the status where none is shown."""
    publication, table = found.publication, found.publication.table
    result: dict[tuple[str, ...], int | str] = {}
    for i in range(len(table)):
        if not found.places[i]:
            continue
        labels = tuple(
            found.labels[h.name][c]
            for h, c, n in zip(table.hierarchies, table.codes(i), table.coords[i], strict=True)
            if n != 0
        )
        shown = publication.status[i] == Status.PUBLISHED
        result[labels] = int(publication.low[i]) if shown else Status(int(publication.status[i])).label
    return result


def sums_of(found: Reading) -> dict[str, set[str]]:
    """For each label with parts the labels of its parts, over all dimensions, pads and rests left out."""
    result: dict[str, set[str]] = {}
    for h in found.publication.table.hierarchies:
        for code, parent in zip(h.codes, h.parents, strict=True):
            if parent >= 0 and not code.endswith("’"):
                result.setdefault(found.labels[h.name][h.codes[parent]], set()).add(
                    found.labels[h.name][code]
                )
    return result


BELOW_FOUR = ("Tall mindre enn 4 er erstattet med «*».",)
