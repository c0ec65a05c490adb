from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from prikk.auditing import Derivation, Step, Term
from prikk.reading import Place
from prikk.reporting import AuditReport, explain_text
from prikk.reporting._explain import explain
from prikk.reporting._naming import teller
from prikk.tabular import Status, Unknown
from unit.reporting.reports import FILE, boats, cell_of, every_kind

THOUSAND = "1\N{NO-BREAK SPACE}000"
TOTAL = "1\N{NO-BREAK SPACE}012"


def told(report: AuditReport, *codes: str, language: str = "en") -> str:
    return explain_text(report.derivations[cell_of(report, *codes)], report, language)


def told_steps(report: AuditReport, *steps: Step, complete: bool = True, language: str = "en") -> str:
    derivation = Derivation(cell=steps[-1].quantity, steps=steps, complete=complete)
    return explain_text(derivation, report, language)


def a_step(report: AuditReport, *codes: str, **changes: Any) -> Step:
    values: dict[str, Any] = {
        "low": 2,
        "high": 2,
        "terms": (),
        "constant": 2,
        "bound": "=",
        "reason": "sum",
        **changes,
    }
    return Step(quantity=cell_of(report, *codes), **values)


def term(quantity: int, coefficient: int, low: int, high: int | None = None) -> Term:
    return Term(quantity=quantity, coefficient=coefficient, low=low, high=low if high is None else high)


def test_one_sum_is_one_line_with_a_name_for_each_figure() -> None:
    line = f"{TOTAL} (Boats in all) − {THOUSAND} (Sloop) − 10 (Yawl) = 2"
    assert told(boats(), "TOTAL", "KETCH", "2024") == line


def test_a_figure_of_another_table_is_named_with_it() -> None:
    line = "10 (Yawl, in “All harbours”) − 10 (Yawl, in “North harbour”) = 0"
    assert told(boats(), "S", "YAWL", "2024") == line


def test_a_bound_says_which_end_it_takes_of_a_hidden_figure_and_why() -> None:
    assert told(boats(), "TOTAL", "YAWL", "2025").splitlines() == [
        "at least 905 (Boats in all) − 900 (Sloop) − 3 (Ketch, at its most) = 2, "
        "because a hidden figure is at most 3 (below 4)",
        "So 2 to 3, where the rule leaves 0 to 3.",
    ]


def test_a_chain_has_numbered_steps_that_later_ones_refer_to() -> None:
    assert told(boats(), "S", "KETCH", "2024").splitlines() == [
        f"1. Ketch, in “All harbours”: {TOTAL} (Boats in all) − {THOUSAND} (Sloop) − 10 (Yawl) = 2",
        "2. Ketch, in “North harbour”: 512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2",
        "3. this figure: 2 (Ketch, in “All harbours”, step 1) − 2 (Ketch, in “North harbour”, step 2) = 0",
    ]


def test_a_search_is_not_passed_off_as_a_derivation() -> None:
    text = "No short chain of steps shows it: every case was tried, and only 2 to 3 is possible."
    assert told(boats(), "TOTAL", "KETCH", "2025") == text


def test_norwegian_words_stand_round_the_words_of_the_document() -> None:
    assert told(boats(), "TOTAL", "YAWL", "2025", language="nb").splitlines() == [
        "minst 905 (Boats in all) − 900 (Sloop) − 3 (Ketch, på det høyeste) = 2, "
        "fordi et skjult tall er høyst 3 (lavere enn 4)",
        "Altså 2 til 3, der regelen gir 0 til 3.",
    ]


def test_another_column_of_the_same_row_is_named_by_the_column_alone() -> None:
    report = boats()
    other = term(cell_of(report, "N", "KETCH", "2025"), 1, 2)
    assert told_steps(report, a_step(report, "N", "KETCH", "2024", terms=(other,), constant=0)) == (
        "equal to 2 (2025)"
    )


def test_a_figure_of_another_file_is_named_with_the_file() -> None:
    report = boats()
    cell = cell_of(report, "S", "KETCH", "2025")
    places = list(report.reading.places)
    places[cell] = (Place(table="South harbour", row="Ketch", column="2025", source="old.xlsx, row 4"),)
    report = boats(reading=replace(report.reading, places=tuple(places)))
    step = a_step(report, "S", "KETCH", "2024", terms=(term(cell, 1, 1),), constant=1)
    assert told_steps(report, step) == "1 (Ketch, 2025, in “South harbour” (old.xlsx)) + 1 = 2"


def test_the_line_of_a_source_does_not_make_two_tables_of_one() -> None:
    report = boats()
    places = tuple(
        tuple(replace(p, source=f"{FILE}, row {i}") for p in own)
        for i, own in enumerate(report.reading.places)
    )
    report = boats(reading=replace(report.reading, places=places))
    assert told(report, "N", "KETCH", "2024") == "512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2"


def test_a_cell_in_several_tables_is_told_in_the_one_that_has_the_other_figures() -> None:
    report = boats()
    cell = cell_of(report, "N", "KETCH", "2024")
    places = list(report.reading.places)
    places[cell] = (Place(table="Overview", row="Ketches", column="x", source=FILE), *places[cell])
    report = boats(reading=replace(report.reading, places=tuple(places)))
    assert told(report, "N", "KETCH", "2024") == "512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2"


def test_a_step_from_the_rule_alone_has_no_sum() -> None:
    report = boats()
    rule = a_step(report, "N", "KETCH", "2024", reason="rule", low=0, high=3, bound=">=", constant=0)
    assert told_steps(report, rule).startswith("a hidden figure is 0 to 3 (below 4)")


def test_a_relation_is_told_by_its_text() -> None:
    report = boats()
    step = a_step(report, "N", "KETCH", "2024", reason="relation", note="0.4 per cent of 512")
    assert told_steps(report, step) == "0.4 per cent of 512: equal to 2"


def test_several_totals_at_once_are_said_to_be_so() -> None:
    report = boats()
    total = term(cell_of(report, "N", "TOTAL", "2024"), 2, 512)
    part = term(cell_of(report, "N", "SLOOP", "2024"), -1, 500)
    step = a_step(report, "N", "KETCH", "2024", reason="combined", terms=(part, total), constant=-522)
    assert told_steps(report, step) == (
        "Several totals together: 2 × 512 (Boats in all) − 500 (Sloop) − 522 = 2"
    )


def test_a_row_that_is_printed_is_told_as_the_reason() -> None:
    report = boats()
    other = term(cell_of(report, "N", "KETCH", "2025"), -1, 0, 3)
    step = a_step(
        report, "N", "KETCH", "2024", reason="listed", terms=(other,), constant=1, bound=">=", low=-2
    )
    assert told_steps(report, step).splitlines()[0] == (
        "The row is printed, so it is not empty: at least −3 (2025, at its most) + 1 = −2, "
        "because a hidden figure is at most 3 (below 4)"
    )


def test_a_divided_sum_says_by_what_and_how_it_is_rounded() -> None:
    report = boats()
    total = term(cell_of(report, "N", "TOTAL", "2024"), 1, 512)
    step = a_step(
        report, "N", "KETCH", "2024", terms=(total,), constant=-507, bound="<=", low=None, divisor=2
    )
    assert (
        told_steps(report, step).splitlines()[0]
        == "at most 512 (Boats in all) − 507 = 5, divided by 2: at most 2"
    )


def test_a_count_that_no_rule_bounds_is_still_not_negative() -> None:
    report = boats()
    total = term(cell_of(report, "N", "TOTAL", "2024"), 1, 512)
    open_end = term(cell_of(report, "N", "KETCH", "2025"), -1, 0, 900)
    step = a_step(report, "N", "KETCH", "2024", terms=(total, open_end), constant=0, bound="<=", low=None)
    assert ", because a count is never below 0" in told_steps(report, step)


def test_a_rounded_figure_is_said_to_be_rounded() -> None:
    report = boats()
    cell = cell_of(report, "N", "TOTAL", "2024")
    high = report.reading.publication.high.copy()
    high[cell] = 514
    publication = replace(report.reading.publication, high=high)
    report = boats(reading=replace(report.reading, publication=publication))
    step = a_step(
        report,
        "N",
        "KETCH",
        "2024",
        terms=(term(cell, 1, 512, 514),),
        constant=0,
        bound="<=",
        low=None,
        high=514,
    )
    assert told_steps(report, step).splitlines()[0] == "at most 514 (Boats in all, at its most, rounded)"


def test_an_argument_that_holds_whatever_is_hidden_says_what_it_takes_of_a_shown_figure() -> None:
    report = zeros_shown()
    total = term(cell_of(report, "N", "TOTAL", "2024"), 1, 1, 900)
    step = a_step(report, "N", "KETCH", "2024", terms=(total,), constant=0, bound=">=", low=1, high=None)
    assert told_steps(report, step).splitlines()[0] == (
        "at least 1 (Boats in all, at its least), because a figure that is not shown as zero is at least 1"
    )


def zeros_shown() -> AuditReport:
    audit = boats().audit
    return boats(audit=replace(audit, rule=replace(audit.rule, zeros="shown")))


@pytest.mark.parametrize(
    ("report", "low", "high", "text"),
    [
        (boats, 0, 3, "a hidden figure is 0 to 3 (below 4)"),
        (boats, None, 3, "a hidden figure is at most 3 (below 4)"),
        (boats, 0, None, "a count is never below 0"),
        (boats, 7, None, "at least 7"),
        (zeros_shown, 1, None, "a hidden figure is at least 1 (zeros are shown)"),
    ],
)
def test_the_rule_is_told_as_far_as_the_attacker_knows_it(
    report: Callable[[], AuditReport], low: int | None, high: int | None, text: str
) -> None:
    step = a_step(report(), "N", "KETCH", "2024", reason="rule", bound=">=", low=low, high=high)
    assert told_steps(report(), step).splitlines()[0] == text


def test_what_the_rule_leaves_is_not_said_twice() -> None:
    report = boats()
    cell = cell_of(report, "TOTAL", "YAWL", "2025")
    rule = a_step(report, "TOTAL", "YAWL", "2025", reason="rule", bound=">=", low=0, high=3)
    least = report.derivations[cell].steps[0]
    assert told_steps(report, rule, least) == told(report, "TOTAL", "YAWL", "2025")


@pytest.mark.parametrize(
    ("codes", "end", "told"),
    [
        (
            ("S", "YAWL", "2024"),
            {"bound": "<=", "low": None, "high": 0, "constant": 0},
            ["at most 0", "So exactly 0, because a count is never below 0."],
        ),
        (
            ("N", "KETCH", "2024"),
            {"constant": 2},
            ["equal to 2"],
        ),
    ],
)
def test_of_the_rule_an_exact_value_tells_only_the_end_that_it_rests_on(
    codes: tuple[str, str, str], end: dict[str, Any], told: list[str]
) -> None:
    report = boats()
    rule = a_step(report, *codes, reason="rule", bound=">=", low=0, high=3)
    assert told_steps(report, rule, a_step(report, *codes, **end)).splitlines() == told


def test_the_other_end_of_an_exact_value_may_be_that_of_the_rule() -> None:
    report = boats()
    cell = cell_of(report, "N", "KETCH", "2024")
    hidden = tuple(replace(c, low=3, high=3) if c.cell == cell else c for c in report.audit.hidden)
    report = boats(audit=replace(report.audit, hidden=hidden))
    rule = a_step(report, "N", "KETCH", "2024", reason="rule", bound=">=", low=0, high=3)
    least = a_step(report, "N", "KETCH", "2024", bound=">=", low=3, high=None, constant=3)
    assert told_steps(report, rule, least).splitlines() == [
        "at least 3",
        "So exactly 3, because a hidden figure is at most 3 (below 4).",
    ]
    assert told_steps(report, rule, least, language="nb").splitlines()[1] == (
        "Altså nøyaktig 3, fordi et skjult tall er høyst 3 (lavere enn 4)."
    )


@pytest.mark.parametrize(("extra", "name"), [(0, "Boats in 2023"), (1, "a part that no table prints")])
def test_what_no_table_prints_is_named_all_the_same(extra: int, name: str) -> None:
    report = boats()
    publication = replace(report.reading.publication, unknowns=(Unknown(name="Boats in 2023"),))
    report = boats(reading=replace(report.reading, publication=publication))
    step = a_step(
        report, "N", "KETCH", "2024", terms=(term(len(publication.table) + extra, 1, 2),), constant=0
    )
    assert told_steps(report, step) == f"equal to 2 ({name})"


def test_a_cell_without_a_place_is_named_by_its_labels() -> None:
    report = boats()
    cell = cell_of(report, "N", "KETCH", "2024")
    places = tuple(() if i == cell else own for i, own in enumerate(report.reading.places))
    report = boats(reading=replace(report.reading, places=places))
    step = a_step(report, "N", "YAWL", "2025", terms=(term(cell, 1, 2),), constant=0)
    assert "equal to 2 (not printed: North harbour, Ketch, 2024)" in told_steps(report, step)


def test_a_label_of_several_lines_stays_on_one() -> None:
    report = boats()
    cell = cell_of(report, "N", "YAWL", "2024")
    places = list(report.reading.places)
    places[cell] = (replace(places[cell][0], row="Yawl\n(two  masts)"),)
    report = boats(reading=replace(report.reading, places=tuple(places)))
    assert "10 (Yawl (two masts))" in told(report, "N", "KETCH", "2024")


def test_what_is_safe_or_not_judged_needs_no_explanation() -> None:
    report = every_kind()
    tell = teller(report, "en")
    untold = {c.verdict for c in report.audit.hidden if explain(c, tell) is None}
    assert untold == {"safe", None}


def test_undecided_says_what_is_known() -> None:
    report = every_kind()
    cell = next(c for c in report.audit.hidden if c.verdict == "undecided")
    assert str(explain(cell, teller(report, "en"))) == (
        "Not decided within the limits: nothing outside 0 to 3 is possible, and 1 to 2 certainly is."
    )


def test_a_leak_without_a_derivation_says_so() -> None:
    report = boats(derivations={})
    text = str(explain(report.leaks[0], teller(report, "en")))
    assert text == "No derivation is given. Only 2 to 3 is possible."


def test_an_unavoidable_cell_is_told_as_one() -> None:
    report = every_kind()
    cell = next(c for c in report.audit.hidden if c.unavoidable)
    assert str(explain(cell, teller(report, "en"))).endswith(
        "Unavoidable: it would be known even if every other figure but the zeros were hidden."
    )


def test_the_cells_of_one_sum_have_their_signs_and_those_of_a_chain_their_steps() -> None:
    report = boats()
    tell = teller(report, "en")
    by_cell = {c.cell: c for c in report.audit.hidden}
    one = explain(by_cell[cell_of(report, "N", "KETCH", "2024")], tell)
    chain = explain(by_cell[cell_of(report, "S", "KETCH", "2024")], tell)
    assert one is not None
    assert chain is not None
    assert [mark for _, mark in one.uses] == ["+", "−", "−"]
    assert dict(chain.uses)[cell_of(report, "N", "KETCH", "2024")] == "3"


def test_secondary_cells_of_the_full_attacker_are_at_least_the_limit() -> None:
    report = boats()
    cell = cell_of(report, "N", "KETCH", "2025")
    status = report.reading.publication.status.copy()
    status[cell] = Status.SECONDARY
    publication = replace(report.reading.publication, status=status)
    report = boats(reading=replace(report.reading, publication=publication))
    total = term(cell_of(report, "N", "TOTAL", "2025"), 1, 403)
    step = a_step(
        report, "N", "YAWL", "2025", terms=(total, term(cell, -1, 4, 9)), constant=-397, bound="<=", low=None
    )
    assert "because a figure hidden for another's sake is at least 4" in told_steps(report, step)


def test_figures_of_another_table_that_follow_each_other_name_it_once() -> None:
    report = boats()
    terms = tuple(term(cell_of(report, "TOTAL", b, "2024"), -1, 10) for b in ("SLOOP", "YAWL"))
    step = a_step(report, "N", "KETCH", "2024", terms=terms, constant=22)
    assert told_steps(report, step) == "−10 (Sloop, in “All harbours”) − 10 (Yawl, same table) + 22 = 2"


def test_several_totals_at_once_are_named_with_their_signs_and_dimensions() -> None:
    report = boats()
    north, south = (cell_of(report, h, "TOTAL", "2024") for h in ("N", "S"))
    plain = a_step(report, "N", "KETCH", "2024", reason="combined")
    step = replace(plain, totals=((north, 1, 1), (south, 1, -2)))
    assert told_steps(report, step).startswith(
        "Several totals together [Boats in all (by boat) − 2 × Boats in all, in “South harbour” (by boat)]: "
    )
