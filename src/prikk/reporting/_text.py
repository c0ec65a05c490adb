"""An audit as text for a terminal: no colours, nothing but lines."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from prikk.auditing import HiddenCell
from prikk.reporting._explain import explain
from prikk.reporting._facts import AuditFacts
from prikk.reporting._naming import Teller, full_name, teller
from prikk.reporting._sentences import (
    assumptions,
    attacker_text,
    count,
    figures_text,
    requirement_text,
    rule_text,
    verdict_text,
)
from prikk.reporting._verdicts import verdict_words


def to_text(report: AuditFacts, *, limit: int = 20, language: str = "en") -> str:
    """Tell an audit in lines: the counts, the first leaks with their derivations, what was assumed.

    Args:
        report: the facts.
        limit: how many leaks are told; the others are counted.
        language: the language of the words.
    """
    tell = teller(report, language)
    lines = [report.title, *_head(report, tell), *_leaks(report, tell, limit)]
    lines += _listed(tell.say.assumptions, assumptions(report, tell.say) or (tell.say.none,))
    lines += _listed(tell.say.contradictions, report.contradictions)
    return _harmless("\n".join(lines)) + "\n"


def _harmless(text: str) -> str:
    """A terminal obeys control characters; a foreign document's labels may hold some."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(c) and c != "\n" else c for c in text)


def _is_control(character: str) -> bool:
    """Whether a character is written to steer a terminal or the order of text, not to be read."""
    return unicodedata.category(character) in {"Cc", "Cf"} and character != "\N{SOFT HYPHEN}"


def _head(report: AuditFacts, tell: Teller) -> Iterator[str]:
    say = tell.say
    told = {
        say.verdict: verdict_text(report, say),
        say.figures: figures_text(report, say),
        say.rule_name: rule_text(report, say),
        say.attacker: attacker_text(report, say),
        say.requirement: requirement_text(report, say),
    }
    wide = max(map(len, told)) + 4
    for name, text in told.items():
        yield from _wrapped(text, first=f"  {name:{wide - 2}}", rest=" " * wide)


def _leaks(report: AuditFacts, tell: Teller, limit: int) -> Iterator[str]:
    leaks, say = report.leaks, tell.say
    if not leaks:
        return
    shown = leaks[:limit]
    some = len(shown) < len(leaks)
    first = say.first_of.format(shown=count(len(shown)), count=count(len(leaks)))
    yield ""
    yield f"{say.leaks} ({first})" if some else f"{say.leaks} ({count(len(leaks))})"
    for cell in shown:
        yield from _leak(cell, tell)


def _leak(cell: HiddenCell, tell: Teller) -> Iterator[str]:
    yield from _wrapped(f"{full_name(cell.cell, tell)}: {verdict_words(cell, tell)}", first="  ", rest="    ")
    explanation = explain(cell, tell)
    for line in str(explanation).splitlines() if explanation else ():
        yield from _wrapped(line, first=" " * 6, rest=" " * 9)


def _listed(name: str, texts: Iterable[str]) -> Iterator[str]:
    texts = list(texts)
    if texts:
        yield ""
        yield name
        for text in texts:
            yield from _wrapped(text, first="  - ", rest="    ")


def _wrapped(text: str, *, first: str, rest: str) -> list[str]:
    """Lines of at most 100 characters; figures and names are not broken."""
    return textwrap.wrap(
        text,
        width=100,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
