"""Which of its places a quantity is named by, and how: only what differs from where the reader stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from prikk.auditing import HiddenCell
from prikk.reading import Place, Reading
from prikk.reporting._facts import AuditFacts
from prikk.reporting._figures import Write, figure_writer
from prikk.reporting._languages import words
from prikk.reporting._words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What is needed to tell of cells: the facts, the words of a language, and how figures are written.

    ``sources`` are those of the drawn tables, the longest first: the source of a place begins with one. What was
    told of a cell, and which table a source is of, is kept in ``told`` and ``origins``.
    """

    facts: AuditFacts
    say: Words
    write: Write
    sources: tuple[str, ...]
    told: dict[HiddenCell, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


def teller(facts: AuditFacts, language: str) -> Teller:
    """The teller of a report in a language, the same one for all its forms."""
    return facts.kept(f"teller {language}", lambda: _teller(facts, language))


def _teller(facts: AuditFacts, language: str) -> Teller:
    sources = {table.source for table in facts.reading.tables} - {""}
    return Teller(
        facts=facts,
        say=words(language),
        write=figure_writer(facts.reading),
        sources=tuple(sorted(sources, key=lambda source: (-len(source), source))),
    )


def places_of(reading: Reading, quantity: int) -> tuple[Place, ...]:
    """Where a quantity is printed; nowhere for what is not a cell."""
    return reading.places[quantity] if quantity < len(reading.places) else ()


def home_of(quantity: int, others: Iterable[int], teller: Teller) -> Place | None:
    """The place of a quantity in the table that prints most of the others; None when it has no place."""
    reading = teller.facts.reading
    own = places_of(reading, quantity)
    if len(own) < 2:
        return own[0] if own else None
    shared = Counter(
        spot for other in others for spot in {_spot(p, teller) for p in places_of(reading, other)}
    )
    return max(own, key=lambda p: shared[_spot(p, teller)])


def names_of(quantities: Iterable[int], home: Place | None, teller: Teller) -> list[str]:
    """Name quantities for a reader who stands at a place: row, column and table as far as they differ.

    What is not named is the same as where the reader stands; in another table the row is always named, and
    the table once for all that follow each other in it.
    """
    names, before = list[str](), None
    for quantity in quantities:
        place = _nearest(places_of(teller.facts.reading, quantity), home, teller)
        names.append(one_line(_name_of(quantity, place, home, teller, before)))
        before = place
    return names


def by_table(quantities: Sequence[int], home: Place | None, teller: Teller) -> list[int]:
    """The order in which quantities of one table follow each other: places in the list."""
    places = [_nearest(places_of(teller.facts.reading, q), home, teller) for q in quantities]
    spots = [None if place is None else _spot(place, teller) for place in places]
    first = {spot: i for i, spot in reversed(list(enumerate(spots)))}
    return sorted(range(len(spots)), key=lambda i: first[spots[i]])


def _name_of(
    quantity: int, place: Place | None, home: Place | None, teller: Teller, before: Place | None
) -> str:
    if place is None:
        return unprinted_name(quantity, teller)
    column = place.column if home is None or place.column != home.column else ""
    if home is None or _spot(place, teller) != _spot(home, teller):
        again = before is not None and place.table and _spot(place, teller) == _spot(before, teller)
        return _joined(place.row, column, teller.say.same_table if again else _table(place, home, teller))
    row = place.row if place.row != home.row else ""
    return _joined(row, column) or _joined(place.row, place.column)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def full_name(cell: int, teller: Teller) -> str:
    """Name a cell for a reader who stands nowhere: table, row and column, or its codes' labels."""
    places = places_of(teller.facts.reading, cell)
    if not places:
        return unprinted_name(cell, teller)
    return one_line(" · ".join(filter(None, (places[0].table, places[0].row, places[0].column))))


def unprinted_name(quantity: int, teller: Teller) -> str:
    """Name a quantity that no table prints, by its labels or its own name."""
    publication, say = teller.facts.reading.publication, teller.say
    many = len(publication.table)
    if quantity < many:
        return say.not_printed.format(name=", ".join(label_list(quantity, teller.facts.reading)))
    if quantity < many + len(publication.unknowns):
        return publication.unknowns[quantity - many].name
    return say.no_name


def label_list(cell: int, reading: Reading) -> tuple[str, ...]:
    """The label of each code of a cell, or the code where it has none."""
    table = reading.publication.table
    named = zip(table.hierarchies, table.codes(cell), strict=True)
    return tuple(reading.labels.get(h.name, {}).get(code, code) for h, code in named)


def one_line(text: str) -> str:
    """A text of a document without its line breaks and runs of spaces."""
    return " ".join(text.split())


def _spot(place: Place, teller: Teller) -> tuple[str, str]:
    """The table of a place; where a document is, but for the line in it, tells tables of one name apart."""
    origin = teller.origins.get(place.source)
    if origin is None:
        known = (s for s in teller.sources if f"{place.source}, ".startswith(f"{s}, "))
        origin = teller.origins.setdefault(place.source, next(known, _file(place)))
    return origin, place.table


def _file(place: Place) -> str:
    return place.source.partition(", ")[0]


def _nearest(places: tuple[Place, ...], home: Place | None, teller: Teller) -> Place | None:
    """In the reader's own table, row or column if it is there; else the first."""
    if not places:
        return None
    if home is None or len(places) == 1:
        return places[0]
    own = _spot(home, teller)
    return max(
        places,
        key=lambda p: (_spot(p, teller) == own, (p.row == home.row) + (p.column == home.column)),
    )


def _table(place: Place, home: Place | None, teller: Teller) -> str:
    """The name of another table; its source too where it is in another file, or has the same name."""
    if not place.table:
        return ""
    if home is not None and (_file(place) != _file(home) or place.table == home.table):
        return teller.say.in_source.format(table=place.table, source=_spot(place, teller)[0])
    return teller.say.in_table.format(table=place.table)
