"""1,000 exits in one pass after a new average wage, beside the first calculation of the same settlements."""

import time
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.line import Line
from ehr import clock

EXITS = 1_000
WAGE = Decimal(60000)  # above three averages, so that a new one changes what is owed
LEAST = 0.5


def run() -> Iterator[Line]:
    from tests.factories.cast import assemble
    from tests.factories.reference import an_average, confirmed_row, run_out
    from tests.factories.settlements import calculated, partings

    cast, at = assemble(), clock.now()
    cases = partings(EXITS, cast, at, wage=WAGE)
    started = time.perf_counter()
    for case in cases:
        calculated(case, cast, at)
    first = time.perf_counter() - started
    confirmed_row(an_average("13000", by=cast.group_hr, at=at), cast, at)
    started = time.perf_counter()
    done = run_out(at)
    seconds = time.perf_counter() - started
    if done.changes.filter(outcome="changed").count() != EXITS:
        raise RuntimeError(f"{done.cases_done} of {EXITS} exits were gone through")
    yield Line(
        name="exits counted anew after a new average wage",
        value=EXITS / seconds,
        unit="1/s",
        n=EXITS,
        limit_name=f"{LEAST:.0%} of the first calculation of the same settlements",
        limit_value=LEAST * EXITS / first,
    )
