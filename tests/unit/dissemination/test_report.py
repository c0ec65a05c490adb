"""The report as its readers get it: cell by cell, by its tags, and on paper."""

import dataclasses
import datetime as dt
import io
import itertools
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Dictionary, Name

from prikk.dissemination import FORMATS, PublishedCube, lay_out, missing, render
from prikk.dissemination import _render as rendering
from prikk.dissemination._locale import number_writer
from prikk.dissemination.report import report, report_words
from prikk.dissemination.report._facts import moment_text
from prikk.dissemination.report._words import WORDS
from prikk.errors import EnvironmentFault
from prikk.spec import ReleaseSpec
from unit.dissemination.cubes import HARBOURS, TINY, classification, make_cube, published_cube, tiny_cube
from unit.dissemination.pdf_reading import Cell, elements, squeezed, tables
from unit.dissemination.wide import long_cube, odd_cube, with_about

HIDDEN = {"nb": "skjult av hensyn til personvern", "en": "hidden to protect privacy"}


@cache
def published(language: str) -> bytes:
    return report(published_cube(), language)


def wanted_cells(cube: PublishedCube, language: str) -> list[list[list[Cell]]]:
    """The body of each table as the tags should tell it, where all periods stand side by side."""
    number = number_writer(language)

    def figure(value: int | str) -> Cell:
        shown = isinstance(value, int)
        text = squeezed(number(value) if isinstance(value, int) else value)
        return Cell(role="TD", scope="", text=text, alt="" if shown else HIDDEN[language])

    def head(text: str) -> Cell:
        return Cell(role="TH", scope="Row", text=squeezed(text), alt="")

    return [
        [[head(row.label[language]), *map(figure, row.figures)] for row in table.rows]
        for table in lay_out(cube)
    ]


def page_texts(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_cell_of_the_example_is_there_with_its_tag(language: str) -> None:
    found = tables(published(language))
    assert [table.body for table in found] == wanted_cells(published_cube(), language)


def test_the_heads_are_column_headers_and_name_stub_and_periods() -> None:
    for table in tables(published("nb")):
        assert len(table.head) == 1
        assert {(cell.role, cell.scope) for cell in table.head[0]} == {("TH", "Column")}
        assert [c.text for c in table.head[0]][1:3] == ["Januar", "Februar"]


def test_a_corner_without_a_name_is_no_header() -> None:
    assert [c.role for c in tables(report(tiny_cube(), "nb"))[0].head[0]] == ["TD", "TH", "TH"]


def test_norwegian_figures_are_grouped_with_a_no_break_space_and_english_with_a_comma() -> None:
    assert any("77\u00a0818" in text for text in page_texts(published("nb")))
    assert any("77,818" in text for text in page_texts(published("en")))


def test_the_document_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(published("en"))) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == published_cube().spec.release.title["en"]
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_every_font_is_embedded_and_has_a_map_to_letters() -> None:
    with pikepdf.open(io.BytesIO(published("nb"))) as pdf:
        fonts = {
            font.objgen: font for page in pdf.pages for font in page.Resources.get(Name.Font, {}).values()
        }
        assert fonts
        for font in fonts.values():
            assert Name.ToUnicode in font
            (below,) = font.DescendantFonts
            assert {Name.FontFile2, Name.FontFile3} & set(below.FontDescriptor.keys())


def test_bookmarks_lead_to_families_and_tables() -> None:
    with pikepdf.open(io.BytesIO(published("nb"))) as pdf, pdf.open_outline() as outline:
        families = [item.title for item in outline.root]
        names = [child.title for item in outline.root[2:] for child in item.children]
    assert families[:4] == ["Innhold", "Om statistikken", "Alder", "Alder og hovedgrupper"]
    assert len(names) == 56
    assert names[1] == "Tabell 2. Arbeidssøkere på tiltak"


def test_links_have_texts_and_tags_and_nothing_is_a_picture_without_one() -> None:
    with pikepdf.open(io.BytesIO(published("nb"))) as pdf:
        notes = [note for page in pdf.pages for note in page.get(Name.Annots, [])]
        assert len(notes) >= 56
        assert all(Name.Contents in note and Name.StructParent in note for note in notes)
        figures = [e for e in elements(pdf.Root.StructTreeRoot) if e.S in (Name.Figure, Name.Formula)]
        assert all(Name.Alt in figure for figure in figures)
        assert not any(Name.XObject in page.Resources for page in pdf.pages)


def test_every_tag_knows_its_parent_and_headings_skip_no_level() -> None:
    with pikepdf.open(io.BytesIO(published("nb"))) as pdf:
        levels = []
        for element in elements(pdf.Root.StructTreeRoot):
            for child in element.get(Name.K, []) if isinstance(element.get(Name.K), pikepdf.Array) else []:
                if isinstance(child, Dictionary) and Name.S in child:
                    assert child.P.objgen == element.objgen
            if str(element.S) in ("/H1", "/H2", "/H3"):
                levels.append(int(str(element.S)[2]))
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_legend_stands_on_every_page_with_a_hidden_figure_and_on_no_other_of_the_tables() -> None:
    texts = page_texts(published("nb"))
    first = next(n for n, text in enumerate(texts) if "Tabell 1. " in text and "Januar" in text and n > 3)
    for text in texts[first:]:
        body = text.partition("* = ")
        assert ("*" in body[0]) == bool(body[1])


def test_the_legend_stands_where_only_the_repeated_total_is_hidden() -> None:
    boats = [("G", "TOTAL", "G", "G"), *((str(n), "G", f"Båt {n}", "x") for n in range(90))]
    kinds = {"harbour": HARBOURS, "boat": classification("boat", ("boat_group", "boat"), boats)}
    cells: dict[tuple[str, ...], list[int | None]] = {("N", "TOTAL"): [None, 5], ("TOTAL", "TOTAL"): [9, 9]}
    cells |= {("N", str(n)): [5, 5] for n in range(90)}
    texts = page_texts(report(make_cube(tiny_cube().spec, kinds, cells), "nb"))
    assert ["* = " in text for text in texts[3:]] == [True, True, True]


def test_pages_are_numbered_from_the_second_on() -> None:
    texts = page_texts(published("nb"))
    assert "Side 1 av" not in texts[0]
    assert all(f"Side {n} av {len(texts)}" in text for n, text in enumerate(texts[1:], start=2))


def test_a_page_on_which_a_table_goes_on_repeats_head_and_total() -> None:
    goes_on = [text for text in page_texts(published("nb")) if "Tabell 34, fortsetter" in text]
    assert goes_on
    assert all("Januar" in text and "I alt nedsatt arbeidsevne, på tiltak" in text for text in goes_on)


def test_title_page_and_about_tell_what_there_is_to_know() -> None:
    texts = page_texts(report(with_about(), "en"))
    cover, about = squeezed(texts[0]), squeezed(texts[2])
    for wanted in ("Harbour office", "18 August 2024 at 08:00", "under embargo until then", "CC BY 4.0"):
        assert squeezed(wanted) in cover
    for wanted in (
        "Havneloven § 1",
        "* = the figure is below 3",
        "Boat. All that floats.",
        "Break",
        "Preliminary figures: January 2025.",
        "statistics@example.org",
        "Table 2. Counted at night.",
        "=Yawl. Few of them.",
    ):
        assert squeezed(wanted) in about


def test_notes_stand_below_their_tables_and_mark_rows_and_periods() -> None:
    first, second = tables(report(with_about(), "en"))
    assert [row[0].text for row in second.body] == [
        "TotalinNorthport",
        "Ketch",
        "=Yawl2)",
        "Totalsailingboats",
        "Sjark&<co>",
        "Totalmotorboats",
    ]
    assert [cell.text for cell in first.head[0]] == ["", "December20241)", "January2025preliminary"]
    assert "Counted at night." in " ".join(page_texts(report(with_about(), "en"))[4].split())


def test_the_date_of_the_document_is_that_of_publication_or_none() -> None:
    with pikepdf.open(io.BytesIO(report(with_about(), "nb"))) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20240818060000Z"
    with pikepdf.open(io.BytesIO(report(tiny_cube(), "nb"))) as pdf:
        assert Name.CreationDate not in pdf.docinfo


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_text_is_read_as_markup(language: str) -> None:
    cube = odd_cube()
    content = report(cube, language)
    assert [table.body for table in tables(content)] == wanted_cells(cube, language)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title) == cube.spec.release.title[language]
        titles = {squeezed(str(e.T)) for e in elements(pdf.Root.StructTreeRoot) if Name.T in e}
    assert {squeezed(table.title[language]) for table in lay_out(cube)} <= titles


def letters_outside(content: bytes, margin: float) -> Iterator[str]:
    for page in pdfium.PdfDocument(content):
        width, height = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            inside = left >= margin and right <= width - margin and bottom >= 24 and top <= height - 24
            if not inside and not text.get_text_range(at, 1).isspace():
                yield text.get_text_range(at, 1)


@pytest.mark.parametrize(
    ("first", "last", "every", "blocks"),
    [
        ("2021-01", "2023-12", "month", [12, 12, 12]),
        ("2022-01", "2023-01", "month", [13]),
        ("2021-11", "2024-02", "month", [10, 9, 9]),
        ("2020", "2020", "year", [1]),
        ("2015-Q1", "2024-Q4", "quarter", [14, 13, 13]),
    ],
)
def test_many_periods_and_long_labels_stay_on_the_paper(
    first: str, last: str, every: str, blocks: list[int]
) -> None:
    cube = long_cube(first, last, every)
    content = report(cube, "nb")
    assert list(letters_outside(content, 50)) == []
    found = tables(content)
    assert [len(table.head[0]) - 1 for table in found[: len(blocks)]] == blocks
    wanted = wanted_cells(cube, "nb")
    for number, rows in enumerate(wanted):
        parts = [table.body for table in found[number * len(blocks) : (number + 1) * len(blocks)]]
        joined = [[same[0][0], *(c for part in same for c in part[1:])] for same in zip(*parts, strict=True)]
        assert joined == rows


def test_a_character_that_no_font_has_is_told_of() -> None:
    raw: dict[str, Any] = {
        **TINY,
        "release": {**TINY["release"], "title": {"nb": "Havn \U0010fffd", "en": "x"}},
    }
    cube = tiny_cube()
    odd = PublishedCube(
        spec=ReleaseSpec.model_validate(raw), classifications=cube.classifications, cells=cube.cells
    )
    with pytest.raises(EnvironmentFault, match=r"10fffd.*Install a font.*pdf-character"):
        report(odd, "nb")


def test_without_the_extra_all_else_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "find_spec", lambda name: None if name == "typst" else object())
    assert not FORMATS["pdf"].ready
    assert missing(()) == {"pdf": "pdf"}
    assert not [path for path in render(tiny_cube()) if path.endswith(".pdf")]


def test_nothing_needs_the_extra_before_a_report_is_asked_for() -> None:
    code = (
        "import sys; sys.modules['typst'] = sys.modules['pikepdf'] = None\n"
        "from prikk.dissemination import FORMATS, missing\n"
        "print(FORMATS['pdf'].ready, missing(()))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("False {'pdf': 'pdf'")


def test_a_release_of_a_few_figures_is_a_report_too() -> None:
    spec = ReleaseSpec.model_validate({**TINY, "tables": TINY["tables"][:1]})
    cube = make_cube(spec, tiny_cube().classifications, {("TOTAL", "TOTAL"): [None, 3]})
    assert [table.body for table in tables(report(cube, "nb"))] == wanted_cells(cube, "nb")


def test_the_moment_of_publication_is_told_with_its_offset_only_where_that_is_utc() -> None:
    moment = dt.datetime(2022, 8, 18, 6, 0, tzinfo=dt.UTC)
    assert moment_text(moment, "nn") == "18. august 2022 kl. 06.00 UTC"
    assert (
        moment_text(moment.astimezone(dt.timezone(dt.timedelta(hours=2))), "en") == "18 August 2022 at 08:00"
    )


@pytest.mark.parametrize("language", WORDS)
def test_every_word_is_there_with_its_places(language: str) -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    own, english = dataclasses.asdict(WORDS[language]), dataclasses.asdict(WORDS["en"])
    assert {name: places(text) for name, text in own.items()} == {n: places(t) for n, t in english.items()}
    assert all(own.values())


def test_words_are_english_where_there_are_none() -> None:
    assert report_words("se") == WORDS["en"]
