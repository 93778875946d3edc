"""Months and quarters of the civil year."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ehr.lib.months import add_months, last_of_month

CODE = re.compile(r"^(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))$")


class Rhythm(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, kw_only=True)
class Period:
    rhythm: Rhythm
    start: date

    @property
    def end(self) -> date:
        """The last day, included."""
        return last_of_month(add_months(self.start, 2 if self.rhythm is Rhythm.QUARTER else 0))

    @property
    def code(self) -> str:
        """'2026-11', '2026-Q4'"""
        if self.rhythm is Rhythm.QUARTER:
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        return f"{self.start:%Y-%m}"


def period_of(*, rhythm: Rhythm, day: date) -> Period:
    month = day.month if rhythm is Rhythm.MONTH else (day.month - 1) // 3 * 3 + 1
    return Period(rhythm=rhythm, start=date(day.year, month, 1))


def period_from(code: str) -> Period | None:
    """None when the code names no month or quarter."""
    found = CODE.match(code)
    if not found:
        return None
    year, month, quarter = found.groups()
    if quarter:
        return Period(rhythm=Rhythm.QUARTER, start=date(int(year), 3 * int(quarter) - 2, 1))
    return Period(rhythm=Rhythm.MONTH, start=date(int(year), int(month), 1))
