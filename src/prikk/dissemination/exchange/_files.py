"""The files of each exchange format, by their path in the public folder."""

from __future__ import annotations

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination._paths import json_stat_path, px_path
from prikk.dissemination.exchange._dataset import dataset
from prikk.dissemination.exchange._json_stat import json_stat
from prikk.dissemination.exchange._px import px
from prikk.dissemination.exchange._sdmx_data import sdmx_csv, sdmx_ml
from prikk.dissemination.exchange._sdmx_json import sdmx_json
from prikk.dissemination.exchange._sdmx_structure import sdmx_structure

Files = dict[str, bytes]


def px_files(cube: PublishedCube) -> Files:
    """One file with all languages."""
    return {px_path(cube.spec): px(dataset(cube))}


def json_stat_files(cube: PublishedCube) -> Files:
    """A dataset a language."""
    found = dataset(cube)
    return {json_stat_path(cube.spec, code): json_stat(found, code) for code in cube.spec.release.languages}


def sdmx_files(cube: PublishedCube) -> Files:
    """The structures, and the data three times over."""
    return {
        "sdmx/structure.xml": sdmx_structure(cube),
        "sdmx/data.xml": sdmx_ml(cube),
        "sdmx/data.csv": sdmx_csv(cube),
        "sdmx/data.json": sdmx_json(cube),
    }
