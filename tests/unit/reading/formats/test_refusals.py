"""Bad input: one clear line each, within bounds of time and memory."""

import io
import os
import zipfile

import pytest

from prikk.errors import ReadingError
from prikk.reading.formats import Limits, open_document
from prikk.reading.formats._kinds import Kind
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._open import BYTE_READERS, TEXT_READERS
from unit.reading.formats.kit import opened, refusal, write, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_every_format_has_one_reader():
    assert {*BYTE_READERS, *TEXT_READERS} == set(Kind)
    assert not BYTE_READERS.keys() & TEXT_READERS.keys()


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.csv", b"", "a.csv: it is empty. Fetch it anew. [file-empty]"),
        ("a.csv", b" \n\n", "a.csv: it holds blanks only. Fetch it anew. [file-empty]"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx: it is protected by a password."),
        (
            "a.xls",
            OLE + "Workbook".encode("utf-16-le"),
            "a.xls: it is in a format of Office from before 2007",
        ),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "a.xlsx: its zip container is damaged."),
        ("a.pdf", b"%PDF-1.7\nno more", "a.pdf: it is not a whole PDF file."),
        ("a.csv", bytes(range(256)) * 10, "a.csv: it is neither text nor a document of a known format."),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png: it is a picture."),
        ("a.gz", b"\x1f\x8b\x08" + bytes(50), "a.gz: it is packed with gzip. Unpack it first."),
        ("a.rtf", b"{\\rtf1 x}", "a.rtf: it is a rich-text document (.rtf)."),
        ("a.xml", b'<?xml version="1.0"?><a/>', "a.xml: it is an XML file."),
        ("a.docx", zipped({"word/document.xml": "<a/>"}), "a.docx: it is a text document (.docx)."),
        ("a.ods", zipped({"content.xml": "<a/>"}), "a.ods: it is an OpenDocument file."),
        ("a.xlsb", zipped({"xl/workbook.bin": "x"}), "a.xlsb: it is a binary workbook (.xlsb)."),
        (
            "a.zip",
            zipped({"a.csv": "x;1"}),
            "a.zip: it is a zip archive. Unpack it, and name the files in it.",
        ),
        ("a.xlsx", zipped({"[Content_Types].xml": "<a/>"}), "a.xlsx: no table was found in it."),
        ("a.txt", "Hei på deg.\n", "a.txt: no table was found in it."),
    ],
)
def test_one_clear_line_says_what_is_wrong(tmp_path, name, data, line):
    assert refusal(tmp_path, name, data).startswith(line)


def caught(path):
    with pytest.raises(ReadingError) as error:
        open_document(path)
    return str(error.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    assert "there is no such file" in caught(tmp_path / "no.csv")
    assert "it is a folder" in caught(tmp_path)
    assert "there is no such file" in caught(tmp_path / "no" / "no.csv")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    assert "[file-special]" in caught(tmp_path / "a.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path):
    path = write(tmp_path, "a.csv", "x;1")
    path.chmod(0)
    assert "you may not read it" in caught(path)


def test_a_file_of_two_gigabytes_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # sparse: it takes no room on the disk
    assert "it has 2,000 MB; at most 200 MB are read" in caught(path)


def bomb(size):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        with archive.open("_rels/.rels", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(bytes(1_000_000))
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    line = refusal(tmp_path, "a.xlsx", bomb(60_000_000))
    assert "a part of it unpacks to 60 MB" in line
    assert "[zip-bomb]" in line


def test_an_encrypted_zip_is_said(tmp_path):
    data = bytearray(zipped({"xl/workbook.xml": "<a/>", "_rels/.rels": "<a/>"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    assert "[password]" in refusal(tmp_path, "a.xlsx", bytes(data))


def test_too_many_cells_are_refused(tmp_path):
    assert "it has more than 1,000 cells" in refusal(tmp_path, "a.csv", "a;1;2\n" * 400, cells=1000)


def test_a_file_of_line_breaks_only_is_refused(tmp_path):
    assert "[cells-limit]" in refusal(tmp_path, "a.csv", "a;1" + "\n" * 5000, cells=1000)
    assert "[cells-limit]" in refusal(tmp_path, "a.txt", "a  1" + "\n" * 5000, cells=1000)


def test_the_time_is_limited(tmp_path):
    assert "it was not read within 0 seconds" in refusal(tmp_path, "a.csv", "a;1;2\n" * 400, seconds=0)


def test_a_budget_counts_with_its_own_clock():
    now = iter([0.0, 5.0, 10.5])
    budget = Budget(Limits(seconds=10), "a", clock=lambda: next(now))
    budget.check_time()
    with pytest.raises(ReadingError, match="within 10 seconds"):
        budget.check_time()


def test_an_unforeseen_fault_of_a_reader_is_one_line_too(tmp_path, monkeypatch):
    monkeypatch.setitem(TEXT_READERS, Kind.DELIMITED, lambda decoded, budget: 1 / 0)
    assert refusal(tmp_path, "a.csv", "a;1\nb;2\n") == (
        "a.csv: it cannot be read as csv: it is damaged or incomplete (ZeroDivisionError). "
        "Fetch it anew, or open it in the program that made it and save it again. [file-broken]"
    )


def test_memory_that_does_not_suffice_is_said(tmp_path, monkeypatch):
    def full(decoded, budget):
        raise MemoryError

    monkeypatch.setitem(TEXT_READERS, Kind.DELIMITED, full)
    assert "[memory]" in refusal(tmp_path, "a.csv", "a;1\nb;2\n")


def test_the_ending_of_a_name_decides_nothing(tmp_path):
    document = opened(tmp_path, "a.json", "Sted;2021\nA;1\nB;2\n")
    assert document.kind == "csv"
    assert "read as csv, although its name ends in .json" in document.assumptions
