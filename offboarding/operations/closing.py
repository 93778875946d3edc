"""The end: certificate on the day, employment over at midnight, access closed with it, the case when all is done."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines, documents
from ehr.access import Role, refuse_self
from ehr.clock import legal_day
from ehr.errors import Refused, WrongState
from handover.operations import leave_places

from .. import events
from ..documents import certificate_values
from ..models import Case, Track, TrackState
from ..models.case_law import Unlawful
from ..models.track import FINISHED
from ..rules import lifecycle
from ..rules.gates import Gate
from . import people
from .after_exit import end_of, open_after_exit, open_on_last_day
from .serving import DUTY as SERVICE

if TYPE_CHECKING:
    from ehr.identity.models import User

BLOCKED = "offboarding.effect_blocked"
INCOMPLETE = "offboarding.certificate_incomplete"


@transaction.atomic
def issue_certificate(case: Case, *, at: datetime) -> bool:
    """On the termination date, whatever the handover's state (LCL 50, 89). Once."""
    case.hold()
    if documents.Document.objects.for_subject(case.ref).filter(kind="certificate").exists():
        return False
    if case.stopping(Gate.EFFECT, at=at):
        return False
    try:
        with transaction.atomic():
            _issue(case, at=at)
    except Refused:
        _ask_for_facts(case, at=at)
        return False
    deadlines.close(subject=case.ref, kind=INCOMPLETE, by=None, at=at)
    open_on_last_day(case, at=at)
    return True


def _issue(case: Case, *, at: datetime) -> None:
    assert case.termination_date is not None
    employment = case.employment
    documents.issue(
        kind="certificate",
        entity=employment.employer,
        unit=case.unit,
        subject=case.ref,
        holder=employment.person,
        context=certificate_values(case),
        occasion="resignation" if case.is_notice else case.kind,
        due_at=end_of(case.termination_date),
        by=None,
        at=at,
    )


def _ask_for_facts(case: Case, *, at: datetime) -> None:
    """No blank line on a legal paper: HR fills in what the file lacks, the next round issues it."""
    deadlines.open_deadline(
        kind=INCOMPLETE,
        subject=case.ref,
        role=Role.HRBP,
        unit=case.unit,
        due_at=end_of(case.termination_date),
        url=case.url,
        params={"name": case.employment.person.name},
        by=None,
        at=at,
    )


@transaction.atomic
def end_employment(case: Case, *, at: datetime) -> bool:
    """At 00:00 of the day after. An employer's ending without its proofs does not take effect (decisions 2)."""
    case.hold()
    if case.employment_ended_at or case.state != "approved":
        return False
    try:
        _end(case, by=None, at=at)
    except Unlawful as refusal:
        _raise_alarm(case, [finding.code for finding in refusal.findings], at=at)
        return False
    return True


@transaction.atomic
def end_now(*, case: Case, by: "User", at: datetime) -> None:
    """The day has passed and what was missing is there now: HR need not wait for the clock, nor can it go past the law."""
    refuse_self(by, people.leaver_of(case))
    case.hold()
    if case.termination_date is None or case.termination_date >= legal_day(at):
        raise WrongState(_("The last day is not over yet."), allowed=case.actions())
    _end(case, by=by, at=at)


def _end(case: Case, *, by: "User | None", at: datetime) -> None:
    case.end_employment(by=by, at=at)
    deadlines.close(subject=case.ref, kind=BLOCKED, by=by, at=at)
    case.employment.end(termination_date=case.termination_date, exit_reason=case.kind, by=by, at=at)
    _close_access(case, at=at)
    _cancel_others(case, at=at)
    open_after_exit(case, at=at)
    close_if_finished(case, by=by, at=at)


def close_if_finished(case: Case, *, by: "User | None", at: datetime) -> bool:
    if not lifecycle.allows(lifecycle.Action.CLOSE, case.state, case.facts()):
        return False
    case.close(by=by, at=at)
    deadlines.close(subject=case.ref, kind=SERVICE, by=None, at=at, outcome="cancelled")
    _drop_optional(case, at=at)
    people.tell(people.hr_of(case), case, "offboarding.closed", at=at)
    return True


def _raise_alarm(case: Case, missing: list[str], *, at: datetime) -> None:
    """The person stays employed and paid; HR and legal have a red to-do until the proof is there."""
    if deadlines.Deadline.objects.still_open().filter(subject=case.ref, kind=BLOCKED).exists():
        return
    case.note(events.EffectBlocked, by=None, at=at, codes=missing)
    for role in (Role.HR_MANAGER, Role.HR_LEGAL):
        deadlines.open_deadline(
            kind=BLOCKED,
            subject=case.ref,
            role=role,
            unit=case.unit,
            due_at=end_of(case.termination_date),
            url=case.url,
            params={"name": case.employment.person.name},
            by=None,
            at=at,
        )


def _close_access(case: Case, *, at: datetime) -> None:
    """In the transaction that ends the employment; somebody rehired elsewhere in the group keeps theirs."""
    user = people.leaver_of(case)
    if user is None or _works_elsewhere(case):
        return
    user.close_access(at=at)
    leave_places(user=user, by=None, at=at)


def _works_elsewhere(case: Case) -> bool:
    person = case.employment.person
    return person.employments.exclude(pk=case.employment_id).exclude(status="left").exists()


def _cancel_others(case: Case, *, at: datetime) -> None:
    """A quiet case beside a resignation has lost its object once the employment is over."""
    from .withdrawing import drop

    for other in Case.objects.filter(employment=case.employment, state__in=lifecycle.LIVE).exclude(pk=case.pk):
        drop(other, at=at)


def _drop_optional(case: Case, *, at: datetime) -> None:
    """Optional tracks that nobody touched end with the case; what the law still asks for stays open, as required
    ones do that fall later."""
    untouched = case.tracks.filter(required=False).exclude(state__in=FINISHED)
    optional: Iterable[Track] = untouched.exclude(obligation__in=case.obligations.running())
    for track in optional:
        track.move(TrackState.CANCELLED, sources=[TrackState(track.state)], by=None, at=at)
        deadlines.close(subject=case.ref, kind="offboarding.track", key=track.kind, by=None, at=at, outcome="cancelled")
