"""The static site of a release: pages, charts, and nothing that needs a server."""

from prikk.dissemination.site._site import site

__all__ = ["site"]
