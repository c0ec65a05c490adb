"""A report read back by its tags is what was laid out, whatever letters its texts have."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prikk.dissemination import PublishedCube, lay_out
from prikk.dissemination._locale import number_writer
from prikk.dissemination.report import report
from prikk.spec import TOTAL, ReleaseSpec
from unit.dissemination.cubes import HARBOURS, TINY, classification, make_cube
from unit.dissemination.pdf_reading import squeezed, tables

# Letters that the compiler's fonts have; those that its markup gives a meaning come more often.
MARKUP = "#*_`$@<>\\/\"'[]()=-+~^&%;:,.!?|"
letters = st.one_of(
    st.sampled_from(MARKUP),
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.sampled_from("æøåÆØÅäöéčđŋšŧžЖΩ"),
)
texts = st.text(letters.filter(lambda c: c not in "{}"), min_size=1, max_size=30).filter(
    lambda t: t == t.strip()
)
figures = st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=2, max_size=2)


@st.composite
def cubes(draw: st.DrawFn) -> PublishedCube:
    """The tiny cube with drawn texts and figures, and some of its rows."""
    text = st.builds(lambda nb: {"nb": nb, "en": nb}, texts)
    raw: dict[str, Any] = {
        **TINY,
        "release": {**TINY["release"], "title": draw(text), "about": draw(text), "publisher": draw(text)},
        "protection": {
            **TINY["protection"],
            "symbol": draw(st.sampled_from(("*", "..", ":", "#", "$", "_*_"))),
        },
        "tables": [{**TINY["tables"][0], "title": draw(text)}, {**TINY["tables"][1], "total": draw(text)}],
        "definitions": [{"term": draw(text), "text": draw(text)}],
        "notes": [{"text": draw(text), "table": 1}],
    }
    boats = [("G", TOTAL, draw(texts), "G")] + [(str(n), "G", draw(texts), "x") for n in range(3)]
    kinds = {"harbour": HARBOURS, "boat": classification("boat", ("boat_group", "boat"), boats)}
    codes = [("N", "G"), ("N", "0"), ("N", "1"), ("N", "2"), ("S", TOTAL)]
    listed = draw(st.sets(st.sampled_from(codes)))
    cells = {code: draw(figures) for code in ((TOTAL, TOTAL), ("N", TOTAL), *sorted(listed))}
    return make_cube(ReleaseSpec.model_validate(raw), kinds, cells)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cubes())
def test_a_report_read_back_is_the_layout_and_the_same_each_time(cube: PublishedCube) -> None:
    content, number = report(cube, "nb"), number_writer("nb")
    assert content == report(cube, "nb")
    for table, found in zip(lay_out(cube), tables(content), strict=True):
        shown = [[f if isinstance(f, str) else number(f) for f in row.figures] for row in table.rows]
        assert [[cell.text for cell in row] for row in found.body] == [
            [squeezed(text) for text in (row.label["nb"], *texts)]
            for row, texts in zip(table.rows, shown, strict=True)
        ]
        hidden = [[isinstance(f, str) for f in row.figures] for row in table.rows]
        assert [[bool(cell.alt) for cell in row[1:]] for row in found.body] == hidden
