"""The only clock of the product. Read by interfaces and sweeps; everything below takes its time as an argument."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    return timezone.now() + offset()


def today() -> date:
    return now().astimezone(LEGAL_ZONE).date()


def offset() -> timedelta:
    if not settings.EHR_DEMO:
        return timedelta()
    return timedelta()
