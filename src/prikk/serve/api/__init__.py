"""PxWebApi 2 and 1 over the releases of a store. See ``docs/api.md``.

Every answer is a part of one published data set; nothing is added up. Handlers take the store from ``app.state.store`` and the
limits from ``app.state.config``.
"""

from starlette.routing import Route

from prikk.serve.api._problems import ProblemError
from prikk.serve.api._queries import SavedQueries
from prikk.serve.api._request import Tables
from prikk.serve.api._v1 import V1
from prikk.serve.api._v2 import V2

__all__ = ["ProblemError", "routes"]


def routes() -> list[Route]:
    """All addresses below ``/api``."""
    tables = Tables()
    return [*V2(tables).routes(), *SavedQueries(tables).routes(), *V1(tables).routes()]
