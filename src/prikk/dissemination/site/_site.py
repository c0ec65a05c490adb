"""The whole site: every page of every language, the style sheet, the script and the charts as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._layout import Table, lay_out
from prikk.dissemination._locale import language_name
from prikk.dissemination._notes import impossible_sign, legend
from prikk.dissemination._paths import FRONT, html_folder
from prikk.dissemination.site._about import about, facts
from prikk.dissemination.site._chart import Chart, Subject
from prikk.dissemination.site._charts import charts_of, of_table, overview
from prikk.dissemination.site._downloads import downloads
from prikk.dissemination.site._family import family
from prikk.dissemination.site._front import front
from prikk.dissemination.site._svg import as_file
from prikk.dissemination.site._templates import rendered, source
from prikk.dissemination.site._view import View, about_page, charts_page, family_page, same_page, view

Files = dict[str, bytes]
Overview = list[tuple[Subject, list[Chart]]]
STYLE, SCRIPT = "site.css", "site.js"
_MOST_DRAWN = 60  # tables on one page; charts of more would make it too heavy to open


def site(cube: PublishedCube, paths: Sequence[str] = ()) -> Files:
    """The site of a release by path in the public folder.

    ``paths`` are the other files of the release, to be linked as downloads. The first language is the one that ``index.html``
    leads to. Equal cubes and paths give equal bytes.
    """
    tables = lay_out(cube)
    files = {FRONT: _entrance(cube), **{f"html/{name}": source(name).encode() for name in (STYLE, SCRIPT)}}
    for language in cube.spec.release.languages:
        pages = _pages(view(cube, tables, language), paths)
        files |= {f"{html_folder(language)}/{name}": content for name, content in pages}
    return files


def _entrance(cube: PublishedCube) -> bytes:
    """The page above the folders of the languages: it goes on to the first of them."""
    entries = [
        {
            "language": language,
            "name": language_name(language),
            "href": f"{html_folder(language)}/{FRONT}",
            "title": cube.spec.release.title[language],
        }
        for language in cube.spec.release.languages
    ]
    return rendered("index.html", entries=entries)


def _pages(view: View, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    drawn, files = overview(view), downloads(view, paths)
    view = replace(view, charted=bool(drawn))
    yield (
        FRONT,
        _page(view, "front.html", FRONT, **front(view), facts=facts(view), files=files, chart=_first(drawn)),
    )
    if drawn:
        yield (
            charts_page(view.language),
            _page(view, "charts.html", charts_page(view.language), subjects=drawn),
        )
    name = about_page(view.language)
    yield name, _page(view, "about.html", name, **{**about(view), "files": files})
    yield from _drawings(view, [chart for _, charts in drawn for chart in charts])
    yield from _families(view)


def _first(drawn: Overview) -> Chart | None:
    return drawn[0][1][0] if drawn else None


def _families(view: View) -> Iterator[tuple[str, bytes]]:
    families = view.families()
    for i, (number, tables) in enumerate(families):
        name, charts = family_page(view.language, number), _table_charts(view, tables)
        context = family(view, number, tables)
        for sheet, drawn in zip(context["sheets"], charts, strict=True):
            sheet["charts"] = drawn
        around = {
            "before": _beside(view, families[i - 1]) if i else None,
            "after": _beside(view, families[i + 1]) if i + 1 < len(families) else None,
        }
        yield name, _page(view, "family.html", name, within=f"{FRONT}#tables", **context, **around)
        yield from _drawings(view, [chart for drawn in charts for chart in drawn])


def _beside(view: View, one: tuple[int, list[Table]]) -> tuple[str, str]:
    return family_page(view.language, one[0]), view.family_title(*one)


def _table_charts(view: View, tables: list[Table]) -> list[list[Chart]]:
    if len(tables) > _MOST_DRAWN:
        return [[] for _ in tables]
    return [charts_of(view, of_table(view, table)) for table in tables]


def _drawings(view: View, charts: Sequence[Chart]) -> Iterator[tuple[str, bytes]]:
    for chart in charts:
        yield f"charts/{chart.id}.svg", as_file(chart.wide, chart.whole_title, [*chart.notes, _foot(view)])


def _foot(view: View) -> str:
    """What stands under a picture that left its page: the source."""
    source_text = view.text(view.spec.release.source) or view.text(view.spec.release.publisher)
    return f"{view.say.source}: {source_text}" if source_text else view.text(view.spec.release.title)


def _page(view: View, template: str, here: str, **own: Any) -> bytes:
    return rendered(template, here=here, **{**_shared(view, here), **own})


def _shared(view: View, here: str) -> dict[str, Any]:
    """What every page has."""
    release, spec, language = view.spec.release, view.spec, view.language
    span = view.speech.span(spec.periods[0], spec.periods[-1])
    published = release.published
    return {
        "view": view,
        "say": view.say,
        "release": view.text(release.title),
        "description": f"{view.text(release.title)}. {span}.",
        "range": span,
        "range_of_time": span,
        "about": view.text(release.about),
        "publisher": view.text(release.publisher),
        "source": view.text(release.source).rstrip("."),
        "licence": release.licence,
        "contact": release.contact,
        "legal_basis": spec.protection.legal_basis,
        "keywords": release.keywords.get(language, ()),
        "published_at": published.isoformat() if published else "",
        "embargo": view.say.embargo.format(moment=view.speech.moment(published)) if published else "",
        "signs": legend(spec, language),
        "impossible": view.say.sign_impossible.format(sign=impossible_sign(spec.protection.symbol)),
        "foot": _foot(view),
        "charts_page": charts_page(language),
        "menu": _menu(view),
        "within": "",
        "translations": [
            (other, language_name(other), f"../{other}/{same_page(here, language, other)}")
            for other in release.languages
            if other != language
        ],
    }


def _menu(view: View) -> list[tuple[str, str]]:
    """The pages of the menu; charts only where something can be drawn."""
    say, language = view.say, view.language
    found = [(FRONT, say.home), (f"{FRONT}#tables", say.tables)]
    found += [(charts_page(language), say.charts)] if view.charted else []
    return [*found, (about_page(language), say.about)]
