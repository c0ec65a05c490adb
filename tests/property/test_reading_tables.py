"""Random tables drawn in random layouts read back into the same cells; any grid is read or refused."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prikk.errors import ReadingError
from prikk.reading import ReadingSettings, read
from prikk.reading._grid import Grid, GridCell, SourceDocument
from prikk.tabular import Status

GROUPS = ("Vinter", "Sommer", "Ball", "Vann")
PARTS = {
    "Vinter": ("Ski", "Skøyter", "Alpint", "Aking"),
    "Sommer": ("Løping", "Kast", "Stav", "Hekk"),
    "Ball": ("Fotball", "Tennis", "Golf", "Squash"),
    "Vann": ("Svømming", "Stup", "Roing", "Seiling"),
}
NOTE = "Tall mindre enn 4 er erstattet med «*»."


@st.composite
def tables(draw):
    """Groups with parts, their figures by year, and a layout to draw them in."""
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=2, max_size=4, unique=True))
    years = [str(2015 + i) for i in range(draw(st.integers(2, 4)))]
    figures = {
        part: [draw(st.one_of(st.integers(0, 6), st.integers(20, 9000))) for _ in years]
        for group in groups
        for part in PARTS[group][: draw(st.integers(2, 4))]
    }
    layout = draw(
        st.fixed_dictionaries(
            {
                "total": st.sampled_from(("I alt", "Total", "Sum", "Alle", "Hele landet")),
                "last": st.booleans(),
                "subtotals": st.sampled_from(("after", "before", "indent", "none")),
                "thousands": st.sampled_from((" ", "\u00a0", "")),
                "title": st.booleans(),
            }
        )
    )
    return groups, years, figures, layout


def lines_of(groups, years, figures, layout):
    """Rows of (label, indent, figures) in the order of print."""
    sums = {
        g: [sum(figures[p][i] for p in PARTS[g] if p in figures) for i in range(len(years))] for g in groups
    }
    rows = []
    for group in groups:
        parts = [(p, 2, figures[p]) for p in PARTS[group] if p in figures]
        own = {"after": f"I alt {group.lower()}", "before": f"I alt {group.lower()}", "indent": group}
        head = (own.get(layout["subtotals"], ""), 0, sums[group])
        if layout["subtotals"] == "none":
            rows.extend(parts)
        elif layout["subtotals"] == "after":
            rows.extend([*parts, head])
        else:
            rows.extend([head, *parts])
    total = (layout["total"], 0, [sum(s[i] for s in sums.values()) for i in range(len(years))])
    return [*rows, total] if layout["last"] else [total, *rows]


def drawn(rows, years, layout):
    def figure(value):
        return "*" if value < 4 else f"{value:,}".replace(",", layout["thousands"])

    indented = layout["subtotals"] == "indent"
    body = [
        (GridCell(text=label, indent=indent if indented else 0), *(GridCell(text=figure(v)) for v in values))
        for label, indent, values in rows
    ]
    head = (None, *(GridCell(text=y) for y in years))
    titles = ("Idrett", "Etter gren") if layout["title"] else ()
    return Grid(place="t", titles=titles, rows=(head, *body), notes=(NOTE,))


def read_back(grid):
    document = SourceDocument(place="t", kind="text", contents=(grid,))
    return read([document], ReadingSettings())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_a_table_in_any_layout_reads_back_into_its_cells(table):
    groups, years, figures, layout = table
    rows = lines_of(*table)
    if all(v >= 4 for _, _, values in rows for v in values):
        return
    found = read_back(drawn(rows, years, layout))
    publication = found.publication
    printed = {
        (place.row, place.column): int(publication.low[i])
        if publication.status[i] == Status.PUBLISHED
        else "*"
        for i, places in enumerate(found.places)
        for place in places
    }
    assert printed == {
        (label, year): "*" if value < 4 else value
        for label, _, values in rows
        for year, value in zip(years, values, strict=True)
    }
    assert not found.contradictions


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_every_sum_that_is_read_holds_for_the_true_figures(table):
    rows = lines_of(*table)
    true = {(label, year): v for label, _, values in rows for year, v in zip(table[1], values, strict=True)}
    if all(v >= 4 for v in true.values()):
        return
    found = read_back(drawn(rows, table[1], table[3]))
    values = [true[p[0].row, p[0].column] if p else None for p in found.places]
    hierarchies, cells = found.publication.table.hierarchies, found.publication.table
    for d, hierarchy in enumerate(hierarchies):
        for i in range(len(cells)):
            own = int(cells.coords[i, d])
            parts = [
                j
                for j in range(len(cells))
                if hierarchy.parents[int(cells.coords[j, d])] == own
                and all(cells.coords[j, e] == cells.coords[i, e] for e in range(len(hierarchies)) if e != d)
            ]
            known = [values[j] for j in parts]
            if parts and None not in known and values[i] is not None:
                assert values[i] == sum(known)


WORDS = st.sampled_from(
    ["", "*", ":", "..", "-", "0", "5", "12", "1 234", "2,5", "-7", "I alt", "Oslo", "Menn", "Kvinner", "2020", "Januar",
     "Antall", "Prosent", "Endring", "I alt Oslo", "20-24 år", "3801", "38", "<10", "x", "n/a", "Begge kjønn", "1.352"]
)  # fmt: skip
CELLS = st.builds(
    lambda text, bold, indent, span: (
        GridCell(text=text, bold=bold, indent=indent, column_span=span) if text else None
    ),
    WORDS,
    st.booleans(),
    st.integers(0, 3),
    st.sampled_from((1, 1, 1, 2, 3)),
)


@st.composite
def grids(draw):
    width = draw(st.integers(0, 5))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=7))
    titles = draw(st.lists(st.sampled_from(["Ledige", "Menn", "Januar - Mars 2022", "2021"]), max_size=2))
    return Grid(place="t", titles=tuple(titles), rows=tuple(rows))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(grids(), max_size=3), st.booleans())
def test_any_grid_is_read_or_refused_with_findings(found, noted):
    document = SourceDocument(place="t", kind="text", contents=tuple(found), notes=(NOTE,) if noted else ())
    try:
        reading = read([document], ReadingSettings())
    except ReadingError as error:
        assert all(f.what and f.where and f.fix for f in error.findings)
        return
    publication = reading.publication
    size = len(publication.table)
    assert (
        len(publication.low)
        == len(publication.high)
        == len(publication.status)
        == len(reading.places)
        == size
    )
    assert (publication.low <= publication.high).all()
    numbers = [
        c.cell for t in reading.tables for row in t.rows for c in row if c is not None and c.cell is not None
    ]
    assert all(0 <= n < size for n in numbers)
    assert set(numbers) <= {i for i in range(size) if reading.places[i]}
