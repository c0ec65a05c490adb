"""Tables in the manner of many offices, each read from its bytes as a person reads it."""

import pytest

from prikk.reading import read
from prikk.reading.formats import open_document
from unit.reading.formats.kit import write
from unit.reading.kit import cells, sums_of
from unit.reading.offices import OFFICES

HIDDEN = ("primary", "secondary")


@pytest.fixture(scope="module", params=OFFICES, ids=lambda make: make.__name__)
def both(request, tmp_path_factory):
    office = request.param()
    return office, read([open_document(write(tmp_path_factory.mktemp("office"), office.name, office.data))])


def by_labels(found):
    return {frozenset(labels): value for labels, value in cells(found).items()}


def test_every_figure_is_a_cell_once_and_the_marks_hide(both):
    office, found = both
    printed = by_labels(found)
    assert (len(printed), sum(v in HIDDEN for v in printed.values())) == (office.size, office.hidden)
    assert found.symbols == office.symbols


def test_figures_stand_under_their_labels(both):
    office, found = both
    printed = by_labels(found)
    assert {labels: printed.get(frozenset(labels)) for labels in office.cells} == office.cells


def test_the_rule_is_that_of_the_notes(both):
    office, found = both
    assert (found.threshold, found.zeros) == (office.threshold, office.zeros)


def test_totals_have_their_parts_and_all_adds_up(both):
    office, found = both
    sums = sums_of(found)
    assert {t: sums.get(t, set()) & parts for t, parts in office.parts.items()} == office.parts
    assert found.contradictions == ()
