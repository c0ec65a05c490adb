from dataclasses import replace

import pytest

import prikk.reporting
from prikk.reporting import AuditReport
from unit.reporting.reports import boats, cell_of, wrong_sum


def test_the_public_names_are_sorted_and_there() -> None:
    names = prikk.reporting.__all__
    assert names == sorted(names)
    assert all(hasattr(prikk.reporting, name) for name in names)


def test_leaks_stand_in_the_order_of_the_tables() -> None:
    report = boats()
    tables = [report.reading.places[c.cell][0].table for c in report.leaks]
    assert tables == sorted(tables, key=["All harbours", "North harbour", "South harbour"].index)
    rows = [report.reading.places[c.cell][0] for c in report.leaks[:3]]
    assert [(p.row, p.column) for p in rows] == [("Yawl", "2025"), ("Ketch", "2024"), ("Ketch", "2025")]


@pytest.mark.parametrize(("requirement", "leaks"), [("full", 8), ("not-exact", 4), (3, 6)])
def test_what_leaks_depends_on_what_is_asked(requirement: str | int, leaks: int) -> None:
    report = boats(requirement=requirement)
    assert len(report.leaks) == leaks
    assert not report.ok


def test_a_report_without_leaks_is_ok() -> None:
    report = boats()
    safe = tuple(c for c in report.audit.hidden if c.verdict == "safe")
    assert replace(report, audit=replace(report.audit, hidden=safe)).ok


def test_contradictions_of_the_reading_and_of_the_attack_are_counted_together() -> None:
    report = boats()
    report = boats(
        reading=replace(report.reading, contradictions=(wrong_sum(),)),
        audit=replace(report.audit, contradictions=("a printed row is empty in every period.",)),
    )
    assert report.summary.contradictions == 2
    assert report.contradictions[0] == wrong_sum().text


def test_the_same_facts_give_the_same_text_in_every_form() -> None:
    first, second = boats(), boats(title="Boats")
    forms = (AuditReport.to_json, AuditReport.to_html, AuditReport.to_text, AuditReport._repr_html_)
    assert all(form(first) == form(second) for form in forms)


def test_the_number_of_a_cell_is_that_of_the_publication() -> None:
    report = boats()
    assert report.reading.publication.table.codes(cell_of(report, "S", "YAWL", "2025")) == (
        "S",
        "YAWL",
        "2025",
    )
