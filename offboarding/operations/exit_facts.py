"""A case and the file of its person as the rules of pay see them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from ehr.clock import legal_day
from ehr.errors import WrongState
from ehr.lib.months import full_months
from employees.models import Employment, WorkRelation

from ..models import Case, law_facts
from ..rules.compliance import leave
from ..rules.compliance.exit_facts import ExitFacts
from ..rules.compliance.pay_on_file import PaidMonth
from ..rules.compliance.service import ONE_DAY, Segment, joined_start
from ..rules.pay_inputs import PayInputs


def exit_facts(case: Case, inputs: PayInputs, *, at: datetime) -> ExitFacts:
    if case.termination_date is None or case.paid_until_date is None:
        raise WrongState(_("The dates of this exit are not set yet."), allowed=case.actions())
    return planned_facts(
        case,
        inputs,
        last_day=case.termination_date,
        paid_until=case.paid_until_date,
        segments=law_facts.prior_segments(case.employment),
        at=at,
    )


def planned_facts(
    case: Case,
    inputs: PayInputs,
    *,
    last_day: date,
    paid_until: date,
    segments: Sequence[Segment],
    at: datetime,
) -> ExitFacts:
    """Also before the dates are set, for an estimate."""
    employment = case.employment
    entitlement = inputs.entitlement_days
    if entitlement is None:
        entitlement = _entitlement(employment, segments, last_day)
    return ExitFacts(
        ground=case.ground or inputs.ground,
        hire_date=employment.hire_date,
        last_day=last_day,
        paid_until=paid_until,
        city=employment.place_of_performance or case.unit.place,
        monthly_wage=Decimal(employment.base_pay) if employment.base_pay else None,
        pay=paid_months(employment),
        today=legal_day(at),
        prior_segments=segments,
        entitlement_days=entitlement,
        used_days=_used_days(employment, inputs, entitlement),
        carried_days=inputs.carried_days,
        other_pay=inputs.other_pay,
        court_order=inputs.court_order,
        pay_in_lieu=case.pay_in_lieu,
        unlawful=inputs.unlawful,
        renewal_refused=inputs.renewal_refused,
        ex_gratia=inputs.ex_gratia,
        medical_subsidy=inputs.medical_subsidy,
        injury_payments=inputs.injury_payments,
        agreed=inputs.agreed,
        is_employment=is_employment(employment),
        is_non_resident=inputs.non_resident,
        loss=inputs.loss,
        assets=inputs.assets,
        assets_signed=inputs.assets_signed,
    )


def paid_months(employment: Employment) -> list[PaidMonth]:
    return [
        PaidMonth(
            month=row.month,
            gross=Decimal(row.gross),
            overtime=Decimal(row.overtime),
            annual_bonus=Decimal(row.annual_bonus or 0),
        )
        for row in employment.pay_months.order_by("month")
    ]


def is_employment(employment: Employment) -> bool:
    return employment.relation == WorkRelation.EMPLOYMENT


def _entitlement(employment: Employment, segments: Sequence[Segment], last_day: date) -> int | None:
    """By all work there ever was (ALR 3). Where only the service here is on file it may be too little to say."""
    if not is_employment(employment):
        return 0
    first = employment.person.first_work_date
    own = joined_start(hire_date=employment.hire_date, prior_segments=segments)
    days = leave.entitlement_days(total_work_years=_whole_years(min(own, first or own), last_day))
    return days if days or first else None


def _used_days(employment: Employment, inputs: PayInputs, entitlement: int | None) -> Decimal | None:
    """From the balance, where there is one. A balance of nothing may also mean that nobody keeps it: somebody says."""
    if inputs.used_days is not None:
        return inputs.used_days
    left = employment.leave_balance_days
    return max(Decimal(0), entitlement - left) if left and entitlement is not None else None


def _whole_years(start: date, last_day: date) -> int:
    """Full ones: severance counts six months as a year, leave does not (ALR 3)."""
    return full_months(start, last_day + ONE_DAY) // 12 if start <= last_day else 0
