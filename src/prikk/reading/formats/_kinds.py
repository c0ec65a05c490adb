"""Which format a file has: its first bytes decide, and its ending only where they do not."""

from __future__ import annotations

import re
from enum import Enum

from prikk.errors import ReadingError
from prikk.reading.formats._archive import Archive
from prikk.reading.formats._decode import Decoded, decode, decode_as
from prikk.reading.formats._delimited import shape
from prikk.reading.formats._faults import refused
from prikk.reading.formats._limits import Budget
from prikk.reading.formats._px_syntax import is_px
from prikk.reading.formats._source import Source


class Kind(Enum):
    """The formats that are read."""

    DELIMITED = "csv"
    HTML = "html"
    JSON = "json"
    PARQUET = "parquet"
    PDF = "pdf"
    PLAIN = "text"
    PX = "px"
    XLSX = "xlsx"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    (b"\x1f\x8b", "it is packed with gzip.", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "it is packed with 7-Zip.", "Unpack it first."),
    (b"Rar!", "it is packed with RAR.", "Unpack it first."),
    (b"\x89PNG", "it is a picture.", "Ask for the tables as a spreadsheet."),
    (b"\xff\xd8\xff", "it is a picture.", "Ask for the tables as a spreadsheet."),
    (b"GIF8", "it is a picture.", "Ask for the tables as a spreadsheet."),
    (b"{\\rtf", "it is a rich-text document (.rtf).", "Save it as .pdf or .html."),
    (b"SQLite format 3", "it is a database.", "Write the table to a CSV or Parquet file."),
)
_PACKAGES = (
    ("xl/workbook.bin", "it is a binary workbook (.xlsb).", "Save it as .xlsx."),
    ("word/document.xml", "it is a text document (.docx).", "Save it as .pdf or .html."),
    ("ppt/presentation.xml", "it is a presentation (.pptx).", "Save it as .pdf."),
    ("content.xml", "it is an OpenDocument file.", "Save a spreadsheet as .xlsx, a text as .pdf."),
)
_TABULAR = (".csv", ".tsv", ".tab")
_HTML = re.compile(r"<(?:!doctype\s+html|html|table)\b", re.IGNORECASE)
_SPREADSHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
_META = re.compile(
    rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_EIGHT_BIT = ("latin-1", "cp1252", "cp850")
_MARKDOWN = re.compile(r"^(?:#{1,6} .+|[ \t]*+\|?[ \t]*+:?-{3,}+:?[ \t]*+\|[-:| \t]*+)$", re.MULTILINE)
_HEAD = 100_000
_META_BYTES = 4_096
_EXPECTED = {
    ".csv": (Kind.DELIMITED,),
    ".tsv": (Kind.DELIMITED,),
    ".html": (Kind.HTML,),
    ".htm": (Kind.HTML,),
    ".json": (Kind.JSON,),
    ".parquet": (Kind.PARQUET,),
    ".pdf": (Kind.PDF,),
    ".px": (Kind.PX,),
    ".xlsx": (Kind.XLSX,),
    ".xlsm": (Kind.XLSX,),
    ".xls": (),
}


def binary_kind(source: Source, budget: Budget) -> Kind | None:
    """The format of a file that is no text, or of PX; None for other text. Raises for what is not read."""
    data = source.data
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _package(source, budget)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PAR1"):
        return Kind.PARQUET
    if data.startswith(_OLE):
        raise _old_office(source)
    for mark, what, fix in _FOREIGN:
        if data.startswith(mark):
            raise refused("format-unknown", source.place, what, fix)
    return Kind.PX if is_px(data) else None


def _package(source: Source, budget: Budget) -> Kind:
    archive = Archive(source.data, budget)
    for part, what, fix in _PACKAGES:
        if part in archive:
            raise refused("format-unknown", source.place, what, fix)
    if any(name.startswith("xl/") for name in archive.names) or "[content_types].xml" in archive:
        return Kind.XLSX
    raise refused(
        "format-unknown", source.place, "it is a zip archive.", "Unpack it, and name the files in it."
    )


def _old_office(source: Source) -> ReadingError:
    """The message for a compound file: an encrypted package, or a format from before 2007."""
    if _ENCRYPTED in source.data:
        what, fix = "it is protected by a password.", "Save a copy without the password."
        return refused("password", source.place, what, fix)
    what = "it is in a format of Office from before 2007 (.xls, .doc)."
    return refused("format-old", source.place, what, "Save it as .xlsx, a text as .pdf.")


def text_of(source: Source) -> Decoded:
    """The text of a file. Raises :class:`ReadingError` when it is none."""
    decoded = decode(source.data)
    if decoded is None:
        what = "it is neither text nor a document of a known format."
        fix = "Formats that are read: CSV, XLSX, HTML, PDF, PX, JSON-stat, Parquet and plain text."
        raise refused("format-unknown", source.place, what, fix)
    named = _META.search(source.data[:_META_BYTES]) if decoded.encoding in _EIGHT_BIT else None
    if named is not None:
        try:
            return decode_as(source.data, named[1].decode("ascii"))
        except LookupError:
            return decoded
    return decoded


def text_kind(text: str, source: Source) -> Kind:
    """The format of a text."""
    head = text.lstrip()[:_HEAD]
    if not head:
        raise refused("file-empty", source.place, "it holds blanks only.", "Fetch it anew.")
    if head.startswith("<?xml") and _SPREADSHEET_XML in head:
        raise refused("format-unknown", source.place, "it is a workbook as XML (2003).", "Save it as .xlsx.")
    if _HTML.search(head) or (source.suffix in (".html", ".htm", ".xhtml") and "<" in head):
        return Kind.HTML
    if head.startswith("<?xml"):
        fix = "Formats that are read: CSV, XLSX, HTML, PDF, PX, JSON-stat, Parquet and plain text."
        raise refused("format-unknown", source.place, "it is an XML file.", fix)
    if head[0] in "{[" and (source.suffix == ".json" or text.rstrip()[-1] in "}]"):
        return Kind.JSON
    return Kind.DELIMITED if source.suffix in _TABULAR or _is_delimited(text) else Kind.PLAIN


def _is_delimited(text: str) -> bool:
    """Whether nearly all lines have equally many fields. Commas also part clauses: they need more."""
    if _MARKDOWN.search(text[:_HEAD]):
        return False
    found = shape(text)
    if found is None or found.share < 0.9:
        return False
    return found.delimiter != "," or (found.fields > 2 and found.share > 0.95)


def surprise(kind: Kind, suffix: str) -> tuple[str, ...]:
    """What to tell when the ending of a name says another format than the file has."""
    expected = _EXPECTED.get(suffix)
    if expected is None or kind in expected:
        return ()
    return (f"read as {kind.value}, although its name ends in {suffix}",)
