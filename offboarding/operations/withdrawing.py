"""Taking an exit back: freely while it is nobody's yet, by consent afterwards (decisions 4)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.clock import legal_day
from ehr.errors import Forbidden, Refused, WrongState
from handover.operations import cancel_handover

from .. import events
from ..models import Case, Decision, Retention, RetentionOutcome, TrackState, Withdrawal
from ..models.evidence import WITHDRAWAL_CONSENT
from ..models.track import FINISHED
from ..rules import lifecycle
from ..rules.lifecycle import Action
from ..words import finding_words
from . import asking, noticing, people
from .after_exit import cancel_duties
from .both_signed import Scan
from .proving import add_evidence
from .staying import keep_person

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.withdrawal"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The paper on which the employee agrees that an ending is taken back."""

    signed_on: date
    scan: Scan


@transaction.atomic
def withdraw(*, case: Case, reason: str = "", consent: Consent | None = None, by: "User", at: datetime) -> bool:
    """True when it is withdrawn now; False when somebody has to agree first.

    A notice is the employee's to take back; an employer's ending is HR's until it was delivered or both have signed,
    and from then on the employee's `consent` is asked for."""
    case.hold()
    _refuse_stranger(case, by)
    said = Decision.write(case=case, kind="withdrawal", comment=reason, by=by, at=at)
    has_consent = consent is not None and not case.is_notice
    if lifecycle.allows(Action.WITHDRAW, case.state, case.facts(has_consent=has_consent)):
        if consent is not None and has_consent:
            _keep(case, consent, by=by, at=at)
        case.withdraw(consent=has_consent, reason_sha256=said.comment_sha256, by=by, at=at)
        undo(case, by=by, at=at)
        return True
    if not case.is_notice:
        raise WrongState(_why_bound(case), allowed=case.actions())
    _ask_consent(case, by=by, at=at)
    return False


@transaction.atomic
def answer_withdrawal(*, case: Case, agree: bool, comment: str = "", by: "User", at: datetime) -> None:
    """HR's consent to a withdrawal after the acknowledgement."""
    case.hold()
    asked = case.withdrawals.filter(answer="").first()
    if asked is None:
        raise WrongState(_("Nobody asked to withdraw this."), allowed=case.actions())
    asked.decide(answer="agreed" if agree else "refused", by=by, at=at)
    deadlines.close(subject=case.ref, kind=KIND, by=by, at=at)
    said = Decision.write(case=case, kind="withdrawal_answer", comment=comment, for_leaver=True, by=by, at=at)
    if agree:
        case.withdraw(consent=True, reason_sha256=said.comment_sha256, by=by, at=at)
        undo(case, by=by, at=at)
        return
    case.note(events.WithdrawalRefused, by=by, at=at, reason_sha256=said.comment_sha256)
    people.tell_leaver(case, "offboarding.withdrawal_refused", at=at)


@transaction.atomic
def record_retention(
    *,
    case: Case,
    measure: str,
    outcome: str,
    amount: object = None,
    note: str = "",
    by: "User",
    at: datetime,
) -> Retention:
    """Each talk is a row. Somebody is retained only by their own withdrawal (decisions 3)."""
    case.confirm(Action.RECORD_RETENTION, at=at)
    talk = Retention.objects.create(
        case=case,
        data_key_id=case.data_key_id,
        measure=measure,
        amount=amount,
        outcome=outcome,
        note=note,
        talked_by=by,
        talked_at=at,
    )
    case.note(events.RetentionRecorded, by=by, at=at, measure=measure, outcome=outcome)
    return talk


@transaction.atomic
def accept_retention(*, case: Case, by: "User", at: datetime) -> None:
    """The employee takes the notice back because of what was offered; the offer was the company's consent."""
    case.hold()
    if by != people.leaver_of(case):
        raise Forbidden("own_withdrawal_only")
    talk = case.retentions.exclude(outcome=RetentionOutcome.DECLINED).order_by("-talked_at").first()
    if talk is None:
        raise Refused("B_NO_OFFER", _("There is no offer to accept."))
    Retention.objects.filter(pk=talk.pk).update(outcome=RetentionOutcome.STAYED)
    case.retain(measure=talk.measure, by=by, at=at)
    undo(case, by=by, at=at)


@transaction.atomic
def cancel_case(*, case: Case, reason: str, by: "User", at: datetime) -> None:
    """Opened by mistake. A filed notice can't be cancelled by the company."""
    if not reason.strip():
        raise Refused("B_REASON_MISSING", _("Please write why."), field="reason")
    said = Decision.write(case=case, kind="cancellation", comment=reason, by=by, at=at)
    case.cancel(reason_sha256=said.comment_sha256, by=by, at=at)
    undo(case, by=by, at=at)


def drop(case: Case, *, at: datetime) -> None:
    """The employment ended by another case."""
    case.withdraw(consent=True, by=None, at=at)
    _stop_everything(case, by=None, at=at)


def _why_bound(case: Case) -> str:
    if case.is_live and case.employment_ended_at is None:
        if case.agreement_signed_at is not None:
            return _("Both have signed: the employee has to sign a consent first.")
        return _("It was delivered: the employee has to sign a consent first.")
    return case.refusal(Action.WITHDRAW)


def _keep(case: Case, consent: Consent, *, by: "User", at: datetime) -> None:
    """What is agreed to was there before: nobody consents in advance."""
    if consent.signed_on > legal_day(at):
        raise Refused("B_FUTURE_DATE", finding_words("B_FUTURE_DATE"), field="signed_on")
    if consent.signed_on < _bound_since(case, at=at):
        raise Refused("B_CONSENT_IN_ADVANCE", finding_words("B_CONSENT_IN_ADVANCE"), field="signed_on")
    file = {"name": consent.scan.name, "size": consent.scan.size, "content": consent.scan.content}
    add_evidence(case=case, paper=WITHDRAWAL_CONSENT, dated=consent.signed_on, **file, by=by, at=at)


def _bound_since(case: Case, *, at: datetime) -> date:
    arrived = case.service_proofs.arrived().order_by("delivered_date").values_list("delivered_date", flat=True).first()
    signed = case.agreement_signed_at and legal_day(case.agreement_signed_at)
    bound = [day for day in (arrived, signed) if day]
    return min(bound) if bound else case.filed_date or legal_day(at)


def _ask_consent(case: Case, *, by: "User", at: datetime) -> None:
    case.confirm(Action.REQUEST_WITHDRAWAL, at=at)
    if case.withdrawals.filter(answer="").exists():
        raise WrongState(_("HR was asked already."), allowed=case.actions())
    Withdrawal.objects.create(case=case, asked_by=by, asked_at=at)
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        role="hrbp",
        unit=case.unit,
        due_at=deadlines.due_in(working_days=1, at=at),
        url=case.url,
        params={"name": case.employment.person.name},
        by=by,
        at=at,
    )
    case.note(events.WithdrawalRequested, by=by, at=at)


def undo(case: Case, *, by: "User | None", at: datetime) -> None:
    _stop_everything(case, by=by, at=at)
    keep_person(case, by=by, at=at)
    people.tell_leaver(case, "offboarding.stopped", at=at)
    people.tell([case.started_by, *people.hr_of(case)], case, "offboarding.withdrawn", at=at)


def _stop_everything(case: Case, *, by: "User | None", at: datetime) -> None:
    """Nobody is asked for anything any more but in a dispute; what was done stays done and visible."""
    kept = cancel_duties(case, by=by, at=at)
    deadlines.close(subject=case.ref, kind="offboarding.*", kept=kept, by=by, at=at, outcome="cancelled")
    asking.stop_asking(case, by=by, at=at)
    for step in case.steps.filter(state="open"):
        for approval in step.approvals.pending():
            approval.decide(state="superseded", by=by, at=at)
        step.stop(at=at)
    for track in case.tracks.exclude(state__in=FINISHED):
        track.move(TrackState.CANCELLED, sources=[TrackState(track.state)], by=by, at=at)
    cancel_handover(origin=case.ref, by=by, at=at)
    noticing.take_back(case, by=by, at=at)


def _refuse_stranger(case: Case, by: "User") -> None:
    own = by == people.leaver_of(case)
    if own != case.is_notice:
        raise Forbidden("not_yours_to_withdraw")
