from dataclasses import replace

from unit.reporting.reports import boats


def test_a_notebook_shows_the_verdict_and_the_first_leaks() -> None:
    text = boats()._repr_html_()
    assert "8 of 10 hidden figures leak" in text
    assert "512 (Boats in all) − 500 (Sloop) − 10 (Yawl) = 2" in text
    assert "Unsure: “Ketch” may hold other boats." in text


def test_the_snippet_disturbs_no_page_that_it_stands_in() -> None:
    text = boats()._repr_html_()
    assert not [part for part in ("<script", "<style", " id=", " class=", "://", "<html") if part in text]


def test_a_long_list_of_leaks_is_cut() -> None:
    report = boats()
    hidden = tuple(c for c in report.audit.hidden if c.verdict != "safe") * 2
    text = boats(audit=replace(report.audit, hidden=hidden))._repr_html_()
    assert text.count('<th scope="row"') == 10
    assert "the first 10 of 16" in text


def test_a_report_without_leaks_has_no_table() -> None:
    text = boats(audit=replace(boats().audit, hidden=()))._repr_html_()
    assert "<table" not in text
    assert "No hidden figure leaks" in text
