"""A document whose hidden figures no threshold fits: nobody is said to know a rule, in any form or language."""

import json
from pathlib import Path

import pytest

import prikk
from prikk.reporting import AuditReport

TABLE = """harbour;sloops;yawls;total
North;40;*;70
South;*;30;60
West;*;*;90
East;*;*;50
Total;130;140;270
"""


@pytest.fixture
def report(tmp_path: Path) -> AuditReport:
    path = tmp_path / "harbours.csv"
    path.write_text(TABLE, encoding="utf-8")
    return prikk.audit(path)


RULE = {
    "en": "No threshold fits all hidden figures, so no rule is known.",
    "nb": "Ingen grense passer til alle de skjulte tallene, så ingen regel er kjent.",
}
READER = {"en": "A reader who knows no rule", "nb": "En leser som ikke kjenner noen regel"}
SAID_OF_A_RULE = {
    "en": ("below 4", "rule leaves", "by the rule"),
    "nb": ("enn 4", "regelen gir", "av regelen"),
}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_form_says_that_no_rule_is_known(report: AuditReport, language: str) -> None:
    text = " ".join(report.to_text(language=language).split())
    for form in (text, report.to_html(language=language)):
        assert RULE[language] in form
        assert READER[language] in form
    for form in (text, report.to_html(language=language), report.to_json(language=language)):
        assert not [words for words in SAID_OF_A_RULE[language] if words in form]
        assert "as by a reader who knows no rule" in form


def test_the_json_has_no_threshold(report: AuditReport) -> None:
    told = json.loads(report.to_json())
    assert told["rule"] == {"threshold": None, "zeros": "hidden"}
    assert told["summary"]["attacker"] == "naive"


def test_a_notebook_says_so_too(report: AuditReport) -> None:
    assert RULE["en"] in report._repr_html_()


def test_figures_that_follow_are_still_found_and_explained(report: AuditReport) -> None:
    exact = [cell for cell in report.audit.hidden if cell.low == cell.high]
    assert len(exact) == 2
    assert "70 (total) − 40 (sloops) = 30" in report.to_text()
    assert "So 10 to 60.\n" in report.to_text()


def test_the_legend_measures_by_the_smallest_counts(report: AuditReport) -> None:
    for text in ("and not each of the smallest counts, 0 to 3", "safe: each of the smallest counts, 0 to 3"):
        assert text in report.to_html()


def test_a_stated_threshold_is_a_rule_to_a_reader_who_does_not_know_it(tmp_path: Path) -> None:
    path = tmp_path / "harbours.csv"
    path.write_text(TABLE, encoding="utf-8")
    told = prikk.audit(path, threshold=50, attacker="naive")
    assert json.loads(told.to_json())["rule"]["threshold"] == 50
    assert "Figures below 50 are hidden" in told.to_text()
