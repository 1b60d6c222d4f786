"""Prometheus metrics of the hub at `/metrics`, collected on each request. One registry per hub, none for the
process."""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.accounts.devices import Devices
from hub.messages import ServiceView, Topic
from hub.wire.attached_printers import AttachedReport
from hub.wire.floor_service import FloorService
from service_floor.queue.commands import Role

_SEEN: Final = {
    "issued": "Tickets issued today",
    "called": "Calls and recalls today",
    "printed": "Slips proven printed today",
    "shown": "Calls of today seen on a board since the hub started",
    "announced": "Calls announced today",
    "looked_up": "Dossiers looked up today since the hub started",
}
_DEVICES: Final = tuple(role for role in Role if role is not Role.HUB)


class HubMetrics(Collector):
    """Collector of what the hub knows of itself. On the event loop only."""

    def __init__(self, floor_service: FloorService[Any], devices: Devices | None) -> None:
        self._floor_service = floor_service
        self._known = devices

    def collect(self) -> Iterator[Metric]:
        """All metrics."""
        health = self._floor_service.health()
        yield _gauge(
            "ready", "1 while the hub takes commands and the journal is written", health.ok
        )
        yield _gauge("journal_rows", "Rows of the journal", health.journal_rows)
        yield _gauge("feed_seq", "Steps of the feed since the hub started", health.seq)
        yield _gauge("clock_held", "1 while the machine's clock is not believed", health.clock.held)
        lost = health.loss.rows if health.loss else 0
        yield _gauge("rows_lost", "Rows that devices have seen and the journal lacks", lost)
        for name, count in health.counts.items():
            yield CounterMetricFamily(f"centerfloor_{name}", _SEEN[name], value=count)
        yield from self._devices()
        yield from self._services()
        yield from self._work()

    def describe(self) -> list[Metric]:
        """Nothing beforehand: a registry calls this when it is made, and the hub may not be ready then."""
        return []

    def _devices(self) -> Iterator[Metric]:
        health = self._floor_service.health()
        here = Tally(each.role for each in health.devices)
        connected = _labelled("devices_connected", "Devices that are connected", "role")
        for role in _DEVICES:
            connected.add_metric([role], here[role])
        yield connected
        behind = _labelled(
            "device_behind", "Steps of the feed that a device has not applied yet", "device"
        )
        for device in health.devices:
            if device.applied_seq is not None:
                behind.add_metric([device.device], max(0, health.seq - device.applied_seq))
        yield behind
        yield _conditions(health.attached)
        if self._known is not None:
            with_token = Tally(each.role for each in self._known.with_valid_token())
            enrolled = _labelled("devices_enrolled", "Devices that have a good token", "role")
            for role in _DEVICES:
                enrolled.add_metric([role], with_token[role])
            yield enrolled

    def _work(self) -> Iterator[Metric]:
        tallies, commits = self._floor_service.tallies, self._floor_service.commits
        about = "Seconds that a commit of the floor's writer took"
        yield HistogramMetricFamily(
            "centerfloor_commit_seconds", about, list(commits.buckets()), commits.total
        )
        requests = CounterMetricFamily(
            "centerfloor_requests", "Commands that were answered", labels=["kind", "outcome"]
        )
        for labels, count in sorted(tallies.requests().items()):
            requests.add_metric(labels, count)
        yield requests
        yield CounterMetricFamily(
            "centerfloor_slow_readers_cut_off",
            "Connections cut off because the device did not read",
            value=tallies.cut_off,
        )
        leased = _labelled("leased_numbers", "Numbers that a kiosk holds in advance", "device")
        for device, count in sorted(tallies.leased.items()):
            leased.add_metric([device], count)
        yield leased

    def _services(self) -> Iterator[Metric]:
        values = self._floor_service.feed.values(Topic.SERVICES).values()
        views = [ServiceView.model_validate_json(value) for value in values]
        waiting = _labelled("waiting", "Tickets that wait", "service")
        counters = _labelled("open_counters", "Open counters that take the service", "service")
        wait = _labelled("estimated_wait_seconds", "Wait of somebody who comes now", "service")
        for view in views:
            waiting.add_metric([view.id], view.waiting)
            counters.add_metric([view.id], view.open_counters)
            if view.estimate_seconds is not None:
                wait.add_metric([view.id], view.estimate_seconds)
        yield from (waiting, counters, wait)


def metrics_of(
    floor_service: FloorService[Any], devices: Devices | None = None
) -> tuple[Route, Counter]:
    """The route, and the counter of the API's answers by status, for the middleware that sees them pass."""
    registry = CollectorRegistry()
    registry.register(HubMetrics(floor_service, devices))
    ProcessCollector(registry=registry)
    answers = Counter(
        "centerfloor_api_answers", "Answers of the open interface", ["status"], registry=registry
    )

    async def metrics(_: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return Response(generate_latest(registry), headers=headers, media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", metrics, methods=["GET"]), answers


def _conditions(attached: Iterable[AttachedReport]) -> Metric:
    """Only the conditions that hold; what has passed is absent."""
    about = "1 for each condition of a printer of a kiosk or counter terminal"
    labels = ["device", "attached", "kind", "condition"]
    conditions = GaugeMetricFamily("centerfloor_device_condition", about, labels=labels)
    for each in attached:
        for condition in each.conditions:
            conditions.add_metric([each.device, each.id, each.kind, condition], 1)
    return conditions


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"centerfloor_{name}", about, value=value)


def _labelled(name: str, about: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"centerfloor_{name}", about, labels=[label])
