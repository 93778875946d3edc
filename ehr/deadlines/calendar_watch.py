"""Next year's calendar is published in November; until somebody loads it, the administrators have it in their inbox."""

from datetime import date, datetime, time

from ehr.clock import LEGAL_ZONE
from ehr.deadlines.calendar_editing import NEXT_YEAR, SUBJECT
from ehr.deadlines.models import Deadline
from ehr.deadlines.operations import close, open_deadline
from ehr.units.calendars import official_through

FIRST_MONTH = 11
URL = "/settings/calendar/"


def is_next_missing(today: date) -> bool:
    return today.month >= FIRST_MONTH and official_through().year <= today.year


def ask_for_next_year(*, at: datetime) -> bool:
    """Every day, safe to run at any time and twice: one to-do for a year, gone as soon as the year is certain."""
    today = at.astimezone(LEGAL_ZONE).date()
    if not is_next_missing(today):
        close(subject=SUBJECT, kind=NEXT_YEAR, by=None, at=at)
        return False
    from ehr.access.roles import Role
    from ehr.units.models import OrgUnit

    last = datetime.combine(date(today.year, 12, 31), time(18), LEGAL_ZONE)
    open_deadline(
        kind=NEXT_YEAR,
        subject=SUBJECT,
        role=Role.ADMIN,
        unit=OrgUnit.objects.filter(parent=None).order_by("id").first(),
        due_at=last,
        url=URL,
        params={"year": today.year + 1},
        key=str(today.year + 1),
        ladder=Deadline.Ladder.OWNER,
        by=None,
        at=at,
    )
    return True
