"""From a path to what answers it."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, Router

from prikk.serve.operation._answer import Answer

_PLAIN = Response.__call__


class RouteTable:
    """The routes of a server by the first part of their paths.

    A coroutine of a plain :class:`Route` is called at once, and a response that is in memory handed over as it is; Starlette's
    way there has four layers, each with messages of its own. All the rest (no route, another method, a slash too much,
    functions that block, files) goes that way.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        """Sort the routes; those that begin with a parameter are tried for every path."""
        self._all = Router(routes)
        quick = defaultdict[str, list[Route]](list)
        for route in routes:
            if isinstance(route, Route) and inspect.iscoroutinefunction(route.endpoint):
                quick[route.path[1:].partition("/")[0]].append(route)
        self._quick = {first: tuple(found) for first, found in quick.items()}

    async def answer(self, first: str, scope: Any, receive: Any, answer: Answer) -> None:
        """Find who answers, and let him; ``first`` is the first part of the path."""
        root = scope.get("root_path", "")
        path = scope["path"][len(root) :] if root else scope["path"]
        for route in self._quick.get(first, ()):
            found = route.path_regex.match(path)
            if found is not None and scope["method"] in (route.methods or ()):
                values = found.groupdict()
                convertors = route.param_convertors
                scope["path_params"] = {name: convertors[name].convert(v) for name, v in values.items()}
                scope["route"], scope["endpoint"] = route, route.endpoint
                response = await route.endpoint(Request(scope, receive, answer))
                await _hand_over(response, scope, receive, answer)
                return
        await self._all(scope, receive, answer)


async def _hand_over(response: Response, scope: Any, receive: Any, answer: Answer) -> None:
    if type(response).__call__ is _PLAIN and response.background is None:
        await answer.whole(response.status_code, response.raw_headers, bytes(response.body))
    else:
        await response(scope, receive, answer)
