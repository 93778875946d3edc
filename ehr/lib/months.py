"""Months between civil dates, as the law counts them."""

import calendar
from datetime import date, timedelta
from fractions import Fraction


def add_months(day: date, months: int) -> date:
    """The same day n months on; the last of the month where there is none (CC 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def after_months(start: date, months: int) -> date:
    """The first day after a period of months. A period that has no such day ends with its month (CC 202): 31 January
    plus one is 1 March."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day > calendar.monthrange(year, month + 1)[1]:
        return add_months(date(year, month + 1, 1), 1)
    return date(year, month + 1, start.day)


def last_of_months(start: date, months: int) -> date:
    """The last day of a period of months: 12 April plus six ends on 11 October."""
    return after_months(start, months) - timedelta(days=1)


def full_months(start: date, end: date) -> int:
    """How many periods of a month, each counted from the start itself, are over when `end` begins."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if after_months(start, months) <= end else months - 1


def months_between(start: date, end: date) -> int:
    """Whole months that have passed on `end`; counted from the start date itself, so no month is lost to a 31st."""
    if end < start:
        raise ValueError("the end lies before the start")
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def years_between(start: date, end: date) -> int:
    return months_between(start, end) // 12


def exact_months(start: date, end: date) -> Fraction:
    """Whole months plus the part of the running one."""
    whole = months_between(start, end)
    begun, next_one = add_months(start, whole), add_months(start, whole + 1)
    return whole + Fraction((end - begun).days, (next_one - begun).days)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    return add_months(first_of_month(day), 1) - timedelta(days=1)


def month_starts(start: date, end: date) -> list[date]:
    """The first of every month touched by the span."""
    first = first_of_month(start)
    return [add_months(first, n) for n in range(months_between(first, first_of_month(end)) + 1)]
