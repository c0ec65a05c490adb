"""What the template is given: texts, figures and widths as JSON, so that nothing of it is ever read as markup."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from prikk.dissemination._columns import Printed, column_heads, columns_of, plain, printed_text
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Row, Table
from prikk.dissemination._locale import period_label, period_range
from prikk.dissemination._notes import legend, table_legend
from prikk.dissemination._pages import bonds
from prikk.dissemination._words import words
from prikk.dissemination.report._facts import (
    Fact,
    about_facts,
    cover_facts,
    paragraphs,
    period_status,
)
from prikk.dissemination.report._geometry import Geometry, breakable, geometry, lines
from prikk.dissemination.report._remarks import Remark, marks, remarks_of
from prikk.dissemination.report._words import report_words
from prikk.spec import ReleaseSpec

Json = dict[str, Any]

_GROUP_LINES = 14
"""A group of measures of up to so many rows is not broken over pages."""

_ROW, _AROUND = 4.9, 24.0  # mm: a line of a table; its heading, its head and the space around it
_BODY = {False: 205.0, True: 118.0}  # mm: of a page upright or across, less than what there is


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What all tables of a report share."""

    cube: PublishedCube
    language: str
    geometry: Geometry
    write: Callable[[Printed], str | None]


def report_geometry(cube: PublishedCube, tables: tuple[Table, ...], language: str) -> Geometry:
    """How the tables of a report stand on paper."""
    spec = cube.spec
    families = range(1, len(spec.tables) + 1)
    write = _writer(spec, language)
    heads = (head for family in families for head in _heads(spec, family, (), language))
    return geometry(
        {f: [spec.periods[c.period].first_month.year for c in columns_of(spec, f)] for f in families},
        [row.label[language] for table in tables for row in table.rows] or [""],
        {write(v) or spec.protection.symbol for table in tables for row in table.rows for v in row.printed},
        [f"{head['label']} {head['status']}" for head in heads],
    )


def report_data(cube: PublishedCube, tables: tuple[Table, ...], shape: Geometry, language: str) -> Json:
    """Everything that the template prints, in the order in which it is printed."""
    spec = cube.spec
    frame = _Frame(cube=cube, language=language, geometry=shape, write=_writer(spec, language))
    return {
        **_document(spec, language),
        "range": period_range(spec, language),
        "cover": [_fact(fact) for fact in cover_facts(spec, language)],
        "about": [_fact(fact) for fact in about_facts(cube, tables, language)],
        "legend": list(legend(spec, language)),
        "symbol": spec.protection.symbol,
        "words": _words(language),
        "across": shape.across,
        "stub": shape.stub,
        "figure": shape.figure,
        "families": list(_families(frame, tables)),
    }


def _document(spec: ReleaseSpec, language: str) -> Json:
    """What the file says of itself."""
    release, published = spec.release, spec.release.published
    return {
        "language": language,
        "title": release.title[language],
        "publisher": release.publisher.get(language, ""),
        "description": " ".join(paragraphs(release.about.get(language, ""))),
        "keywords": list(release.keywords.get(language, ())),
        "published": published.astimezone(dt.UTC).isoformat() if published else None,
    }


def _words(language: str) -> Json:
    say, own = words(language), report_words(language)
    return {
        "about": own.about,
        "contents": say.contents,
        "table": say.table,
        "continued": own.continued,
        "page": [part.strip() for part in say.page_of.replace("{pages}", "{page}").split("{page}")],
    }


def _writer(spec: ReleaseSpec, language: str) -> Callable[[Printed], str | None]:
    """What writes a figure as the language does; None for a hidden one, for which the template sets the symbol."""

    @lru_cache(maxsize=None, typed=True)  # a decimal is not the whole number that it equals
    def write(value: Printed) -> str | None:
        return None if value == spec.protection.symbol else printed_text(value, language)

    return write


def _fact(fact: Fact) -> Json:
    lines = [{"text": line.text, "lead": line.lead, "href": line.href} for line in fact.lines]
    return {"term": fact.term, "lines": lines}


def _families(frame: _Frame, tables: Sequence[Table]) -> Iterator[Json]:
    """The tables under their titles; a family whose titles differ has several."""
    for title, group in itertools.groupby(tables, key=lambda table: table.title[frame.language]):
        yield {"title": title, "tables": [_table(frame, table) for table in group]}


def _table(frame: _Frame, table: Table) -> Json:
    language = frame.language
    remarks = remarks_of(frame.cube, table, language)
    blocks = frame.geometry.blocks[table.family]
    stub = frame.cube.spec.dimensions[table.stub].label.get(language, "")
    return {
        "number": table.number,
        "name": table.heading.get(language) or table.title[language],
        "stub": stub,
        "notes": [
            *({"mark": remark.mark, "text": remark.text} for remark in remarks),
            *({"mark": "", "text": line} for line in _own_legend(frame.cube.spec, table, language)),
        ],
        "whole": _height(frame, table, remarks) <= _BODY[frame.geometry.across],
        "runs": list(bonds(table.rows[1:], _GROUP_LINES)),
        "blocks": [_block(frame, table, remarks, number) for number in range(len(blocks))],
    }


def _block(frame: _Frame, table: Table, remarks: Sequence[Remark], number: int) -> Json:
    start, end = frame.geometry.blocks[table.family][number]
    heads = _heads(frame.cube.spec, table.family, remarks, frame.language)
    return {
        "caption": _part(frame, table, number),
        "heads": heads[start:end],
        "rows": [_row(frame, row, marks(remarks, row=n), start, end) for n, row in enumerate(table.rows)],
    }


def _own_legend(spec: ReleaseSpec, table: Table, language: str) -> tuple[str, ...]:
    """What the legend on every page does not say."""
    return table_legend(spec, table.family, language)[len(legend(spec, language)) :]


def _part(frame: _Frame, table: Table, number: int) -> str:
    """Which periods a block shows, where they are not all."""
    blocks, spec = frame.geometry.blocks[table.family], frame.cube.spec
    if len(blocks) == 1:
        return ""
    start, end = blocks[number]
    shown = sorted({table.columns[at].period for at in (start, end - 1)})
    ends = [period_label(spec.periods[at], spec, frame.language) for at in shown]
    text = report_words(frame.language).part
    return text.format(number=number + 1, count=len(blocks), range=" - ".join(ends))


def _heads(spec: ReleaseSpec, family: int, remarks: Sequence[Remark], language: str) -> list[dict[str, str]]:
    labels = zip(column_heads(spec, family, language), columns_of(spec, family), strict=True)
    periods = ((label, column.period, spec.periods[column.period]) for label, column in labels)
    return [
        {
            "label": _year_below(label, str(period.first_month.year)) if plain(spec, family) else label,
            "status": period_status(spec, period.code, language),
            "marks": marks(remarks, period=place),
        }
        for label, place, period in periods
    ]


def _year_below(label: str, year: str) -> str:
    """A label that has its year last, with the year on a line of its own: so all heads are alike."""
    start = label.removesuffix(year).rstrip()
    return f"{start}\n{year}" if start and start != label else label


def _row(frame: _Frame, row: Row, mark: str, start: int, end: int) -> Json:
    return {
        "label": breakable(row.label[frame.language], frame.geometry.stub),
        "marks": mark,
        "bold": row.bold,
        # What has no text is hidden: the template sets the symbol, as an element of its own.
        "figures": [frame.write(value) for value in row.printed[start:end]],
    }


def _height(frame: _Frame, table: Table, remarks: Sequence[Remark]) -> float:
    """About how high a block of a table is with what stands around it, in mm; rather more than less."""
    rows = sum(lines(row.label[frame.language], frame.geometry.stub) for row in table.rows)
    texts = (
        *(remark.text for remark in remarks),
        *_own_legend(frame.cube.spec, table, frame.language),
    )
    notes = sum(lines(text, 150.0) for text in texts)
    return _AROUND + _ROW * (rows + notes)
