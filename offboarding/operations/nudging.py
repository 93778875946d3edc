"""Asking again, once a day at most, everybody a case waits for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import access, deadlines, notices, record
from ehr.access import Role
from handover.standing import ref_of

from .. import events
from ..models import Case
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User

PAUSE = timedelta(hours=4)


@transaction.atomic
def nudge(*, case: Case, by: "User", at: datetime) -> int:
    """How many people were reminded; those who were reminded within four hours are left in peace."""
    case.hold()
    if _nudged_lately(case, at):
        return 0
    subjects = [case.ref, ref_of(case.ref)]
    waiting = deadlines.Deadline.objects.still_open().filter(subject__in=subjects).select_related("owner", "unit")
    found: dict[object, User] = {}
    for deadline in waiting:
        for user in [deadline.owner] if deadline.owner else access.users_with(Role(deadline.role), deadline.unit):
            found[user.pk] = user
    found.pop(by.pk, None)
    if case.is_secret and (leaver := people.leaver_of(case)):
        found.pop(leaver.pk, None)
    if found:
        notices.tell(
            found.values(),
            kind="offboarding.nudge",
            params={"name": case.employment.person.name, "number": case.number},
            url="/inbox/",
            subject=case,
            at=at,
            by=by,
        )
        case.note(events.Nudged, by=by, at=at, people=len(found))
    return len(found)


def _nudged_lately(case: Case, at: datetime) -> bool:
    return record.timeline([case.ref]).filter(kind=events.Nudged.kind, at__gt=at - PAUSE).exists()
