"""The formats by which other systems take a release in: PX, JSON-stat, SDMX, CSVW and DCAT.

Each is a pure function from a :class:`~prikk.dissemination.PublishedCube` to bytes, the same for equal cubes. A hidden figure
has no value in any of them; how each says so is in ``docs/formats.md``.
"""

from prikk.dissemination.exchange._csvw import csvw
from prikk.dissemination.exchange._dcat import dcat
from prikk.dissemination.exchange._files import json_stat_files, px_files, sdmx_files
from prikk.dissemination.exchange._json_stat import json_stat
from prikk.dissemination.exchange._px import px
from prikk.dissemination.exchange._sdmx_data import sdmx_csv, sdmx_ml
from prikk.dissemination.exchange._sdmx_json import sdmx_json
from prikk.dissemination.exchange._sdmx_structure import sdmx_structure

__all__ = [
    "csvw",
    "dcat",
    "json_stat",
    "json_stat_files",
    "px",
    "px_files",
    "sdmx_csv",
    "sdmx_files",
    "sdmx_json",
    "sdmx_ml",
    "sdmx_structure",
]
