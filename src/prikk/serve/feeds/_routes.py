"""The addresses of the feeds."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from prikk.dissemination.exchange._graph import Node, json_ld, turtle
from prikk.serve.feeds._atom import Feed, atom
from prikk.serve.feeds._calendar import calendar
from prikk.serve.feeds._dcat import catalogue_node
from prikk.serve.feeds._links import language, site
from prikk.serve.feeds._sitemap import robots, sitemap
from prikk.serve.store import Release

_ATOM = "application/atom+xml; charset=utf-8"


def routes() -> list[Route]:
    """Atom, iCalendar, DCAT, sitemap and robots. Those that read many files run beside the loop."""
    return [
        Route("/feeds/releases.atom", _all),
        Route("/feeds/calendar.ics", _calendar),
        Route("/feeds/{id}.atom", _of_table),
        Route("/catalog.ttl", _turtle),
        Route("/catalog.jsonld", _json_ld),
        Route("/sitemap.xml", _sitemap),
        Route("/robots.txt", _robots),
    ]


def _all(request: Request) -> Response:
    catalogue = request.app.state.store.catalogue()
    releases = [r for newest in catalogue.newest() for r in catalogue.versions(newest.id)]
    return _feed(request, request.app.state.config.title, releases)


def _of_table(request: Request) -> Response:
    id_ = request.path_params["id"]
    releases = request.app.state.store.catalogue().versions(id_)
    if not releases:
        raise HTTPException(404, "There is no such table.")
    wanted = language(request)
    title = releases[0].facts.title
    return _feed(request, title.get(wanted) or next(iter(title.values())), releases)


def _feed(request: Request, title: str, releases: Sequence[Release]) -> Response:
    base, wanted = site(request), language(request)
    path = request.url.path.removeprefix(request.scope["root_path"])
    address = f"{base}{path}{f'?lang={wanted}' if wanted else ''}"
    feed = Feed(title=title, address=address, site=base, language=wanted)
    return Response(atom(feed, releases), media_type=_ATOM)


def _calendar(request: Request) -> Response:
    state = request.app.state
    text = calendar(state.store.catalogue(), state.config.title, site(request), language(request))
    return Response(text, media_type="text/calendar; charset=utf-8")


def _catalogue(request: Request) -> Node:
    state = request.app.state
    releases = state.store.catalogue().newest()
    languages = state.config.languages or tuple(dict.fromkeys(x for r in releases for x in r.facts.languages))
    return catalogue_node(releases, state.config.title, site(request), languages)


def _turtle(request: Request) -> Response:
    return Response(turtle(_catalogue(request)), media_type="text/turtle; charset=utf-8")


def _json_ld(request: Request) -> Response:
    return Response(json_ld(_catalogue(request)), media_type="application/ld+json")


def _sitemap(request: Request) -> Response:
    text = sitemap(request.app.state.store.catalogue(), site(request))
    return Response(text, media_type="application/xml")


def _robots(request: Request) -> Response:
    return Response(robots(site(request)), media_type="text/plain; charset=utf-8")
