"""What is turned away before anything is looked up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

from prikk.serve._config import Config
from prikk.serve.operation._rate import Buckets

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_COUNTED = frozenset({"api", "audit"})
"""The first parts of paths whose answers cost work, and so count towards the limit of calls; pages of tables do too."""


class Gate:
    """The limits of a server."""

    def __init__(self, config: Config) -> None:
        """Read them from the configuration."""
        table = config.shared / "calls" if config.shared else None
        self._buckets = Buckets(config.max_calls, config.time_window, table)
        self._max_url, self._config = config.max_url, config
        self._hosts = frozenset(host.lower() for host in config.allowed_hosts)

    def check(self, scope: Scope, asked: dict[bytes, bytes], first: str) -> None:
        """Refuse what is too long, too large, too often or for somebody else. ``first`` is the first part of the path.

        Raises:
            HTTPException: With the status, words for the reader, and what to tell in headers.
        """
        if len(scope["raw_path"]) + len(scope["query_string"]) > self._max_url:
            raise HTTPException(
                414, f"An address may have {self._max_url} characters. Long selections can be sent by POST."
            )
        if scope["method"] not in METHODS:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(METHODS))})
        if self._hosts and _host(asked.get(b"host", b"")) not in self._hosts:
            raise HTTPException(400, "This server does not answer for that host.")
        if scope["method"] == "POST":
            self._check_length(asked, first)
        if first in _COUNTED or "/tables/" in scope["path"]:
            self._check_calls(scope)

    def _check_length(self, asked: dict[bytes, bytes], first: str) -> None:
        given = asked.get(b"content-length", b"0")
        if not given.isdigit():
            raise HTTPException(400, "The length of the body is not a number.")
        if int(given) > self.most(first):
            raise too_large(self.most(first))

    def _check_calls(self, scope: Scope) -> None:
        client = scope.get("client")
        wait = self._buckets.take(client[0] if client else "")
        if wait:
            detail = f"At most {self._config.max_calls} calls in {self._config.time_window} seconds."
            raise HTTPException(429, detail, headers={"Retry-After": str(int(wait) + 1)})

    def most(self, first: str) -> int:
        """How many bytes a body may have."""
        # What stands around the file in a form is small.
        return self._config.audit_bytes + 20_000 if first == "audit" else self._config.max_body


def too_large(most: int) -> HTTPException:
    """The refusal of a body."""
    return HTTPException(413, f"At most {most} bytes can be sent.", headers={"Connection": "close"})


def _host(header: bytes) -> str:
    """The host without its port, in lower case; IPv6 addresses keep their brackets."""
    text = header.decode("latin-1").lower()
    return text.partition("]")[0] + "]" if text.startswith("[") else text.partition(":")[0]


def bounded(receive: Receive, most: int) -> Receive:
    """Count what comes in, for a body may be longer than it said."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise too_large(most)
        return message

    return counted
