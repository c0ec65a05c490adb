"""A document whose sign stands for small figures and for figures hidden beside them, and does not tell which is which."""

import pytest

import prikk

LEGEND = {
    "nb": "* = tallet vises ikke, av hensyn til personvern: Det er lavere enn 4, eller det er skjult for at slike tall ikke skal kunne regnes ut.",
    "en": "* = the figure is not shown, to protect privacy: it is below 4, or it is hidden so that such figures cannot be worked out.",
}


def page(folder, rows, legend):
    lines = "".join(f"<tr><th>{name}</th><td>{figure}</td></tr>" for name, figure in rows)
    text = f"<html><body><table><caption>People</caption><tr><th>Region</th><th>2024</th></tr>{lines}</table><p>{legend}</p></body></html>"
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    return prikk.audit(path)


@pytest.mark.parametrize("language", LEGEND)
def test_two_signs_that_cannot_both_be_small_are_safe_where_either_may_be(tmp_path, language):
    rows = [("A", 51), ("B", 40), ("C", "*"), ("D", "*"), ("Total", 120)]
    report = page(tmp_path, rows, LEGEND[language])
    assert report.ok, report.to_text()
    assert report.summary.attacker == "naive"
    assert report.summary.undecided == 0
    assert any("not all can be" in text for text in report.reading.unsure)


def test_one_sign_that_cannot_be_small_is_not_a_leak_and_one_that_must_be_is(tmp_path):
    alone = page(tmp_path, [("A", 51), ("B", 40), ("C", "*"), ("Total", 120)], LEGEND["en"])
    assert alone.ok, alone.to_text()
    small = page(tmp_path, [("A", 51), ("B", 40), ("C", "*"), ("Total", 93)], LEGEND["en"])
    assert [(c.low, c.high) for c in small.leaks] == [(2, 2)]


def test_the_report_does_not_say_of_a_figure_that_the_rule_hides_it_where_nobody_knows(tmp_path):
    rows = [("A", 51, 50), ("B", 40, 39), ("C", "*", "*"), ("D", "*", 10), ("Total", 120, 101)]
    lines = "".join(f"<tr><th>{n}</th><td>{new}</td><td>{old}</td></tr>" for n, new, old in rows)
    text = f"<table><caption>People</caption><tr><th>Region</th><th>2024</th><th>2023</th></tr>{lines}</table><p>{LEGEND['en']}</p>"
    (tmp_path / "page.html").write_text(f"<html><body>{text}</body></html>", encoding="utf-8")
    report = prikk.audit(tmp_path / "page.html")
    said = " ".join(report.to_text().split())
    assert [(c.low, c.high) for c in report.leaks] == [(2, 2)]
    assert "1 of the 3 hidden figures that may be under the rule leak, if they are: 1 can be" in said
    assert "3 of these may be under the rule" in said
