"""Compliance 10: what holds whatever the facts are; tried 1,000 times, 10,000 times by `make check-law`."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import offboarding.rules.compliance
from offboarding.rules.compliance.days import CalendarYear, due_date
from offboarding.rules.compliance.facts import Maternity, WorkInjury
from offboarding.rules.compliance.final_wage import by_days
from offboarding.rules.compliance.layoff import LayoffFacts, LayoffRecord, mass_layoff
from offboarding.rules.compliance.leave import leave_payout
from offboarding.rules.compliance.service import service_years, years_of
from offboarding.rules.compliance.settlement import settlement
from offboarding.rules.compliance.severance import SeveranceFacts, severance
from offboarding.rules.compliance.tables import Tables
from offboarding.rules.compliance.tax import tax_severance
from offboarding.rules.grounds import GROUNDS
from tests.offboarding.rules.compliance.cases import PERSON, TABLES, check

settings.register_profile("law", max_examples=1000, deadline=None)
settings.register_profile("check-law", max_examples=10_000, deadline=None)
LAW = settings.get_profile(os.environ.get("LAW_PROFILE", "law"))

pytestmark = pytest.mark.slow  # thousands of examples take seconds

SINCE_2008 = st.dates(date(2008, 1, 1), date(2025, 12, 31))
EVER = st.dates(date(1985, 1, 1), date(2025, 12, 31))
LAST = st.dates(date(2026, 1, 1), date(2030, 12, 31))
YUAN = st.decimals(0, 200_000, places=2)
PAYING = st.sampled_from([name for name, ground in GROUNDS.items() if ground.severance])


def facts(ground: str, hired: date, last: date, average: Decimal, **changes) -> SeveranceFacts:
    return SeveranceFacts(
        ground=ground,
        hire_date=hired,
        last_day=last,
        average=Fraction(average),
        city_avg_wage=Decimal(12_434),
        min_wage=Decimal(2_740),
        last_month_wage=average,
        **changes,
    )


@LAW
@given(EVER, LAST, st.integers(0, 800))
def test_a_later_last_day_never_lowers_the_years(start, last, later):
    assert years_of(start=start, last_day=last) <= years_of(start=start, last_day=last + timedelta(days=later))


@LAW
@given(EVER, LAST)
def test_years_are_halves_between_the_time_that_passed_and_half_a_year_more(start, last):
    counted = service_years(hire_date=start, last_day=last).comp_years

    passed = Decimal((last - start).days + 1) / Decimal("365.2425")
    assert counted * 2 == int(counted * 2)
    assert passed - Decimal("0.01") <= counted <= passed + Decimal("0.51")


@LAW
@given(PAYING, SINCE_2008, LAST, YUAN)
def test_damages_are_twice_the_severance(ground, hired, last, average):
    lawful = severance(facts(ground, hired, last, average))
    unlawful = severance(facts(ground, hired, last, average, unlawful=True, pay_in_lieu=True))

    assert abs(unlawful.total - 2 * lawful.severance) <= Decimal("0.01")
    assert unlawful.damages == unlawful.total


@LAW
@given(PAYING, EVER, LAST, YUAN)
def test_a_capped_earner_gets_no_more_than_twelve_times_the_cap_for_the_new_years(ground, hired, last, average):
    paid = severance(facts(ground, hired, last, average))

    if paid.cap_applied:
        assert paid.base_applied == 3 * 12_434
        assert paid.years_post2008 <= 12


@LAW
@given(st.decimals(0, 3_000_000, places=2), st.decimals("0.01", 500_000, places=2))
def test_more_money_is_never_taxed_less_and_always_leaves_more(total, more):
    less, greater = (
        tax_severance(total=each, city_annual_avg_wage=Decimal(149_208), tables=TABLES)
        for each in (total, total + more)
    )

    assert 0 <= greater.tax - less.tax <= more * Decimal("0.45") + Decimal("0.01")  # no jump at the edge of a band
    assert greater.net >= less.net + more * Decimal("0.55") - Decimal("0.01")


@LAW
@given(st.integers(1, 120), st.lists(st.tuples(st.integers(1, 30), st.integers(0, 89)), min_size=1, max_size=6))
def test_splitting_a_batch_inside_the_window_hides_nobody(headcount, parts):
    start = date(2026, 3, 1)
    whole = [record(start, sum(count for count, _ in parts))]
    split = [record(start + timedelta(days=offset), count) for count, offset in parts]

    assert layoff(headcount, split).count == layoff(headcount, whole).count
    assert layoff(headcount, split).threshold_hit == layoff(headcount, whole).threshold_hit


def record(day: date, count: int) -> LayoffRecord:
    return LayoffRecord(entity="A", ground="LCL36_EMPLOYER", effective_date=day, count=count)


def layoff(headcount: int, records: list[LayoffRecord]):
    return mass_layoff(
        LayoffFacts(
            entity="A",
            headcount=headcount,
            records=records,
            briefing_date=None,
            opinions_recorded=False,
            report_date=None,
        )
    )


YEAR = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]


@LAW
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 2, 1), timezones=st.just(UTC)),
    st.integers(0, 30),
    st.sets(st.sampled_from([day for day in YEAR if day.weekday() < 5]), max_size=12),
    st.sets(st.sampled_from([day for day in YEAR if day.weekday() > 4]), max_size=8),
)
def test_a_new_calendar_year_moves_only_provisional_dates(trigger, workdays, off, worked):
    year = CalendarYear(
        id="calendar-2027", year=2027, off=frozenset(off), make_up=frozenset(worked), swapped_off=frozenset()
    )
    loaded = replace(TABLES.calendar, years=(*TABLES.calendar.years, year))

    before, after = (
        due_date(trigger=trigger, workdays=workdays, official_through=date(2026, 12, 31), calendar=calendar)
        for calendar in (TABLES.calendar, loaded)
    )

    assert before.provisional or before == after


@LAW
@given(PAYING, EVER, LAST, st.decimals(1, 200_000, places=2), st.booleans(), st.integers(0, 15), YUAN)
def test_every_amount_of_a_sheet_is_a_line_with_its_article(ground, hired, last, average, in_lieu, days, gift):
    sheet = settlement(
        severance=severance(facts(ground, hired, last, average, pay_in_lieu=in_lieu)),
        leave=leave_payout(
            entitlement_days=days, last_day=last, used_days=Decimal(0), avg_wage_ex_overtime=average, tables=TABLES
        ),
        final_wage=by_days(monthly_wage=average, paid_days=7, tables=TABLES),
        city_annual_avg_wage=Decimal(149_208),
        ex_gratia=gift,
        tables=TABLES,
    )

    amounts = {line.code: line.amount for line in sheet.lines if line.amount is not None}
    tax = amounts.pop("severance_tax")
    assert (sum(amounts.values()), tax) == (sheet.gross_total, sheet.severance_tax)
    assert all(line.article and line.formula for line in sheet.lines)
    assert {line.row for line in sheet.lines if line.row} <= row_ids(TABLES)


def row_ids(tables: Tables) -> set[str]:
    return {row.id for row in (*tables.tax_bands, *tables.day_counts)}


PROTECTED = st.builds(
    replace,
    st.just(PERSON),
    maternity_state=st.none() | st.sampled_from(Maternity),
    medical_period_end=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    hazard_exposure=st.booleans(),
    suspected_occ_disease=st.booleans(),
    work_injury=st.none() | st.builds(WorkInjury, grade=st.none() | st.integers(1, 10), in_treatment=st.booleans()),
    hire_date=st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(2005, 1, 1)),
    retire_category=st.sampled_from([None, "M60", "F55", "F50"]),
    is_male=st.booleans(),
)


@LAW
@given(PROTECTED, st.sampled_from([name for name in GROUNDS if name[:5] in ("LCL36", "LCL37", "LCL38", "LCL39")]))
def test_protection_never_bars_36_to_39(person, ground):
    assert not [code for code in check(ground, person=person).codes if code.startswith("B_PROTECTED_42")]


@LAW
@given(PROTECTED, st.sampled_from([name for name in GROUNDS if name[:5] in ("LCL40", "LCL41")]))
def test_protection_always_bars_40_and_41(person, ground):
    answer = check(ground, person=person)

    assert [code for code in answer.codes if code.startswith("B_PROTECTED_42")] == [
        f"B_PROTECTED_42_{item}" for item in answer.protected
    ]


@LAW
@given(PROTECTED, st.sampled_from(sorted(GROUNDS)))
def test_the_same_facts_always_give_the_same_answer(person, ground):
    assert check(ground, person=person) == check(ground, person=person)


def test_no_rule_looks_at_a_clock():
    sources = list(Path(offboarding.rules.compliance.__file__).parent.glob("*.py"))
    clocks = ("today(", ".now(", "import time\n")

    assert len(sources) > 20
    assert [path.name for path in sources if any(clock in path.read_text() for clock in clocks)] == []
