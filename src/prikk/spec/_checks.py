"""What the keys of a spec mean together: names that must exist, texts that must be there."""

from __future__ import annotations

from collections.abc import Iterator

from prikk.errors import Finding, nearest
from prikk.spec._about import Text
from prikk.spec._checks_about import check_about, texts_about
from prikk.spec._checks_columns import check_columns
from prikk.spec._model import ReleaseSpec, TableSpec
from prikk.spec._periods import EXAMPLE, parse_period
from prikk.spec._protection import check_protection
from prikk.spec._templates import fields

_NEEDED = {
    ("spells", "participation"): ("id", "person", "start", "end"),
    ("spells", "person"): ("person", "start", "end"),
    ("snapshots", "participation"): ("id", "person", "date"),
    ("snapshots", "person"): ("person", "date"),
}
_FILE_SUFFIXES = (".parquet", ".csv", ".duckdb", ".db")


def check_meaning(spec: ReleaseSpec, name: str) -> list[Finding]:
    """Give every finding on a spec of the right shape, in the order of the file."""
    checks = (
        _periods,
        _languages,
        _register,
        _synth,
        _dimensions,
        check_protection,
        _tables,
        check_about,
        check_columns,
    )
    return [f for check in checks for f in check(spec, name)]


def _periods(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    p = spec.release.periods
    where = f"{name}, release.periods"
    low, high = parse_period(p.first, p.every), parse_period(p.last, p.every)
    for key, code, number in (("from", p.first, low), ("to", p.last, high)):
        if number is None:
            fix = f'Write it like {key} = "{EXAMPLE[p.every]}".'
            yield Finding(code="period-format", what=f"'{code}' is not a {p.every}.", where=where, fix=fix)
    if low is not None and high is not None and low > high:
        what = f"the first period '{p.first}' is after the last, '{p.last}'."
        yield Finding(code="period-order", what=what, where=where, fix="Swap 'from' and 'to'.")
    elif low is not None and high is not None and (high - low) % p.step:
        what = f"'{p.last}' is not a whole number of steps of {p.step} after '{p.first}'."
        yield Finding(code="period-step", what=what, where=where, fix="Correct 'to', or 'step'.")
    elif low is not None and high is not None and high - low >= 1200:
        what = f"there are {high - low + 1} periods from '{p.first}' to '{p.last}'."
        yield Finding(
            code="period-many", what=what, where=where, fix="Check the years; at most 1200 are allowed."
        )


def _languages(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    texts: list[tuple[str, Text]] = [("release.title", spec.release.title)]
    texts += [(f"release.{k}", t) for k in ("about", "source") if (t := getattr(spec.release, k))]
    texts += texts_about(spec)
    for k, d in spec.dimensions.items():
        texts += [(f"dimensions.{k}.label", d.label)] if d.label else []
        texts += [(f"dimensions.{k}.level_labels.{level}", text) for level, text in d.level_labels.items()]
    for i, table in enumerate(spec.tables, start=1):
        optional = [(k, t) for k, t in (("heading", table.heading), ("subtotal", table.subtotal)) if t]
        optional += [("rate.label", table.rate.label)] if table.rate is not None else []
        texts += [
            (f"tables[{i}].{k}", t) for k, t in [("title", table.title), ("total", table.total), *optional]
        ]
    for place, text in texts:
        for language in spec.release.languages:
            if language not in text:
                what = f"there is no text in '{language}', which is one of the release's languages."
                fix = f"Add {language} = \"…\", or take '{language}' out of release.languages."
                yield Finding(code="text-language", what=what, where=f"{name}, {place}", fix=fix)


def _register(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    register = spec.register_
    where = f"{name}, register"
    database = register.source.startswith(("postgresql://", "postgres://")) or register.source.endswith(
        (".duckdb", ".db")
    )
    if "://" in register.source and not database:
        what, fix = "the source is not a kind that prikk reads.", "Use a file or a postgresql:// address."
        yield Finding(code="register-source", what=what, where=f"{where}.source", fix=fix)
    elif not database and not register.source.endswith(_FILE_SUFFIXES):
        what = "the source's ending tells no kind that prikk reads."
        fix = "Use .parquet, .csv, .duckdb, or a postgresql:// address."
        yield Finding(code="register-source", what=what, where=f"{where}.source", fix=fix)
    if database and register.table is None:
        what, fix = "a database needs the name of a table.", 'Add table = "schema.table".'
        yield Finding(code="register-table", what=what, where=where, fix=fix)
    for key in _NEEDED[register.layout, register.unit]:
        if getattr(register.columns, key) is None:
            what = f"'{key}' is missing, and {register.layout} of unit '{register.unit}' need it."
            fix = f'Add {key} = "the column\'s name".'
            yield Finding(code="register-columns", what=what, where=f"{where}.columns", fix=fix)


def _synth(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    columns = [v for v in vars(spec.register_.columns).values() if v]
    taken = {*columns, *(d.source_column for d in spec.dimensions.values())}
    if spec.synth.leavers and spec.register_.layout != "spells":
        what, fix = (
            "people who left are made up for spells only.",
            "Take 'leavers' out, or use layout 'spells'.",
        )
        yield Finding(code="synth-leavers", what=what, where=f"{name}, synth.leavers", fix=fix)
    for column in spec.synth.invented:
        if column in taken:
            what = f"the column '{column}' is made from the published figures."
            fix = "Invent columns under other names."
            yield Finding(code="synth-column", what=what, where=f"{name}, synth.invented", fix=fix)


def _dimensions(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    levels: dict[str, str] = {}
    for key, dimension in spec.dimensions.items():
        where = f"{name}, dimensions.{key}"
        if (dimension.column is None) == (dimension.derive is None):
            what, fix = "it needs either 'column' or 'derive'.", "Say where its codes come from, in one way."
            yield Finding(code="dimension-source", what=what, where=where, fix=fix)
        for level in dimension.level_labels:
            if level not in spec.levels(key):
                what = f"'{level}' is not a level of '{key}'."
                fix = f"Its levels are {', '.join(spec.levels(key))}."
                yield Finding(code="level-label", what=what, where=f"{where}.level_labels", fix=fix)
        for level in spec.levels(key):
            if level in levels:
                what = f"the level '{level}' is also a level of '{levels[level]}'."
                yield Finding(
                    code="level-twice", what=what, where=where, fix="Give each level a name of its own."
                )
            levels[level] = key
        for taken in {"period", "value", "status", "table", "family", "row", "label", "bold"} & {
            key,
            *spec.levels(key),
        }:
            what = f"'{taken}' is the name of a column of the output."
            yield Finding(code="dimension-name", what=what, where=where, fix="Choose another name.")


def _tables(spec: ReleaseSpec, name: str) -> Iterator[Finding]:
    for i, table in enumerate(spec.tables, start=1):
        where = f"{name}, tables[{i}]"
        used = (*table.for_each, *table.stub)
        unknown = [d for d in used if d not in spec.dimensions]
        for d in unknown:
            fix = f"Use one of the dimensions.{nearest(d, list(spec.dimensions))}"
            yield Finding(code="table-dimension", what=f"'{d}' is not a dimension.", where=where, fix=fix)
        if len(set(used)) < len(used):
            what, fix = "a dimension is used twice.", "Name each once, in 'for_each' or in 'stub'."
            yield Finding(code="table-dimension", what=what, where=where, fix=fix)
        if not unknown:
            yield from _table_levels(spec, table, where)
            yield from _table_templates(spec, table, where)


def _table_levels(spec: ReleaseSpec, table: TableSpec, where: str) -> Iterator[Finding]:
    known = spec.levels(table.stub[0])
    for level in table.levels:
        if level not in known:
            fix = f"Its levels are {', '.join(known)}.{nearest(level, known)}"
            what = f"'{level}' is not a level of '{table.stub[0]}'."
            yield Finding(code="table-level", what=what, where=f"{where}.levels", fix=fix)
    shown = [known.index(x) for x in spec.stub_levels(table) if x in known]
    if shown != list(range(min(shown, default=0), max(shown, default=-1) + 1)):
        what = "the levels must be neighbours, the uppermost first."
        fix = f"Write them in the order {', '.join(known)}, without a gap."
        yield Finding(code="table-level", what=what, where=f"{where}.levels", fix=fix)
    if len(shown) > 1 and not table.subtotal:
        what, fix = (
            "the stub shows several levels, but 'subtotal' is missing.",
            'Add subtotal = { nb = "I alt {…:lower}" }.',
        )
        yield Finding(code="table-subtotal", what=what, where=where, fix=fix)


def _table_templates(spec: ReleaseSpec, table: TableSpec, where: str) -> Iterator[Finding]:
    stub = table.stub[0]
    allowed = {
        "title": table.for_each,
        "heading": table.for_each,
        "total": table.for_each,
        "subtotal": (*table.for_each, stub),
    }
    for key, names in allowed.items():
        text: Text = getattr(table, key)
        for language, template in text.items():
            for field, form in fields(template):
                if field not in names:
                    known = ", ".join(f"{{{n}}}" for n in names) or "none"
                    what = f"there is no {{{field}}} to put in. Known here: {known}."
                    fix = f"Correct the name.{nearest(field, names)}"
                    yield Finding(code="text-field", what=what, where=f"{where}.{key}.{language}", fix=fix)
                elif form not in ("", "lower"):
                    what, fix = f"'{form}' is not a form.", f"Write {{{field}}} or {{{field}:lower}}."
                    yield Finding(code="text-field", what=what, where=f"{where}.{key}.{language}", fix=fix)
