"""Errors say what, where and how to mend it, all at once."""

import prikk.errors as room
from prikk.errors import Finding, PrikkError, RefusedError, nearest


def finding(code):
    return Finding(code=code, what="it is wrong.", where="a.csv, line 2", fix="Mend it.")


def test_an_error_carries_all_findings_in_order():
    error = PrikkError([finding("b"), finding("a")])
    assert [f.code for f in error.findings] == ["b", "a"]
    assert str(error).count("\n") == 1


def test_a_refusal_has_an_exit_code_of_its_own():
    assert (PrikkError.exit_code, RefusedError.exit_code) == (2, 1)


def test_a_misspelt_word_gets_a_hint_and_a_strange_one_none():
    assert nearest("Measure", ["age", "measure"]) == " Nearest: 'measure'."
    assert nearest("xyz", ["age", "measure"]) == ""


def test_the_tree_in_the_docstring_names_every_error():
    for name in room.__all__:
        if name.endswith(("Error", "Fault")):
            assert name in (room.__doc__ or "")
