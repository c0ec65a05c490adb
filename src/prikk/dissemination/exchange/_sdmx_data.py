"""The data of a release in SDMX: structure-specific XML 3.0, CSV 2.0, and JSON 2.0.

A hidden figure has no ``OBS_VALUE``; its ``OBS_STATUS`` is ``Q`` (missing, suppressed) and its ``CONF_STATUS`` is ``C``. That it
is hidden by the rule or to protect another is not told. A combination that is not listed has no observation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._axes import PERIOD
from prikk.dissemination.exchange._grid import Grid, blocks, grid, joined
from prikk.dissemination.exchange._remarks import Remark, known, remarks
from prikk.dissemination.exchange._sdmx_model import Model, model
from prikk.dissemination.exchange._sdmx_structure import DECLARATION, SCHEMAS, header
from prikk.dissemination.exchange._sdmx_words import OBS_STATUS
from prikk.dissemination.exchange._xml import clean, element

Part = Any
"""A column of texts, or one text for all rows."""


def sdmx_ml(cube: PublishedCube) -> bytes:
    """The data as XML, a series a cell."""
    made = model(cube)
    cells = grid(cube, made.axes)
    return b"".join(
        [
            _xml_head(made).encode(),
            *_series(cube, made, cells),
            b"</mes:DataSet></mes:StructureSpecificData>\n",
        ]
    )


def _xml_head(made: Model) -> str:
    spaces = {
        "xmlns:mes": f"{SCHEMAS}/message",
        "xmlns:com": f"{SCHEMAS}/common",
        "xmlns:ss": f"{SCHEMAS}/data/structurespecific",
        "xmlns:ns1": f"{made.dataflow_urn}:ObsLevelDim:TIME_PERIOD",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    names = "".join(f' {name}="{clean(value)}"' for name, value in spaces.items())
    structure = element(
        "mes:Structure",
        element("com:StructureUsage", made.dataflow_urn),
        attributes={
            "structureID": f"DF_{made.id}",
            "namespace": made.dataflow_urn,
            "dimensionAtObservation": "TIME_PERIOD",
        },
    )
    data = f'<mes:DataSet ss:structureRef="DF_{made.id}" ss:action="Information" xsi:type="ns1:DataSetType">'
    return f"{DECLARATION}<mes:StructureSpecificData{names}>{header(made.spec, made.id, structure)}{data}"


def _series(cube: PublishedCube, made: Model, cells: Grid) -> Iterator[bytes]:
    frequency = made.dimensions[0]
    coded = made.dimensions[1:]
    heads = [pa.array([f' {c.id}="{x}"' for x in c.codes], pa.string()) for c in coded]
    ends = pa.array([f' OBS_STATUS="{s}" CONF_STATUS="{_secrecy(s)}"/>' for s in OBS_STATUS], pa.string())
    for low, high in blocks(cells.count, cells.periods):
        parts: list[Part] = [f'<Series FREQ="{frequency.codes[0]}"']
        parts += [h.take(pa.array(c[low:high])) for h, c in zip(heads, cells.codes, strict=True)]
        parts.append(">")
        for period, code in enumerate(made.time.codes):
            value = pc.binary_join_element_wise(' OBS_VALUE="', _values(cells, period, low, high), '"', "")
            status = ends.take(pa.array(statuses(cube, made, cells, period)[low:high]))
            parts += [f'<Obs TIME_PERIOD="{code}"', pc.fill_null(value, ""), status]
        yield joined(*parts, "</Series>")


def sdmx_csv(cube: PublishedCube) -> bytes:
    """The data as CSV, a row an observation, in the order of ``cells.csv``."""
    made = model(cube)
    cells = grid(cube, made.axes)
    columns = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(c.id for c in made.dimensions)]
    columns += ["TIME_PERIOD", "OBS_VALUE", *(c.id for c in made.attributes)]
    return b"".join([f"{','.join(columns)}\n".encode(), *_rows(cube, made, cells)])


def _rows(cube: PublishedCube, made: Model, cells: Grid) -> Iterator[bytes]:
    names = [pa.array([f"{x}," for x in c.codes], pa.string()) for c in made.dimensions[1:]]
    ends = pa.array([f",{s},{_secrecy(s)}\n" for s in OBS_STATUS], pa.string())
    head = f"dataflow,{made.dataflow},I,{made.dimensions[0].codes[0]},"
    for period, code in enumerate(made.time.codes):
        status = statuses(cube, made, cells, period)
        for low, high in blocks(cells.count, 1):
            codes = [n.take(pa.array(c[low:high])) for n, c in zip(names, cells.codes, strict=True)]
            value = cells.shown(period, low, high, "")
            yield joined(head, *codes, f"{code},", value, ends.take(pa.array(status[low:high])))


def statuses(cube: PublishedCube, made: Model, cells: Grid, period: int) -> NDArray[np.intp]:
    """The status of each cell in a period, as its place in :data:`OBS_STATUS`.

    One status is all that a figure can have: hidden goes before provisional, and that before a break.
    """
    code = made.time.codes[period]
    normal, broken, provisional, suppressed = range(len(OBS_STATUS))
    found = np.full(cells.count, normal, dtype=np.intp)
    for remark in remarks(cube):
        if remark.is_break and remark.place.get(PERIOD) == code and known(remark, cube):
            found[_at(remark, made, cells)] = broken
    if code in cube.spec.release.preliminary:
        found[:] = provisional
    hidden = _values(cells, period, 0, cells.count).is_null().to_numpy(zero_copy_only=False)
    found[hidden] = suppressed
    return found


def _at(remark: Remark, made: Model, cells: Grid) -> NDArray[np.bool_]:
    """The cells that a note stands at."""
    found = np.ones(cells.count, dtype=np.bool_)
    for axis, codes in zip(made.axes, cells.codes, strict=True):
        if axis.name in remark.place:
            found &= codes == axis.codes.index(remark.place[axis.name])
    return found


def _values(cells: Grid, period: int, low: int, high: int) -> pa.Array:
    return pc.cast(cells.values.slice(period * cells.count + low, high - low), pa.string())


def _secrecy(status: str) -> str:
    return "C" if status == "Q" else "F"


def secrecies() -> Sequence[int]:
    """The place of each status's ``CONF_STATUS``."""
    return [int(_secrecy(s) == "C") for s in OBS_STATUS]
