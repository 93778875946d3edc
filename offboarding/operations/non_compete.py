"""A non-compete at and after an exit: put in force or waived, declared by the person, ended before its time."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ehr.access import refuse_self
from ehr.clock import legal_day
from ehr.errors import Forbidden, Refused, WrongState
from employees.permissions import EmployeePermission

from .. import events, may
from ..models import Case, NonCompete, NonCompeteState, Obligation, ObligationEnd
from ..models.non_compete import closed_to_decision
from ..models.reference_tables import tables_in_force
from ..rules import non_compete as rules
from ..rules.compliance import wages
from ..rules.compliance.non_compete import NonCompeteFacts, noncompete
from ..rules.compliance.pay_on_file import pay_on_file
from ..rules.compliance.rows import RowMissing
from ..rules.lifecycle import Action
from ..rules.obligations import BY_DECISION, DutyKind
from ..words import finding_words
from . import deaths, people
from .after_exit import begin_non_compete, close_duty, keep_proof, open_duties, refuse_closed, settle
from .exit_facts import paid_months
from .non_compete_pay import mind_unpaid, unpaid_of
from .working import progress_track

if TYPE_CHECKING:
    from ehr.identity.models import User

ENDS = {NonCompeteState.RELEASED, NonCompeteState.FREED, NonCompeteState.DIED}


@dataclass(frozen=True, kw_only=True)
class Clause:
    """What was agreed. Without an amount the law's floor is owed (JI1 36)."""

    basis: str
    months: int
    monthly: Decimal | None = None
    penalty: Decimal | None = None
    """Agreed for a breach; none where nothing was."""
    reason: str = ""


UNSAID = Clause(basis="", months=0)


@dataclass(frozen=True, kw_only=True)
class Pay:
    monthly: Decimal
    months: int
    codes: tuple[str, ...]
    formula: str | None


def decide_non_compete(*, case: Case, decision: str, clause: Clause, by: "User", at: datetime) -> NonCompete:
    """activate, waive or none, as forms and API say it."""
    if decision == "activate":
        return activate_non_compete(case=case, clause=clause, by=by, at=at)
    if decision == "waive":
        return waive_non_compete(case=case, clause=clause, by=by, at=at)
    return note_no_clause(case=case, by=by, at=at)


@transaction.atomic
def activate_non_compete(*, case: Case, clause: Clause, by: "User", at: datetime) -> NonCompete:
    _begin(case, by, at)
    if not rules.may_bind(clause.basis):
        raise Refused("B_NC_INELIGIBLE", finding_words("B_NC_INELIGIBLE"), article="LCL 24(1), JI2 13", field="basis")
    pay = pay_of(case, clause, at=at)
    if not clause.reason.strip():
        _refuse_unreasoned(case, pay, by)
    decided = _decide(
        case,
        NonCompete(
            state=NonCompeteState.ACTIVE,
            basis=clause.basis,
            months=pay.months,
            monthly=str(pay.monthly),
            formula=pay.formula,
            penalty=None if clause.penalty is None else str(clause.penalty),
            codes=list(pay.codes),
            reason=clause.reason.strip(),
        ),
        by=by,
        at=at,
    )
    if case.employment_ended_at:
        begin_non_compete(case, at=at)
    return decided


@transaction.atomic
def waive_non_compete(*, case: Case, clause: Clause = UNSAID, by: "User", at: datetime) -> NonCompete:
    """Free of cost up to the last day; afterwards it is a release: the months begun and three more (JI1 37, 39), each
    of them as it would be paid if the clause were in force."""
    _begin(case, by, at)
    waived = NonCompete(state=NonCompeteState.WAIVED)
    if not case.employment_ended_at or not case.termination_date:
        return _decide(case, waived, by=by, at=at)
    pay = pay_of(case, clause, at=at)
    waived.monthly, waived.formula = str(pay.monthly), pay.formula
    waived.codes = [code for code in pay.codes if code.startswith("I_")]
    decided = _decide(case, waived, by=by, at=at)
    owed = rules.waiver_pay(termination_date=case.termination_date, agreed_months=clause.months, waived=legal_day(at))
    open_duties(case, owed, at=at)
    return decided


@transaction.atomic
def note_no_clause(*, case: Case, by: "User", at: datetime) -> NonCompete:
    """Nothing was agreed, so nothing is waived and nothing is owed."""
    _begin(case, by, at)
    return _decide(case, NonCompete(state=NonCompeteState.NONE), by=by, at=at)


@transaction.atomic
def end_non_compete(*, clause: NonCompete, state: str, day: date, by: "User", at: datetime) -> None:
    """Before its time: by the company, which pays three more months, by the person it left unpaid, or by a death, after
    which nobody is asked to declare anything and the months begun are owed to the estate."""
    case = clause.case
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.WORK_TRACK, at=at)
    clause.refresh_from_db(fields=["state", "from_date", "until_date"])
    if why := clause.closed_to_ending(legal_day(at)):
        raise WrongState(why)
    term = clause.term
    assert term is not None
    _refuse_impossible(clause, term, state, day, at=at)
    clause.end(state=state, day=day, by=by, at=at)
    if state == NonCompeteState.DIED:
        deaths.close_account(case, by=by, at=at)
    gone = _strike_off(case, term, day, is_of_death=state == NonCompeteState.DIED, by=by, at=at)
    if state == NonCompeteState.RELEASED:
        open_duties(case, [rules.release_pay(released=day)], at=at)
    case.note(events.NonCompeteEnded, by=by, at=at, state=state, day=day.isoformat(), **gone)
    mind_unpaid(case, at=at)


@transaction.atomic
def declare_compliance(
    *, obligation: Obligation, note: str, name: str, size: int, content: IO[bytes] | None, by: "User", at: datetime
) -> None:
    """By the person, from behind the narrow door: they keep to the clause, with a paper if they want."""
    case = obligation.case
    if people.leaver_of(case) != by:
        raise Forbidden("not_your_obligation")
    case.confirm(Action.WORK_TRACK, at=at)
    refuse_closed(obligation)
    if content is not None:
        keep_proof(obligation, name=name, size=size, content=content, by=by, at=at)
    settle(case, obligation, note=note.strip(), by=by, at=at)


def pay_of(case: Case, clause: Clause, *, at: datetime) -> Pay:
    """What each month pays and what there is to say about it. Without an amount the floor has to be known."""
    found = noncompete(
        NonCompeteFacts(
            avg_wage=_average(case, at=at),
            min_wage=_minimum(case),
            agreed_months=clause.months,
            agreed_monthly=clause.monthly,
            penalty=clause.penalty,
        )
    )
    if stops := [code for code in found.codes if code.startswith("B_")]:
        detail = " ".join(finding_words(code) for code in stops)
        raise Refused(stops[0], detail, article="JI1 36", field="monthly")
    formula = next((line.formula for line in found.lines if line.code == "non_compete_floor"), None)
    return Pay(
        monthly=found.monthly_payable,
        months=found.effective_months,
        codes=(*found.codes, *found.advice),
        formula=formula,
    )


def _average(case: Case, *, at: datetime) -> Fraction | None:
    """Of the twelve months before the end."""
    employment, last_day = case.employment, case.termination_date
    assert last_day is not None
    window = wages.window(last_day=last_day, hire_date=employment.hire_date)
    base = Decimal(employment.base_pay) if employment.base_pay else None
    pay = pay_on_file(window=window, on_file=paid_months(employment), monthly_wage=base, today=legal_day(at))
    return None if pay.missing or not pay.months else wages.average_of(pay.gross())


def _minimum(case: Case) -> Decimal | None:
    assert case.termination_date is not None
    city = case.employment.place_of_performance or case.unit.place
    try:
        return tables_in_force().minimum_wage(city=city, as_of=case.termination_date).monthly
    except RowMissing:
        return None


def _begin(case: Case, by: "User", at: datetime) -> None:
    refuse_self(by, people.leaver_of(case))
    case.confirm(Action.WORK_TRACK, at=at)
    if why := closed_to_decision(case, NonCompete.objects.filter(case=case).first()):
        raise WrongState(why)


def _refuse_unreasoned(case: Case, pay: Pay, by: "User") -> None:
    """Who may not see pay gives a reason always: amounts tried one after the other would tell them the average."""
    if not may.may(by, EmployeePermission.VIEW_PAY, case):
        raise Refused("B_REASON_MISSING", _("Write down why this term and this amount."), field="reason")
    words = " ".join(finding_words(code) for code in pay.codes if code.startswith("W_"))
    if words:
        raise Refused("B_REASON_MISSING", f"{words} {_('Write down why it is done all the same.')}", field="reason")


def _decide(case: Case, clause: NonCompete, *, by: "User", at: datetime) -> NonCompete:
    """Up to the end a decision takes the place of the one before; the events keep both."""
    NonCompete.objects.filter(case=case).delete()
    clause.case, clause.data_key_id, clause.decided_by, clause.decided_at = case, case.data_key_id, by, at
    clause.save(force_insert=True)
    case.note(events.NonCompeteDecided, by=by, at=at, state=str(clause.state), months=clause.months, codes=clause.codes)
    progress_track(case_id=case.pk, kind="non_compete", state="done", by=by, at=at)
    for duty in case.obligations.running().filter(kind=BY_DECISION):
        settle(case, duty, by=by, at=at)
    case.refresh_from_db()
    return clause


def _strike_off(
    case: Case, term: rules.Term, day: date, *, is_of_death: bool, by: "User", at: datetime
) -> dict[str, Any]:
    """What falls away with an early end; the end itself tells of all of it. A death is heard of later, and counts from
    its own day."""
    today = day if is_of_death else legal_day(at)
    gone = [
        duty
        for duty in case.obligations.running()
        if rules.falls_away(duty.kind, duty.nth, duty.due_date, term, ended=day, today=today)
        or (is_of_death and duty.kind == DutyKind.NON_COMPETE_DECLARATION)
    ]
    for duty in gone:
        close_duty(case, duty, outcome=ObligationEnd.CANCELLED, by=by, at=at)
    months = sum(duty.kind == DutyKind.NON_COMPETE_PAY for duty in gone)
    return {"months_gone": months, "duties_gone": [duty.code for duty in gone]}


def _refuse_impossible(clause: NonCompete, term: rules.Term, state: str, day: date, *, at: datetime) -> None:
    if state not in ENDS:
        raise Refused("B_NC_END", _("Say who ends it."), field="state")
    if day > legal_day(at) or not term.first <= day <= term.last:
        raise Refused("B_NC_DAY", _("A day of its term that has come already is needed."), field="day")
    if state == NonCompeteState.FREED and not rules.may_ask_release(unpaid_of(clause.case, today=day)):
        detail = _("The person may have it ended only after three months without pay.")
        raise Refused("B_NC_NOT_UNPAID", detail, article="JI1 38", field="state")
