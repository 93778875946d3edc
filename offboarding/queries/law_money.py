"""What an ending would cost, with every number on its line. An estimate: finance settles it later, by the same rules."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ehr.lib.months import first_of_month
from employees.models import Employment
from employees.queries import pay_history

from ..models.law_facts import prior_segments
from ..reference import shipped
from ..rules.compliance import final_wage, severance, wages
from ..rules.compliance.lines import Line
from ..rules.compliance.rows import RowMissing
from ..rules.compliance.severance import Severance, SeveranceFacts

NO_PAY = "B_NO_PAY_ON_FILE"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    lines: tuple[Line, ...] = ()
    total: Decimal = Decimal(0)
    damages: Decimal = Decimal(0)
    """What it would be if the ending were unlawful (LCL 48, 87)."""
    codes: tuple[str, ...] = ()
    missing: str = ""
    """What is not there, so that nothing can be said."""


def estimate(employment: Employment, *, ground: str, last_day: date, pay_in_lieu: bool) -> Estimate:
    try:
        facts = _facts(employment, ground, last_day, pay_in_lieu)
        wage = _final_wage(employment, last_day)
    except RowMissing as gap:
        return Estimate(missing=gap.code)
    if facts is None:
        return Estimate(missing=NO_PAY)
    lawful = severance.severance(facts)
    unlawful = severance.severance(replace(facts, unlawful=True, pay_in_lieu=False))
    return Estimate(
        lines=(*_told(lawful), *wage),
        total=lawful.total + sum((line.amount or Decimal(0) for line in wage), Decimal(0)),
        damages=unlawful.damages,
        codes=(*lawful.codes, *lawful.advice),
    )


def _told(lawful: Severance) -> tuple[Line, ...]:
    """What is nothing is not listed."""
    return tuple(line for line in lawful.lines if line.amount is None or line.amount)


def _facts(employment: Employment, ground: str, last_day: date, pay_in_lieu: bool) -> SeveranceFacts | None:
    months = set(wages.window(last_day=last_day, hire_date=employment.hire_date))
    paid = pay_history(employment)
    within = [pay.gross for pay in paid if pay.month in months]
    if not within:
        return None
    city, tables = employment.place_of_performance or employment.unit.place, shipped()
    before = [pay.gross for pay in paid if pay.month < first_of_month(last_day)]
    return SeveranceFacts(
        ground=ground,
        hire_date=employment.hire_date,
        last_day=last_day,
        average=wages.average_of(within),
        city_avg_wage=tables.average_wage(city=city, as_of=last_day).monthly,
        min_wage=tables.minimum_wage(city=city, as_of=last_day).monthly,
        last_month_wage=before[0] if before else within[0],
        pay_in_lieu=pay_in_lieu,
        prior_segments=prior_segments(employment),
    )


def _final_wage(employment: Employment, last_day: date) -> tuple[Line, ...]:
    if not employment.base_pay:
        return ()
    start = max(first_of_month(last_day), employment.hire_date)
    wage = final_wage.by_period(
        monthly_wage=Decimal(employment.base_pay), period_start=start, last_day=last_day, tables=shipped()
    )
    return wage.lines
