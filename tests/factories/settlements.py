"""Exits whose file says all that a settlement needs, and settlements in every state, reached through the verbs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ehr.lib.months import add_months
from employees.models import Employment, PayMonth
from offboarding import operations as ops
from offboarding.models import Case, Settlement
from offboarding.rules.pay_inputs import PayInputs

from .crowds import colleagues, copied
from .offboarding import a_dismissal, a_resignation, approved
from .reference import figures_confirmed

WAGE = Decimal(20000)
INPUTS = PayInputs(used_days=Decimal(1))


def paid_for(employment: Employment, at: datetime, *, wage: Decimal = WAGE, months: int = 24, **facts: Any) -> None:
    figures_confirmed()
    employment.base_pay = str(wage)
    for name, value in facts.items():
        setattr(employment, name, value)
    employment.save()
    last = add_months(date(at.year, at.month, 1), -1)
    PayMonth.objects.filter(employment=employment).delete()
    PayMonth.objects.bulk_create(
        PayMonth(
            employment=employment,
            data_key_id=employment.data_key_id,
            month=add_months(last, -n),
            gross=str(wage),
            overtime="0",
        )
        for n in range(months)
    )


def a_leaving(cast: Any, at: datetime, who: str = "leaver", **facts: Any) -> Case:
    """A resignation in process."""
    paid_for(cast.employment[who], at, **facts)
    return page_of(approved(a_resignation(cast, at, who=who), at))


def a_parting(cast: Any, at: datetime, **facts: Any) -> Case:
    """By agreement, proposed by the company: N is due."""
    paid_for(cast.employment["leaver"], at, **facts)
    case = a_dismissal(cast, at, kind="mutual_agreement", ground="LCL36_EMPLOYER")
    return page_of(approved(case, at))


def partings(times: int, cast: Any, at: datetime, *, wage: Decimal = WAGE) -> list[Case]:
    """The same exit of so many people."""
    first = a_parting(cast, at, wage=wage)
    others = [
        copied(first, employment=post, number=f"LZ-{post.employee_number}")
        for post in colleagues(first.employment, times - 1)
    ]
    Case.objects.bulk_create(others)
    for case in others:
        paid_for(case.employment, at, wage=wage, months=12)
    return [page_of(case) for case in (first, *others)]


def many_partings(times: int, cast: Any, at: datetime, *, wage: Decimal = WAGE) -> list[Settlement]:
    """Each calculated."""
    return [calculated(case, cast, at) for case in partings(times, cast, at, wage=wage)]


def page_of(case: Case) -> Case:
    return Case.objects.for_page().get(pk=case.pk)


def calculated(case: Case, cast: Any, at: datetime, **inputs: Any) -> Settlement:
    said = PayInputs(**{"used_days": Decimal(1)} | inputs)
    return ops.calculate_settlement(case=case, inputs=said, by=cast.hrbp, at=at)


def submitted(settlement: Settlement, cast: Any, at: datetime, **reasons: str) -> Settlement:
    ops.submit_settlement(settlement=settlement, reasons=reasons, by=cast.hrbp, at=at)
    return settlement


def confirmed(settlement: Settlement, cast: Any, at: datetime, **reasons: str) -> Settlement:
    submitted(settlement, cast, at, **reasons)
    ops.confirm_settlement(settlement=settlement, by=cast.finance, at=at)
    return settlement
