"""What other systems follow: Atom of releases, the calendar, the DCAT catalogue, the sitemap."""

from prikk.serve.feeds._links import site
from prikk.serve.feeds._routes import routes

__all__ = ["routes", "site"]
