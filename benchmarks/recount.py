"""A new average wage and 1,000 settlements that rest on it: one pass, each exit in a transaction of its own."""

import time
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from benchmarks.line import Line

SETTLEMENTS = 1000
WAGE = Decimal(60000)
TODAY = datetime.fromisoformat("2026-05-18T10:00:00+08:00")
"""A day on which the average of the year before is out; the figures of the test company lie around it."""


def run() -> Iterator[Line]:
    from offboarding.models import ReferenceRun
    from offboarding.operations import recount_all

    _a_new_average(SETTLEMENTS)
    started = time.perf_counter()
    recount_all(at=TODAY)
    seconds = time.perf_counter() - started
    done = ReferenceRun.objects.get()
    changed = done.changes.filter(outcome="changed").count()
    if (done.cases_done, changed) != (SETTLEMENTS, SETTLEMENTS):
        raise RuntimeError(f"{changed} of {done.cases_done} changed")
    yield Line(name="settlements recounted in one pass, per second", value=SETTLEMENTS / seconds, unit="1/s", n=changed)


def _a_new_average(settlements: int) -> None:
    from tests.factories.cast import assemble
    from tests.factories.reference import an_average, confirmed_row
    from tests.factories.settlements import many_partings

    cast = assemble()
    many_partings(settlements, cast, TODAY, wage=WAGE)
    confirmed_row(an_average("13000", by=cast.group_hr, at=TODAY), cast, TODAY)
