"""Calculating what an exit pays, and calculating it again when something it stands on changes."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr import deadlines
from ehr.access import refuse_self
from ehr.errors import Refused, WrongState
from employees.operations import record_pay_month

from .. import events
from ..models import Case, Decision, Settlement, SettlementCause, SettlementLine, SettlementState, TrackState
from ..models.reference_tables import tables_in_force
from ..rules import unlawful as unlawful_rules
from ..rules.compliance.exit_pay import ExitPay, exit_pay
from ..rules.compliance.open_ended import REFUSED
from ..rules.kinds import rule
from ..rules.lifecycle import Action
from ..rules.pay_inputs import PayInputs
from ..words import finding_words
from . import pay_clock, people, planning
from .exit_facts import exit_facts

if TYPE_CHECKING:
    from ehr.identity.models import User

CONFIRM = "offboarding.settlement_confirm"


@transaction.atomic
def calculate_settlement(*, case: Case, inputs: PayInputs, by: "User", at: datetime) -> Settlement:
    """By hand, with what the file does not say. What legal judged stays as it is."""
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.WORK_TRACK, at=at)
    for code, field in inputs.problems():
        raise Refused(code, finding_words(code), article=ARTICLES[code], field=field)
    if inputs.renewal_refused and not _is_refusal_proven(case):
        words = finding_words("B_RENEWAL_UNPROVEN")
        raise Refused("B_RENEWAL_UNPROVEN", words, article="LCL 46(5)", field="renewal_refused")
    if inputs.ground and inputs.ground not in rule(case.kind).grounds:
        raise Refused("B_GROUND_NOT_LEGAL", finding_words("B_GROUND_NOT_LEGAL"), article="REG 18, 19", field="ground")
    if inputs.agreed is not None and not (inputs.ground or case.ground).startswith(AGREEMENTS):
        raise Refused("B_AGREED_GROUND", finding_words("B_AGREED_GROUND"), article="LCL 36", field="agreed")
    before = current(case)
    judged = bool(before and PayInputs.read(before.inputs).unlawful)
    if judged:
        _refuse_double(case.ground or inputs.ground, is_void=True, field="ground")
    return _draw(case, replace(inputs, unlawful=judged), cause=SettlementCause.INPUTS, before=before, by=by, at=at)


@transaction.atomic
def judge_ending(
    *, case: Case, unlawful: bool, reason: str, by: "User", at: datetime, agreement_void: bool = False
) -> Settlement:
    """Legal alone says that an ending does not hold: 2N in the place of N and +1 (LCL 48, 87)."""
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.WORK_TRACK, at=at)
    if not reason.strip():
        raise Refused("B_REASON_MISSING", finding_words("B_REASON_MISSING"), field="reason")
    before = current(case)
    known = PayInputs.read(before.inputs) if before else PayInputs()
    if unlawful:
        _refuse_double(case.ground or known.ground, is_void=agreement_void, field="unlawful")
    said = Decision.write(case=case, kind="judgement", comment=reason, by=by, at=at)
    facts = {"unlawful": unlawful, "agreement_void": unlawful and agreement_void}
    case.note(events.EndingJudged, by=by, at=at, **facts, reason_sha256=said.comment_sha256)
    return _draw(case, replace(known, unlawful=unlawful), cause=SettlementCause.JUDGEMENT, before=before, by=by, at=at)


def _refuse_double(ground: str, *, is_void: bool, field: str) -> None:
    if code := unlawful_rules.refusal(ground, is_void=is_void):
        raise Refused(code, finding_words(code), article=unlawful_rules.ARTICLES[code], field=field)


@transaction.atomic
def add_pay_month(
    *,
    case: Case,
    month: date,
    gross: Decimal,
    overtime: Decimal | None,
    annual_bonus: Decimal | None = None,
    by: "User",
    at: datetime,
) -> None:
    """A month that the file lacks, and with it the sum."""
    refuse_self(by, people.leaver_of(case))
    record_pay_month(
        employment=case.employment,
        month=month,
        gross=gross,
        overtime=overtime or Decimal(0),
        annual_bonus=annual_bonus or Decimal(0),
        by=by,
        at=at,
    )
    recalculate(case, cause=SettlementCause.PAY, by=by, at=at)


def nothing_calculated(case: Case) -> WrongState:
    return WrongState(_("Nothing is calculated for this exit yet."), allowed=["calculate", *case.actions()])


def as_read(case: Case, *, version: int) -> Settlement:
    """What is decided on or paid is the version on the screen; a newer one says another sum."""
    drawn = current(case)
    if drawn is None:
        raise nothing_calculated(case)
    if drawn.nth != version:
        words = _("Version %(nth)s has taken the place of the one you read. Look at it first.")
        raise WrongState(words % {"nth": drawn.nth}, allowed=drawn.actions)
    return drawn


@transaction.atomic
def recalculate(case: Case, *, cause: str, by: "User | None", at: datetime) -> bool:
    """After the dates, the pay or a figure changed. True when there is a new version; what was confirmed is then a
    draft again, because nobody has confirmed the new sum."""
    case.hold()
    before = current(case)
    if before is None or case.state != "approved":
        return False
    inputs = PayInputs.read(before.inputs)
    pay = exit_pay(exit_facts(case, inputs, at=at), tables=tables_in_force())
    if before.says_the_same_as(pay):
        if before.state == SettlementState.CONFIRMED:
            pay_clock.start_clock(before, by=by, at=at)
        return False
    redraw(case, pay, inputs, cause=cause, before=before, by=by, at=at)
    return True


def redraw(
    case: Case,
    pay: ExitPay,
    inputs: PayInputs,
    *,
    cause: str,
    before: Settlement,
    by: "User | None",
    at: datetime,
) -> Settlement:
    """The next version, not by hand: HR hears of it."""
    drawn = _put(case, pay, inputs, cause=cause, before=before, by=by, at=at)
    people.tell(people.hr_of(case), case, "offboarding.settlement_changed", at=at, url=before.url)
    return drawn


def current(case: Case) -> Settlement | None:
    settlement = case.settlements.current().select_related("data_key").first()
    if settlement is not None:
        settlement.case = case
    return settlement


def _draw(case: Case, inputs: PayInputs, *, at: datetime, **how: Any) -> Settlement:
    pay = exit_pay(exit_facts(case, inputs, at=at), tables=tables_in_force())
    return _put(case, pay, inputs, at=at, **how)


def _put(
    case: Case,
    pay: ExitPay,
    inputs: PayInputs,
    *,
    cause: str,
    before: Settlement | None,
    by: "User | None",
    at: datetime,
) -> Settlement:
    drawn = Settlement.draw(case, pay, inputs=inputs.stored(), cause=cause, before=before, by=by, at=at)
    SettlementLine.write(drawn, pay.lines)
    deadlines.close(subject=case.ref, kind=CONFIRM, by=by, at=at, outcome="cancelled")
    pay_clock.stop_clock(case, by=by, at=at)
    _reopen_track(case, by=by, at=at)
    note(drawn, events.SettlementCalculated, by=by, at=at, cause=str(cause))
    return drawn


def note(settlement: Settlement, fact: Any, *, by: "User | None", at: datetime, **facts: Any) -> None:
    which = {"settlement_id": str(settlement.pk), "nth": settlement.nth}
    settlement.case.note(fact, by=by, at=at, **which, **facts)


def _reopen_track(case: Case, *, by: "User | None", at: datetime) -> None:
    """A sum that changed after it was paid has to be settled again."""
    track = case.tracks.filter(kind="settlement", state=TrackState.DONE).first()
    if track is None or not case.settlements.filter(state=SettlementState.SUPERSEDED).exists():
        return
    track.case = case
    track.move(TrackState.RETURNED, sources=[TrackState.DONE], by=by, at=at)
    case.note(events.TrackMoved, by=by, at=at, track_id=str(track.pk), track=track.kind, state=track.state.value)
    planning.ask_owners([track], by=by, at=at)


def _is_refusal_proven(case: Case) -> bool:
    """That nothing is paid at the end of a term rests on two papers, the offer and the refusal (LCL 46(5))."""
    return set(REFUSED) <= set(case.evidence.counting().values_list("paper", flat=True))


AGREEMENTS = "LCL36_"
ARTICLES = {
    "B_GIFT_REASON": "LCL 36",
    "B_AGREED_ALONE": "LCL 36",
    "B_OTHER_PAY_BASIS": "WPR 9",
    "B_DEDUCTION_BASIS": "WPR 16",
}
