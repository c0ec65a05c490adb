"""Code lists that the user gives: classifications, or plain lists of codes with the code above each."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from prikk.classifications import Classification, read_classification
from prikk.errors import Finding, ReadingError
from prikk.reading._text import key, squash
from prikk.reading._words import is_total
from prikk.spec import TOTAL

_NAME_COLUMN = re.compile(
    r"(?:name|label|title|text|navn|namn|tekst|benevnelse)(?:[_ -]\w{2,3})?", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """Codes of one dimension; ``parents`` has every code, the uppermost under ``TOTAL``.

    ``tops`` are codes or labels that the list itself has for the total.
    """

    name: str
    parents: Mapping[str, str]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tops: tuple[str, ...] = ()

    @cached_property
    def depth(self) -> Mapping[str, int]:
        """The level of each code: 1 right under the total."""
        depth = {TOTAL: 0}
        for code in self.parents:
            path, at = [], code
            while at not in depth:
                path.append(at)
                at = self.parents[at]
            for above, below in enumerate(reversed(path), start=depth[at] + 1):
                depth[below] = above
        return depth

    @cached_property
    def inner(self) -> frozenset[str]:
        """The codes that have parts."""
        return frozenset(self.parents.values()) - {TOTAL}

    @cached_property
    def spoken(self) -> Mapping[str, tuple[str, ...]]:
        """Codes by squashed code or label."""
        found: dict[str, list[str]] = {}
        for code in self.parents:
            for text in (code, *self.labels.get(code, ())):
                own = found.setdefault(squash(text), [])
                if squash(text) and code not in own:
                    own.append(code)
        return {text: tuple(codes) for text, codes in found.items()}

    @cached_property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Labels long enough to be looked for in a title, the longest first, with their codes."""
        pairs = {(key(label), code) for code in self.parents for label in self.labels.get(code, ())}
        return tuple(sorted(((w, c) for w, c in pairs if len(w) > 3), key=lambda p: (-len(p[0]), p)))

    @cached_property
    def top_words(self) -> frozenset[str]:
        """The total's own codes and labels, squashed."""
        return frozenset(squash(t) for t in self.tops)

    def label(self, code: str) -> str:
        """The first label of a code, or the code."""
        return next(iter(self.labels.get(code, ())), code)


def load_lists(given: Sequence[Path | Classification]) -> tuple[CodeList, ...]:
    """Load code lists. Raises :class:`ReadingError` with all findings."""
    found: list[CodeList] = []
    findings: list[Finding] = []
    for entry in given:
        if isinstance(entry, Classification):
            found.append(_of_classification(entry))
            continue
        codes, wrong = read_list(entry, list_name(entry))
        findings.extend(wrong)
        if codes is not None:
            found.append(codes)
    if findings:
        raise ReadingError(findings)
    return tuple(found)


def list_name(path: Path) -> str:
    """Give the dimension that a file is named for.

    >>> list_name(Path("T2.age.hier.csv")), list_name(Path("age.csv"))
    ('age', 'age')
    """
    stem = path.name.removesuffix(".csv")
    return stem.removesuffix(".hier").rpartition(".")[2] if stem.endswith(".hier") else stem


def read_list(path: Path, name: str) -> tuple[CodeList | None, list[Finding]]:
    """Read a code list, and give what is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        missing = isinstance(error, FileNotFoundError)
        what = "there is no such file." if missing else "it is not a UTF-8 CSV file."
        fix = "Give a CSV file with the columns code, parent and label_<language>."
        return None, [Finding(code="classification-file", what=what, where=str(path), fix=fix)]
    header = list(rows[0]) if rows else []
    languages = tuple(h.removeprefix("label_") for h in header if h and h.startswith("label_"))
    bands = {"from", "to"} & set(header)
    if "code" in header and not languages and ("parent" in header or not bands):
        return _plain_list(rows, name, path)
    parents = {(r.get("code") or "").strip(): (r.get("parent") or "").strip() for r in rows}
    levels = tuple(f"{name}{i}" for i in range(_levels(parents)))
    classification, findings = read_classification(path, name, levels, languages or ("en",))
    return (None if classification is None else _of_classification(classification)), findings


def _levels(parents: Mapping[str, str]) -> int:
    most = 1
    for code in parents:
        depth, at = 1, parents[code]
        while at in parents and depth <= len(parents):
            depth, at = depth + 1, parents[at]
        most = max(most, depth)
    return min(most, 50)


def _of_classification(classification: Classification) -> CodeList:
    order = [c for c in classification.in_order if c != TOTAL]
    return CodeList(
        name=classification.name,
        parents={c: classification.by_code[c].parent for c in order},
        labels={c: tuple(dict.fromkeys(classification.by_code[c].labels.values())) for c in order},
    )


def _plain_list(
    rows: Sequence[Mapping[str, str | None]], name: str, path: Path
) -> tuple[CodeList | None, list[Finding]]:
    """A list of code and parent, perhaps with names; one code above all others is the total."""
    above = {(r.get("code") or "").strip(): (r.get("parent") or "").strip() for r in rows}
    above.pop("", None)
    unknown = sorted({p for p in above.values() if p and p not in above and p != TOTAL})
    if unknown or not above:
        what = f"the parent '{unknown[0]}' is not among the codes." if unknown else "it holds no code."
        return None, [
            Finding(code="parent-unknown", what=what, where=path.name, fix="Add a row for each code.")
        ]
    roots = [c for c, p in above.items() if not p or (p == TOTAL and TOTAL not in above)]
    top = roots[0] if len(roots) == 1 and len(above) > 1 else None
    top = TOTAL if TOTAL in roots else top
    if top is None and not roots:
        what = "codes are above themselves."
        return None, [Finding(code="cycle", what=what, where=path.name, fix="Correct the parents.")]
    parents = {c: TOTAL if p in (top, "", TOTAL) or p is None else p for c, p in above.items() if c != top}
    ordered = _parents_first(parents)
    if len(ordered) < len(parents):
        what = "codes are above themselves."
        return None, [Finding(code="cycle", what=what, where=path.name, fix="Correct the parents.")]
    labels = _names(rows)
    tops = () if top is None else (top, *labels.pop(top, ()))
    return CodeList(name=name, parents=ordered, labels=labels, tops=tops), []


def _names(rows: Sequence[Mapping[str, str | None]]) -> dict[str, tuple[str, ...]]:
    """The labels of each code in a list that is no classification of ours: "name", "name_nb", "navn", "title"."""
    columns = [h for h in rows[0] if h and _NAME_COLUMN.fullmatch(h.strip())]
    found = {
        (r.get("code") or "").strip(): tuple(
            dict.fromkeys(t for h in columns if (t := (r.get(h) or "").strip()))
        )
        for r in rows
    }
    return {code: names for code, names in found.items() if code and names}


def _parents_first(parents: Mapping[str, str]) -> dict[str, str]:
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent, []).append(code)
    ordered: dict[str, str] = {}
    stack = [TOTAL]
    while stack:
        at = stack.pop()
        if at != TOTAL:
            ordered[at] = parents[at]
        stack.extend(reversed(children.get(at, ())))
    return ordered


def is_top(codes: CodeList, label: str) -> bool:
    """Whether a label is the list's own total, or a total word that no code of it has for a label."""
    squashed = squash(label)
    if squashed in codes.top_words:
        return True
    return is_total(label) and squashed not in codes.spoken
