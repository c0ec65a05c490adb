"""The way out: one object a request that conditions, compresses, dresses and counts an answer in one pass."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, MutableMapping
from typing import Any

import anyio.to_thread

from prikk.serve.operation._compress import LEAST, accepted, compress, compressible
from prikk.serve.operation._conditional import encoded_etag, etag_of, unchanged
from prikk.serve.operation._headers import dressed
from prikk.serve.operation._kept import Answers, Kept, expiry

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Raw = list[tuple[bytes, bytes]]
Keep = tuple[Answers, Hashable, object]
"""Where to keep an answer, for which question, and under which catalogue."""

_GATHERED = 2_000_000
_IN_THREAD = 100_000
_NOT_IN_304 = frozenset({b"content-length", b"content-type", b"content-encoding", b"content-range"})
_OF_ENCODING = frozenset({b"content-length", b"etag", b"content-encoding"})
_NOTHING: dict[bytes, bytes] = {}


class FinishedError(Exception):
    """The answer is complete before its maker has said everything; raised to make it stop."""


class Answer:
    """The ``send`` of one request. ``status`` and ``size`` tell afterwards what went out; ``begun`` that something did."""

    __slots__ = (
        "_asked", "_head", "_id", "_keep", "_known", "_open", "_parts", "_reads", "_scope", "_send",
        "begun", "size", "status",
    )  # fmt: skip

    def __init__(
        self,
        scope: MutableMapping[str, Any],
        send: Send,
        asked: Mapping[bytes, bytes],
        id_: bytes,
        open_: int,
        keep: Keep | None,
    ) -> None:
        """``open_`` as :func:`dressed` has it; ``keep``: where to keep it, if it may be kept."""
        self._scope, self._send, self._asked, self._id = scope, send, asked, id_
        self._open, self._keep = open_, keep
        self._reads = scope["method"] in {"GET", "HEAD"}
        self._head: Message | None = None
        self._known = _NOTHING
        self._parts: list[bytes] | None = None
        self.status, self.size, self.begun = 0, 0, False

    async def __call__(self, message: Message) -> None:
        """Take a message from the maker of the answer."""
        kind = message["type"]
        if kind == "http.response.start":
            self._head, self._known = message, dict(message["headers"])
        elif kind == "http.response.body":
            await self._body(message.get("body", b""), more=message.get("more_body", False))

    async def whole(self, status: int, headers: Raw, body: bytes) -> None:
        """Take an answer of which all is there."""
        self._known = dict(headers)
        await self._finish(status, headers, body)

    async def _body(self, body: bytes, *, more: bool) -> None:
        head = self._head
        if head is None:
            await self._stream(body, more=more)
        elif self._parts is not None:
            self._parts.append(body)
            if not more:
                await self._finish(head["status"], head["headers"], b"".join(self._parts))
        elif not more:
            await self._finish(head["status"], head["headers"], body)
        elif head["status"] == 200 and self._unchanged():
            await self._not_modified(head["headers"])
            raise FinishedError
        elif self._worth_gathering(head["status"]):
            self._parts = [body]
        else:
            await self._start(head["status"], dressed(head["headers"], self._known, self._open))
            await self._stream(body, more=more)

    def _worth_gathering(self, status: int) -> bool:
        """Whether an answer that comes in parts is one to compress."""
        length = self._known.get(b"content-length", b"")
        return status == 200 and length.isdigit() and int(length) <= _GATHERED and self._encoding() != ""

    def _encoding(self) -> str:
        """How to compress this answer, if at all."""
        wanted = self._asked.get(b"accept-encoding")
        known = self._known
        if (
            wanted is None
            or b"content-encoding" in known
            or not compressible(known.get(b"content-type", b""))
        ):
            return ""
        return accepted(wanted)

    def _unchanged(self) -> bool:
        known = self._known
        return self._reads and unchanged(
            self._asked, known.get(b"etag", b""), known.get(b"last-modified", b"")
        )

    async def _finish(self, status: int, headers: Raw, body: bytes) -> None:
        known = self._known
        fine = status == 200 and self._reads and b"no-store" not in known.get(b"cache-control", b"")
        if fine and b"etag" not in known and body:
            known[b"etag"] = etag_of(body)
            headers = [*headers, (b"etag", known[b"etag"])]
        if status == 200 and self._unchanged():
            await self._not_modified(headers)
            return
        encoding = self._encoding() if len(body) >= LEAST and status != 206 else ""
        if encoding:
            body = await _compressed(body, encoding)
            headers = [h for h in headers if h[0] not in _OF_ENCODING]
            headers.append((b"content-encoding", encoding.encode()))
            headers.append((b"content-length", str(len(body)).encode()))
            if b"etag" in known:
                headers.append((b"etag", encoded_etag(known[b"etag"], encoding)))
        headers = dressed(headers, known, self._open)
        # The answer to HEAD may have come without its body, and stands for no other.
        if fine and self._keep is not None and self._scope["method"] == "GET":
            self._put(self._keep, headers, body)
        headers.append((b"x-request-id", self._id))
        self.status, self.size, self.begun, self._head = status, len(body), True, None
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    def _put(self, keep: Keep, headers: Raw, body: bytes) -> None:
        answers, key, catalogue = keep
        route = getattr(self._scope.get("route"), "path", "")
        etag = self._known.get(b"etag", b"")
        answers.put(key, catalogue, Kept(tuple(headers), body, etag, route, expiry()))

    async def _not_modified(self, headers: Raw) -> None:
        headers = [h for h in headers if h[0] not in _NOT_IN_304]
        await self._start(304, dressed(headers, self._known, self._open))
        await self._stream(b"", more=False)

    async def kept(self, entry: Kept) -> None:
        """Send an answer from memory."""
        headers = list(entry.headers)
        if unchanged(self._asked, entry.etag, dict(headers).get(b"last-modified", b"")):
            await self._start(304, [h for h in headers if h[0] not in _NOT_IN_304])
            await self._stream(b"", more=False)
            return
        headers.append((b"x-request-id", self._id))
        self.status, self.size, self.begun = 200, len(entry.body), True
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": entry.body, "more_body": False})

    async def _start(self, status: int, headers: Raw) -> None:
        self._head, self.status, self.begun = None, status, True
        headers.append((b"x-request-id", self._id))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def _stream(self, body: bytes, *, more: bool) -> None:
        self.size += len(body)
        await self._send({"type": "http.response.body", "body": body, "more_body": more})


async def _compressed(body: bytes, encoding: str) -> bytes:
    """Compress; a large body beside the loop that answers others."""
    if len(body) < _IN_THREAD:
        return compress(body, encoding)
    return await anyio.to_thread.run_sync(compress, body, encoding)
