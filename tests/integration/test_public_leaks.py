"""Every byte of a public folder, unpacked where it is packed: no true value of a hidden figure is in it.

The hidden figures are unmistakable numbers. A control sees to it that the search finds a shown one of the same kind in every
format that prints figures.
"""

from __future__ import annotations

import io
import re
import zipfile

import numpy as np
import pikepdf
import pyarrow.parquet as pq
import pypdfium2
import pytest

from prikk.cube import Cube
from prikk.dissemination import FORMATS, render
from prikk.release import publish
from prikk.tabular import CellTable, Hierarchy
from support import SPEC, edited
from unit.release.test_gate import loaded

PLANTED = [918273645546, 827364554637, 736455463728]
SHOWN = 645546372819
# What stands between the digits of a printed number.
GROUPING = re.compile(r"(?<=\d)(?:[\s,.'\u00a0\u202f]|&nbsp;|&#160;|\\u00a0)(?=\d{3})")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    derived = edited(
        SPEC,
        ('total = { en = "Total" }', 'total = { en = "Total" }\ncolumns = ["figure", "change", "share"]'),
    )
    spec, classifications = loaded(tmp_path_factory.mktemp("spec"), derived)
    hierarchies = [
        Hierarchy(name=n, codes=classifications[n].in_order, parents=classifications[n].parents)
        for n in spec.dimensions
    ]
    table = CellTable.from_codes(hierarchies, [("TOTAL", "TOTAL"), ("N", "TOTAL"), ("S", "TOTAL")])
    counts = np.array([[SHOWN, *PLANTED[:2]], [SHOWN, PLANTED[2], 5]])
    cube = Cube(table=table, periods=spec.periods, counts=counts, additive=True)
    pattern = np.array([[0, 1, 2], [0, 2, 0]], dtype=np.uint8)
    return render(publish(cube, pattern, spec, classifications))


def unpacked(path: str, content: bytes) -> list[bytes]:
    """All that a file holds: as it lies there, and as any program would unpack it."""
    parts = [content]
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts += [book.read(name) for name in book.namelist()]
    if path.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(content))
        parts.append(str(table.to_pydict()).encode() + str(table.schema.metadata).encode())
        # Also what lies under a null.
        parts += [b.to_pybytes() for c in table.columns for k in c.chunks for b in k.buffers() if b]
    if path.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            parts += [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and readable(o)]
        for page in pypdfium2.PdfDocument(content):
            parts.append(page.get_textpage().get_text_range().encode())
    return parts


def readable(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != "/Image"


def holds(parts: list[bytes], number: int) -> bool:
    """Whether a number stands there as text, grouped or rounded, or as bytes."""
    for part in parts:
        text = GROUPING.sub("", part.decode("utf-8", "ignore"))
        if str(number) in text or str(number)[:9] in text or number.to_bytes(8, "little") in part:
            return True
    return False


def test_a_shown_figure_is_found_in_every_format_that_prints_figures(files):
    found = {
        path.rpartition(".")[2] for path, content in files.items() if holds(unpacked(path, content), SHOWN)
    }
    assert found >= {"csv", "parquet", "xlsx", "html", "pdf", "px", "json", "xml"}


@pytest.mark.parametrize("number", [*PLANTED, *(SHOWN - n for n in PLANTED), PLANTED[0] - PLANTED[2]])
def test_no_file_holds_a_hidden_figure_nor_the_difference_to_a_shown_one(files, number):
    assert set(FORMATS) == {n for n, r in FORMATS.items() if r.ready}, "every format is written here"
    assert "dataset.json" in files
    assert [path for path, content in files.items() if holds(unpacked(path, content), abs(number))] == []
