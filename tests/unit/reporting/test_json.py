import json
from dataclasses import replace
from typing import Any

from prikk.reporting import AuditReport
from unit.reporting.reports import boats, every_kind, hostile, wrong_sum


def parsed(report: AuditReport) -> dict[str, Any]:
    return json.loads(report.to_json())


def one(report: AuditReport, **codes: str) -> dict[str, Any]:
    return next(c for c in parsed(report)["cells"] if c["coordinates"] == codes)


def test_the_summary_has_the_counts_of_the_audit() -> None:
    assert parsed(boats())["summary"] == {
        "attacker": "threshold",
        "cells": 24,
        "hidden": 10,
        "primary": 10,
        "exact": 4,
        "unavoidable": 0,
        "narrowed": 4,
        "safe": 2,
        "undecided": 0,
        "contradictions": 0,
    }


def test_a_leaking_cell_has_its_place_its_values_and_its_explanation() -> None:
    cell = one(boats(), harbour="N", boat="KETCH", year="2024")
    assert cell["table"] == "North harbour"
    assert (cell["status"], cell["verdict"]) == ("primary", "exact")
    assert [cell[k] for k in ("low", "high", "reach_low", "reach_high")] == [2, 2, 0, 3]
    assert cell["explanation"] == "512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2"


def test_the_cells_of_an_explanation_have_table_row_column_and_figure() -> None:
    used = one(boats(), harbour="N", boat="KETCH", year="2024")["used"]
    assert [(u["table"], u["row"], u["column"], u["shown"]) for u in used] == [
        ("North harbour", "Boats in all", "2024", 512),
        ("North harbour", "Sloop", "2024", 500),
        ("North harbour", "Yawl", "2024", 10),
    ]


def test_a_hidden_cell_in_an_explanation_has_no_figure() -> None:
    used = one(boats(), harbour="TOTAL", boat="YAWL", year="2025")["used"]
    assert [u["shown"] for u in used] == [905, 900, None]


def test_every_hidden_cell_is_there_in_the_order_of_the_tables() -> None:
    cells = parsed(boats())["cells"]
    assert len(cells) == 10
    places = [(c["table"], c["coordinates"]["boat"], c["coordinates"]["year"]) for c in cells[:4]]
    assert places == [
        ("All harbours", "YAWL", "2025"),
        ("All harbours", "KETCH", "2024"),
        ("All harbours", "KETCH", "2025"),
        ("North harbour", "YAWL", "2025"),
    ]


def test_a_secondary_cell_is_not_judged_and_a_safe_one_not_explained() -> None:
    cells = parsed(every_kind())["cells"]
    secondary = next(c for c in cells if c["status"] == "secondary")
    assert [secondary[k] for k in ("verdict", "reach_low", "reach_high", "explanation")] == [None] * 4
    assert all(c["explanation"] is None for c in cells if c["verdict"] == "safe")
    assert all(c["explanation"] for c in cells if c["verdict"] in {"exact", "narrowed", "undecided"})


def test_no_upper_bound_is_null() -> None:
    report = boats()
    hidden = (replace(report.audit.hidden[0], high=None), *report.audit.hidden[1:])
    report = boats(audit=replace(report.audit, hidden=hidden))
    assert any(c["high"] is None for c in parsed(report)["cells"])


def test_what_is_unsure_says_so() -> None:
    assert parsed(boats())["assumptions"] == [
        "“*” stands for a figure below 4.",
        "Unsure: “Ketch” may hold other boats.",
    ]


def test_contradictions_are_texts() -> None:
    report = boats(reading=replace(boats().reading, contradictions=(wrong_sum(),)))
    assert parsed(report)["contradictions"] == [wrong_sum().text]
    assert parsed(report)["summary"]["contradictions"] == 1


def test_a_cell_that_no_table_prints_has_no_table() -> None:
    report = boats(reading=replace(boats().reading, places=((),) * 24))
    cell = one(report, harbour="N", boat="KETCH", year="2024")
    assert cell["table"] is None
    assert cell["places"] == []
    assert cell["used"][0] == {
        "coordinates": {"harbour": "N", "boat": "TOTAL", "year": "2024"},
        "shown": 512,
    }


def test_letters_are_written_as_they_are() -> None:
    assert "− 10 (" in boats().to_json()
    assert "\\u" not in hostile().to_json()
