"""The sentences of a report: its verdict, the attacker, the rule and the requirement in plain words."""

from __future__ import annotations

from collections import Counter

from prikk.auditing import Verdict
from prikk.reporting._facts import AuditFacts
from prikk.reporting._figures import values_text
from prikk.reporting._words import Words


def verdict_text(report: AuditFacts, say: Words) -> str:
    """The whole audit in one sentence."""
    primary, leaks = report.summary.primary, report.leaks
    if not primary:
        return say.nothing_hidden
    if not leaks:
        return say.leak_none.format(primary=count(primary))
    found = Counter(cell.verdict for cell in leaks)
    unavoidable = sum(cell.unavoidable for cell in leaks)
    texts = {
        Verdict.EXACT: say.part_exact,
        Verdict.NARROWED: say.part_narrowed,
        Verdict.UNDECIDED: say.part_undecided,
    }
    parts = {
        verdict: text.format(n=count(found[verdict])) for verdict, text in texts.items() if found[verdict]
    }
    if unavoidable:
        parts[Verdict.EXACT] += " " + say.part_unavoidable.format(n=count(unavoidable))
    text = say.leak_one if len(leaks) == 1 else say.leak_many
    text = say.leak_either if report.either_kind else text
    return text.format(leaks=count(len(leaks)), primary=count(primary), parts=", ".join(parts.values()))


def figures_text(report: AuditFacts, say: Words) -> str:
    """How many figures there are and how many are hidden."""
    summary, text = report.summary, say.figures_text if report.rule_known else say.figures_only
    text = say.figures_either if report.either_kind and report.rule_known else text
    return text.format(
        cells=count(summary.cells), hidden=count(summary.hidden), primary=count(summary.primary)
    )


def attacker_text(report: AuditFacts, say: Words) -> str:
    """What the reader is taken to know."""
    rule = report.audit.rule
    text = say.attackers[report.audit.attacker] if report.rule_known else say.no_rule_reader
    return text.format(lowest=rule.lowest, span=_span(report, say))


def rule_text(report: AuditFacts, say: Words) -> str:
    """The rule that hides figures."""
    rule = report.audit.rule
    if not report.rule_known:
        return say.no_rule
    zero = say.zero_too if rule.zeros == "hidden" else say.not_zero
    return say.rule.format(threshold=rule.threshold, zero=zero)


def requirement_text(report: AuditFacts, say: Words) -> str:
    """What is asked of every hidden figure."""
    asked = report.requirement
    text = say.requirements["k" if isinstance(asked, int) else asked]
    if asked == "full" and not report.rule_known:
        text = say.small_requirement
    return text.format(k=asked, span=_span(report, say))


def kind_text(report: AuditFacts, kind: str, say: Words) -> str:
    """What a kind of mark means."""
    if not report.rule_known and kind in say.small_kinds:
        return say.small_kinds[kind].format(span=_span(report, say))
    return say.kinds[kind]


def assumptions(report: AuditFacts, say: Words) -> tuple[str, ...]:
    """What the reading assumed; what it is unsure of follows, and says so."""
    return (*report.reading.assumptions, *(say.unsure.format(text=text) for text in report.reading.unsure))


def count(number: int) -> str:
    """A count of the report itself, with a space that does not break between the thousands."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def _span(report: AuditFacts, say: Words) -> str:
    """The values that must stay open: those of the rule."""
    rule = report.audit.rule
    return values_text(rule.lowest, rule.highest, say, str)
