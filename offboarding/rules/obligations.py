"""Duties that fall after the last day. They have their own deadlines and never keep a case open (decisions 5)."""

from dataclasses import dataclass
from datetime import date, timedelta

FILE_TRANSFER_DAYS = 15


@dataclass(frozen=True, kw_only=True)
class Duty:
    kind: str
    due_date: date
    article: str
    track: str = ""
    """The track that already does this; no second to-do is opened for it."""
    role: str = ""


def after(termination_date: date) -> list[Duty]:
    return [
        Duty(
            kind="file_transfer",
            due_date=termination_date + timedelta(days=FILE_TRANSFER_DAYS),
            article="LCL 50",
            track="social_insurance",
        ),
        Duty(kind="retention", due_date=years_after(termination_date, 2), article="LCL 50"),
    ]


def years_after(day: date, years: int) -> date:
    """29 February becomes 1 March: the last day of the period is never earlier than the law's."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
