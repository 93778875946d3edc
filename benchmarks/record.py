"""The record: facts emitted one by one and many at once, sealed, and the whole chain verified."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from benchmarks.line import Line
from ehr.lib.facts import Fact

ONE_BY_ONE, AT_ONCE = 1_000, 20_000


@dataclass(frozen=True, kw_only=True)
class Measured(Fact):
    kind: ClassVar[str] = "benchmarks.record.measured"

    nth: int
    unit: str = "HC"


def run() -> Iterator[Line]:
    from ehr import clock
    from ehr.record import sealing

    at = clock.now()
    yield _line("facts emitted, each in its transaction", lambda: _emit_each(at))
    yield _line("facts emitted at once", lambda: _emit_many(at))
    yield _line("events sealed", sealing.seal_all)
    yield _line("events verified", _verify)


def _emit_each(at: datetime) -> int:
    from django.db import transaction

    from ehr import record

    for nth in range(ONE_BY_ONE):
        with transaction.atomic():
            record.emit(Measured(nth=nth), subject=f"bench:{nth}", by=None, at=at)
    return ONE_BY_ONE


def _emit_many(at: datetime) -> int:
    from django.db import transaction

    from ehr import record

    with transaction.atomic():
        record.emit_many(
            record.Emission(fact=Measured(nth=nth), subject=f"bench:{nth}", at=at) for nth in range(AT_ONCE)
        )
    return AT_ONCE


def _verify() -> int:
    from ehr.record import verifying

    verdict = verifying.verify()
    if not verdict.intact:
        raise RuntimeError(verdict.reason)
    return verdict.sealed


def _line(name: str, work: Callable[[], int]) -> Line:
    """`work` says how many rows it has dealt with; others than ours may wait in the record too."""
    started = time.perf_counter()
    rows = work()
    rate = rows / (time.perf_counter() - started)
    return Line(name=name, value=rate, unit="rows/s", n=rows)
