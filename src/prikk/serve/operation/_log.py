"""Logs as one JSON object a line on standard error; nothing in them tells who asked, or for which values.

A request is told by the template of its path, never by the path or the query: they may hold anything.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
import traceback
from collections.abc import Mapping
from typing import Any

import orjson

_LEVELS = {"WARNING": "warning", "ERROR": "error", "CRITICAL": "error", "INFO": "info", "DEBUG": "debug"}


_WAIT = 0.1
"""Seconds for which a line may wait for others."""


def _stamp() -> str:
    now = time.time()
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(now))}.{int(now % 1 * 1000):03d}Z"


class JsonFormatter(logging.Formatter):
    """What uvicorn and the store say, as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; an exception is told by its type and where it was raised, for its text may hold what a reader sent."""
        line: dict[str, Any] = {
            "time": _stamp(),
            "level": _LEVELS.get(record.levelname, "info"),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= fault_fields(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


class PlainFormatter(logging.Formatter):
    """The same as words."""

    def format(self, record: logging.LogRecord) -> str:
        """One line with the fields behind the message."""
        fields = "".join(f" {name}={value}" for name, value in getattr(record, "fields", {}).items())
        return f"{_stamp()} {record.levelname.lower()} {record.getMessage()}{fields}"


def fault_fields(error: BaseException) -> dict[str, Any]:
    """An exception without its text: its type, and the functions it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames],
    }


def log_config(log: str) -> dict[str, Any]:
    """The settings of Python's logging for a server: all to standard error, in the form asked for."""
    formatter = {"()": JsonFormatter if log == "json" else PlainFormatter}
    handlers = [] if log == "none" else ["stderr"]
    quiet = {"handlers": handlers, "level": "WARNING" if log != "json" else "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
        },
        "loggers": {"prikk.serve": {**quiet, "level": "INFO"}, "uvicorn.error": quiet, "uvicorn": quiet},
    }


class RequestLog:
    """Writes a line a request, those of a tenth of a second at once.

    It goes past Python's logging, which would cost more than the rest of the layer.
    """

    def __init__(self, log: str) -> None:
        """``log`` is ``json``, ``text`` or ``none``."""
        self._log = log
        self._second, self._text = 0, ""
        self._lines: list[str] = []

    def _time(self) -> str:
        now = time.time()
        if int(now) != self._second:
            self._second = int(now)
            self._text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now))
        return f"{self._text}.{int(now % 1 * 1000):03d}Z"

    def request(self, id_: str, method: str, route: str, status: int, ms: float, size: int) -> None:
        """Tell one answer: ``route`` is the template of the path, ``size`` the bytes of the body."""
        if self._log == "none":
            return
        if self._log == "json":
            # All of it is ours and needs no escaping.
            line = (
                f'{{"time":"{self._time()}","level":"info","event":"request","id":"{id_}","method":"{method}",'
                f'"route":"{route}","status":{status},"ms":{ms:.2f},"bytes":{size}}}\n'
            )
        else:
            line = f"{self._time()} {method} {route} {status} {ms:.1f} ms {size} bytes [{id_}]\n"
        if not self._lines:
            asyncio.get_running_loop().call_later(_WAIT, self.flush)
        self._lines.append(line)

    def flush(self) -> None:
        """Write the lines that wait."""
        lines, self._lines = self._lines, []
        if lines:
            sys.stderr.write("".join(lines))
            sys.stderr.flush()

    def fault(self, id_: str, route: str, error: BaseException) -> None:
        """Tell an error that nobody expected."""
        fields: Mapping[str, Any] = {"id": id_, "route": route, **fault_fields(error)}
        logging.getLogger("prikk.serve").error("request failed", extra={"fields": fields})
