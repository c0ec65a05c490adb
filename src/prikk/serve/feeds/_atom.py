"""The releases as an Atom feed (RFC 4287), the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from prikk.serve.feeds._links import stable_id, table_page, told, version_page
from prikk.serve.store import Release

_NAMESPACE = "http://www.w3.org/2005/Atom"
_MOST = 100
_WITHDRAWN = {"nb": "Trukket tilbake", "nn": "Trekt tilbake", "en": "Withdrawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed is called, where it is, and in which language (empty: the first of each release)."""

    title: str
    address: str
    site: str
    language: str


def atom(feed: Feed, releases: Sequence[Release]) -> bytes:
    """Write the feed; equal releases give equal bytes."""
    newest = sorted(releases, key=lambda r: (_updated(r), r.name), reverse=True)[:_MOST]
    root = ET.Element("feed", {"xmlns": _NAMESPACE})
    if feed.language:
        root.set("xml:lang", feed.language)
    _add(root, "id", f"urn:uuid:{stable_id('feed', feed.address)}")
    _add(root, "title", feed.title)
    latest = _updated(newest[0]) if newest else dt.datetime.fromtimestamp(0, dt.UTC)
    _add(root, "updated", _moment(latest))
    author = ET.SubElement(root, "author")
    _add(author, "name", feed.title)
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", f"{feed.site}/", "text/html")
    for release in newest:
        root.append(_entry(feed, release))
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ET.tostring(root, "utf-8")) + b"\n"


def _entry(feed: Feed, release: Release) -> ET.Element:
    facts, entry = release.facts, ET.Element("entry")
    title = told(facts.title, feed.language)
    periods = " - ".join(dict.fromkeys((facts.periods[0], facts.periods[-1])))
    summary = told(facts.about, feed.language)
    if release.withdrawn is not None:
        word = _WITHDRAWN.get(feed.language or facts.languages[0], _WITHDRAWN["en"])
        title, summary = f"{word}: {title}", told(release.withdrawn.reason, feed.language)
    _add(entry, "id", f"urn:uuid:{stable_id('release', release.name)}")
    _add(entry, "title", f"{_clean(title)} ({periods})")
    _add(entry, "updated", _moment(_updated(release)))
    _add(entry, "published", _moment(release.modified))
    if facts.publisher:
        _add(ET.SubElement(entry, "author"), "name", told(facts.publisher, feed.language))
    _link(entry, "alternate", table_page(feed.site, release), "text/html")
    if release.withdrawn is None:
        _link(entry, "related", version_page(feed.site, release), "text/html")
    if summary:
        _add(entry, "summary", summary)
    ET.SubElement(entry, "category", {"term": release.id})
    return entry


def _updated(release: Release) -> dt.datetime:
    at = release.withdrawn.at if release.withdrawn is not None else None
    return max(at, release.modified) if at is not None else release.modified


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": href, "type": kind})
