"""Disputes after an exit: recorded and followed; the days that run become duties of legal."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import refuse_self
from ehr.clock import legal_day
from ehr.errors import Refused

from .. import events
from ..models import Case, Dispute, Obligation, ObligationEnd
from ..rules import disputes as rules
from ..rules.lifecycle import Action
from ..rules.obligations import Duty
from . import people
from .after_exit import DUTY, end_of, end_periods, open_duties, reopen, settle

if TYPE_CHECKING:
    from ehr.identity.models import User

AMOUNTS = ("claim", "awarded")


@dataclass(frozen=True, kw_only=True)
class DisputeFacts:
    about: str
    body: str
    filed_date: date
    office: str = ""
    reference: str = ""
    received_date: date | None = None
    hearing_date: date | None = None
    decided_date: date | None = None
    is_final: bool = False
    outcome: str = ""
    claim: Decimal | None = None
    awarded: Decimal | None = None
    note: str = ""

    @classmethod
    def of(cls, dispute: Dispute) -> "DisputeFacts":
        known = {field.name: getattr(dispute, field.name) for field in fields(cls)}
        return cls(**known | {name: known[name] and Decimal(known[name]) for name in AMOUNTS})

    def stored(self) -> dict[str, Any]:
        """Amounts as texts, because that is what is encrypted."""
        said = asdict(self)
        return said | {name: None if said[name] is None else str(said[name]) for name in AMOUNTS}


@transaction.atomic
def record_dispute(*, case: Case, facts: DisputeFacts, by: "User", at: datetime) -> Dispute:
    _begin(case, by, at)
    _refuse_impossible(facts, at)
    nth = (case.disputes.aggregate(last=Max("nth"))["last"] or 0) + 1
    dispute = Dispute.record(case, nth=nth, facts=facts.stored(), by=by, at=at)
    case.note(events.DisputeRecorded, by=by, at=at, dispute_id=str(dispute.pk), nth=nth)
    _keep_days(dispute, by=by, at=at)
    return dispute


@transaction.atomic
def follow_dispute(*, dispute: Dispute, edition: int, said: Mapping[str, Any], by: "User", at: datetime) -> None:
    """`edition` is the one that was read. What is not said stays as it is."""
    _begin(dispute.case, by, at)
    dispute.refuse_overtaken(edition)
    facts = replace(DisputeFacts.of(dispute), **said)
    _refuse_impossible(facts, at)
    dispute.follow(facts.stored(), at=at)
    dispute.case.note(events.DisputeFollowed, by=by, at=at, dispute_id=str(dispute.pk), nth=dispute.nth)
    _keep_days(dispute, by=by, at=at)
    end_periods(dispute.case, at=at)


def _begin(case: Case, by: "User", at: datetime) -> None:
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.KEEP_DISPUTE, at=at)


def _refuse_impossible(facts: DisputeFacts, at: datetime) -> None:
    if name := rules.impossible(rules.dates_of(facts), today=legal_day(at)):
        raise Refused(
            "B_DISPUTE_DATE", _("The days of a dispute lie in order, and none of these in the future."), field=name
        )
    if facts.decided_date is None and rules.is_decision(facts.outcome):
        raise Refused(
            "B_DISPUTE_DATE",
            _("Say when the decision was received: a new time runs from then on."),
            field="decided_date",
        )
    if not rules.may_come_out(facts.body, facts.outcome):
        raise Refused(
            "B_DISPUTE_OUTCOME",
            _("A claim is granted or refused; an award that was asked to be set aside is, or it stands."),
            field="outcome",
        )


def _keep_days(dispute: Dispute, *, by: "User", at: datetime) -> None:
    """Days that changed move their duty, or open it again; once it is decided or gone, the others fall away."""
    case = dispute.case
    wanted = {} if dispute.outcome in ("settled", "withdrawn") else _wanted(dispute)
    there = {row.kind: row for row in case.obligations.filter(kind__in=rules.KINDS, nth=dispute.nth)}
    for kind, row in there.items():
        if row.is_open and kind not in wanted:
            settle(case, row, outcome=ObligationEnd.CANCELLED, by=by, at=at)
        elif row.is_open and (row.due_date, row.article) != (wanted[kind].due_date, wanted[kind].article):
            _move(case, row, wanted[kind], by=by, at=at)
        elif not row.is_open and kind in wanted and row.is_asked_anew(wanted[kind]):
            reopen(case, row, wanted[kind], by=by, at=at)
    open_duties(case, [duty for kind, duty in wanted.items() if kind not in there], at=at)


def _wanted(dispute: Dispute) -> dict[str, Duty]:
    return {duty.kind.value: duty for duty in rules.duties(rules.dates_of(dispute), nth=dispute.nth)}


def _move(case: Case, row: Obligation, duty: Duty, *, by: "User", at: datetime) -> None:
    row.put_off(duty)
    deadlines.move(subject=case.ref, kind=DUTY, key=row.code, due_at=end_of(duty.due_date), by=by, at=at)
