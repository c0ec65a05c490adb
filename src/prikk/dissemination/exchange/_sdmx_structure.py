"""SDMX-ML 3.0 structures of a release: code lists, concepts, the data structure and the dataflow, in all languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._json_head import utc
from prikk.dissemination.exchange._remarks import good_to_know, known, must_know, remarks
from prikk.dissemination.exchange._sdmx_model import VERSION, Coded, Model, agency_of, model, prepared
from prikk.dissemination.exchange._sdmx_words import name_of
from prikk.dissemination.exchange._terms import terms
from prikk.dissemination.exchange._xml import clean, element, texts
from prikk.spec import ReleaseSpec, Text

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAY_BE_PARENT = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")


def sdmx_structure(cube: PublishedCube) -> bytes:
    """The structure message of a cube."""
    made = model(cube)
    spaces = {f"xmlns:{k}": f"{SCHEMAS}/{v}" for k, v in _SPACES.items()}
    body = element(
        "mes:Structures",
        element("str:Codelists", *(_code_list(made, c) for c in (*made.dimensions, *made.attributes))),
        element("str:ConceptSchemes", _concepts(made)),
        element("str:Dataflows", _dataflow(made, cube)),
        element("str:DataStructures", _data_structure(made)),
    )
    text = element("mes:Structure", header(made.spec, made.id), body, attributes=spaces)
    return f"{DECLARATION}{text}\n".encode()


_SPACES = {"mes": "message", "str": "structure", "com": "common"}


def header(spec: ReleaseSpec, name: str, *more: str) -> str:
    """The header of a message."""
    agency = agency_of(spec)
    sender = element("mes:Sender", texts("com:Name", spec.release.publisher), attributes={"id": agency})
    return element(
        "mes:Header",
        element("mes:ID", name),
        element("mes:Test", "false"),
        element("mes:Prepared", utc(prepared(spec))),
        sender,
        *more,
    )


def _identity(made: Model, name: str) -> dict[str, str]:
    return {"id": name, "agencyID": made.agency, "version": VERSION}


def _code_list(made: Model, coded: Coded) -> str:
    codes = (_code(coded, i) for i in range(len(coded.codes)))
    named = texts("com:Name", coded.name)
    return element("str:Codelist", named, *codes, attributes=_identity(made, coded.list_id))


def _code(coded: Coded, i: int) -> str:
    identifier, parent = coded.codes[i], coded.parents[i]
    notes = [] if identifier == coded.said[i] else [_annotation("CODE", title=coded.said[i])]
    under = ""
    if parent >= 0:
        above = coded.codes[parent]
        # The schema takes no parent that begins with a digit, such as a county's number.
        if _MAY_BE_PARENT.fullmatch(above):
            under = element("str:Parent", above)
        else:
            notes.append(_annotation("PARENT", title=above))
    return element(
        "str:Code",
        element("com:Annotations", *notes) if notes else "",
        texts("com:Name", coded.names[i]),
        under,
        attributes={"id": identifier},
    )


def _annotation(kind: str, *, title: str = "", text: Text | None = None) -> str:
    # A title and not a value, which SDMX 3.0 has too: pysdmx 1.21 cannot read one.
    return element(
        "com:Annotation",
        element("com:AnnotationTitle", clean(title)) if title else "",
        element("com:AnnotationType", kind),
        texts("com:AnnotationText", text or {}),
    )


def _concepts(made: Model) -> str:
    languages = made.spec.release.languages
    named = {c.id: c.name for c in (*made.dimensions, *made.attributes)}
    named |= {"TIME_PERIOD": made.time.title, "OBS_VALUE": name_of("OBS_VALUE", languages)}
    concepts = (
        element("str:Concept", texts("com:Name", name), attributes={"id": identifier})
        for identifier, name in named.items()
    )
    return element(
        "str:ConceptScheme",
        texts("com:Name", made.spec.release.title),
        *concepts,
        attributes=_identity(made, f"CS_{made.id}"),
    )


def _dataflow(made: Model, cube: PublishedCube) -> str:
    release = made.spec.release
    return element(
        "str:Dataflow",
        element("com:Annotations", *_notes(cube)),
        texts("com:Name", release.title),
        texts("com:Description", release.about),
        element("str:Structure", made.urn("datastructure", "DataStructure", f"DSD_{made.id}")),
        attributes=_identity(made, f"DF_{made.id}"),
    )


def _notes(cube: PublishedCube) -> Iterator[str]:
    spec = cube.spec
    languages = spec.release.languages
    unit = spec.release.unit or {x: terms(x).number for x in languages}
    for kind, text in (
        ("UNIT", unit),
        ("SOURCE", spec.release.source),
        ("CONFIDENTIALITY", {x: "\n".join(must_know(spec, x)) for x in languages}),
        ("NOTE", {x: "\n".join(good_to_know(spec, x)) for x in languages}),
    ):
        if any(text.values()):
            yield _annotation(kind, text=text)
    for remark in remarks(cube):
        if known(remark, cube):
            place = ", ".join(f"{name}={code}" for name, code in remark.place.items())
            kind = "BREAK" if remark.is_break else "NOTE"
            yield _annotation(kind, title=remark.dimension or place, text=remark.text)


def _data_structure(made: Model) -> str:
    dimensions = [_dimension(made, c, i) for i, c in enumerate(made.dimensions, start=1)]
    time = element(
        "str:TimeDimension",
        _concept(made, "TIME_PERIOD"),
        _format("ObservationalTimePeriod"),
        attributes={"id": "TIME_PERIOD"},
    )
    measure = element(
        "str:Measure",
        _concept(made, "OBS_VALUE"),
        _format("Long"),
        attributes={"id": "OBS_VALUE", "usage": "optional"},
    )
    parts = element(
        "str:DataStructureComponents",
        element("str:DimensionList", *dimensions, time, attributes={"id": "DimensionDescriptor"}),
        element(
            "str:AttributeList",
            *(_attribute(made, c) for c in made.attributes),
            attributes={"id": "AttributeDescriptor"},
        ),
        element("str:MeasureList", measure, attributes={"id": "MeasureDescriptor"}),
    )
    name = texts("com:Name", made.spec.release.title)
    return element("str:DataStructure", name, parts, attributes=_identity(made, f"DSD_{made.id}"))


def _dimension(made: Model, coded: Coded, position: int) -> str:
    attributes = {"id": coded.id, "position": str(position)}
    return element(
        "str:Dimension", _concept(made, coded.id), _enumeration(made, coded), attributes=attributes
    )


def _attribute(made: Model, coded: Coded) -> str:
    return element(
        "str:Attribute",
        _concept(made, coded.id),
        _enumeration(made, coded),
        element("str:AttributeRelationship", element("str:Observation")),
        attributes={"id": coded.id, "usage": "mandatory"},
    )


def _concept(made: Model, identifier: str) -> str:
    scheme = made.urn("conceptscheme", "Concept", f"CS_{made.id}")
    return element("str:ConceptIdentity", f"{scheme}.{identifier}")


def _enumeration(made: Model, coded: Coded) -> str:
    listed = element("str:Enumeration", made.urn("codelist", "Codelist", coded.list_id))
    return element("str:LocalRepresentation", listed)


def _format(kind: str) -> str:
    return element("str:LocalRepresentation", element("str:TextFormat", attributes={"textType": kind}))
