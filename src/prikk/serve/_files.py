"""The public files of a release: its site and what can be downloaded, by version."""

from __future__ import annotations

import os

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from prikk.serve.store import Release, public_file

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".csv-metadata.json": "application/csvm+json",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".px": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}
"""Media types by ending; PX has none of its own, and is sent as the servers of its makers do."""
_LASTING = "public, max-age=86400, immutable"
"""A day, although the file never changes: a release may be withdrawn."""
_CHECKED = "no-cache"


def routes() -> list[Route]:
    """``/releases/{id}/{version}/…``."""
    return [
        Route("/releases/{id}/{version}", _to_front),
        Route("/releases/{id}/{version}/{path:path}", _file),
    ]


def _release(request: Request) -> Release:
    id_, version = request.path_params["id"], request.path_params["version"]
    release = request.app.state.store.catalogue().find(f"{id_}@{version}")
    if release is None:
        raise HTTPException(404, "There is no such release.")
    if release.withdrawn is not None:
        raise HTTPException(410, withdrawn_words(release))
    return release  # type: ignore[no-any-return]


def withdrawn_words(release: Release) -> str:
    """Why a release was withdrawn, in all its languages."""
    reason = release.withdrawn.reason if release.withdrawn else {}
    return " / ".join(reason.values()) or "This release has been withdrawn."


async def _to_front(request: Request) -> Response:
    """The pages of a release link each other from its folder."""
    release = _release(request)
    return RedirectResponse(f"{request.scope['root_path']}/releases/{release.id}/{release.version}/", 307)


async def _file(request: Request) -> Response:
    release = _release(request)
    name = request.path_params["path"]
    path = public_file(release.folder, f"{name}index.html" if name.endswith("/") or not name else name)
    if path is None:
        raise HTTPException(404, "The release has no such file.")
    ending = next((e for e in _TYPES if len(e) > 5 and path.name.endswith(e)), path.suffix)
    headers = {"Cache-Control": _LASTING if release.lasting else _CHECKED}
    kind = _TYPES.get(ending, "application/octet-stream")
    return FileResponse(path, stat_result=os.stat(path), media_type=kind, headers=headers)  # noqa: PTH116
