"""An audit in a notebook: the verdict and the first leaks, without script, style sheet or ids."""

from __future__ import annotations

from prikk.reporting._explain import explain
from prikk.reporting._facts import AuditFacts
from prikk.reporting._naming import full_name, teller
from prikk.reporting._sentences import assumptions, count, figures_text, rule_text, verdict_text
from prikk.reporting._templates import rendered
from prikk.reporting._verdicts import mark_of

_SHOWN = 10


def to_snippet(report: AuditFacts, language: str = "en") -> str:
    """Give a fragment of HTML that stands well in any page."""
    tell = teller(report, language)
    leaks = report.leaks
    shown = leaks[:_SHOWN]
    return rendered(
        "snippet.html",
        say=tell.say,
        title=report.title,
        verdict=verdict_text(report, tell.say),
        facts=f"{figures_text(report, tell.say)} {rule_text(report, tell.say)}",
        rows=[
            (full_name(cell.cell, tell), mark_of(cell, tell).words, str(explain(cell, tell)))
            for cell in shown
        ],
        more=tell.say.first_of.format(shown=count(len(shown)), count=count(len(leaks)))
        if len(shown) < len(leaks)
        else "",
        assumptions=assumptions(report, tell.say),
        contradictions=report.contradictions,
    )
