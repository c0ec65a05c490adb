"""Where every cell is printed, in the words of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prikk.reading._assemble import Assembled
from prikk.reading._conflicts import distinct_titles
from prikk.reading._contradictions import Name
from prikk.reading._facts import Cells, Facts
from prikk.reading._model import Contradiction, Place
from prikk.reading._piece import Ints, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The printed counts and the table they make up: ``cells`` has the number of the cell of each fact."""

    facts: Facts
    pieces: Sequence[Piece]
    names: Sequence[str]
    cells: Ints

    def place(self, fact: int) -> Place:
        """Where a fact is printed."""
        number, cell = int(self.facts.piece[fact]), int(self.facts.cell[fact])
        piece = self.pieces[number]
        row = int(piece.row[cell])
        line = piece.row_places[row] if piece.row_places else f"row {piece.grid_row[row] + 1}"
        return Place(
            table=self.names[number],
            row=piece.row_names[row],
            column=piece.heads[int(piece.column[cell])],
            source=f"{piece.place}, {line}",
        )

    def text(self, fact: int) -> str:
        """What is printed."""
        return self.pieces[int(self.facts.piece[fact])].texts[int(self.facts.cell[fact])]


def printed(facts: Facts, cells: Cells, built: Assembled, pieces: Sequence[Piece]) -> Printed:
    """Put facts, cells and the table together."""
    return Printed(facts=facts, pieces=pieces, names=table_names(pieces), cells=built.place[cells.number])


def table_names(pieces: Sequence[Piece]) -> list[str]:
    """A name for the table of each piece: its titles, without those that all tables of its document have."""
    names = [""] * len(pieces)
    for document in {p.document for p in pieces}:
        own = [i for i, p in enumerate(pieces) if p.document == document]
        lines = {i: p.block.titles if (p := pieces[i]).block is not None else p.titles for i in own}
        titles = distinct_titles(lines, {i: pieces[i].place for i in own}) if len(own) > 1 else {}
        for i in own:
            last = next((t for t in reversed(lines[i]) if t), "")
            names[i] = titles.get(i) or last or pieces[i].place
    return names


def all_places(found: Printed, cells: int) -> tuple[tuple[Place, ...], ...]:
    """For each cell all places where it is printed."""
    places: list[list[Place]] = [[] for _ in range(cells)]
    for fact, cell in enumerate(found.cells.tolist()):
        places[cell].append(found.place(fact))
    return tuple(tuple(own) for own in places)


def cells_of_pieces(found: Printed) -> list[Ints]:
    """For each figure of each piece the number of its cell, -1 where it is no count."""
    numbers = [np.full(len(p.texts), -1, dtype=np.int64) for p in found.pieces]
    for p, own in enumerate(numbers):
        here = found.facts.piece == p
        own[found.facts.cell[here]] = found.cells[here]
    return numbers


def clashes(found: Printed, cells: Cells, name: Name) -> tuple[Contradiction, ...]:
    """The cells that are printed with different figures; the first one is kept."""
    contradictions = []
    for pair in cells.clashes:
        first, other = (found.text(i) for i in pair)
        text = f"{name(int(found.cells[pair[0]]))}: printed as {first} and as {other}; the first is used"
        contradictions.append(Contradiction(text=text, places=tuple(found.place(i) for i in pair)))
    return tuple(contradictions)
