"""What search engines are told."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from prikk.serve.feeds._links import table_page, version_page
from prikk.serve.store import Catalogue

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000


def sitemap(catalogue: Catalogue, base: str) -> bytes:
    """The front page, and of every table its page and the site of its newest release."""
    root = ET.Element("urlset", {"xmlns": _NAMESPACE})
    _add(root, f"{base}/", None)
    for release in catalogue.newest()[: _MOST // 2 - 1]:
        if release.withdrawn is None:
            day = release.modified.date().isoformat()
            _add(root, table_page(base, release), day)
            _add(root, version_page(base, release), day)
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ET.tostring(root, "utf-8")) + b"\n"


def _add(root: ET.Element, address: str, day: str | None) -> None:
    url = ET.SubElement(root, "url")
    ET.SubElement(url, "loc").text = address
    if day:
        ET.SubElement(url, "lastmod").text = day


def robots(base: str) -> bytes:
    """Everything may be read; answers of the interface are not for an index."""
    return f"User-agent: *\nDisallow: /api/\nDisallow: /audit\n\nSitemap: {base}/sitemap.xml\n".encode()
