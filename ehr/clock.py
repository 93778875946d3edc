"""The only clock of the product. Read by interfaces and sweeps; everything below takes its time as an argument.

It is the database's clock: every process agrees. The difference to this machine's clock is measured when a connection
opens, so reading the time asks the database nothing. A demo may put its clock forward (ehr.deadlines.demo_clock).
"""

import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")
REMEMBER_SECONDS = 2.0

_difference = timedelta()
_offset: tuple[float, timedelta] = (0.0, timedelta())


def now() -> datetime:
    return timezone.now() + _difference + offset()


def today() -> date:
    return legal_day(now())


def legal_day(at: datetime) -> date:
    """The civil day of an instant, as the law counts it."""
    return at.astimezone(LEGAL_ZONE).date()


def offset() -> timedelta:
    """How far the demo is ahead. Outside a demo always nothing, whatever stands in the table."""
    global _offset
    if not settings.EHR_DEMO:
        return timedelta()
    if _offset[0] < time.monotonic():
        from ehr.deadlines.models import ClockOffset

        row = ClockOffset.objects.values_list("offset", flat=True).first()
        _offset = (time.monotonic() + REMEMBER_SECONDS, row or timedelta())
    return _offset[1]


def forget() -> None:
    """Read the offset again at the next question: after a jump, and at the start of every task."""
    global _offset
    _offset = (0.0, timedelta())


def measure(connection: Any, **_: Any) -> None:
    """Receiver of connection_created; asks the driver itself, because Django is still opening the connection."""
    global _difference
    before = timezone.now()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        seconds = float(cursor.fetchone()[0])
    middle = before + (timezone.now() - before) / 2
    _difference = datetime.fromtimestamp(seconds, tz=middle.tzinfo) - middle
