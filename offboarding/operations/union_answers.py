"""A union that objects gets a written answer: from its paper on, somebody has to give one (LCL 43)."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ehr import deadlines
from ehr.clock import LEGAL_ZONE

from ..models import Case, Evidence
from ..rules.compliance import union
from ..rules.tracks import RULES, TrackKind
from . import people

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.union_answer"


def answer_due(objected_on: date) -> datetime:
    opened = datetime.combine(objected_on, time(), LEGAL_ZONE)
    return deadlines.due_in(working_days=union.ANSWER_DAYS, at=opened)


def mind_objection(case: Case, paper: Evidence, *, by: "User", at: datetime) -> None:
    """The clock runs from the day of the opinion; the answer on file stops it."""
    if paper.paper not in (union.OBJECTION, union.ANSWER) or not union.is_told(case.ground):
        return
    if not union.waits_for_answer({row.paper: row.dated for row in case.evidence.counting()}):
        deadlines.close(subject=case.ref, kind=KIND, by=by, at=at)
        return
    if paper.paper == union.ANSWER or case.employment_ended_at:
        return
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        role=RULES[TrackKind.UNION_NOTICE].role,
        unit=case.unit,
        due_at=answer_due(paper.dated),
        url=f"{case.url}wizard/evidence/",
        params={"name": case.employment.person.name},
        kept_from=people.leaver_of(case),
        by=by,
        at=at,
    )
