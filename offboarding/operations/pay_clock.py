"""When each payment of an exit falls due: the last day by WPR 9, severance with the handover by LCL 50(2)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from ehr import deadlines
from ehr.access import Role
from ehr.clock import LEGAL_ZONE

from .. import events
from ..models import Case, PayWhen, Settlement, SettlementPayment, SettlementState
from ..models.track import FINISHED
from ..rules.compliance.deadlines import severance_due
from ..rules.pay_inputs import PayInputs
from .planning import END_OF_BUSINESS

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.settlement_payment"


def start_clock(settlement: Settlement, *, by: "User | None", at: datetime) -> None:
    """Opens the to-do of every payment that is due by now, or moves it with the dates."""
    case = settlement.case
    for payment in settlement.payments.filter(paid_date=None):
        day = due_of(case, settlement, PayWhen(payment.when))
        payment.fall_due(day)
        if day is not None:
            _ask(case, payment, day, by=by, at=at)


def stop_clock(case: Case, *, by: "User | None", at: datetime) -> None:
    deadlines.close(subject=case.ref, kind=KIND, by=by, at=at, outcome="cancelled")


def handover_ended(case: Case, *, by: "User | None", at: datetime) -> None:
    """The one event that severance may wait for; who pays by another system is told that it waits no more."""
    settlement = case.settlements.filter(state=SettlementState.CONFIRMED).first()
    if settlement is not None:
        settlement.case = case
        waited = settlement.payments.filter(paid_date=None, due_date=None).exists()
        start_clock(settlement, by=by, at=at)
        if waited:
            which = {"settlement_id": str(settlement.pk), "nth": settlement.nth}
            case.note(events.SettlementDue, by=by, at=at, **which)


def due_of(case: Case, settlement: Settlement, when: PayWhen) -> date | None:
    assert case.termination_date is not None
    if when != PayWhen.HANDOVER:
        return case.termination_date
    return severance_due(
        last_day=case.termination_date,
        handover_completed=_handed_over(case),
        employer_delays=PayInputs.read(settlement.inputs).employer_delays,
    )


def _handed_over(case: Case) -> date | None:
    """An exit without a handover waits for none."""
    track = case.tracks.filter(kind="handover").first()
    if track is None or track.state == "cancelled":
        return case.termination_date
    return track.moved_at.astimezone(LEGAL_ZONE).date() if track.state in FINISHED else None


def _ask(case: Case, payment: SettlementPayment, day: date, *, by: "User | None", at: datetime) -> None:
    due_at = datetime.combine(day, END_OF_BUSINESS, LEGAL_ZONE)
    deadlines.open_deadline(
        kind=KIND,
        subject=case.ref,
        role=Role.FINANCE,
        unit=case.unit,
        due_at=due_at,
        url=payment.settlement.url,
        params={"name": case.employment.person.name, "when": payment.when},
        key=payment.when,
        by=by,
        at=at,
    )
    deadlines.move(subject=case.ref, kind=KIND, key=payment.when, due_at=due_at, by=by, at=at)
