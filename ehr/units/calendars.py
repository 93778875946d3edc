"""Which days are worked in the group: the company's own rows, then the published calendar, then the law alone."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ehr.lib.holidays import is_statutory_workday

DEFAULT = "CN"
REMEMBER_SECONDS = 60.0


class CalendarYear(models.Model):
    """A year whose calendar somebody entered here; a year is official when it follows the State Council's notice."""

    calendar = models.CharField(max_length=20, default=DEFAULT)
    year = models.PositiveSmallIntegerField()
    is_official = models.BooleanField(default=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    class Meta:
        app_label = "units"
        verbose_name = _("calendar year")
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="calendar_year_once")]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year}"


class CalendarDay(models.Model):
    """A day that differs from the published calendar: a company's own rest day, or a swapped working weekend."""

    calendar = models.CharField(max_length=20, default=DEFAULT)
    date = models.DateField(_("day"))
    is_workday = models.BooleanField(_("worked"))
    note = models.CharField(_("note"), max_length=100, blank=True)
    loaded = models.ForeignKey(CalendarYear, null=True, on_delete=models.CASCADE, related_name="days")
    """The year's notice it came with; none for the company's own days."""

    class Meta:
        app_label = "units"
        verbose_name = _("calendar day")
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.calendar} {self.date}"


def workday_rule() -> Callable[[date], bool]:
    """A plain function: counting days with it asks the database nothing. The whole group has one calendar."""
    own = _own_days(DEFAULT)

    def is_workday(day: date) -> bool:
        return own[day] if day in own else published(day)

    return is_workday


def official_through(calendar: str = DEFAULT) -> date:
    """Up to here dates are certain; later ones are shown as provisional."""
    years = set(CalendarYear.objects.filter(calendar=calendar, is_official=True).values_list("year", flat=True))
    last = _published_years()
    while last + 1 in years:
        last += 1
    return date(last, 12, 31)


@lru_cache(maxsize=20_000)
def published(day: date) -> bool:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year that was not announced when the package was made
        return is_statutory_workday(day)


@lru_cache(maxsize=1)
def _published_years() -> int:
    from chinese_calendar.constants import holidays

    return int(max(holidays).year)


_remembered: dict[str, tuple[float, Mapping[date, bool]]] = {}


def _own_days(calendar: str) -> Mapping[date, bool]:
    known = _remembered.get(calendar)
    if known is None or known[0] < time.monotonic():
        days = dict(CalendarDay.objects.filter(calendar=calendar).values_list("date", "is_workday"))
        known = _remembered[calendar] = (time.monotonic() + REMEMBER_SECONDS, days)
    return known[1]


def forget_days() -> None:
    """After a calendar was changed here; other processes follow within a minute."""
    _remembered.clear()
