"""The report: the whole publication as one PDF document, tagged for readers who listen (PDF/UA-1)."""

from __future__ import annotations

import json
from importlib import resources

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import lay_out
from prikk.dissemination._words import words
from prikk.dissemination.report._data import Json, report_data, report_geometry
from prikk.errors import EnvironmentFault, Finding

_NO_GLYPH = "could not be displayed with font"


def report(cube: PublishedCube, language: str) -> bytes:
    """All tables of a release as a PDF document, with a title page, contents, and what there is to know of them.

    Equal cubes give equal bytes: the document bears the moment of publication, or no date. The fonts are those of the
    compiler; only for a character that none of them has are those of the system looked at.

    Raises:
        EnvironmentFault: No font has a character of a text.
    """
    from prikk.dissemination.report._tags import tagged  # noqa: PLC0415 - needs the extra 'pdf'

    tables = lay_out(cube)
    shape = report_geometry(cube, tables, language)
    content = _typeset(report_data(cube, tables, shape, language))
    return tagged(content, tables, shape, (cube.spec.protection.symbol, words(language).hidden))


def _typeset(data: Json) -> bytes:
    import typst  # noqa: PLC0415 - part of the extra 'pdf'

    template = resources.files("prikk.dissemination.report").joinpath("report.typ").read_bytes()
    inputs = {"data": json.dumps(data)}
    problem = ""
    for system in (False, True):
        fonts = typst.Fonts(include_system_fonts=system)
        compiler = typst.Compiler(template, font_paths=fonts, sys_inputs=inputs)
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            if _NO_GLYPH not in error.message:
                raise
            problem = error.message.partition("error: ")[2]
        else:
            assert isinstance(made, bytes)
            return made
    fix = "Install a font that has it (such as the Noto fonts), or leave 'pdf' out of release.formats."
    raise EnvironmentFault(Finding(code="pdf-character", what=f"{problem}.", where="report", fix=fix))
