"""`/metrics`: how the server fares, as Prometheus reads it."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cfm_kg.serve.readers import Readers
from cfm_kg.serve.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """The routes of this group."""
    return [Route("/metrics", metrics, methods=["GET"], name="metrics")]


async def metrics(request: Request) -> Response:
    """All figures as they are now."""
    registry: CollectorRegistry = request.app.state.metrics
    return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def make_registry(pools: Mapping[str, Readers]) -> CollectorRegistry:
    """A server's figures: of its own process, and of its pools of readers by name."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Pools(pools))
    return registry


class _Pools(Collector):
    def __init__(self, pools: Mapping[str, Readers]) -> None:
        self._pools = pools

    def collect(self) -> Iterable[Metric]:
        """What runs and waits at this moment, and what it takes."""
        for name, text, value in (
            ("running", "Questions that are being answered", lambda pool: pool.running),
            ("waiting", "Questions that wait for their turn", lambda pool: pool.waiting),
            ("processes", "Reader processes", lambda pool: len(pool.pids)),
            ("memory_bytes", "Resident memory of reader processes", lambda pool: _memory(pool.pids)),
        ):
            family = GaugeMetricFamily(f"cfm_kg_readers_{name}", text, labels=["pool"])
            for pool, readers in self._pools.items():
                family.add_metric([pool], value(readers))
            yield family
        renewed = CounterMetricFamily(
            "cfm_kg_readers_renewed", "Reader processes that were stopped and started anew", labels=["pool"]
        )
        for pool, readers in self._pools.items():
            renewed.add_metric([pool], readers.renewed)
        yield renewed


def _memory(pids: Iterable[int]) -> int:
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            total += pages * os.sysconf("SC_PAGE_SIZE")
    return total


class MetricsMiddleware:
    """Counts requests by route and status, and measures how long they take."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        self._requests = Counter(
            "cfm_kg_http_requests", "Requests", ["route", "method", "status"], registry=registry
        )
        self._seconds = Histogram("cfm_kg_http_seconds", "Seconds to answer", ["route"], registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), [499]  # what proxies call a client that left

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            endpoint = scope.get("endpoint")
            route = getattr(getattr(endpoint, "func", endpoint), "__name__", "none")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._requests.labels(route, method, str(status[0])).inc()
            self._seconds.labels(route).observe(time.perf_counter() - start)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
