"""XML read as a stream. A document type, which is what XML bombs are made of, is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from prikk.errors import ReadingError
from prikk.reading.formats._faults import refused

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(chunks: Iterable[bytes], where: str, start: Start, end: End, text: Text) -> None:
    """Call back for every element, by its name without prefix, and for text, in the file's order."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise _broken(where, "it declares a document type, which no workbook has.")

    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two for an encoding that is none
        raise _broken(where, f"its XML is broken on line {parser.ErrorLineNumber}.") from None


def elements(chunks: Iterable[bytes], where: str) -> list[tuple[str, dict[str, str]]]:
    """All elements of a small part with their attributes (names without prefix), in order."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name, {_local(key): value for key, value in attributes.items()}))

    parse(chunks, where, start, lambda _: None, lambda _: None)
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _broken(where: str, what: str) -> ReadingError:
    fix = "Open it in the program that made it, and save it again."
    return refused("file-broken", where, what, fix)
