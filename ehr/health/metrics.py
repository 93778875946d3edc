"""Figures for Prometheus. Process-wide ones are counted as they happen, queues are asked when somebody looks."""

from collections.abc import Iterator

from prometheus_client import REGISTRY, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

REQUEST_SECONDS = Histogram("ehr_request_seconds", "Time to answer a request", ["method", "route", "status"])


class Queues(Collector):
    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        from ehr.health import probes

        ages = GaugeMetricFamily("ehr_queue_age_seconds", "Age of the oldest row that is due", labels=["queue"])
        for name, age in probes.queue_ages().items():
            ages.add_metric([name], age)
        yield ages


REGISTRY.register(Queues())
