"""Cubes to try paper on: many periods, long labels, letters that mean something to others, and all that a spec can tell."""

from typing import Any

from prikk.dissemination import PublishedCube
from prikk.spec import TOTAL, ReleaseSpec
from unit.dissemination.cubes import HARBOURS, TINY, classification, make_cube, tiny_cube

ODD = (
    "#let x = 1 #x #panic()",
    "*bold* _slanted_ `raw` ```more```",
    "$ x^2 $ <label> @label",
    "\\ \\u{41} \\# \\* ~ -- --- ...",
    "= Heading == More",
    "- list + list / term: x",
    "[content] {code} (tuple)",
    "\"double\" 'single' «norsk» “curled”",
    "// comment /* more */ http://example.org",
    "&lt; &amp; <b>x</b> <!-- x -->",
    "%s %d {0} ; | ^ ` ~",
    "&P &N =1+1 @SUM(A1)",
)


def odd_cube() -> PublishedCube:
    """Labels and titles that a template could take for its own language; braces are those of the spec itself."""
    plain = [text.replace("{", "(").replace("}", ")") for text in ODD]
    boats = [("SAIL", TOTAL, plain[0], plain[1])]
    boats += [(f"B{n}", "SAIL", text, plain[-n]) for n, text in enumerate(ODD)]
    title = dict.fromkeys(("nb", "en"), " ".join(plain[:3]))
    text = dict.fromkeys(("nb", "en"), " ".join(plain))
    raw: dict[str, Any] = {
        **TINY,
        "release": {**TINY["release"], "title": title, "about": text, "source": text, "publisher": text},
        "tables": [{**TINY["tables"][0], "title": title}, {**TINY["tables"][1], "title": text}],
        "notes": [{"text": text, "table": 2}, {"text": text}],
        "definitions": [{"term": text, "text": text}],
    }
    kinds = {"harbour": HARBOURS, "boat": classification("boat", ("boat_group", "boat"), boats)}
    cells = {(TOTAL, TOTAL): [7, None], ("N", TOTAL): [5, 4], ("N", "SAIL"): [5, 4]}
    cells |= {("N", f"B{n}"): [n, None] for n in range(len(ODD))}
    return make_cube(ReleaseSpec.model_validate(raw), kinds, cells)


def long_cube(first: str, last: str, every: str) -> PublishedCube:
    """Forty rows with labels of up to some lines, one of them without a space, over some periods."""
    raw = {
        **TINY,
        "release": {**TINY["release"], "periods": {"from": first, "to": last, "every": every}},
        "protection": {**TINY["protection"], "symbol": ":"},
    }
    spec = ReleaseSpec.model_validate(raw)
    boats = [("SAIL", TOTAL, "Seilbåter", "Sailing boats")]
    boats += [
        (f"B{n}", "SAIL", f"Båt {n}" + ", som har et langt navn" * (n % 6), f"B {n}") for n in range(40)
    ]
    boats += [("WIDE", "SAIL", "Arbeidsmarkedsopplæringsvirksomhetsplass" * 3, "W" * 90)]
    kinds = {"harbour": HARBOURS, "boat": classification("boat", ("boat_group", "boat"), boats)}
    count = len(spec.periods)
    codes = [(TOTAL, TOTAL), ("N", TOTAL), ("S", TOTAL), ("N", "SAIL"), ("N", "WIDE")]
    codes += [("N", f"B{n}") for n in range(40)]
    cells = {
        code: [None if (row + at) % 5 == 0 else (row * 7919 + at * 104729) % 1_000_000 for at in range(count)]
        for row, code in enumerate(codes)
    }
    return make_cube(spec, kinds, cells)


def with_about() -> PublishedCube:
    """The tiny cube with everything that a release can say of itself."""

    def text(nb: str, en: str) -> dict[str, str]:
        return {"nb": nb, "en": en}

    about = {
        "unit": text("Båter", "Boats"),
        "publisher": text("Havnekontoret", "Harbour office"),
        "contact": {"name": text("Vakten", "The watch"), "email": "statistics@example.org"},
        "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "url": "https://example.org/boats",
        "keywords": {"nb": ["båt"], "en": ["boat"]},
        "published": "2024-08-18T08:00:00+02:00",
        "next": "2025-02-01",
        "preliminary": ["2025-01"],
        "revised": ["2024-12"],
    }
    raw = {
        **TINY,
        "release": {**TINY["release"], **about, "revised": []},
        "notes": [
            {"text": text("Talt om natten.", "Counted at night."), "table": 2},
            {"text": text("Ny måte.", "New method."), "kind": "break", "at": {"period": "2024-12"}},
            {"text": text("Få av dem.", "Few of them."), "at": {"boat": "YAWL"}},
        ],
        "definitions": [{"term": text("Båt", "Boat"), "text": text("Alt som flyter.", "All that floats.")}],
    }
    cube = tiny_cube()
    return PublishedCube(
        spec=ReleaseSpec.model_validate(raw), classifications=cube.classifications, cells=cube.cells
    )
