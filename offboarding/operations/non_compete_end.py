"""The end of a non-compete comes near: legal and the person hear of it 30 and 7 days ahead, each once."""

from datetime import datetime

from ehr import access, notices
from ehr.access import Role
from ehr.clock import legal_day

from ..models import Case, NonCompete, NonCompeteState
from ..rules import non_compete as rules
from . import people

DOOR = "/door/"


def remind_of_end(case: Case, *, at: datetime) -> bool:
    """The caller holds the case."""
    clause = NonCompete.objects.filter(case=case, state=NonCompeteState.ACTIVE).exclude(until_date=None).first()
    if clause is None or clause.until_date is None:
        return False
    mark = rules.reminder(clause.until_date, today=legal_day(at))
    if mark is None or not clause.remind(mark):
        return False
    day = clause.until_date.isoformat()
    owners = access.users_with(Role.HR_LEGAL, case.unit)
    people.tell(owners, case, "offboarding.non_compete_ending", at=at, url=f"{case.url}after/", day=day)
    words = {"number": case.number, "day": day}
    notices.tell(
        [people.leaver_of(case)], kind="offboarding.own_non_compete_ending", params=words, url=DOOR, subject=case, at=at
    )
    return True
