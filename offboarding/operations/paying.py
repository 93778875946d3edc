"""From the calculated sum to the money: HR submits, finance confirms, pays, and with the last payment the track is done."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import Role, refuse_self
from ehr.clock import LEGAL_ZONE
from ehr.errors import Refused, WrongState

from .. import events
from ..models import Decision, PayWhen, Settlement, SettlementPayment, SettlementState
from ..models.reference_tables import known_rows, unconfirmed_among
from ..rules.compliance.payable import Item, PayLine, When, still_owed
from ..rules.lifecycle import Action
from ..words import finding_words
from . import pay_clock, people
from .settling import CONFIRM, note
from .working import progress_track

if TYPE_CHECKING:
    from ehr.identity.models import User


@transaction.atomic
def submit_settlement(*, settlement: Settlement, reasons: dict[str, str], by: "User", at: datetime) -> None:
    _begin(settlement, by, at)
    settlement.submit(reasons=reasons, by=by, at=at)
    note(settlement, events.SettlementSubmitted, by=by, at=at)
    case = settlement.case
    deadlines.open_deadline(
        kind=CONFIRM,
        subject=case.ref,
        role=Role.FINANCE,
        unit=case.unit,
        due_at=deadlines.due_in(working_days=1, at=at),
        url=settlement.url,
        params={"name": case.employment.person.name},
        by=by,
        at=at,
    )


@transaction.atomic
def confirm_settlement(*, settlement: Settlement, by: "User", at: datetime) -> None:
    """By a second person. From here the clock of each payment runs."""
    _begin(settlement, by, at)
    _refuse_unconfirmed(settlement)
    settlement.confirm(by=by, at=at)
    note(settlement, events.SettlementConfirmed, by=by, at=at)
    deadlines.close(subject=settlement.case.ref, kind=CONFIRM, by=by, at=at)
    _open_payments(settlement)
    pay_clock.start_clock(settlement, by=by, at=at)
    people.tell_leaver(settlement.case, "offboarding.settlement_confirmed", at=at, number=settlement.case.number)
    _finish_if_paid(settlement, by=by, at=at)


@transaction.atomic
def return_settlement(*, settlement: Settlement, reason: str, by: "User", at: datetime) -> None:
    _begin(settlement, by, at)
    if not reason.strip():
        raise Refused("B_REASON_MISSING", _("Please write why."), field="comment")
    settlement.return_()
    case = settlement.case
    said = Decision.write(case=case, kind="settlement_return", comment=reason, by=by, at=at)
    note(settlement, events.SettlementReturned, by=by, at=at, reason_sha256=said.comment_sha256)
    deadlines.close(subject=case.ref, kind=CONFIRM, by=by, at=at)
    people.tell([settlement.submitted_by], case, "offboarding.settlement_returned", at=at, url=settlement.url)


@transaction.atomic
def record_payment(
    *, settlement: Settlement, when: str, paid_date: date, reference: str, by: "User", at: datetime
) -> None:
    """Severance is paid on the completed handover, not before (LCL 50(2)); wages wait for nothing."""
    _begin(settlement, by, at)
    payment = settlement.payments.filter(when=when).first()
    if payment is None or settlement.state != SettlementState.CONFIRMED:
        raise WrongState(_("There is nothing to pay here."), allowed=settlement.actions)
    if pay_clock.due_of(settlement.case, settlement, PayWhen(when)) is None:
        raise Refused("B_HANDOVER_OPEN", finding_words("B_HANDOVER_OPEN"), article="LCL 50(2)")
    _refuse_day(settlement, paid_date, at)
    payment.pay(paid_date=paid_date, reference=reference, by=by, at=at)
    note(settlement, events.SettlementPaid, by=by, at=at, when=when, paid_date=paid_date.isoformat())
    deadlines.close(subject=settlement.case.ref, kind=pay_clock.KIND, key=when, by=by, at=at)
    _finish_if_paid(settlement, by=by, at=at)


def _refuse_day(settlement: Settlement, paid_date: date, at: datetime) -> None:
    """The day on the bank slip. It may lie before this version was confirmed, or before the exit was decided: wages wait for
    neither, and a new version keeps what was paid. Before the exit was filed there was nothing to pay."""
    if paid_date > at.astimezone(LEGAL_ZONE).date():
        raise Refused("B_DATE_TO_COME", finding_words("B_DATE_TO_COME"), field="paid_date")
    filed = settlement.case.filed_date
    if filed and paid_date < filed:
        words = _("The exit was filed on %(day)s; nothing was paid for it before.") % {"day": filed.isoformat()}
        raise Refused("B_DATE_BEFORE_FILED", words, field="paid_date")


def _begin(settlement: Settlement, by: "User", at: datetime) -> None:
    refuse_self(by, people.leaver_of(settlement.case))
    settlement.case.confirm(Action.WORK_TRACK, at=at)
    settlement.refresh_from_db(fields=["state", "calculated_by", "submitted_by"])


def _refuse_unconfirmed(settlement: Settlement) -> None:
    """Nobody is paid by a figure that two people have not looked at; only a demo may."""
    if not settings.EHR_DEMO and unconfirmed_among(settlement.row_keys, known_rows()):
        raise Refused("B_REF_UNCONFIRMED", finding_words("B_REF_UNCONFIRMED"))


def _open_payments(settlement: Settlement) -> None:
    """What an earlier version paid already is not paid twice; what it paid too much is never taken back here."""
    earlier = list(
        SettlementPayment.objects.filter(settlement__case=settlement.case_id, paid_date__isnull=False)
        .select_related("data_key")
        .order_by("settlement__nth")
    )
    owed = still_owed(
        [line.as_pay_line() for line in settlement.lines.all()],
        paid=[Item(when=When(payment.when), amount=payment.sum) for payment in earlier],
        paid_lines=_lines_paid_last(earlier),
    )
    common = {"settlement": settlement, "data_key_id": settlement.data_key_id}
    SettlementPayment.objects.bulk_create(
        SettlementPayment(when=item.when, amount=str(item.amount), **common) for item in owed
    )


def _lines_paid_last(earlier: list[SettlementPayment]) -> list[PayLine]:
    on_the_last_day = [payment for payment in earlier if payment.when == PayWhen.LAST_DAY]
    rows = on_the_last_day[-1].settlement.lines.all() if on_the_last_day else []
    return [line.as_pay_line() for line in rows]


def _finish_if_paid(settlement: Settlement, *, by: "User", at: datetime) -> None:
    if settlement.payments.filter(paid_date=None).exists():
        return
    settlement.finish()
    progress_track(case_id=settlement.case_id, kind="settlement", state="done", by=by, at=at)
