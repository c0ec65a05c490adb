"""A leak of every kind, planted in a document, is found and explained; its control, without it, stays clean."""

import pytest

import prikk

ROUNDED = '[rule]\nthreshold = 4\nzeros = "hidden"\nrounding = 5\n'
PEOPLE = '[rule]\nthreshold = 4\nzeros = "hidden"\nunit = "person"\n'
PLAIN = '[rule]\nthreshold = 4\nzeros = "hidden"\n'

LEAKS = {
    "a difference": (
        "region;Antall\nA;51\nB;40\nC;*\nI alt;93\n",
        "region;Antall\nA;51\nB;40\nC;*\nD;*\nI alt;94\n",
        PLAIN,
        ["2 to 2"],
    ),
    "the rule's range for a pair": (
        "region;Antall\nA;51\nB;40\nC;*\nD;*\nI alt;97\n",
        "region;Antall\nA;51\nB;40\nC;*\nD;*\nI alt;94\n",
        PLAIN,
        ["3 to 3", "3 to 3"],
    ),
    "a percentage": (
        "region;Antall;Prosent\nA;51;53,7\nB;41;43,2\nC;*;2,1\nD;*;1,1\nI alt;95;100,0\n",
        "region;Antall\nA;51\nB;41\nC;*\nD;*\nI alt;95\n",
        PLAIN,
        ["2 to 2", "1 to 1"],
    ),
    "a change from an earlier figure": (
        "region;2020;2021;Endring\nA;46;51;5\nB;50;40;-10\nC;*;*;-3\nD;*;*;3\nI alt;99;94;-5\n",
        "region;2020;2021\nA;46;51\nB;50;40\nC;*;*\nD;*;*\nI alt;99;94\n",
        PLAIN,
        ["3 to 3", "0 to 0", "0 to 0", "3 to 3"],
    ),
    "rounded figures": (
        "region;Antall\nA;*\nB;20\nI alt;25\n",
        "region;Antall\nA;*\nB;20\nI alt;20\n",
        ROUNDED,
        ["1 to 3"],
    ),
    "a total of distinct people": (
        "region;Antall\nA;*\nB;10\nI alt;13\n",
        "region;Antall\nA;*\nB;10\nI alt;10\n",
        PEOPLE,
        ["3 to 3"],
    ),
}


def audited(folder, text, said):
    (folder / "table.csv").write_text(text, encoding="utf-8")
    (folder / "audit.toml").write_text(said, encoding="utf-8")
    return prikk.audit(folder / "table.csv", spec=folder / "audit.toml")


@pytest.mark.parametrize("kind", LEAKS)
def test_a_planted_leak_is_found_and_explained(tmp_path, kind):
    text, _, said, expected = LEAKS[kind]
    report = audited(tmp_path, text, said)
    assert [f"{c.low} to {c.high}" for c in report.leaks] == expected
    assert all(report.derivations[c.cell].complete for c in report.leaks)
    assert all(report.derivations[c.cell].steps for c in report.leaks)


@pytest.mark.parametrize("kind", LEAKS)
def test_the_same_table_without_it_stays_clean(tmp_path, kind):
    _, control, said, _ = LEAKS[kind]
    report = audited(tmp_path, control, said)
    assert report.ok, report.to_text()
    assert not report.contradictions
