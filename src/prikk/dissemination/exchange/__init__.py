"""The formats by which other systems take a release in: PX, JSON-stat, SDMX, CSVW and DCAT.

Each is a pure function from a :class:`~prikk.dissemination.PublishedCube` to bytes, the same for equal cubes; PX and JSON-stat are written from
a :class:`Dataset`, which is all that is public about a cube, or a part of that. A hidden figure
has no value in any of them; how each says so is in ``docs/formats.md``.
"""

from prikk.dissemination.exchange._axes import PERIOD, Axis
from prikk.dissemination.exchange._csvw import csvw
from prikk.dissemination.exchange._dataset import Dataset, dataset
from prikk.dissemination.exchange._dataset_files import read_dataset, read_facts
from prikk.dissemination.exchange._dcat import dcat
from prikk.dissemination.exchange._document import dataset_json
from prikk.dissemination.exchange._facts import Facts
from prikk.dissemination.exchange._figures import ABSENT, HIDDEN, NIL
from prikk.dissemination.exchange._files import json_stat_files, px_files, sdmx_files
from prikk.dissemination.exchange._json_head import CONTENTS_VALUE, Placement, contents_name, utc
from prikk.dissemination.exchange._json_stat import json_stat
from prikk.dissemination.exchange._px import px
from prikk.dissemination.exchange._sdmx_data import sdmx_csv, sdmx_ml
from prikk.dissemination.exchange._sdmx_json import sdmx_json
from prikk.dissemination.exchange._sdmx_structure import sdmx_structure
from prikk.dissemination.exchange._terms import terms

__all__ = [
    "ABSENT",
    "CONTENTS_VALUE",
    "HIDDEN",
    "NIL",
    "PERIOD",
    "Axis",
    "Dataset",
    "Facts",
    "Placement",
    "contents_name",
    "csvw",
    "dataset",
    "dataset_json",
    "dcat",
    "json_stat",
    "json_stat_files",
    "px",
    "px_files",
    "read_dataset",
    "read_facts",
    "sdmx_csv",
    "sdmx_files",
    "sdmx_json",
    "sdmx_ml",
    "sdmx_structure",
    "terms",
    "utc",
]
