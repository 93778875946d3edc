"""The four dates of an exit. Civil dates in Asia/Shanghai; statutory periods are calendar days (compliance 1.7)."""

from dataclasses import dataclass
from datetime import date, timedelta

from offboarding.rules.kinds import DEATH

NOTICE_DAYS = 30
PROBATION_NOTICE_DAYS = 3
FARTHEST_DAYS = 5 * 366  # after filing; a later day is a slip of the finger, and counting to it would never end


@dataclass(frozen=True, kw_only=True)
class FourDates:
    filed_date: date
    last_working_date: date
    termination_date: date
    paid_until_date: date


def notice_days(*, in_probation: bool) -> int:
    """LCL 37: thirty days in writing, three in probation."""
    return PROBATION_NOTICE_DAYS if in_probation else NOTICE_DAYS


def notice_end(*, filed_date: date, in_probation: bool) -> date:
    """The day of service is not counted (CC 201): filed on 26 October, the notice ends on 25 November."""
    return filed_date + timedelta(days=notice_days(in_probation=in_probation))


def by_law(*, filed_date: date, in_probation: bool, requested: date | None = None) -> FourDates:
    """What holds when nobody agrees on anything else: never earlier than the notice, later if the employee asks."""
    end = notice_end(filed_date=filed_date, in_probation=in_probation)
    return on(filed_date=filed_date, day=max(end, requested) if requested else end)


def on(*, filed_date: date, day: date) -> FourDates:
    return FourDates(filed_date=filed_date, last_working_date=day, termination_date=day, paid_until_date=day)


def waived_days(*, agreed: date, filed_date: date, in_probation: bool) -> int:
    """How many days of notice the employer gives up by agreeing to an earlier end."""
    return max(0, (notice_end(filed_date=filed_date, in_probation=in_probation) - agreed).days)


def problems(dates: FourDates, *, ground: str = "", hired: date | None = None, today: date | None = None) -> list[str]:
    """Codes of what can't be; an empty list means the dates fit together. Nobody files a death before it, nor for a day
    before the person came."""
    found = []
    is_past = dates.last_working_date < dates.filed_date
    if is_past and (ground != DEATH or (hired is not None and dates.last_working_date < hired)):
        found.append("B_LAST_DAY_BEFORE_FILING")
    if ground == DEATH and today is not None and dates.last_working_date > today:
        found.append("B_FUTURE_DATE")
    if dates.last_working_date > dates.termination_date:
        found.append("B_WORK_AFTER_TERMINATION")
    if dates.paid_until_date < dates.last_working_date:
        found.append("B_PAID_SHORT_OF_LAST_DAY")
    if (max(dates.termination_date, dates.paid_until_date) - dates.filed_date).days > FARTHEST_DAYS:
        found.append("B_DATE_TOO_FAR")
    return found


def earliest_effect(*, ground_notice: str, delivered: date, pay_in_lieu: bool) -> date:
    """The first lawful last day of an ending by the employer, counted from delivery (LCL 40, 41)."""
    if not ground_notice or (pay_in_lieu and "pay" in ground_notice):
        return delivered
    return delivered + timedelta(days=NOTICE_DAYS)
