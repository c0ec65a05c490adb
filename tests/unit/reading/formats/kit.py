"""Small documents for the tests of this room, made of invented figures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from prikk.errors import ReadingError
from prikk.reading._grid import Dataset, Frame, Grid, SourceDocument
from prikk.reading.formats import Limits, open_document

SHARED = Path(__file__).parents[4].parent / "shared"
"""Real publications, beside the repository; tests that need them skip where they are absent."""


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """Write one file and give its path."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def opened(folder: Path, name: str, data: bytes | str, **limits: float) -> SourceDocument:
    """Write a file and open it."""
    return open_document(write(folder, name, data), Limits(**limits))


def refusal(folder: Path, name: str, data: bytes | str, **limits: float) -> str:
    """Write a file that cannot be read, and give the one line that says so."""
    with pytest.raises(ReadingError) as caught:
        opened(folder, name, data, **limits)
    (finding,) = caught.value.findings
    assert "\n" not in str(finding)
    return str(finding)


def texts(grid: Grid) -> list[list[str | None]]:
    """The printed texts of a grid."""
    return [[None if c is None else c.text for c in row] for row in grid.rows]


def the_grid(document: SourceDocument) -> Grid:
    """The only content, a grid whose rows are equally long."""
    (grid,) = document.contents
    assert isinstance(grid, Grid)
    assert len({len(row) for row in grid.rows}) == 1
    assert len(grid.row_places) in (0, len(grid.rows))
    return grid


def the_frame(document: SourceDocument) -> Frame:
    """The only content, a long frame."""
    (frame,) = document.contents
    assert isinstance(frame, Frame)
    return frame


def the_dataset(document: SourceDocument) -> Dataset:
    """The only content, a dataset."""
    (dataset,) = document.contents
    assert isinstance(dataset, Dataset)
    assert len(dataset.values) == len(dataset.statuses)
    return dataset


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    sheet: str, *, strings: str = "", styles: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """A workbook of one sheet from the raw XML inside its parts, for what no library writes."""
    kinds = {"worksheet": "sheet.xml", "sharedStrings": "strings.xml", "styles": "styles.xml"}
    relations = "".join(
        f'<Relationship Id="{k}" Type="{_LINKS}/{k}" Target="{v}"/>' for k, v in kinds.items()
    )
    book = '<sheets><sheet name="Ark" sheetId="1" r:id="worksheet"/></sheets>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
        "xl/strings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
    }
    return zipped({**parts, **(more or {})})


WIDTHS = {" ": 0.278, "*": 0.389, ".": 0.278, ",": 0.278, "-": 0.333}
"""Widths of Helvetica's signs for one unit of size; its digits are 0.556."""

Placed = tuple[float, float, str]
"""Where a text starts, how far up the page it stands, and the text."""


def right_aligned(edge: float, up: float, text: str, size: float = 10) -> Placed:
    """A figure that ends at an edge."""
    return (edge - size * sum(WIDTHS.get(sign, 0.556) for sign in text), up, text)


def pdf(
    pages: Sequence[Sequence[Placed]], *, size: float = 10, font: str = "Helvetica", turned: bool = False
) -> bytes:
    """A small PDF: each text at its place; ``turned`` writes from the bottom to the top of a rotated page."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>",
    ]
    for i, texts_ in enumerate(pages):
        rotate = "/Rotate 90" if turned else ""
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {rotate} {fonts} /Contents {5 + 2 * i} 0 R >>"
        )
        drawn = "\n".join(_drawn(text, size, turned=turned) for text in texts_)
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    return _file(objects)


def _drawn(placed: Placed, size: float, *, turned: bool) -> str:
    x, y, text = placed
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    place = f"0 1 -1 0 {600 - y} {x}" if turned else f"1 0 0 1 {x} {y}"
    return f"BT /F1 {size} Tf {place} Tm ({escaped}) Tj ET"


def _file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (head + tail).encode("cp1252")
