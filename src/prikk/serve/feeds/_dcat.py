"""The catalogue of all tables for data portals (DCAT-AP 3): the entries that the releases brought, put together.

An entry is what the release's own ``catalog.jsonld`` says, with addresses of this server. Without such a file it is made
from the facts of the release, and says less.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from prikk.dissemination.exchange._graph import Iri, Literal, Node
from prikk.serve.feeds._links import table_page, version_page
from prikk.serve.store import Release, public_file
from prikk.spec import periods_of

_FILE = "catalog.jsonld"
_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_JSON = "https://www.iana.org/assignments/media-types/application/json"

Value = Iri | Literal | Node


def catalogue_node(releases: Sequence[Release], title: str, base: str, languages: Sequence[str]) -> Node:
    """The graph of the newest release of each table, but those that were withdrawn."""
    shown = [r for r in releases if r.withdrawn is None]
    texts = tuple(Literal(title, language=language) for language in languages or ("en",))
    agent = Node(type="foaf:Agent", properties={"foaf:name": texts})
    return Node(
        id=f"{base}/#catalog",
        type="dcat:Catalog",
        properties={
            "dct:title": texts,
            "dct:description": texts,
            "dct:publisher": (agent,),
            "foaf:homepage": (Iri(f"{base}/"),),
            "dcat:dataset": tuple(_entry(r, base) for r in shown),
        },
    )


def _entry(release: Release, base: str) -> Node:
    node = _brought(release, base) or _made(release)
    properties = dict(node.properties)
    if "dcat:landingPage" not in properties:
        properties["dcat:landingPage"] = (Node(id=table_page(base, release), type="foaf:Document"),)
    properties["dcat:distribution"] = (*properties.get("dcat:distribution", ()), _interface(release, base))
    return Node(id=f"{table_page(base, release)}#dataset", type="dcat:Dataset", properties=properties)


def _interface(release: Release, base: str) -> Node:
    """The table in PxWebApi."""
    address = f"{base}/api/v2/tables/{quote(release.id)}"
    return Node(
        id=f"{address}#distribution",
        type="dcat:Distribution",
        properties={
            "dct:title": (Literal("PxWebApi 2"),),
            "dcat:accessURL": (Iri(address),),
            "dcat:mediaType": (Iri(_JSON),),
        },
    )


def _brought(release: Release, base: str) -> Node | None:
    """The entry in the file of the release, if that can be read."""
    path = public_file(release.folder, _FILE)
    if path is None:
        return None
    place = version_page(base, release)
    try:
        tree = json.loads(path.read_bytes())["dcat:dataset"][0]
        return _node(tree, lambda address: address if ":" in address.split("/")[0] else place + address)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _node(tree: Mapping[str, Any], whole: Callable[[str], str]) -> Node:
    properties = {
        name: tuple(_value(value, whole) for value in values)
        for name, values in tree.items()
        if not name.startswith("@")
    }
    return Node(id=whole(tree["@id"]) if "@id" in tree else "", type=tree["@type"], properties=properties)


def _value(value: Mapping[str, Any], whole: Callable[[str], str]) -> Value:
    if "@value" in value:
        return Literal(value["@value"], language=value.get("@language", ""), datatype=value.get("@type", ""))
    return _node(value, whole) if "@type" in value else Iri(whole(value["@id"]))


def _made(release: Release) -> Node:
    """What the facts tell."""
    facts = release.facts
    texts = {
        name: tuple(Literal(text, language=language) for language, text in said.items())
        for name, said in {
            "title": facts.title,
            "about": facts.about or facts.title,
            "publisher": facts.publisher or facts.source or facts.title,
        }.items()
    }
    properties: dict[str, tuple[Value, ...]] = {
        "dct:identifier": (Literal(facts.id),),
        "dct:title": texts["title"],
        "dct:description": texts["about"],
        "dct:publisher": (Node(type="foaf:Agent", properties={"foaf:name": texts["publisher"]}),),
        "dct:accessRights": (Iri(_PUBLIC),),
        "dct:temporal": (_period(release),),
    }
    if facts.published is not None:
        properties["dct:issued"] = (Literal(facts.published.isoformat(), datatype="xsd:dateTime"),)
    return Node(type="dcat:Dataset", properties=properties)


def _period(release: Release) -> Node:
    facts = release.facts
    found = periods_of(facts.periods[0], facts.periods[-1], facts.every, "end of period")
    ends: tuple[dt.date, dt.date] = (found[0].first_month, found[-1].reference)
    first, last = (Literal(end.isoformat(), datatype="xsd:date") for end in ends)
    return Node(type="dct:PeriodOfTime", properties={"dcat:startDate": (first,), "dcat:endDate": (last,)})
