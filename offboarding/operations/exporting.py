"""Taking a settlement out of the house. Each export is an event; what it holds is not in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import documents
from ehr.access import refuse_self
from ehr.errors import Refused, WrongState

from .. import events
from ..may import is_at_work
from ..models import Case, Settlement, SettlementPayment, SettlementState
from ..rules.lifecycle import Action
from ..settlement_paper import settlement_context
from . import people
from .settling import note

if TYPE_CHECKING:
    from ehr.documents import Document
    from ehr.identity.models import User

SHEET = "settlement"


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One line of a bank file: whom, where, how much, what for."""

    name: str
    account: str
    amount: Decimal
    purpose: str


@transaction.atomic
def export_settlement(*, settlement: Settlement, by: "User", at: datetime) -> None:
    refuse_self(by, people.leaver_of(settlement.case))
    settlement.case.confirm(Action.WORK_TRACK, at=at)
    _refuse_unconfirmed(settlement)
    note(settlement, events.SettlementExported, by=by, at=at, format="xlsx")


@transaction.atomic
def export_transfers(*, payments: Sequence[SettlementPayment], by: "User", at: datetime) -> list[Transfer]:
    """What is due and unpaid, with the whole account numbers. One person without an account stops the file."""
    if not payments:
        raise Refused("B_NOTHING_CHOSEN", _("Choose at least one payment."))
    for payment in payments:
        refuse_self(by, people.leaver_of(payment.settlement.case))
        if not _is_payable(payment):
            number = payment.settlement.case.number
            raise WrongState(_("The settlement of %(number)s changed or was paid meanwhile.") % {"number": number})
    _refuse_without_account(payment.settlement.case for payment in payments)
    for settlement in {payment.settlement_id: payment.settlement for payment in payments}.values():
        note(settlement, events.SettlementExported, by=by, at=at, format="bank")
    return [_transfer(payment) for payment in payments]


@transaction.atomic
def issue_sheet(*, settlement: Settlement, by: "User", at: datetime, bilingual: bool = False) -> "Document":
    """The settlement as a paper for both sides to sign; the sheet of an earlier version stops counting."""
    case = settlement.case
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.WORK_TRACK, at=at)
    _refuse_unconfirmed(settlement)
    earlier = documents.Document.objects.for_subject(case.ref).filter(kind=SHEET, state="issued").last()
    return documents.issue(
        kind=SHEET,
        entity=case.employment.employer,
        unit=case.unit,
        subject=case.ref,
        holder=case.employment.person,
        context=settlement_context(settlement) | {"bilingual": bilingual},
        occasion=case.kind,
        show_holder=not case.is_secret,
        supersedes=earlier,
        by=by,
        at=at,
    )


def _is_payable(payment: SettlementPayment) -> bool:
    is_due = payment.due_date is not None and payment.paid_date is None
    return is_due and payment.settlement.state == SettlementState.CONFIRMED and is_at_work(payment.settlement.case)


def _refuse_unconfirmed(settlement: Settlement) -> None:
    if not settlement.is_settled:
        raise WrongState(_("Only a confirmed settlement can be exported."), allowed=settlement.actions)


def _refuse_without_account(cases: Iterable[Case]) -> None:
    names = [case.employment.person.name for case in cases if not case.employment.person.bank_account]
    if names:
        words = _("Without a bank account: %(names)s.") % {"names": ", ".join(dict.fromkeys(names))}
        raise Refused("B_NO_BANK_ACCOUNT", words)


def _transfer(payment: SettlementPayment) -> Transfer:
    case: Any = payment.settlement.case
    person = case.employment.person
    return Transfer(
        name=person.name,
        account=person.bank_account,
        amount=payment.sum,
        purpose=f"{case.number} {payment.get_when_display()}",
    )
