"""What operators ask a server: is it alive, is it ready, what has it counted."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_FRESH = {"Cache-Control": "no-store"}


def routes() -> list[Route]:
    """``/healthz``, ``/readyz`` and ``/metrics``."""
    return [Route("/healthz", _health), Route("/readyz", _ready), Route("/metrics", _metrics)]


async def _health(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"}, headers=_FRESH)


async def _ready(request: Request) -> Response:
    """The folder of releases is there and watched."""
    ready = request.app.state.store.ready
    return JSONResponse(
        {"status": "ready" if ready else "not ready"}, status_code=200 if ready else 503, headers=_FRESH
    )


async def _metrics(request: Request) -> Response:
    """Counts for Prometheus."""
    state = request.app.state
    text = state.metrics.text(len(state.store.catalogue().newest()), len(state.store.faults))
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8", headers=_FRESH)
