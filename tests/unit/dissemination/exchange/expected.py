"""What every reader must find: one word or figure for every combination of codes and period; and a cube with all metadata."""

import copy
import itertools
from collections.abc import Mapping
from typing import Any

from prikk.dissemination import PublishedCube
from prikk.spec import ReleaseSpec
from unit.dissemination.cubes import TINY, tiny_cube

HIDDEN, NIL, ABSENT = "hidden", "nil", "absent"
Found = Mapping[tuple[str, ...], int | str]

ABOUT = {
    "unit": {"nb": "Båter", "en": "Boats"},
    "publisher": {"nb": "Havnevesenet", "en": "The harbour office"},
    "contact": {
        "name": {"nb": 'Havnefogden "Ole"', "en": "The harbour master"},
        "email": "havn@example.org",
        "url": "https://example.org/havn",
    },
    "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "url": "https://example.org/boats",
    "keywords": {"nb": ["båter", "havn"], "en": ["boats"]},
    "published": "2025-02-20T08:00:00+01:00",
    "next": "2025-03-20",
    "preliminary": ["2025-01"],
    "revised": ["2024-12"],
}
NOTES = [
    {
        "text": {"nb": "En gammel havn; den er stengt.", "en": "An old harbour; closed."},
        "at": {"harbour": "S"},
    },
    {"text": {"nb": "Alle båter.", "en": "All boats."}, "dimension": "boat"},
    {"text": {"nb": "Til tabell 2.", "en": "To table 2."}, "table": 2},
    {
        "text": {"nb": "Nye regler\nfra desember.", "en": "New rules\nfrom December."},
        "kind": "break",
        "at": {"harbour": "N", "period": "2024-12"},
    },
]
DEFINITIONS = [{"term": {"nb": "Båt", "en": "Boat"}, "text": {"nb": "Flyter.", "en": "Floats."}}]


def described_cube(**release: Any) -> PublishedCube:
    """The tiny cube with all that a release may say of itself."""
    raw: dict[str, Any] = copy.deepcopy(TINY)
    raw["release"] |= {**ABOUT, **release}
    raw |= {"notes": NOTES, "definitions": DEFINITIONS}
    tiny = tiny_cube()
    spec = ReleaseSpec.model_validate(raw)
    return PublishedCube(spec=spec, classifications=tiny.classifications, cells=tiny.cells)


def expected(cube: PublishedCube) -> Found:
    """Every combination of codes and period: its figure, hidden, in no period, or in no table."""
    listed = {
        (*(row[d] for d in cube.spec.dimensions), row["period"]): row["value"]
        if not row["status"]
        else HIDDEN
        for row in cube.cells.to_pylist()
    }
    axes = [cube.classifications[d].in_order for d in cube.spec.dimensions]
    found: dict[tuple[str, ...], int | str] = {}
    for codes in itertools.product(*axes):
        word = NIL if in_a_table(cube, codes) else ABSENT
        for period in cube.spec.periods:
            found[(*codes, period.code)] = listed.get((*codes, period.code), word)
    return found


def in_a_table(cube: PublishedCube, codes: tuple[str, ...]) -> bool:
    """Whether a table of the spec could have a row for these codes."""
    spec = cube.spec
    depth = {d: cube.classifications[d].depth[c] for d, c in zip(spec.dimensions, codes, strict=True)}
    for table in spec.tables:
        stub = table.stub[0]
        shown = {-1, *(spec.levels(stub).index(level) for level in spec.stub_levels(table))}
        others = {
            d: len(spec.levels(d)) - 1 if d in table.for_each else -1 for d in spec.dimensions if d != stub
        }
        if depth[stub] in shown and all(depth[d] == level for d, level in others.items()):
            return True
    return False


def listed_only(found: Found) -> Found:
    """Without what is not listed."""
    return {key: value for key, value in found.items() if value not in (NIL, ABSENT)}
