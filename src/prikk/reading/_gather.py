"""Documents to pieces: every table cut, its columns understood, and what was said about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from prikk.errors import Finding, ReadingError
from prikk.reading._block import Block
from prikk.reading._captions import with_captions
from prikk.reading._datasets import block_of_dataset
from prikk.reading._dimensions import Notes
from prikk.reading._frames import block_of_frame
from prikk.reading._grid import Dataset, Frame, SourceDocument
from prikk.reading._layout import blocks_of
from prikk.reading._numbers import Marks
from prikk.reading._piece import Piece
from prikk.reading._pieces import piece_of
from prikk.reading._roles import ReadColumn, document_marks, read_columns, with_roles
from prikk.reading._spec import AuditSpec
from prikk.reading._text import key, listed
from prikk.reading._tokens import Kind, kind_of
from prikk.reading._words import Role, role_of

_ROLES: Mapping[str, Role | None] = {
    "count": Role.COUNT,
    "percent": Role.PERCENT,
    "change": Role.CHANGE,
    "growth": Role.GROWTH,
    "rate": Role.RATE,
    "ignore": None,
}


_WORDS: Mapping[Role, str] = {
    Role.PERCENT: "percentages",
    Role.CHANGE: "changes",
    Role.GROWTH: "changes in per cent",
    Role.RATE: "rates",
    Role.OTHER: "other figures, which are not used",
}


def gather_pieces(documents: Sequence[SourceDocument], spec: AuditSpec, notes: Notes) -> list[Piece]:
    """Give the pieces of all documents. Raises :class:`ReadingError` with all findings when one has none."""
    pieces: list[Piece] = []
    findings: list[Finding] = []
    said = _Said()
    for number, document in enumerate(documents):
        blocks = [b for b in _blocks(document, number) if not _ignored(b, spec, notes)]
        findings.extend(f for b in blocks for f in _marked_labels(b))
        marks = document_marks(blocks)
        if marks.seen:
            said.marks.setdefault(marks, []).append(document.place)
        own = [p for b in blocks if (p := _piece(b, marks, spec, (said, notes))) is not None]
        if not own:
            findings.append(_nothing(document, len(blocks)))
        pieces.extend(own)
    if findings:
        raise ReadingError(findings)
    _tell(documents, said, notes)
    return pieces


@dataclass(slots=True)
class _Said:
    """What is to be said once about all documents."""

    marks: dict[Marks, list[str]] = field(default_factory=dict)
    roles: dict[Role, dict[str, None]] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)


def _tell(documents: Sequence[SourceDocument], said: _Said, notes: Notes) -> None:
    texts: dict[str, list[str]] = {}
    for document in documents:
        for text in document.assumptions:
            texts.setdefault(text, []).append(document.place)
    for text, places in texts.items():
        notes.assume(f"{_places(places, len(documents))}{text}")
    for marks, places in said.marks.items():
        where = _places(places, len(documents))
        notes.assume(f"{where}'{marks.decimal}' is the decimal mark, '{marks.thousands}' groups thousands")
        if not marks.sure:
            notes.doubt(
                f"{where}'{marks.thousands}' is only ever followed by three digits, so it is taken to group thousands"
            )
    for role, word in _WORDS.items():
        heads = list(said.roles.get(role, ()))
        if heads:
            notes.assume(
                f"{listed(heads, most=4)} {'holds' if len(heads) == 1 else 'hold'} {word}, other columns counts"
            )
    if said.without:
        notes.assume(f"No column of counts, and left out: {listed(said.without, most=4)}")


def _places(places: Sequence[str], of: int) -> str:
    """Name the documents that something holds for; none when there is but one."""
    if of == 1:
        return ""
    return f"{places[0]}: " if len(places) == 1 else f"{len(places)} of {of} documents: "


def _blocks(document: SourceDocument, number: int) -> Iterator[Block]:
    for content in with_captions(document.contents):
        if isinstance(content, Frame):
            block = block_of_frame(content, number)
        elif isinstance(content, Dataset):
            block = block_of_dataset(content, number)
        else:
            yield from blocks_of(content, number)
            continue
        if block is not None:
            yield block


def _ignored(block: Block, spec: AuditSpec, notes: Notes) -> bool:
    names = {key(t) for t in (block.place, *block.place.split(", "), *block.titles)}
    names |= {key(p.partition("'")[2].rstrip("'")) for p in block.place.split(", ") if "'" in p}
    ignored = any(key(t) in names for t in spec.ignore)
    if ignored:
        notes.assume(f"{block.place} is left out (as given)")
    return ignored


def _nothing(document: SourceDocument, blocks: int) -> Finding:
    if not document.contents:
        what, fix = "it holds no table.", "Give a file with a table of counts."
        return Finding(code="document-empty", what=what, where=document.place, fix=fix)
    if not blocks:
        what = "no table in it has both labels and figures."
        fix = "Give a file whose rows have labels, with figures beside them."
        return Finding(code="no-figures", what=what, where=document.place, fix=fix)
    what = "none of its columns holds counts."
    fix = 'Say which does: [columns] "heading" = "count" in audit.toml.'
    return Finding(code="no-counts", what=what, where=document.place, fix=fix)


def _marked_labels(block: Block) -> Iterator[Finding]:
    """A star where a label should be: nobody can tell what the row counts."""
    for column in block.labels:
        if column.dimension is not None:
            continue
        for row, text in enumerate(column.texts):
            if text and kind_of(text) == Kind.MARK and not text[0].isalnum() and set(text) <= set("*:#¤."):
                name = f"'{column.name}'" if column.name else "the labels"
                what = f"the label in {name} is the marker '{text}'."
                fix = "Write the label; only figures are hidden by a marker."
                yield Finding(code="marker-in-labels", what=what, where=block.where(row), fix=fix)


def _piece(block: Block, marks: Marks, spec: AuditSpec, told: tuple[_Said, Notes]) -> Piece | None:
    said, notes = told
    roles = {key(name): _ROLES[kind] for name, kind in spec.columns.items()}
    columns, doubts = with_roles(read_columns(block, marks), roles)
    columns = tuple(c for c in columns if c.known or _marked(c))
    if not any(c.role == Role.COUNT for c in columns):
        said.without.append(block.place)
        return None
    for doubt in doubts:
        notes.doubt(f"{block.place}: {doubt}")
    for column in columns:
        if column.role != Role.COUNT:
            said.roles.setdefault(column.role, {}).setdefault(_last(column))
    return piece_of(block, columns)


def _marked(column: ReadColumn) -> bool:
    return any(kind_of(t) == Kind.MARK for t in column.source.texts)


def _last(column: ReadColumn) -> str:
    """The part of a heading that says what the figures are, or its last part."""
    named = [h for h in column.source.heads if h]
    spoken = [h for h in named if role_of(h) not in (None, Role.COUNT)]
    return (spoken or named or [f"column {column.source.column + 1}"])[-1]


def all_lines(documents: Sequence[SourceDocument], pieces: Sequence[Piece]) -> list[str]:
    """Every line of text of the documents: notes first, then the titles and notes of tables."""
    lines = [line for d in documents for line in d.notes]
    for piece in pieces:
        lines.extend(piece.notes)
    for piece in pieces:
        lines.extend(piece.titles)
    return list(dict.fromkeys(lines))
