"""DCAT-AP 3: the entry of a release for data catalogues, with its files.

The DCAT application profile for data portals in Europe, release 3.0. Files are named relative to the entry, so that a folder may
stand anywhere; addresses of the dataset itself are those of the spec.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from prikk.dissemination._cube import PublishedCube
from prikk.dissemination.exchange._graph import Iri, Literal, Node, json_ld, turtle
from prikk.dissemination.exchange._remarks import must_know
from prikk.spec import ReleaseSpec, Text

_EU = "http://publications.europa.eu/resource/authority"
_MEDIA = "https://www.iana.org/assignments/media-types"
_LANGUAGES = {
    "nb": "NOB",
    "nn": "NNO",
    "en": "ENG",
    "se": "SME",
    "sv": "SWE",
    "da": "DAN",
    "fi": "FIN",
    "de": "DEU",
    "fr": "FRA",
}
_FREQUENCIES = {"month": "MONTHLY", "quarter": "QUARTERLY", "year": "ANNUAL"}
TYPES: Mapping[str, tuple[str, str]] = {
    ".jsonstat.json": ("application/json", "JSON"),
    ".csv": ("text/csv", "CSV"),
    ".parquet": ("application/vnd.apache.parquet", "PARQUET"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ".px": ("", ""),
    ".pdf": ("application/pdf", "PDF"),
    "sdmx/data.xml": ("application/xml", "XML"),
    "sdmx/data.json": ("application/json", "JSON"),
}
"""The media type and the European file type of what is a distribution, by how its path ends; a PX file has neither."""


def dcat(cube: PublishedCube, sizes: Mapping[str, int]) -> dict[str, bytes]:
    """The entry as Turtle and as JSON-LD. ``sizes`` are the bytes of the files that the release has, by path."""
    catalogue = _catalogue(cube.spec, sizes)
    return {"catalog.ttl": turtle(catalogue), "catalog.jsonld": json_ld(catalogue)}


def _catalogue(spec: ReleaseSpec, sizes: Mapping[str, int]) -> Node:
    release = spec.release
    publisher = release.publisher or release.source or release.title
    return Node(
        id=f"{_page(spec)}#catalog",
        type="dcat:Catalog",
        properties={
            "dct:title": _texts(release.title),
            "dct:description": _texts(release.about or release.title),
            "dct:publisher": (_agent(publisher),),
            "dct:language": tuple(_languages(spec)),
            "dcat:dataset": (_dataset(spec, publisher, sizes),),
        },
    )


def _dataset(spec: ReleaseSpec, publisher: Text, sizes: Mapping[str, int]) -> Node:
    release = spec.release
    privacy = {x: "\n".join(must_know(spec, x)) for x in release.languages}
    every = release.periods.every
    properties: dict[str, tuple[Iri | Literal | Node, ...]] = {
        "dct:identifier": (Literal(release.id),),
        "dct:title": _texts(release.title),
        "dct:description": (*_texts(release.about or release.title), *_texts(privacy)),
        "dct:publisher": (_agent(publisher),),
        "dct:accessRights": (Iri(f"{_EU}/access-right/PUBLIC"),),
        "dct:accrualPeriodicity": (Iri(f"{_EU}/frequency/{_FREQUENCIES[every]}"),),
        "dct:language": tuple(_languages(spec)),
        "dct:temporal": (_period(spec),),
        "dcat:keyword": tuple(Literal(k, language=x) for x, words in release.keywords.items() for k in words),
    }
    if release.contact is not None:
        properties["dcat:contactPoint"] = (_contact(spec),)
    if release.url:
        properties["dcat:landingPage"] = (Node(id=release.url, type="foaf:Document"),)
    if release.published is not None:
        moment = Literal(release.published.isoformat(), datatype="xsd:dateTime")
        properties |= {"dct:issued": (moment,), "dct:modified": (moment,)}
    if release.source:
        label = {"rdfs:label": _texts(release.source)}
        properties["dct:provenance"] = (Node(type="dct:ProvenanceStatement", properties=label),)
    properties["dcat:distribution"] = tuple(_distributions(spec, sizes))
    return Node(id=f"{_page(spec)}#dataset", type="dcat:Dataset", properties=properties)


def _page(spec: ReleaseSpec) -> str:
    """The address of the release without a place in the page; empty is the entry itself."""
    return (spec.release.url or "").split("#", 1)[0]


def _texts(text: Text) -> tuple[Literal, ...]:
    return tuple(Literal(said, language=language) for language, said in text.items())


def _agent(name: Text) -> Node:
    return Node(type="foaf:Agent", properties={"foaf:name": _texts(name)})


def _languages(spec: ReleaseSpec) -> Iterator[Iri]:
    for language in spec.release.languages:
        if language in _LANGUAGES:
            yield Iri(f"{_EU}/language/{_LANGUAGES[language]}")


def _period(spec: ReleaseSpec) -> Node:
    first, last = spec.periods[0], spec.periods[-1]
    return Node(
        type="dct:PeriodOfTime",
        properties={
            "dcat:startDate": (Literal(first.first_month.isoformat(), datatype="xsd:date"),),
            "dcat:endDate": (
                Literal(max(last.reference, last.first_month).isoformat(), datatype="xsd:date"),
            ),
        },
    )


def _contact(spec: ReleaseSpec) -> Node:
    contact = spec.release.contact
    if contact is None:
        raise ValueError("the release has no contact")
    properties: dict[str, tuple[Iri | Literal | Node, ...]] = {"vcard:fn": _texts(contact.name)}
    if contact.email:
        properties["vcard:hasEmail"] = (Iri(f"mailto:{quote(contact.email, safe='@.+-_')}"),)
    if contact.url:
        properties["vcard:hasURL"] = (Iri(contact.url),)
    return Node(type="vcard:Organization", properties=properties)


def _distributions(spec: ReleaseSpec, sizes: Mapping[str, int]) -> Iterator[Node]:
    for path, size in sizes.items():
        ending = next((e for e in TYPES if path.endswith(e)), None)
        if ending is not None and not path.startswith("codes/"):
            yield _distribution(spec, path, size, *TYPES[ending])


def _distribution(spec: ReleaseSpec, path: str, size: int, media: str, file_type: str) -> Node:
    release = spec.release
    file = Iri(quote(path))
    properties: dict[str, tuple[Iri | Literal | Node, ...]] = {
        "dct:title": (Literal(path),),
        "dcat:accessURL": (file,),
        "dcat:downloadURL": (file,),
        "dcat:byteSize": (Literal(str(size), datatype="xsd:nonNegativeInteger"),),
    }
    if media:
        properties["dcat:mediaType"] = (Iri(f"{_MEDIA}/{media}"),)
        properties["dct:format"] = (Iri(f"{_EU}/file-type/{file_type}"),)
    if release.licence is not None:
        properties["dct:license"] = (Iri(release.licence.url),)
    if release.published is not None:
        properties["dct:issued"] = (Literal(release.published.isoformat(), datatype="xsd:dateTime"),)
    return Node(id=f"#{quote(path)}", type="dcat:Distribution", properties=properties)
