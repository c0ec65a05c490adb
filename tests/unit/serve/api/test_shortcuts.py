"""Every shortcut of an answer gives what the long way gives, byte by byte."""

import json
from dataclasses import replace
from urllib.parse import unquote_plus

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prikk.dissemination import dataset
from prikk.dissemination.exchange import json_stat as whole_json_stat
from prikk.serve.api._expressions import chosen
from prikk.serve.api._json_stat import json_stat
from prikk.serve.api._problems import ProblemError
from prikk.serve.api._query import Asked, Query, plain
from prikk.serve.api._selection import Selection, selection
from prikk.serve.api._variables import Variable, variables_of
from unit.dissemination.cubes import published_cube
from unit.dissemination.exchange.expected import described_cube

SETS = {"boats": dataset(described_cube()), "measures": dataset(published_cube())}
CODES = ("TOTAL", "A", "a", "A1", "*", "TOP(1)", "x,y", "É")


def places(size):
    """Places on an axis in all the ways in which they are handed on: a run, one alone, a list."""
    runs = st.tuples(st.integers(0, size - 1), st.integers(1, size)).map(
        lambda t: range(t[0], min(size, t[0] + t[1]))
    )
    some = st.sets(st.integers(0, size - 1), min_size=1).map(sorted)
    return runs | some | some.map(tuple) | st.just(range(size)) | st.integers(0, size - 1).map(lambda p: (p,))


@st.composite
def parts(draw):
    """A data set and some places of each of its axes."""
    found = SETS[draw(st.sampled_from(sorted(SETS)))]
    return found, tuple(draw(places(len(axis))) for axis in found.axes)


@given(st.lists(st.sampled_from((*CODES, "b?", "total", "nothing")), min_size=1))
def test_codes_as_they_are_written_choose_what_expressions_choose(texts):
    variable = Variable(number=0, name="v", codes=CODES, time=False, total=0, levels={})
    named = variable.named(texts)
    if named is not None:
        assert list(named) == list(chosen(texts, variable, range(len(CODES))))


@given(st.text(st.sampled_from("aZ+%25Cc3Aå=&[,é€")) | st.text())
def test_escapes_are_read_as_the_standard_library_does(text):
    sent = text.encode("utf-8").decode("latin-1")
    assert plain(sent) == unquote_plus(sent, errors="replace")


@given(parts())
def test_figures_are_those_of_the_whole_table(part):
    found, wanted = part
    names = [axis.name for axis in found.axes]
    expected = found.values(names)[np.ix_(*wanted)]
    assert found.figures.take(wanted).ravel().tolist() == expected.ravel().tolist()


@given(parts())
def test_figures_are_the_same_where_combinations_are_searched_for(part):
    found, wanted = part
    sparse = replace(found.figures)
    vars(sparse)["dense"] = False
    assert sparse.take(wanted).tolist() == found.figures.take(wanted).tolist()


@given(parts(), st.booleans())
def test_pieces_made_before_are_those_made_now(part, keyed):
    found, wanted = part
    for language in found.facts.languages:
        for axis, places_ in zip(found.heads[language].axes, wanted, strict=True):
            made = replace(axis, ready={}).written(places_, keyed=keyed)
            assert axis.written(places_, keyed=keyed) == made


@given(parts())
def test_an_answer_is_the_file_of_its_part(part):
    found, wanted = part
    language = found.facts.languages[-1]
    answer = json.loads(json_stat(found, Selection(places=wanted), language))
    file = json.loads(whole_json_stat(found.select(wanted).in_language(language), language))
    for dimension in answer["dimension"].values():
        index = dimension["category"]["index"]
        assert list(index.values()) == list(range(len(index)))
        dimension["category"]["index"] = list(index)
    assert answer == file


def test_figures_below_zero_are_written_as_they_are():
    found = SETS["boats"]
    values = found.figures.values.copy()
    values[0, 0] = -999
    changed = replace(found, figures=replace(found.figures, values=values))
    wanted = Selection(places=tuple(range(len(axis)) for axis in found.axes))
    answers = [json.loads(json_stat(one, wanted, "nb")) for one in (found, changed)]
    assert not changed.figures.signless
    assert answers[1]["value"].count(-999) == 1
    assert answers[0]["value"].count(None) == answers[1]["value"].count(None) > 0


@given(parts(), st.randoms())
def test_a_selection_by_codes_has_their_places_in_any_order(part, random):
    found, wanted = part
    named = {}
    for axis, places_ in zip(found.axes, wanted, strict=True):
        codes = [axis.codes[p] for p in places_]
        random.shuffle(codes)
        named[axis.name] = Asked(values=tuple(codes))
    made = selection(Query(variables=named), found, variables_of(found), 10**9)
    assert [list(p) for p in made.places] == [list(p) for p in wanted]


def test_a_code_in_other_case_is_still_found_and_an_unknown_one_refused():
    found = SETS["measures"]
    axis = found.axes[0]
    variables = variables_of(found)
    query = Query(variables={axis.name.upper(): Asked(values=(axis.codes[-1].lower(), axis.codes[0]))})
    periods = Query(variables={**query.variables, "period": Asked(values=("*",))})
    assert list(selection(periods, found, variables, 10**9).places[0]) == [0, len(axis) - 1]
    with pytest.raises(ProblemError, match="no value 'nothing'"):
        selection(Query(variables={axis.name: Asked(values=("nothing",))}), found, variables, 10**9)
