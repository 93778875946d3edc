"""500 lists of 30 items, generated with everything that belongs to them, beside a bare bulk insert of the same items; and
what the pages that list them cost."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.line import Line

HANDOVERS, ITEMS = 500, 30
LEAST = 0.2
MOST_STATEMENTS = 12
PAGES = {
    "handovers of a region": "/handovers/region/",
    "handovers in progress": "/handovers/",
    "handovers to take over": "/handovers/takeovers/",
    "how long handovers take": "/handovers/tempo/",
}


def run() -> Iterator[Line]:
    from django.db import connection, transaction

    from ehr import clock
    from handover.models import HandoverItem
    from handover.operations import open_handovers

    openings = _company()
    with transaction.atomic():
        started = time.process_time(), time.perf_counter()
        open_handovers(openings, by=None, at=clock.now())
        seconds = time.perf_counter() - started[1]
        rows = list(HandoverItem.objects.all())
        bare = _bare(rows)
        counted = _statements()
        transaction.set_rollback(True)
    connection.close()
    rate, limit = len(rows) / seconds, len(rows) / bare
    yield Line(
        name="generate 500 handovers",
        value=rate,
        unit="items/s",
        n=len(rows),
        limit_name=f"{LEAST:.0%} of a bare bulk insert",
        limit_value=LEAST * limit,
    )
    for name, count in counted.items():
        yield Line(
            name=f"{name}, {HANDOVERS} x {ITEMS}: statements",
            value=count,
            unit="count",
            n=1,
            limit_name="most",
            limit_value=MOST_STATEMENTS,
        )


def _statements() -> dict[str, int]:
    """As HR of the region reads them."""
    from ehr.identity.models import User
    from tests.access.cast import sign_in
    from tests.factories.painting import statements

    browser = sign_in(User.objects.get(username="song.zhiwei"))
    return {name: statements(browser, path) for name, path in PAGES.items()}


def _bare(rows: list[Any]) -> float:
    from ehr.lib.ids import uuid7
    from handover.models import HandoverItem

    for row in rows:
        row.pk = uuid7()
        row.key = f"copy:{row.key}"[:80]
        row._state.adding = True
    started = time.perf_counter()
    HandoverItem.objects.bulk_create(rows, batch_size=2000)
    return time.perf_counter() - started


def _company() -> list[Any]:
    from ehr import clock
    from handover.operations import Opening, publish
    from tests.factories.cast import assemble
    from tests.factories.employees import employed

    cast, at = assemble(), clock.now()
    items = [
        {"key": f"i{n}", "kind": "work_item", "title": f"第 {n} 项", "days_before_end": n % 5} for n in range(ITEMS)
    ]
    publish(job_family="sales", title="三十项", items=items, at=at)
    people = [
        employed(f"员工{n}", unit=cast.unit["sales_unit"], employee_number=f"B-{n:05d}", job_family="sales", user=None)
        for n in range(HANDOVERS)
    ]
    return [
        Opening(
            employment=person,
            origin=f"offboarding.case:{n}",
            successor=cast.successor,
            head=cast.head,
            due_at=at,
            last_working_date=date(2026, 12, 31),
        )
        for n, person in enumerate(people)
    ]
