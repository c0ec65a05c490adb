"""What every page of one language looks at: the tables, the figures by their codes, and how the language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from prikk.dissemination._columns import Figure
from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Table
from prikk.dissemination._paths import FRONT
from prikk.dissemination._words import Words, words
from prikk.dissemination.site._languages import site_words
from prikk.dissemination.site._speech import Speech, speech
from prikk.dissemination.site._words import SiteWords
from prikk.spec import TOTAL, ReleaseSpec, Text, fill

_PAGES = {"nb": ("tabell", "figurer", "om"), "nn": ("tabell", "figurar", "om")}
_ENGLISH_PAGES = ("table", "charts", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One language's view of a release. ``charted`` tells whether there is a page of charts."""

    cube: PublishedCube
    tables: tuple[Table, ...]
    figures: Mapping[tuple[str, ...], tuple[Figure, ...]]
    language: str
    say: SiteWords
    words: Words
    speech: Speech
    charted: bool = False

    @property
    def spec(self) -> ReleaseSpec:
        """The spec of the release."""
        return self.cube.spec

    def text(self, text: Text) -> str:
        """A text of the spec, empty where there is none."""
        return text.get(self.language, "")

    def name(self, dimension: str) -> str:
        """What a dimension is called."""
        return self.text(self.spec.dimensions[dimension].label) or dimension

    def label(self, dimension: str, code: str) -> str:
        """The label of a code."""
        return self.cube.classifications[dimension].label(code, self.language)

    def at(self, codes: Mapping[str, str]) -> tuple[Figure, ...] | None:
        """The figures of the cell with these codes, and totals elsewhere, if a table has it."""
        return self.figures.get(tuple(codes.get(name, TOTAL) for name in self.spec.dimensions))

    def total_name(self) -> str:
        """What the total of everything is called where a table has it."""
        rows = (row for table in self.tables for row in table.rows[:1] if set(row.coordinates) == {TOTAL})
        return next((self.text(row.label) for row in rows), "")

    def top(self, dimension: str) -> tuple[str, ...]:
        """The codes of a dimension's first level."""
        return self.cube.classifications[dimension].children[TOTAL]

    def families(self) -> list[tuple[int, list[Table]]]:
        """The families that have tables, by number."""
        return [(n, list(found)) for n, found in groupby(self.tables, key=lambda table: table.family)]

    def family_title(self, family: int, tables: list[Table]) -> str:
        """The title of a family: its tables' own where that is the same, else with the names of the dimensions in it."""
        titles = {self.text(table.title) for table in tables}
        if len(titles) == 1:
            return titles.pop()
        names = {name: self.name(name) for name in self.spec.dimensions}
        return fill(self.text(self.spec.tables[family - 1].title), names)

    def shown(self, figure: Figure) -> str:
        """A figure as it is written."""
        return figure if isinstance(figure, str) else self.speech.number(figure)


def view(cube: PublishedCube, tables: tuple[Table, ...], language: str) -> View:
    """Look at a cube in one of its languages."""
    return View(
        cube=cube,
        tables=tables,
        figures={row.coordinates: row.figures for table in tables for row in table.rows},
        language=language,
        say=site_words(language),
        words=words(language),
        speech=speech(cube.spec, language),
    )


def family_page(language: str, family: int) -> str:
    """The page of a family of tables.

    >>> family_page("nb", 3)
    'tabell-3.html'
    """
    return f"{_names(language)[0]}-{family}.html"


def charts_page(language: str) -> str:
    """The page of all charts."""
    return f"{_names(language)[1]}.html"


def about_page(language: str) -> str:
    """The page about the statistic."""
    return f"{_names(language)[2]}.html"


def same_page(name: str, language: str, other: str) -> str:
    """The page of another language that tells the same."""
    for mine, theirs in zip(_names(language), _names(other), strict=True):
        if name == f"{mine}.html" or name.startswith(f"{mine}-"):
            return theirs + name.removeprefix(mine)
    return FRONT


def _names(language: str) -> tuple[str, str, str]:
    return _PAGES.get(language, _ENGLISH_PAGES)
