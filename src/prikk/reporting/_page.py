"""One self-contained page: the tables as published, what leaks in them, and how it is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from prikk.reading import DrawnTable
from prikk.reporting._facts import AuditFacts
from prikk.reporting._items import told
from prikk.reporting._languages import WORDS
from prikk.reporting._naming import Teller, one_line, teller
from prikk.reporting._sentences import (
    attacker_text,
    count,
    figures_text,
    kind_text,
    requirement_text,
    rule_text,
    verdict_text,
)
from prikk.reporting._templates import inline, policy, rendered
from prikk.reporting._verdicts import KINDS, kind_of, mark_of

MOST_DRAWN = 30_000
"""Places, figures and headings, that one page draws; a browser grows slow above it."""
MOST_LISTED = 2_000
"""Leaks that one page lists by their codes, where no drawn table has them."""


def to_html(report: AuditFacts, language: str = "en") -> str:
    """Give the page: it needs no other file and no network, and is the same text for the same report."""
    tell = teller(report, language)
    tables, too_large = _drawable(report.reading.tables)
    page = told(tables, MOST_LISTED, tell)
    return rendered(
        "page.html",
        language=language if language in WORDS else "en",
        **_head(report, tell),
        page=page,
        too_large=[one_line(table.name or table.source) for table in too_large],
        shown=tell.say.first_of.format(
            shown=count(len(page.listed)), count=count(len(page.listed) + page.unlisted)
        ),
        dimensions=[h.name for h in report.reading.publication.table.hierarchies],
        style=inline("page.css"),
        script=inline("page.js"),
        policy=policy(),
    )


def _drawable(tables: Sequence[DrawnTable]) -> tuple[list[DrawnTable], list[DrawnTable]]:
    """The tables that there is room for, in their order, and those that are too large; none is cut."""
    chosen, others, room = list[DrawnTable](), list[DrawnTable](), MOST_DRAWN
    for table in tables:
        places = sum(map(len, table.rows))
        (chosen if places <= room else others).append(table)
        room -= places if places <= room else 0
    return chosen, others


def _head(report: AuditFacts, tell: Teller) -> dict[str, Any]:
    """What stands above the tables."""
    say = tell.say
    kinds = Counter(kind_of(cell) for cell in report.audit.hidden)
    samples = {kind_of(cell): mark_of(cell, tell) for cell in reversed(report.audit.hidden)}
    return {
        "say": say,
        "title": report.title,
        "ok": report.ok,
        "verdict": verdict_text(report, say),
        "terms": [
            (say.figures, figures_text(report, say)),
            (say.rule_name, rule_text(report, say)),
            (say.attacker, attacker_text(report, say)),
            (say.requirement, requirement_text(report, say)),
        ],
        "assumptions": report.reading.assumptions,
        "unsure": [say.unsure.format(text=text) for text in report.reading.unsure],
        "contradictions": report.contradictions,
        "legend": [
            (samples[kind], count(kinds[kind]), kind_text(report, kind, say)) for kind in KINDS if kinds[kind]
        ],
        "symbol": (report.reading.symbols or ("*",))[0],
    }
