"""The page of a family of tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from prikk.dissemination._columns import Printed, column_heads, plain, printed_text
from prikk.dissemination._layout import Row, Table
from prikk.dissemination._notes import impossible_sign, table_legend
from prikk.dissemination.site._derive import year_back
from prikk.dissemination.site._front import table_range
from prikk.dissemination.site._notes import PageNote, notes_of, period_marks, row_marks
from prikk.dissemination.site._speech import MINUS
from prikk.dissemination.site._view import View
from prikk.spec import lower_first


def family(view: View, number: int, tables: list[Table]) -> dict[str, Any]:
    """What the template of a family needs, but for charts."""
    notes = notes_of(view, number, tables)
    return {
        "title": view.family_title(number, tables),
        "range": table_range(view, tables),
        "choices": _choices(view, tables),
        "views": _views(view) if plain(view.spec, number) else [],
        "speech_marks": _marks(view),
        "heads": _heads(view, tables[0]),
        "sheets": [_sheet(view, table, notes) for table in tables],
        "signs": table_legend(view.spec, number, view.language),
        "notes": notes,
        "folding": any(_has_groups(view, table) for table in tables),
    }


def _choices(view: View, tables: list[Table]) -> list[dict[str, Any]]:
    """The tables to choose from; with two dimensions, under the labels of the first."""
    if len(tables) == 1:
        return []
    two = len(tables[0].fixed) > 1

    def group(table: Table) -> str:
        name, code = next(iter(table.fixed.items()))
        return view.label(name, code) if two else ""

    return [
        {"label": label, "options": [(f"t{t.number}", _name(view, t)) for t in found]}
        for label, found in groupby(tables, key=group)
    ]


def _name(view: View, table: Table) -> str:
    return view.text(table.heading) or view.text(table.title)


def _views(view: View) -> list[tuple[str, str]]:
    """What can be shown instead of the figures, by the name that the script knows."""
    say, several = view.say, len(view.spec.periods) > 1
    found = [("figures", say.view_figures)]
    found += [("change", say.view_change), ("percent", say.view_percent)] if several else []
    back = year_back(view.spec) is not None
    found += [("year", say.view_year), ("year-percent", say.view_year_percent)] if back else []
    return [*found, ("share", say.view_share)]


def _marks(view: View) -> dict[str, str]:
    """What the script must know to write numbers as this language does."""
    symbol = view.spec.protection.symbol
    return {
        "group": view.speech.group,
        "decimal": view.speech.decimal,
        "minus": MINUS,
        "symbol": symbol,
        "hidden": view.words.hidden,
        "none": impossible_sign(symbol),
        "impossible": view.say.impossible,
        "fold": view.say.fold,
        "unit": lower_first(view.text(view.spec.release.unit)),
        "year": str(year_back(view.spec) or 0),
    }


def _heads(view: View, table: Table) -> list[tuple[str, str]]:
    """The columns with the marks of their periods."""
    release = view.spec.release
    marks = {
        **dict.fromkeys(release.preliminary, view.say.preliminary_mark),
        **dict.fromkeys(release.revised, view.say.revised_mark),
    }
    labels, periods = column_heads(view.spec, table.family, view.language), view.spec.periods
    return [
        (label, marks.get(periods[column.period].code, ""))
        for label, column in zip(labels, table.columns, strict=True)
    ]


def _has_groups(view: View, table: Table) -> bool:
    return any(row.kind == "subtotal" for row in table.rows)


def _sheet(view: View, table: Table, notes: Sequence[PageNote]) -> dict[str, Any]:
    place = list(view.spec.dimensions).index(table.stub)
    classification = view.cube.classifications[table.stub]
    order = {code: i for i, code in enumerate(classification.in_order)}
    # The page has a group above its parts, so that it can fold; the total of the table is above all.
    numbered = list(enumerate(table.rows))
    rows = sorted(numbered[1:], key=lambda row: order[row[1].coordinates[place]])
    depths = [classification.depth[row.coordinates[place]] for _, row in rows]
    least = min(depths, default=0)
    return {
        "id": f"t{table.number}",
        "number": f"{view.words.table} {table.number}",
        "name": _name(view, table),
        "stub": view.text(view.spec.dimensions[table.stub].label),
        "head_marks": [period_marks(notes, table.number, column.period) for column in table.columns],
        "total": {**_row(view, table.rows[0], 0), "marks": row_marks(notes, table.number, 0)},
        "rows": [
            {
                **_row(view, row, depth - least),
                "marks": row_marks(notes, table.number, n),
                "group": i + 1 < len(rows) and depths[i + 1] > depth,
            }
            for i, ((n, row), depth) in enumerate(zip(rows, depths, strict=True))
        ],
    }


def _shown(view: View, value: Printed) -> str:
    return view.shown(value) if isinstance(value, int) else printed_text(value, view.language)


def _row(view: View, row: Row, depth: int) -> dict[str, Any]:
    symbol = view.spec.protection.symbol
    figures = [(_shown(view, value), value == symbol) for value in row.printed]
    return {
        "label": view.text(row.label),
        "depth": depth,
        "figures": figures,
        "bold": row.bold,
        "group": False,
    }
