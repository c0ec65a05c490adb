"""Sites to test: rendered once."""

import posixpath
from functools import cache

from prikk.dissemination import PublishedCube, lay_out
from prikk.dissemination.site import site
from prikk.dissemination.site._view import View, view
from unit.dissemination.cubes import published_cube, tiny_cube

PATHS = (
    "cells.csv",
    "tables.csv",
    "tables.en.csv",
    "boats.xlsx",
    "boats.en.xlsx",
    "boats.px",
    "manifest.json",
)
CUBES = {"tiny": tiny_cube, "published": published_cube}


@cache
def files(name: str) -> dict[str, bytes]:
    """The files of a site."""
    return site(CUBES[name](), PATHS)


def pages(name: str, language: str = "nb") -> dict[str, bytes]:
    """The pages of a site in one language by their name."""
    start = f"html/{language}/"
    found = files(name).items()
    return {p.removeprefix(start): c for p, c in found if p.startswith(start) and p.endswith(".html")}


def seen(cube: PublishedCube, language: str = "nb") -> View:
    """What the pages of a cube look at."""
    return view(cube, lay_out(cube), language)


def target(page: str, link: str) -> tuple[str, str]:
    """The file and the place in it that a link of a page leads to."""
    path, _, place = link.partition("#")
    return (posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page), place
