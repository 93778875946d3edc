from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ehr import record
from ehr.deadlines.calendar_editing import SUBJECT
from ehr.deadlines.calendar_watch import is_next_missing
from ehr.deadlines.kinds import kind_of
from ehr.units.calendars import CalendarDay, CalendarYear, official_through, workday_rule

CHANGES = ("units.calendar.year_loaded", "units.calendar.day_changed")
SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class YearRow:
    year: int
    working_days: int
    is_certain: bool
    loaded: CalendarYear | None


@dataclass(frozen=True, kw_only=True)
class CalendarPage:
    years: list[YearRow]
    days: list[CalendarDay]
    changes: list[dict[str, Any]]
    certain_through: date
    is_next_missing: bool


def calendar_page(*, at: datetime) -> CalendarPage:
    certain, this_year = official_through(), at.year
    loaded = {row.year: row for row in CalendarYear.objects.select_related("loaded_by")}
    return CalendarPage(
        years=[_year(year, certain, loaded.get(year)) for year in range(this_year - 1, this_year + 3)],
        days=list(CalendarDay.objects.filter(date__year__gte=this_year - 1, loaded=None).order_by("-date")[:200]),
        changes=[_change(event) for event in _changes()],
        certain_through=certain,
        is_next_missing=is_next_missing(at.date()),
    )


def _year(year: int, certain: date, loaded: CalendarYear | None) -> YearRow:
    rule, first = workday_rule(), date(year, 1, 1)
    days = sum(rule(first + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - first).days))
    return YearRow(year=year, working_days=days, is_certain=year <= certain.year, loaded=loaded)


def _changes() -> Any:
    return record.timeline([SUBJECT]).filter(kind__in=CHANGES).select_related("actor").order_by("-at", "-id")[:SHOWN]


def _change(event: Any) -> dict[str, Any]:
    """What moved is told by its sort alone: a title would name the person an exit is about."""
    moved = [
        {
            "what": kind_of(kind).group,
            "before": datetime.fromisoformat(before),
            "after": datetime.fromisoformat(after),
            "number": number,
        }
        for kind, before, after, number in event.payload["moved"]
    ]
    day = event.payload.get("date")
    return {
        "event": event,
        "moved": moved,
        "day": date.fromisoformat(day) if day else None,
        "work": event.payload.get("work", ""),
        "year": event.payload.get("year"),
        "source": event.payload.get("source", ""),
    }
