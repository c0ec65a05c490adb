from dataclasses import replace

import pytest

from prikk.reporting._languages import words
from prikk.reporting._sentences import attacker_text, requirement_text, rule_text, verdict_text
from unit.reporting.reports import boats, boats_reading, every_kind, wrong_sum

SAY = words("en")


def test_the_verdict_counts_what_leaks_and_how() -> None:
    assert verdict_text(boats(), SAY) == (
        "8 of 10 hidden figures leak: 4 can be recomputed exactly, 4 can be narrowed down."
    )
    assert verdict_text(every_kind(), SAY) == (
        "7 of 10 hidden figures leak: 3 can be recomputed exactly (1 of them unavoidably), "
        "3 can be narrowed down, 1 could not be decided."
    )


def test_the_verdict_counts_by_what_is_asked() -> None:
    text = verdict_text(boats(requirement="not-exact"), SAY)
    assert text == "4 of 10 hidden figures leak: 4 can be recomputed exactly."


def test_one_leak_is_told_in_the_singular() -> None:
    report = boats()
    hidden = [c for c in report.audit.hidden if c.verdict == "safe"]
    leak = next(c for c in report.audit.hidden if c.verdict == "exact")
    summary = replace(report.audit.summary, primary=3)
    report = boats(audit=replace(report.audit, hidden=(*hidden, leak), summary=summary))
    assert verdict_text(report, SAY) == "1 of 3 hidden figures leaks: 1 can be recomputed exactly."


@pytest.mark.parametrize(
    ("primary", "text"),
    [
        (2, "No hidden figure leaks: 2 were attacked."),
        (0, "Nothing is hidden, so nothing can leak."),
    ],
)
def test_the_verdict_without_leaks(primary: int, text: str) -> None:
    audit = boats().audit
    report = boats(audit=replace(audit, hidden=(), summary=replace(audit.summary, primary=primary)))
    assert verdict_text(report, SAY) == text


@pytest.mark.parametrize("attacker", ["naive", "threshold", "full"])
def test_the_attacker_is_told_in_words(attacker: str) -> None:
    report = boats(audit=replace(boats().audit, attacker=attacker))
    text = attacker_text(report, SAY)
    assert text.startswith("A reader who knows")
    assert ("0 to 3" in text) == (attacker != "naive")


def test_the_rule_says_whether_zeros_are_hidden() -> None:
    audit = boats().audit
    shown = boats(audit=replace(audit, rule=replace(audit.rule, zeros="shown")))
    assert rule_text(boats(), SAY) == "Figures below 4 are hidden, zero too."
    assert rule_text(shown, SAY) == "Figures below 4 are hidden, but not zero."


@pytest.mark.parametrize(("asked", "part"), [("full", "0 to 3"), ("not-exact", "exactly"), (3, "at least 3")])
def test_the_requirement_is_told_in_words(asked: str | int, part: str) -> None:
    assert part in requirement_text(boats(requirement=asked), SAY)


def test_so_many_leaks_are_told_as_asked_for() -> None:
    text = boats().to_text(2)
    assert "Leaks (the first 2 of 8)" in text
    assert text.count("\n  All harbours · ") == 2
    assert "South harbour ·" not in text


def test_a_leak_is_told_with_its_place_its_values_and_its_derivation() -> None:
    lines = boats().to_text().splitlines()
    at = lines.index("  North harbour · Ketch · 2024: exactly 2")
    assert lines[at + 1] == "      512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2"


def test_assumptions_are_always_told() -> None:
    bare = replace(boats_reading(), assumptions=(), unsure=())
    assert "Unsure: “Ketch” may hold other boats." in boats().to_text()
    assert "What was assumed\n  - Nothing." in boats(reading=bare).to_text()


def test_contradictions_are_told_where_there_are_any() -> None:
    report = boats(reading=replace(boats().reading, contradictions=(wrong_sum(),)))
    assert "What does not add up\n  - North harbour, 2024" in report.to_text()
    assert "What does not add up" not in boats().to_text()


def test_lines_fit_a_terminal_and_figures_are_not_broken() -> None:
    lines = boats().to_text(language="nb").splitlines()
    assert max(map(len, lines)) <= 100
    assert any("1\N{NO-BREAK SPACE}012 (Boats in all)" in line for line in lines)


@pytest.mark.parametrize("evil", ["\x1b[2J", "\x9b31m", "\N{RIGHT-TO-LEFT OVERRIDE}", "\r", "\x00"])
def test_a_label_cannot_steer_the_terminal(evil: str) -> None:
    report = boats(title=f"Boats{evil}", reading=replace(boats().reading, assumptions=(f"a{evil}b",)))
    assert evil not in report.to_text()
