"""Any bytes give a document or one refusal; what is written as a table reads back equal."""

import html
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from prikk.errors import ReadingError
from prikk.reading._grid import Dataset, Frame, Grid, SourceDocument
from prikk.reading.formats import Limits, open_document
from unit.reading.formats import test_html, test_jsonstat, test_pdf, test_plain, test_px
from unit.reading.formats.kit import pdf, texts, the_grid, workbook

SMALL = Limits(file_bytes=1_000_000, cells=100_000, pages=10, seconds=20)
SHEET = '<sheetData><row><c t="inlineStr"><is><t>Sted</t></is></c><c><v>2021</v></c></row><row><c><v>5</v></c><c><v>1.5</v></c></row></sheetData>'
SEEDS = {
    "a.csv": "Ledige\n\nSted;Menn;;Kvinner\n;2021;;2021\nA;1;;2\n\nB;3;;4\nKilde\n".encode("latin-1"),
    "a.html": test_html.TEMPLATE.encode(),
    "a.json": test_jsonstat.changed().encode(),
    "a.pdf": pdf([test_pdf.PAGE]),
    "a.px": (test_px.HEAD + test_px.DATA).encode("cp1252"),
    "a.txt": test_plain.PAGED.encode(),
    "b.txt": test_plain.TYPED.encode(),
    "a.xlsx": workbook(SHEET),
}
PIECES = [b'"', b";", b",", b"\t", b"|", b"\0", b"\xff\xfe", b"<", b"</", b"<table>", b"<td colspan=0>", b"99999999999", b"[", b"{",
          b"1e999999", b"NaN", b"<!--", b"<![CDATA[", b"&#999999999;", b"\f", b"\r", b"#", b"**", b"---", b"(", b"KEYS(\"sted\")=CODES;"]  # fmt: skip


def tried(name: str, data: bytes) -> SourceDocument | ReadingError:
    """Open bytes as a file; an error of another class fails."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            return open_document(path, SMALL)
        except ReadingError as error:
            return error


def well_formed(document: SourceDocument | ReadingError) -> None:
    """Contents keep the promises of their classes; no reader met what it did not expect."""
    if isinstance(document, ReadingError):
        assert len(document.findings) == 1
        assert "damaged or incomplete (" not in str(document)
    for content in document.contents if isinstance(document, SourceDocument) else ():
        if isinstance(content, Grid):
            assert len({len(row) for row in content.rows}) == 1
            assert len(content.row_places) in (0, len(content.rows))
            assert all(c is None or c.text == c.text.strip() != "" for row in content.rows for c in row)
        elif isinstance(content, Frame):
            assert {len(row) for row in content.rows} == {len(content.columns)}
        elif isinstance(content, Dataset):
            assert len(content.values) == len(content.statuses)


@given(name=st.sampled_from([*SEEDS, "a.parquet", "a", "a.xls"]), data=st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_refusal(name, data):
    well_formed(tried(name, data))


@given(
    text=st.text(alphabet=" \n\t;,|\"'#*-_<>=:.()[]{}ab1220æø\u00a0", max_size=300),
    name=st.sampled_from(["a.csv", "a.txt", "a.html", "a.json"]),
)
def test_any_text_gives_a_document_or_a_refusal(text, name):
    well_formed(tried(name, text.encode()))


@st.composite
def damaged(draw):
    name = draw(st.sampled_from(sorted(SEEDS)))
    data = bytearray(SEEDS[name])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        change = draw(st.sampled_from(["cut", "insert", "delete", "repeat"]))
        size = draw(st.sampled_from([1, 7, 60]))
        if change == "cut":
            del data[at:]
        elif change == "insert":
            data[at:at] = draw(st.sampled_from(PIECES))
        elif change == "delete":
            del data[at : at + size]
        else:
            data[at:at] = data[at : at + size] * 3
    return name, bytes(data)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged())
def test_damaged_files_give_a_document_or_a_refusal(file):
    well_formed(tried(*file))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    part=st.sampled_from(["xl/sheet.xml", "xl/workbook.xml", "xl/strings.xml", "xl/styles.xml"]),
    data=st.data(),
)
def test_workbooks_with_damaged_parts_give_a_document_or_a_refusal(part, data):
    source = zipfile.ZipFile(io.BytesIO(SEEDS["a.xlsx"]))
    parts = {name: source.read(name) for name in source.namelist()}
    at = data.draw(st.integers(0, len(parts[part])))
    piece = data.draw(
        st.sampled_from(
            [
                b"",
                b"<c/>",
                b"<v>",
                b"</row>",
                b' r="ZZZ99"',
                b"&a;",
                b"\xff",
                b"<mergeCell ref='A1:XFD1048576'/>",
            ]
        )
    )
    parts[part] = parts[part][:at] + piece + parts[part][at + data.draw(st.integers(0, 9)) :]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    well_formed(tried("a.xlsx", buffer.getvalue()))


LABELS = st.text("abcæøå", min_size=2, max_size=6)
FIGURES = st.one_of(
    st.integers(0, 9999).map(str), st.sampled_from(["*", ":", "..", "1 234", "2,5", "<10", "-12"])
)


@st.composite
def tables(draw):
    """A heading row, a stub, and at least two rows and columns of figures."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(2, 6))
    heading = draw(st.lists(LABELS, min_size=width, max_size=width))
    stub = draw(st.lists(LABELS, min_size=height, max_size=height))
    body = [draw(st.lists(FIGURES, min_size=width, max_size=width)) for _ in range(height)]
    return [["Sted", *heading], *([label, *row] for label, row in zip(stub, body, strict=True))]


def as_csv(rows):
    return "a.csv", "\r\n".join(";".join(row) for row in rows).encode("cp1252")


def as_html(rows):
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return "a.html", f"<html><body><table>{lines}</table></body></html>".encode()


def as_markdown(rows):
    heading, *body = ["| " + " | ".join(c.replace("*", "\\*") for c in row) + " |" for row in rows]
    return "a.md", "\n".join([heading, "|" + "---|" * len(rows[0]), *body]).encode()


def as_tabs(rows):
    return "a.txt", ("# Tittel\n\n" + "\n".join("\t".join(row) for row in rows)).encode()


def as_workbook(rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                sheet.write_number(i, j, int(text)) if text.isdecimal() else sheet.write_string(i, j, text)
    return "a.xlsx", buffer.getvalue()


def as_typed(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "   ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]
    return "a.txt", "\n".join(lines).encode()


@pytest.mark.parametrize("write", [as_csv, as_html, as_markdown, as_tabs, as_workbook, as_typed])
@settings(deadline=None)
@given(rows=tables())
def test_a_table_that_is_written_reads_back_equal(write, rows):
    document = tried(*write(rows))
    assert isinstance(document, SourceDocument)
    assert texts(the_grid(document)) == rows


@settings(deadline=None)
@given(rows=tables())
def test_a_workbook_gives_numbers_where_it_has_numbers(rows):
    grid = the_grid(tried(*as_workbook(rows)))
    assert [[c.number is not None for c in row] for row in grid.rows] == [
        [t.isdecimal() for t in row] for row in rows
    ]


@settings(deadline=None)
@given(rows=tables())
def test_a_page_of_a_pdf_reads_back_equal(rows):
    assume(not any(len(row[0]) > 5 for row in rows))
    page = []
    for i, row in enumerate(rows):
        page.append((50.0, 700.0 - 14 * i, row[0]))
        page += [test_pdf.right_aligned(150.0 + 70 * j, 700.0 - 14 * i, c) for j, c in enumerate(row[1:])]
    assert texts(the_grid(tried("a.pdf", pdf([page])))) == rows
