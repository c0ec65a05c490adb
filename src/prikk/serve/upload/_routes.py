"""``/audit``: a form, and the report of what was sent with it."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Sequence

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from prikk.serve.upload._pages import form, message
from prikk.serve.upload._run import Bounds, Outcome, audited
from prikk.serve.upload._words import WORDS

_WAITING = 3
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]{1,2000})">')
_NOTHING = "default-src 'none'"
_PRIVATE = {"Cache-Control": "no-store"}
_STATUS = {"refused": 422, "time": 503, "failed": 503}


def routes() -> list[Route]:
    """The page of one process: one audit at a time, and a few that wait."""
    queue = _Queue()
    return [Route("/audit", _form), Route("/audit", queue.audit, methods=["POST"])]


class _Queue:
    """Who audits, and how many wait for it."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._here = 0

    async def audit(self, request: Request) -> Response:
        """Audit the file of a form; give the report, or a page that says why there is none."""
        _refuse_strangers(request)
        language = _language(request)
        if self._here > _WAITING:
            raise HTTPException(503, WORDS[language].busy, headers={"Retry-After": "15"})
        self._here += 1
        try:
            return await self._answer(request, language)
        finally:
            self._here -= 1

    async def _answer(self, request: Request, language: str) -> Response:
        config = request.app.state.config
        async with request.form(max_files=1, max_fields=5) as sent:
            file = sent.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                return _told(request, language, WORDS[language].none, "", 400)
            name, content = file.filename, await file.read()
            options = _options(sent.get("threshold"), sent.get("zeros"))
        bounds = Bounds(seconds=config.audit_seconds, memory=config.audit_memory)
        async with self._turn:
            outcome = await audited(name, content, options, bounds)
        if outcome.state == "done":
            return _report(outcome)
        words: str = getattr(WORDS[language], outcome.state)
        return _told(request, language, words, outcome.words, _STATUS[outcome.state])


def _refuse_strangers(request: Request) -> None:
    """A page elsewhere must not make its readers send work here."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403, "Files can be sent from the page of this server only.")


def _options(threshold: object, zeros: object) -> Sequence[str]:
    options = list[str]()
    if isinstance(threshold, str) and re.fullmatch(r"[0-9]{1,4}", threshold) and int(threshold) >= 2:
        options += ["--threshold", str(int(threshold))]
    if zeros in {"hidden", "shown"}:
        options += ["--zeros", str(zeros)]
    return options


def _report(outcome: Outcome) -> Response:
    """The report, in a sandbox: it draws labels of a foreign document, and belongs to no site.

    Its own policy names the one script and the one style that it has; the header repeats it.
    """
    found = _META.search(outcome.report[:5000])
    policy = html.unescape(found[1].decode("latin-1")) if found else _NOTHING
    headers = {
        **_PRIVATE,
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'; sandbox allow-scripts",
    }
    return HTMLResponse(outcome.report, headers=headers)


def _told(request: Request, language: str, text: str, words: str, status: int) -> Response:
    page = message(language, text, words, request.scope["root_path"])
    return HTMLResponse(page, status_code=status, headers=_PRIVATE)


async def _form(request: Request) -> Response:
    config, root = request.app.state.config, request.scope["root_path"]
    return HTMLResponse(form(_language(request), config.title, root, config.audit_bytes))


def _language(request: Request) -> str:
    """The language asked for in the address, else that of the browser, else English."""
    asked = request.query_params.get("lang", "")
    if asked in WORDS:
        return asked
    codes = [item.strip()[:2] for item in request.headers.get("accept-language", "").lower().split(",")]
    norwegian = {"nb": "nb", "nn": "nb", "no": "nb", "en": "en"}
    return next((norwegian[code] for code in codes if code in norwegian), "en")
