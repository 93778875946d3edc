"""A forced resignation is never decided on, but what it names is looked at: N is due if it holds (LCL 38, 46)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines
from ehr.access import refuse_self
from ehr.errors import Refused, WrongState

from .. import events
from ..models import Case, Decision
from ..rules.kinds import Kind
from ..words import finding_words
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.arrears"
SAID = "arrears"
DAYS = 2


def ask_check(case: Case, *, by: "User | None", at: datetime) -> None:
    """Once: what was sent again after a return has been looked at, or still waits. What is said to be a resignation now
    names nothing to look at."""
    if case.kind != Kind.FORCED_RESIGNATION:
        deadlines.close(subject=case.ref, kind=KIND, by=by, at=at, outcome="cancelled")
        return
    if deadlines.Deadline.objects.filter(subject=case.ref, kind=KIND).exclude(outcome="cancelled").exists():
        return
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        role="hr_legal",
        unit=case.unit,
        due_at=deadlines.due_in(working_days=DAYS, at=at),
        url=f"{case.url}forced/",
        params={"name": case.employment.person.name},
        kept_from=people.leaver_of(case),
        by=by,
        at=at,
    )


@transaction.atomic
def note_arrears(*, case: Case, text: str, by: "User", at: datetime) -> None:
    """What wages and insurance were found to be owed. It stops nothing: the employer can't refuse such a notice."""
    refuse_self(by, people.leaver_of(case))
    if not text.strip():
        raise Refused("B_REASON_MISSING", finding_words("B_REASON_MISSING"), field="text")
    case.hold()
    if not deadlines.Deadline.objects.still_open().filter(subject=case.ref, kind=KIND).exists():
        raise WrongState(finding_words("B_ARREARS_CHECKED"), allowed=case.actions())
    said = Decision.write(case=case, kind=SAID, comment=text, by=by, at=at)
    deadlines.close(subject=case.ref, kind=KIND, by=by, at=at)
    case.note(events.ArrearsChecked, by=by, at=at, reason_sha256=said.comment_sha256)
