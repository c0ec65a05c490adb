"""Read classification files and give every finding at once."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from prikk.classifications._checks import check_items
from prikk.classifications._model import Classification, Item
from prikk.classifications._references import check_codes, check_previous
from prikk.errors import Finding, SpecError, nearest
from prikk.spec import TOTAL, ReleaseSpec

_COLUMNS = ("code", "parent", "from", "to", "valid_from", "valid_to", "renamed", "note")
_TEXTS = ("label_", "former_")
_BASE = "base_"


def load_classifications(spec: ReleaseSpec) -> dict[str, Classification]:
    """Read the classification of every dimension. Raises :class:`SpecError` with all findings."""
    found, findings = _read_all(spec)
    if findings:
        raise SpecError(findings)
    return found


def read_classifications(spec: ReleaseSpec) -> tuple[dict[str, Classification], list[Finding]]:
    """Read the classification of every dimension, by dimension name, with all that is wrong.

    That is what is wrong with them, with the codes that the spec names, and with the earlier release that it names.
    """
    found, findings = _read_all(spec)
    return found, [*findings, *check_previous(spec)]


def _read_all(spec: ReleaseSpec) -> tuple[dict[str, Classification], list[Finding]]:
    found: dict[str, Classification] = {}
    findings: list[Finding] = []
    for name, dimension in spec.dimensions.items():
        path = spec.path(dimension.classification)
        classification, wrong = read_classification(path, name, spec.levels(name), spec.release.languages)
        if classification is not None:
            if dimension.derive is not None and not classification.banded:
                what = (
                    f"'{name}' is derived from a date, so its codes are bands of years, but 'from' is empty."
                )
                fix = "Fill in the columns 'from' and 'to' (whole years, both included; empty is open)."
                wrong.append(Finding(code="band-missing", what=what, where=path.name, fix=fix))
            found[name] = classification
        findings.extend(wrong)
    return found, [*findings, *_bases(spec, found), *check_codes(spec, found)]


def _bases(spec: ReleaseSpec, found: Mapping[str, Classification]) -> Iterator[Finding]:
    """What a rate is of must be known for every code of its stub."""
    for i, table in enumerate(spec.tables, start=1):
        stub = found.get(table.stub[0]) if table.stub else None
        if table.rate is not None and stub is not None and stub.base(TOTAL, table.rate.of) is None:
            what = f"the base '{table.rate.of}' is not known for every code of '{stub.name}'."
            fix = f"Fill in the column 'base_{table.rate.of}' of its classification, at least for the finest codes."
            yield Finding(code="rate-base", what=what, where=f"release.toml, tables[{i}].rate", fix=fix)


def read_classification(
    path: Path, name: str, levels: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[Classification | None, list[Finding]]:
    """Read one classification file; the classification is None when anything is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = list(reader.fieldnames or ())
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        what = (
            "there is no such file."
            if isinstance(error, FileNotFoundError)
            else "it is not a UTF-8 CSV file."
        )
        fix = f"Correct dimensions.{name}.classification, or write the file (code, parent, label_…)."
        return None, [Finding(code="classification-file", what=what, where=str(path), fix=fix)]
    findings = list(_header(header, path.name, languages))
    if findings:
        return None, findings
    items: list[Item] = []
    lines: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        item, wrong = _item(row, f"{path.name}, line {line}", languages)
        if item is not None and item.code in lines:
            what = f"the code '{item.code}' is already on line {lines[item.code]}."
            wrong.append(_twice(what, f"{path.name}, line {line}"))
        elif item is not None:
            lines[item.code] = line
            items.append(item)
        findings.extend(wrong)
    if not findings:
        findings = check_items(items, lines, levels, path.name)
    return (
        (None, findings) if findings else (Classification(name=name, levels=levels, items=tuple(items)), [])
    )


def _twice(what: str, where: str) -> Finding:
    return Finding(
        code="code-twice", what=what, where=where, fix="Keep one of the lines, or give one a new code."
    )


def _header(header: list[str], file: str, languages: tuple[str, ...]) -> Iterator[Finding]:
    needed = ("code", *(f"label_{language}" for language in languages))
    for column in needed:
        if column not in header:
            fix = f"Add the column '{column}'.{nearest(column, [h for h in header if h not in needed])}"
            what = f"the column '{column}' is missing."
            yield Finding(code="classification-column", what=what, where=f"{file}, line 1", fix=fix)
    for column in header:
        if column not in _COLUMNS and not column.startswith((*_TEXTS, _BASE)):
            what, fix = f"the column '{column}' means nothing here.", f"Remove it.{nearest(column, _COLUMNS)}"
            yield Finding(code="classification-column", what=what, where=f"{file}, line 1", fix=fix)


def _item(
    row: Mapping[str, str | None], where: str, languages: tuple[str, ...]
) -> tuple[Item | None, list[Finding]]:
    text = {k: (v or "").strip() for k, v in row.items() if k is not None}
    findings: list[Finding] = []
    code = text.get("code", "")
    if not code or code == TOTAL:
        what = "the code is empty." if not code else f"the code '{TOTAL}' is kept for the total."
        findings.append(
            Finding(code="code-reserved", what=what, where=where, fix="Give the row a code of its own.")
        )
    labels = {k.removeprefix("label_"): v for k, v in text.items() if k.startswith("label_")}
    for language in languages:
        if not labels[language]:
            what, fix = f"'{code}' has no label in '{language}'.", f"Fill in label_{language}."
            findings.append(Finding(code="label-missing", what=what, where=where, fix=fix))
    years = [_whole(text, key, where, findings) for key in ("from", "to")]
    dates = [_date(text, key, where, findings) for key in ("valid_from", "valid_to", "renamed")]
    former = {k.removeprefix("former_"): v for k, v in text.items() if k.startswith("former_") and v}
    numbers = {k: _whole(text, k, where, findings) for k in text if k.startswith(_BASE)}
    bases = {k.removeprefix(_BASE): n for k, n in numbers.items() if n is not None}
    findings.extend(_renamed(code, former, dates[2], languages, where))
    if findings:
        return None, findings
    parent = text.get("parent", "") or TOTAL
    low = 0 if years[0] is None and years[1] is not None else years[0]
    return Item(
        code=code,
        parent=parent,
        labels=labels,
        low=low,
        high=years[1],
        valid_from=dates[0],
        valid_to=dates[1],
        renamed=dates[2],
        former=former,
        bases=bases,
    ), []


def _renamed(
    code: str, former: Mapping[str, str], day: dt.date | None, languages: tuple[str, ...], where: str
) -> Iterator[Finding]:
    """A former name needs the day on which it ended, and stands in every language."""
    lacking = [language for language in languages if language not in former]
    if (day is not None or former) and (day is None or lacking):
        wanted = ["renamed"] if day is None else [f"former_{language}" for language in lacking]
        what = f"the former name of '{code}' is not whole: {', '.join(wanted)} is empty."
        fix = "Fill in 'renamed' (the first day of the new name) and 'former_…' for every language, or none of them."
        yield Finding(code="former-name", what=what, where=where, fix=fix)


def _whole(text: Mapping[str, str], key: str, where: str, findings: list[Finding]) -> int | None:
    value = text.get(key, "")
    if not value:
        return None
    if value.isdecimal():
        return int(value)
    unit = "" if key.startswith(_BASE) else " of years"
    what, fix = f"'{value}' in '{key}' is not a whole number{unit}.", "Write 0, 20, …, or leave it empty."
    findings.append(Finding(code="band-number", what=what, where=where, fix=fix))
    return None


def _date(text: Mapping[str, str], key: str, where: str, findings: list[Finding]) -> dt.date | None:
    value = text.get(key, "")
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        what, fix = f"'{value}' in '{key}' is not a date.", "Write it like 2022-01-31, or leave it empty."
        findings.append(Finding(code="validity-date", what=what, where=where, fix=fix))
        return None
