"""Read a report back: its tags with pikepdf, the text of what is tagged with pdfium."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary, Name
from pypdfium2 import raw

Texts = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Cell:
    """A cell as its tags tell it; ``text`` is without spaces, as lines may break at any."""

    role: str
    scope: str
    text: str
    alt: str


@dataclass(frozen=True)
class PdfTable:
    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)


def squeezed(text: str) -> str:
    """Without spaces of any width, and without hyphens that a reader may add where a line ends."""
    return re.sub(r"[\s\u00a0\u00ad\u200b\u0002\ufffe]+", "", text)


def tables(content: bytes) -> list[PdfTable]:
    texts = _texts(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot
        return [_table(e, texts, pages) for e in elements(root) if Name.Table == e.S]


def elements(element: Dictionary) -> Iterator[Dictionary]:
    """All elements below one, in reading order."""
    for child in _kids(element):
        if isinstance(child, Dictionary) and Name.S in child:
            yield child
            yield from elements(child)


def _kids(element: Dictionary) -> list[object]:
    found = element.get(Name.K, pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _texts(content: bytes) -> Texts:
    found: Texts = {}
    document = pdfium.PdfDocument(content)
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        for at in range(textpage.count_chars()):
            item = raw.FPDFText_GetTextObject(textpage.raw, at)
            mark = raw.FPDFPageObj_GetMarkedContentID(item) if item else -1
            letter = chr(raw.FPDFText_GetUnicode(textpage.raw, at))
            found[number, mark] = found.get((number, mark), "") + letter
    return found


def _text(element: Dictionary, texts: Texts, pages: dict[tuple[int, int], int]) -> str:
    parts = []
    for kid in _kids(element):
        if isinstance(kid, int):
            parts.append(texts.get((pages[element.Pg.objgen], kid), ""))
        elif isinstance(kid, Dictionary) and Name.S in kid:
            parts.append(_text(kid, texts, pages))
        elif isinstance(kid, Dictionary) and Name.MCID in kid:
            page = kid.get(Name.Pg, element.get(Name.Pg))
            parts.append(texts.get((pages[page.objgen], int(kid.MCID)), ""))
    return "".join(parts)


def _table(element: Dictionary, texts: Texts, pages: dict[tuple[int, int], int]) -> PdfTable:
    table = PdfTable()
    for part in _kids(element):
        rows = table.head if Name.THead == part.S else table.body
        assert part.S in (Name.THead, Name.TBody)
        for row in _kids(part):
            assert row.S == Name.TR
            assert row.P.objgen == part.objgen
            rows.append([_cell(cell, texts, pages) for cell in _kids(row)])
    return table


def _cell(cell: Dictionary, texts: Texts, pages: dict[tuple[int, int], int]) -> Cell:
    scopes = [str(a.Scope) for a in cell.get(Name.A, []) if Name.Scope in a]
    assert not [a for a in cell.get(Name.A, []) if Name.Headers in a]
    assert Name.ID not in cell
    alts = [str(e.Alt) for e in elements(cell) if Name.Alt in e]
    return Cell(
        role=str(cell.S)[1:],
        scope="".join(scopes)[1:],
        text=squeezed(_text(cell, texts, pages)),
        alt="".join(alts),
    )
