"""A resignation that came on paper or by post. HR only records it: the notice runs from its receipt (LCL 37)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines
from ehr.access import refuse_self
from ehr.clock import LEGAL_ZONE, legal_day
from ehr.errors import Forbidden, Refused, WrongState
from employees.models import Employment

from .. import events
from ..models import Case, Decision
from ..rules import forced, kinds
from ..rules.compliance import evidence
from ..rules.lifecycle import LIVE
from ..words import finding_words
from . import filing, gating, people, told_outside
from .approving import acknowledge_by_law
from .both_signed import Scan
from .proving import add_evidence
from .withdrawing import undo

if TYPE_CHECKING:
    from ehr.identity.models import User

OBJECTION = "offboarding.objection"


@transaction.atomic
def record_letter(
    *,
    employment: Employment,
    kind: str,
    received_on: date,
    scan: Scan,
    requested_last_working_date: date | None = None,
    reason: str = "",
    items: Iterable[str] = (),
    by: "User",
    at: datetime,
) -> Case:
    """From then on it is like one that was filed here. It counts from the first instant of the day of receipt: which hour
    it was nobody knows, and the doubt is not the employee's. So the time to answer may be over already."""
    filing.refuse_recorder(employment, by)
    _refuse_kind(kind)
    filing.refuse_items(kind, items)
    _refuse_day(employment, received_on, at=at)
    Employment.objects.select_for_update(of=("self",), no_key=True).get(pk=employment.pk)
    filing.refuse_ended(employment)
    filing.refuse_second(employment, kind)
    received_at = datetime.combine(received_on, time.min, LEGAL_ZONE)
    if requested_last_working_date is not None:
        gating.refuse_wish(requested_last_working_date, at=received_at)
    case = Case.start(
        kind=kind,
        employment=employment,
        ground=kinds.rule(kind).grounds[0],
        requested_last_working_date=requested_last_working_date,
        forced_items=forced.in_order(items),
        letter_received_on=received_on,
        filed_at=received_at,
        by=by,
        at=at,
    )
    filing.write_reason(case, reason, by=by, at=at)
    paper = evidence.NEEDS[case.ground].must[0]
    add_evidence(
        case=case, paper=paper, dated=received_on, name=scan.name, size=scan.size, content=scan.content, by=by, at=at
    )
    case.note(events.LetterRecorded, by=by, at=at, received_on=received_on.isoformat())
    filing.submit_case(case=case, by=by, at=at)
    told_outside.tell_of_letter(case, by=by, at=at)
    if case.state == "in_approval" and at >= filing.acknowledge_due(case):
        acknowledge_by_law(case, at=at)
    return case


@transaction.atomic
def send_letter_again(
    *,
    case: Case,
    kind: str,
    items: Iterable[str],
    requested_last_working_date: date | None,
    reason: str = "",
    scan: Scan | None = None,
    by: "User",
    at: datetime,
) -> None:
    """It was returned, and its person can't correct it here. The day of receipt stays."""
    case.hold()
    filing.amend_case(
        case=case,
        kind=kind,
        items=items,
        requested_last_working_date=requested_last_working_date,
        reason=reason,
        by=by,
        at=at,
    )
    if scan is not None:
        assert case.letter_received_on is not None
        paper = evidence.NEEDS[case.ground].must[0]
        file = {"name": scan.name, "size": scan.size, "content": scan.content}
        add_evidence(case=case, paper=paper, dated=case.letter_received_on, **file, by=by, at=at)
    filing.submit_case(case=case, by=by, at=at)


def refuse_others(case: Case, *, by: "User") -> None:
    if by != people.leaver_of(case):
        raise Forbidden("own_objection_only")


@transaction.atomic
def dispute_letter(*, case: Case, text: str, by: "User", at: datetime) -> None:
    """The person says that it is not their notice. HR has to look; nothing ends by the objection alone."""
    refuse_others(case, by=by)
    case.hold()
    if not case.is_on_paper or case.state not in LIVE or case.employment_ended_at:
        raise WrongState(finding_words("B_NO_LETTER"), allowed=case.actions())
    if not text.strip():
        raise Refused("B_REASON_MISSING", finding_words("B_REASON_MISSING"), field="text")
    said = Decision.write(case=case, kind="objection", comment=text, by=by, at=at)
    case.note(events.LetterDisputed, by=by, at=at, reason_sha256=said.comment_sha256)
    deadlines.open_deadline(
        kind=OBJECTION,
        subject=case.ref,
        role="hrbp",
        unit=case.unit,
        due_at=deadlines.due_in(working_days=1, at=at),
        url=f"{case.url}letter/",
        params={"name": case.employment.person.name},
        kept_from=by,
        by=by,
        at=at,
    )
    people.tell([case.started_by, *people.hr_of(case)], case, "offboarding.objected", at=at, url=f"{case.url}letter/")


@transaction.atomic
def strike_letter(*, case: Case, reason: str, by: "User", at: datetime) -> None:
    """Recorded in error, while the employment has not ended by it."""
    refuse_self(by, people.leaver_of(case))
    if not reason.strip():
        raise Refused("B_REASON_MISSING", finding_words("B_REASON_MISSING"), field="reason")
    said = Decision.write(case=case, kind="struck", comment=reason, for_leaver=True, by=by, at=at)
    case.strike_letter(reason_sha256=said.comment_sha256, by=by, at=at)
    undo(case, by=by, at=at)


def _refuse_kind(kind: str) -> None:
    if not kinds.rule(kind).is_notice:
        raise Refused("B_NOTICE_KIND", finding_words("B_NOTICE_KIND"), field="kind")


def _refuse_day(employment: Employment, received_on: date, *, at: datetime) -> None:
    if received_on > legal_day(at):
        raise Refused("B_FUTURE_DATE", finding_words("B_FUTURE_DATE"), field="received_on")
    if received_on < employment.hire_date:
        raise Refused("B_BEFORE_HIRE", finding_words("B_BEFORE_HIRE"), field="received_on")
