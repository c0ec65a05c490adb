"""Selection expressions against a plain reading of what each means."""

import re
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prikk.serve.api._expressions import chosen, matches, parse
from prikk.serve.api._problems import ProblemError
from prikk.serve.api._variables import Variable

CODES = ("TOTAL", "A", "A1", "A2", "b", "B1", "x,y", "TOP(1)", "*", "É")


def variable(codes=CODES, *, time=False):
    return Variable(number=0, name="v", codes=tuple(codes), time=time, total=0, levels={})


def picked(*texts, codes=CODES, time=False, among=None):
    v = variable(codes, time=time)
    return [codes[p] for p in chosen(texts, v, range(len(codes)) if among is None else among)]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["*"], list(CODES)),
        (["A1"], ["A1"]),
        (["a1"], ["A1"]),
        (["B"], ["b"]),
        (["é"], ["É"]),
        (["A1", "TOTAL", "a1"], ["TOTAL", "A1"]),
        (["A*"], ["A", "A1", "A2"]),
        (["a?"], ["A1", "A2"]),
        (["?1"], ["A1", "B1"]),
        (["TOP(2)"], ["TOTAL", "A"]),
        (["top(2, 1)"], ["A", "A1"]),
        (["BOTTOM(2)"], ["*", "É"]),
        (["Bottom(1,2)"], ["TOP(1)"]),
        (["TOP(999)"], list(CODES)),
        (["RANGE(a1,B1)"], ["A1", "A2", "b", "B1"]),
        (["RANGE(A,x,y)"], ["A", "A1", "A2", "b", "B1", "x,y"]),
        (["RANGE(x,y,É)"], ["x,y", "TOP(1)", "*", "É"]),
        (["FROM(x,y)"], ["x,y", "TOP(1)", "*", "É"]),
        (["TO(a)"], ["TOTAL", "A"]),
        (["TOP(1)"], ["TOP(1)"]),
        (["FROM(É)", "TOP(2)"], ["TOTAL", "A", "É"]),
    ],
)
def test_each_expression_chooses_what_it_says(texts, wanted):
    assert picked(*texts) == wanted


def test_on_time_the_newest_are_the_top_and_come_in_order():
    months = tuple(f"2024-{m:02}" for m in range(1, 13))
    assert picked("TOP(2)", codes=months, time=True) == ["2024-11", "2024-12"]
    assert picked("TOP(2,1)", codes=months, time=True) == ["2024-10", "2024-11"]
    assert picked("BOTTOM(2)", codes=months, time=True) == ["2024-01", "2024-02"]
    assert picked("FROM(2024-11)", codes=months, time=True) == ["2024-11", "2024-12"]


def test_in_a_codelist_only_its_codes_are_chosen():
    assert picked("*", among=(2, 3, 5)) == ["A1", "A2", "B1"]
    assert picked("TOP(1)", among=(2, 3), codes=CODES[:7]) == ["A1"]
    assert picked("a*", among=(2, 5)) == ["A1"]
    with pytest.raises(ProblemError, match="not in the codelist"):
        picked("A", among=(2, 3))


@pytest.mark.parametrize(
    "text",
    [
        "", "C", "A(", "TOP", "TOP()", "TOP(0)", "TOP(-1)", "TOP(1,)", "TOP(x)", "TOP(1,2,3)", "TOP(99999999999999999999)",
        "TOP(1.5)", "BOTTOM(,1)", "RANGE(A)", "RANGE(A,)", "RANGE(b,A)", "RANGE(A,nobody)", "FROM()", "FROM(nobody)",
        "TO(nobody)", "ANY(A)", "Z*", "?????????", "TOP(2,999)", "\x00", "A\n1", "*" * 50 + "Q" + "*" * 50,
    ],
)  # fmt: skip
def test_what_means_nothing_is_a_problem_that_helps(text):
    codes = tuple(c for c in CODES if "(" not in c and "*" not in c)
    with pytest.raises(ProblemError) as caught:
        picked(text, codes=codes)
    assert caught.value.status == 400
    assert "'v'" in f"{caught.value.what} {caught.value.where}"
    assert caught.value.fix


codes_of = st.lists(st.text(st.sampled_from("aAbé1*?(),. "), min_size=1, max_size=4), min_size=1, unique=True)


@given(codes_of, st.integers(1, 12), st.integers(0, 12), st.booleans())
def test_top_and_bottom_are_slices(codes, count, offset, time):
    def attempt(name):
        try:
            return picked(f"{name}({count},{offset})", codes=tuple(codes), time=time)
        except ProblemError:
            return []

    ends = list(reversed(codes))
    newest_first, oldest_first = (ends, codes) if time else (codes, ends)
    assert attempt("TOP") == sorted(newest_first[offset : offset + count], key=codes.index)
    assert attempt("BOTTOM") == sorted(oldest_first[offset : offset + count], key=codes.index)


@given(codes_of, st.data())
def test_every_code_chooses_itself_whatever_it_looks_like(codes, data):
    code = data.draw(st.sampled_from(codes))
    if code != "*":
        assert picked(code, codes=tuple(codes)) == [code]


@given(codes_of, st.data())
def test_a_range_of_codes_has_all_between(codes, data):
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, len(codes) - 1)] * 2)))
    plain = [f"c{i}" for i in range(len(codes))]
    assert picked(f"RANGE(c{low},C{high})", codes=tuple(plain)) == plain[low : high + 1]
    assert picked(f"FROM(c{low})", f"TO(c{high})", codes=tuple(plain)) == plain
    assert picked(f"FROM(C{low})", codes=tuple(plain)) == plain[low:]


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_patterns_match_as_those_of_file_names_do(pattern, text):
    assert matches(pattern, text) == bool(re.match(translate(pattern), text))


def test_no_pattern_takes_long():
    assert not matches("*a" * 200 + "b", "a" * 5000)


def test_what_is_parsed_is_a_class_of_its_own():
    v = variable()
    kinds = [
        type(parse(t, v)).__name__ for t in ("*", "A", "A*", "TOP(2)", "BOTTOM(2)", "FROM(A)", "RANGE(A,b)")
    ]
    assert kinds == ["All", "Code", "Pattern", "Top", "Bottom", "Between", "Between"]


def test_many_codes_may_be_named_but_not_many_expressions():
    codes = tuple(f"c{i}" for i in range(5000))
    assert len(picked(*codes, codes=codes)) == 5000
    with pytest.raises(ProblemError, match="more than 200 expressions"):
        picked(*["c1*"] * 201, codes=codes)
    with pytest.raises(ProblemError, match="too long"):
        picked("*" * 201, codes=codes)
