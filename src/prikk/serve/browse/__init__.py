"""Pages for people: find a table, choose values, see them as a table or a chart, take them away. See ``docs/browse.md``."""

from prikk.serve.browse._errors import error_page
from prikk.serve.browse._routes import routes

__all__ = ["error_page", "routes"]
