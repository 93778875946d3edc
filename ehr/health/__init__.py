"""Is the product well? Rooms with a queue tell how old it may get: `health.watch("outbox", oldest=…, seconds=60)`."""

from ehr.health.probes import watch

__all__ = ["watch"]
