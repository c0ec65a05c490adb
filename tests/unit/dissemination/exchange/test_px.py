"""PX: read back by a parser of the grammar and by pyaxis, cell by cell."""

import datetime as dt

import pytest

from prikk.dissemination import PublishedCube
from prikk.dissemination.exchange import _figures, dataset, px
from unit.dissemination.cubes import published_cube, tiny_cube
from unit.dissemination.exchange.expected import described_cube, expected, listed_only
from unit.dissemination.exchange.px_reading import cells, entries, with_pyaxis


@pytest.mark.parametrize("cube", [tiny_cube, described_cube, published_cube])
def test_every_cell_is_read_back_in_every_language(cube):
    content = px(dataset(cube()))
    assert cells(content) == expected(cube())
    assert cells(content, "en") == expected(cube())


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("cube", [tiny_cube, described_cube, published_cube])
def test_pyaxis_reads_every_cell(cube, language, tmp_path):
    _, found = with_pyaxis(px(dataset(cube())), language, tmp_path)
    assert found == expected(cube())


def test_the_head_says_what_the_spec_says():
    found, _ = entries(px(dataset(described_cube())))
    assert found["LANGUAGES", "", ()] == ["nb", "en"]
    assert found["UNITS", "en", ()] == ["Boats"]
    assert found["LAST-UPDATED", "", ()] == ["20250220 08:00"]
    assert found["NEXT-UPDATE", "", ()] == ["20250320 00:00"]
    assert found["CONTACT", "", ()] == ["Havnefogden 'Ole'#havn@example.org#https://example.org/havn"]
    assert found["TIMEVAL", "en", ("Period",)] == ["TLIST(M1)", "202412", "202501"]
    assert found["ELIMINATION", "", ("boat",)] == ["I alt"]


def test_a_hidden_figure_shows_as_the_symbol_and_nothing_may_be_added_up():
    found, data = entries(px(dataset(described_cube())))
    assert found["DATASYMBOL2", "", ()] == ["*"]
    assert found["DATASYMBOLNIL", "", ()] == ["-"]
    assert found["AGGREGALLOWED", "", ()] == ["NO"]
    assert ("CONFIDENTIAL", "", ()) not in found
    assert data.count('".."') == 3


def test_what_is_part_of_what_is_told():
    found, _ = entries(px(dataset(tiny_cube())))
    tree = ["TOTAL", "TOTAL:SAIL", "TOTAL:MOTOR", "SAIL:KETCH", "SAIL:YAWL", "MOTOR:SJARK"]
    assert found["HIERARCHIES", "", ("boat",)] == tree
    assert ("HIERARCHIES", "", ("harbour",)) not in found


def test_notes_stand_where_they_belong():
    found, _ = entries(px(dataset(described_cube())))
    assert "Tall lavere enn 3 vises ikke" in found["NOTEX", "", ()][0]
    assert "Boat: Floats." in found["NOTE", "en", ()][0]
    assert "The table “Boats and harbours”: To table 2." in found["NOTE", "en", ()][0]
    assert found["NOTE", "en", ("boat",)] == ["All boats."]
    assert found["VALUENOTE", "", ("harbour", "Sørhavn")] == ["En gammel havn; den er stengt."]
    assert found["VALUENOTEX", "en", ("Period", "January 2025")] == ["Preliminary figures."]
    assert found["CELLNOTEX", "en", ("Northport", "*", "December 2024")] == ["New rules from December."]


@pytest.mark.parametrize("cube", [described_cube, published_cube])
def test_no_line_is_longer_than_256_characters(cube):
    assert max(map(len, px(dataset(cube())).decode().split("\r\n"))) <= 256


def test_a_cube_of_which_most_combinations_are_empty_lists_its_cells_by_their_codes(monkeypatch):
    monkeypatch.setattr(_figures, "_DENSE_LIMIT", 0)
    monkeypatch.setattr(_figures, "_DENSE_FACTOR", 0)
    found, _ = entries(px(dataset(tiny_cube())))
    assert found["KEYS", "", ("harbour",)] == ["CODES"]
    lines = px(dataset(tiny_cube())).decode().split("DATA=\r\n")[1].splitlines()
    assert lines[4] == '"N","YAWL",".." 9'
    assert len(lines) - 1 == len(listed_only(expected(tiny_cube()))) // 2


def test_nothing_but_the_spec_gives_a_moment():
    assert px(dataset(described_cube())) == px(dataset(described_cube()))
    text = px(dataset(tiny_cube())).decode()
    assert "CREATION-DATE" not in text
    assert str(dt.date.today().year) not in text


def test_a_cube_without_cells_is_a_file_without_figures():
    cube = tiny_cube()
    empty = PublishedCube(spec=cube.spec, classifications=cube.classifications, cells=cube.cells.slice(0, 0))
    assert set(cells(px(dataset(empty))).values()) == {"nil", "absent"}
