"""Every kind of compliance.md 9.1: which keys it reads, and the rule it asks."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from offboarding.rules.compliance import days, final_wage, layoff, severance
from offboarding.rules.compliance.deadlines import exit_deadlines
from offboarding.rules.compliance.deductions import deduction_cap
from offboarding.rules.compliance.double_wage import double_wage
from offboarding.rules.compliance.ground_check import ground_check
from offboarding.rules.compliance.leave import LeavePayout, leave_payout
from offboarding.rules.compliance.medical import medical_period
from offboarding.rules.compliance.non_compete import NonCompeteFacts, noncompete
from offboarding.rules.compliance.retirement import retirement
from offboarding.rules.compliance.service import service_years
from offboarding.rules.compliance.settlement import settlement
from offboarding.rules.compliance.tables import Tables
from offboarding.rules.compliance.tax import tax_severance
from offboarding.rules.compliance.wages import average_of
from offboarding.rules.grounds import GROUNDS
from offboarding.vectors import persons
from offboarding.vectors.given import Given, Malformed

MOST_WORKDAYS = 10_000


def _service_years(given: Given, tables: Tables) -> Any:
    hired, last = persons.span(given, "hire_date", "last_day")
    return service_years(hire_date=hired, last_day=last, prior_segments=persons.segments(given))


def _severance(given: Given, tables: Tables) -> severance.Severance:
    hired, last = persons.span(given, "hire_date", "last_day")
    return severance.severance(
        severance.SeveranceFacts(
            ground=given.one_of("ground", tuple(GROUNDS)),
            hire_date=hired,
            last_day=last,
            average=_average(given),
            city_avg_wage=given.positive("city_avg_wage"),
            min_wage=given.amount("min_wage"),
            last_month_wage=given.optional("last_month_wage", given.amount),
            pay_in_lieu=given.flag("pay_in_lieu"),
            unlawful=given.flag("unlawful"),
            prior_segments=persons.segments(given),
            renewal_refused_same_or_better=given.flag("renewal_refused_same_or_better"),
            segmentation=given.optional("segmentation", _segmentation(given)) or severance.SPLIT,
        )
    )


def _segmentation(given: Given) -> Callable[[str], str]:
    return lambda name: given.one_of(name, (severance.SPLIT, severance.CONTINUOUS))


def _average(given: Given) -> Fraction:
    if given.has("wages"):
        return average_of(given.amounts("wages"))
    if not given.has("avg_wage"):
        raise Malformed(f"{given.path} needs wages or avg_wage")
    return Fraction(given.amount("avg_wage"))


def _tax(given: Given, tables: Tables) -> Any:
    return tax_severance(
        total=given.amount("total"), city_annual_avg_wage=given.amount("city_annual_avg_wage"), tables=tables
    )


def _leave(given: Given, tables: Tables) -> LeavePayout:
    last, hired = given.day("last_day"), given.optional("hire_date", given.day)
    if hired and last < hired:
        raise Malformed(f"{given.path}.last_day lies before hire_date")
    return leave_payout(
        entitlement_days=given.whole("entitlement_days"),
        hire_date=hired,
        last_day=last,
        used_days=given.amount("used_days"),
        avg_wage_ex_overtime=given.amount("avg_wage_ex_overtime"),
        tables=tables,
    )


def _final_wage(given: Given, tables: Tables) -> final_wage.FinalWage:
    monthly = given.amount("monthly_wage")
    if given.flag("full_month"):
        return final_wage.full_month(monthly_wage=monthly, tables=tables)
    if given.has("paid_days"):
        return final_wage.by_days(monthly_wage=monthly, paid_days=given.whole("paid_days"), tables=tables)
    start, last = persons.span(given, "period_start", "last_day")
    return final_wage.by_period(monthly_wage=monthly, period_start=start, last_day=last, tables=tables)


def _double_wage(given: Given, tables: Tables) -> Any:
    hired, last = persons.span(given, "hire_date", "last_day")
    return double_wage(
        hire_date=hired,
        signed_date=given.optional("signed_date", given.day),
        last_day=last,
        monthly_wage=given.amount("monthly_wage"),
        tables=tables,
    )


def _retirement(given: Given, tables: Tables) -> Any:
    return retirement(
        birth_date=given.day("birth_date"), category=given.one_of("category", persons.CATEGORIES), tables=tables
    )


def _medical_period(given: Given, tables: Tables) -> Any:
    return medical_period(
        total_work_years=given.amount("total_work_years"), company_years=given.amount("company_years"), tables=tables
    )


def _noncompete(given: Given, tables: Tables) -> Any:
    return noncompete(
        NonCompeteFacts(
            avg_wage=given.amount("avg_wage"),
            min_wage=given.amount("min_wage"),
            agreed_months=given.whole("agreed_months"),
            agreed_monthly=given.optional("agreed_monthly", given.amount),
            has_secret_access=given.flag("has_secret_access", default=True),
            released_after_months=given.optional("released_after_months", given.whole),
            unpaid_months_employer_cause=given.whole("unpaid_months_employer_cause", default=0),
            penalty=given.optional("penalty", given.amount),
        )
    )


def _deduction_cap(given: Given, tables: Tables) -> Any:
    amounts = {name: given.amount(name) for name in ("month_wage", "loss", "min_wage")}
    return deduction_cap(**amounts)


def _exit_deadlines(given: Given, tables: Tables) -> Any:
    return exit_deadlines(last_day=given.day("last_day"))


def _due_date(given: Given, tables: Tables) -> Any:
    workdays = given.whole("workdays")
    if workdays > MOST_WORKDAYS:
        raise Malformed(f"{given.path}.workdays must be {MOST_WORKDAYS} at most, not {workdays}")
    through = given.optional("calendar_official_through", given.day) or tables.calendar.official_through
    return days.due_date(
        trigger=given.instant("trigger"),
        workdays=workdays,
        official_through=through,
        calendar=tables.calendar,
    )


def _mass_layoff(given: Given, tables: Tables) -> Any:
    return layoff.mass_layoff(
        layoff.LayoffFacts(
            entity=given.text("entity"),
            headcount=given.at_least_one("headcount"),
            records=[_layoff_record(each) for each in given.parts("records")],
            window_days=given.at_least_one("window_days", default=90),
            briefing_date=given.optional("briefing_date", given.day),
            opinions_recorded=given.flag("opinions_recorded"),
            report_date=given.optional("report_date", given.day),
        )
    )


def _layoff_record(given: Given) -> layoff.LayoffRecord:
    return layoff.LayoffRecord(
        entity=given.text("entity"),
        ground=given.text("ground"),
        effective_date=given.day("effective_date"),
        count=given.whole("count", default=1),
    )


def _ground_check(given: Given, tables: Tables) -> Any:
    return ground_check(persons.ground_facts(given), tables=tables)


def _settlement(given: Given, tables: Tables) -> Any:
    return settlement(
        severance=_severance(given.part("severance"), tables),
        leave=given.optional("leave", lambda name: _leave(given.part(name), tables)),
        final_wage=given.optional("final_wage", lambda name: _final_wage(given.part(name), tables)),
        ex_gratia=given.optional("ex_gratia", given.amount) or Decimal(0),
        city_annual_avg_wage=given.amount("city_annual_avg_wage"),
        tables=tables,
    )


KINDS: dict[str, Callable[[Given, Tables], Any]] = {
    "service_years": _service_years,
    "severance": _severance,
    "tax_severance": _tax,
    "leave_payout": _leave,
    "final_wage": _final_wage,
    "double_wage": _double_wage,
    "retirement": _retirement,
    "medical_period": _medical_period,
    "noncompete": _noncompete,
    "deduction_cap": _deduction_cap,
    "exit_deadlines": _exit_deadlines,
    "due_date": _due_date,
    "mass_layoff": _mass_layoff,
    "ground_check": _ground_check,
    "settlement": _settlement,
}
