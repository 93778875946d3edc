from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from ehr.clock import LEGAL_ZONE
from ehr.lib.workdays import add_working_days
from ehr.units.calendars import workday_rule

if TYPE_CHECKING:
    from ehr.units.models import OrgUnit

END_OF_BUSINESS = time(18)


def due_in(*, working_days: int, unit: "OrgUnit | None", at: datetime) -> datetime:
    """18:00 in Shanghai of the n-th working day; the day it starts is day 0, whatever the hour."""
    day = add_working_days(at.astimezone(LEGAL_ZONE).date(), working_days, workday_rule(unit))
    return datetime.combine(day, END_OF_BUSINESS, LEGAL_ZONE).astimezone(UTC)
