"""The State Council's notice for one year as lines `2027-02-06,work,Spring Festival`: what differs from plain weeks."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ehr.lib.holidays import statutory_days

WORDS = {"work": True, "rest": False, "上班": True, "休息": False, "班": True, "休": False}
MOST_LINES = 366


class Unreadable(Exception):
    """`line` is counted from 1; 0 is the whole file. The text is a code, worded at the edge."""

    def __init__(self, code: str, *, line: int = 0, day: date | None = None) -> None:
        super().__init__(code)
        self.code, self.line, self.day = code, line, day


@dataclass(frozen=True, kw_only=True)
class Listed:
    is_workday: bool
    note: str = ""


def read(text: str, *, year: int) -> dict[date, Listed]:
    """Refuses a file that names no day, a day of another year, a day twice, or work on a day that is off by law."""
    listed: dict[date, Listed] = {}
    for number, row in enumerate(csv.reader(text.removeprefix("\ufeff").splitlines()), start=1):
        if not row or row[0].strip().startswith("#") or number > MOST_LINES:
            continue
        day, said = _line(row, number)
        if day.year != year:
            raise Unreadable("other_year", line=number, day=day)
        if day in listed:
            raise Unreadable("twice", line=number, day=day)
        listed[day] = said
    _refuse(listed, year)
    return listed


def whole_year(listed: Mapping[date, Listed], *, year: int) -> dict[date, bool]:
    """Every day of the year: what is listed, and plain weeks for the rest."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return {day: listed[day].is_workday if day in listed else day.weekday() < 5 for day in days}


def _line(row: list[str], number: int) -> tuple[date, Listed]:
    cells = [cell.strip() for cell in row] + ["", ""]
    try:
        day = date.fromisoformat(cells[0])
    except ValueError:
        raise Unreadable("no_date", line=number) from None
    if cells[1].lower() not in WORDS:
        raise Unreadable("no_word", line=number, day=day)
    return day, Listed(is_workday=WORDS[cells[1].lower()], note=cells[2][:100])


def _refuse(listed: Mapping[date, Listed], year: int) -> None:
    if not listed:
        raise Unreadable("empty")
    plan = whole_year(listed, year=year)
    worked = next((day for day in statutory_days(year) if plan[day]), None)
    if worked is not None:
        raise Unreadable("off_by_law", day=worked)
