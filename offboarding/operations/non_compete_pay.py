"""Whether a non-compete is paid: after three months without pay the person may have it ended (JI1 38)."""

from datetime import date, datetime

from ehr import deadlines
from ehr.access import Role
from ehr.clock import legal_day

from ..models import Case, NonCompete, NonCompeteState
from ..rules import non_compete as rules
from ..rules.obligations import DutyKind
from . import people

UNPAID = "offboarding.non_compete_unpaid"


def unpaid_of(case: Case, *, today: date) -> int:
    rows = case.obligations.running().filter(kind=DutyKind.NON_COMPETE_PAY)
    return rules.unpaid_months(rows.values_list("due_date", flat=True), today=today)


def mind_unpaid(case: Case, *, at: datetime) -> bool:
    """Legal and HR hear of it once, and no longer once it is paid or ended. The caller holds the case."""
    clause = NonCompete.objects.filter(case=case).first()
    if clause is None:
        return False
    is_active = clause.state == NonCompeteState.ACTIVE
    if is_active and rules.may_ask_release(unpaid_of(case, today=legal_day(at))):
        return _warn(case, clause, at=at)
    if clause.warn(at=None):
        deadlines.close(subject=case.ref, kind=UNPAID, by=None, at=at)
    return False


def _warn(case: Case, clause: NonCompete, *, at: datetime) -> bool:
    if not clause.warn(at=at):
        return False
    for role in (Role.HR_LEGAL, Role.HR_MANAGER):
        deadlines.open_deadline(
            kind=UNPAID,
            subject=case.ref,
            role=role,
            unit=case.unit,
            due_at=at,
            url=f"{case.url}after/",
            params={"name": case.employment.person.name},
            ladder=deadlines.Deadline.Ladder.HR,
            kept_from=people.leaver_of(case),
            by=None,
            at=at,
        )
    return True
