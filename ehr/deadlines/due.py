from datetime import UTC, datetime, time

from ehr.clock import LEGAL_ZONE
from ehr.lib.workdays import add_working_days
from ehr.units.calendars import workday_rule

END_OF_BUSINESS = time(18)


def due_in(*, working_days: int, at: datetime) -> datetime:
    """18:00 in Shanghai of the n-th working day; the day it starts is day 0, whatever the hour."""
    day = add_working_days(at.astimezone(LEGAL_ZONE).date(), working_days, workday_rule())
    return datetime.combine(day, END_OF_BUSINESS, LEGAL_ZONE).astimezone(UTC)
