"""Counts and times for Prometheus: by template of the path, never by what was asked for."""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Where the counts of several workers meet; the library reads it when it is first imported."""


class Metrics:
    """What is counted. With several workers each writes its own files, and whoever is asked adds them up."""

    def __init__(self) -> None:
        """Start at zero."""
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        self._requests = Counter(
            "prikk_requests", "Answers by route, method and status.", labels, registry=self._registry
        )
        self._seconds = Histogram(
            "prikk_request_seconds",
            "Time to an answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._bytes = Counter(
            "prikk_answer_bytes", "Bytes of answers, as sent.", ("route",), registry=self._registry
        )
        self._kept = Counter(
            "prikk_kept_answers", "Answers that were given from memory.", registry=self._registry
        )
        self._releases = Gauge(
            "prikk_tables", "Tables that are shown.", registry=self._registry, multiprocess_mode="mostrecent"
        )
        self._faults = Gauge(
            "prikk_skipped_folders",
            "Folders that hold no usable release.",
            registry=self._registry,
            multiprocess_mode="mostrecent",
        )
        self._children: dict[tuple[str, str, int], Counter] = {}
        self._routes: dict[str, tuple[Histogram, Counter]] = {}

    def answered(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count an answer."""
        key = (route, method, status)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = self._requests.labels(*map(str, key))
            self._routes.setdefault(route, (self._seconds.labels(route), self._bytes.labels(route)))
        child.inc()
        of_route = self._routes[route]
        of_route[0].observe(seconds)
        of_route[1].inc(size)

    def kept(self) -> None:
        """Count an answer from memory."""
        self._kept.inc()

    def text(self, tables: int, faults: int) -> bytes:
        """Everything in the text format of Prometheus."""
        self._releases.set(tables)
        self._faults.set(faults)
        registry = self._registry
        if os.environ.get(SHARED):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
