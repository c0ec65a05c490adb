"""Tables as CSV, workbook, page, JSON of PX, and Parquet. Hidden figures are the sign of the release in all of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from prikk.dissemination import Dataset
from prikk.dissemination.exchange import ABSENT, HIDDEN
from prikk.serve.api._problems import bad
from prikk.serve.api._sheet import Labels, Sheet, Side

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_WIDEST, _LONGEST = 16_384, 1_048_576
_LONGEST_PROPERTY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a table is written: what its values are called, whether its title stands above, what parts the columns of CSV."""

    labels: Labels = Labels.TEXTS
    title: bool = False
    separator: str = ","


def as_csv(table: Sheet, look: Look) -> bytes:
    """CSV in UTF-8: the columns of the stub, and one for each combination of the heading."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=look.separator, lineterminator="\r\n")
    if look.title:
        writer.writerow([table.title])
    columns = [" ".join(heads) or table.title for heads in table.columns(look.labels)]
    writer.writerow([*(side.head(look.labels) for side in table.stub), *columns])
    writer.writerows([*before, *figures] for before, figures in table.rows(look.labels))
    return text.getvalue().encode()


def as_xlsx(table: Sheet, look: Look) -> bytes:
    """A workbook: the table with native numbers, and a second sheet with what must be known of it. Equal tables give equal bytes.

    Raises:
        ProblemError: The table is wider or longer than a worksheet can be.
    """
    rows, columns = table.values.shape
    if columns + len(table.stub) > _WIDEST or rows + len(table.heading) + 3 > _LONGEST:
        what = f"The table has {columns} columns and {rows} rows, more than a worksheet can have."
        raise bad(what, "heading and stub", "Place fewer variables in the heading, or choose another format.")
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        book.set_properties({"title": table.title[:_LONGEST_PROPERTY], "created": _EPOCH})
        _table_page(book, table, look)
        notes = book.add_worksheet("Notes")
        for r, line in enumerate(_about(table)):
            notes.write_string(r, 0, line)
    return sink.getvalue()


def _table_page(book: xlsxwriter.Workbook, table: Sheet, look: Look) -> None:
    bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
    page, top, left = book.add_worksheet("Table"), 0, len(table.stub)
    if look.title:
        page.write_string(0, 0, table.title, bold)
        top = 2
    depth = max(1, len(table.heading))
    for c, heads in enumerate(table.columns(look.labels), start=left):
        for level, text in enumerate(heads or (table.title,)):
            page.write_string(top + level, c, text, bold)
    top += depth
    for c, side in enumerate(table.stub):
        page.write_string(top - 1, c, side.head(look.labels), bold)
    for r, (before, figures) in enumerate(table.rows(look.labels), start=top):
        for c, text in enumerate(before):
            page.write_string(r, c, text)
        for c, figure in enumerate(figures, start=left):
            if isinstance(figure, int):
                page.write_number(r, c, figure)
            else:
                page.write_string(r, c, figure, right)
    page.freeze_panes(top, left)


def _about(table: Sheet) -> Iterator[str]:
    yield table.title
    yield from table.notes
    if table.source:
        yield table.source
    if table.updated:
        yield table.updated


def as_html(table: Sheet, look: Look, language: str) -> bytes:
    """A page with one table that a screen reader can read; signs tell what they mean."""
    meaning = dict(zip(table.signs, table.meanings, strict=True))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(table.title)}</title>\n</head>\n<body>\n<table>\n"
    ]
    if look.title:
        parts.append(f"<caption>{escape(table.title)}</caption>\n")
    parts.append(f"<thead>\n{''.join(_head_rows(table, look))}</thead>\n<tbody>\n")
    for before, figures in table.rows(look.labels):
        heads = "".join(f'<th scope="row">{escape(text)}</th>' for text in before)
        cells = "".join(
            f"<td>{f}</td>"
            if isinstance(f, int)
            else f'<td><abbr title="{escape(meaning[f])}">{escape(f)}</abbr></td>'
            for f in figures
        )
        parts.append(f"<tr>{heads}{cells}</tr>\n")
    notes = "".join(f"<p>{escape(line)}</p>\n" for line in [*table.notes, table.source] if line)
    parts.append(f"</tbody>\n</table>\n{notes}</body>\n</html>\n")
    return "".join(parts).encode()


def _head_rows(table: Sheet, look: Look) -> Iterator[str]:
    columns, depth = table.columns(look.labels), max(1, len(table.heading))
    stub = "".join(
        f'<th scope="col" rowspan="{depth}">{escape(s.head(look.labels))}</th>' for s in table.stub
    )
    for level in range(depth):
        groups = groupby(columns, key=lambda heads, n=level: heads[: n + 1])  # type: ignore[misc]
        heads = "".join(
            f'<th scope="{"col" if level == depth - 1 else "colgroup"}" colspan="{len(list(group))}">'
            f"{escape(key[-1] if key else table.title)}</th>"
            for key, group in groups
        )
        yield f"<tr>{stub if level == 0 else ''}{heads}</tr>\n"


def as_json_px(table: Sheet) -> bytes:
    """The JSON of PxWeb: a list of columns, and of keys with a value, which is text."""
    sides = [*table.stub, *table.heading]
    columns = [{"code": s.name, "text": s.title, "type": s.kind} for s in sides if s.kind != "c"]
    columns += [{"code": s.codes[0], "text": s.texts[0], "type": "c"} for s in sides if s.kind == "c"]
    # The contents are no part of a key; they have one value only.
    across = [_without_contents(heads, table.heading) for heads in table.columns(Labels.CODES)]
    data = []
    for before, figures in table.rows(Labels.CODES):
        down = _without_contents(before, table.stub)
        data += [{"key": [*down, *key], "values": [str(f)]} for key, f in zip(across, figures, strict=True)]
    about = {"label": table.title, "source": table.source, "updated": table.updated or None}
    comments = [{"comment": note} for note in table.notes]
    return orjson.dumps({"columns": columns, "comments": comments, "data": data, "metadata": [about]})


def _without_contents(heads: Sequence[str], sides: Sequence[Side]) -> list[str]:
    return [head for head, side in zip(heads, sides, strict=True) if side.kind != "c"]


def as_parquet(part: Dataset) -> bytes:
    """Long form: a column of codes a variable, the figure (null where it is not shown) and the sign that stands for it."""
    figures = part.figures.block(0, part.figures.size).ravel()
    columns, inner, outer = {}, len(figures), 1
    for axis in part.axes:
        inner //= len(axis)
        places = np.tile(np.repeat(np.arange(len(axis)), inner), outer)
        outer *= len(axis)
        columns[axis.name] = pa.array(axis.codes, pa.string()).take(pa.array(places))
    missing = figures <= ABSENT
    kinds = np.where(missing, figures - HIDDEN + 1, 0)
    columns["value"] = pa.array(figures, pa.int64(), mask=missing)
    columns["status"] = pa.array(["", *part.facts.signs.each], pa.string()).take(pa.array(kinds))
    facts = {"id": part.facts.id, "title": part.facts.title[part.facts.languages[0]]}
    table = pa.table(columns).replace_schema_metadata(facts)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())
