"""Compliance 8: dated rows. What is missing is named, never zero; what is old or provisional is said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from offboarding.rules.compliance.codes import CODES, code_of, may_be_overridden, verdict_of
from offboarding.rules.compliance.rows import RowMissing
from offboarding.rules.compliance.tables import doubts, unconfirmed
from tests.offboarding.rules.compliance.cases import TABLES


@pytest.mark.parametrize(
    ("city", "as_of", "monthly"),
    [
        ("上海", date(2026, 8, 31), "12434.00"),
        ("上海", date(2025, 7, 1), "12434.00"),
        ("上海", date(2025, 6, 30), "12307.00"),
        ("310000", date(2026, 8, 31), "12434.00"),
        ("北京", date(2026, 8, 31), "15701.00"),  # never 11,761, the figure of social insurance
        ("广州", date(2026, 8, 31), "13704.00"),
        ("深圳", date(2026, 8, 31), "14755.00"),
    ],
)
def test_the_average_wage_of_a_city_and_day(city, as_of, monthly):
    assert str(TABLES.average_wage(city=city, as_of=as_of).monthly) == monthly


def test_a_figure_of_social_insurance_is_never_used_for_severance():
    newer = [replace(row, effective_from=date(2026, 7, 1)) for row in TABLES.average_wages if row.id.endswith("-si")]
    tables = replace(TABLES, average_wages=(*TABLES.average_wages, *newer))

    assert len(newer) == 1
    assert str(tables.average_wage(city="北京", as_of=date(2026, 8, 31)).monthly) == "15701.00"


@pytest.mark.parametrize(
    ("city", "as_of", "monthly"),
    [
        ("上海", date(2025, 6, 30), "2690.00"),
        ("上海", date(2025, 7, 1), "2740.00"),
        ("北京", date(2025, 9, 1), "2540.00"),
    ],
)
def test_the_minimum_wage_of_a_city_and_day(city, as_of, monthly):
    assert str(TABLES.minimum_wage(city=city, as_of=as_of).monthly) == monthly


@pytest.mark.parametrize(("city", "as_of"), [("武汉", date(2026, 8, 31)), ("上海", date(2024, 6, 30))])
def test_a_missing_row_is_named(city, as_of):
    with pytest.raises(RowMissing, match=f"B_REF_MISSING: no row in average_wages for {city} {as_of}"):
        TABLES.average_wage(city=city, as_of=as_of)


@pytest.mark.parametrize(
    ("city", "as_of", "codes"),
    [
        ("上海", date(2025, 8, 1), []),  # the figure of 2024 in 2025
        ("上海", date(2026, 3, 1), ["W_REF_PROVISIONAL_YEAR"]),  # the one of 2025 is not out yet
        ("上海", date(2027, 1, 1), ["W_REF_PROVISIONAL_YEAR"]),  # eighteen months to the day
        ("上海", date(2027, 1, 2), ["W_REF_STALE", "W_REF_PROVISIONAL_YEAR"]),
    ],
)
def test_an_old_figure_is_doubted(city, as_of, codes):
    assert doubts(TABLES.average_wage(city=city, as_of=as_of), as_of=as_of) == codes


def test_the_published_annual_figure_goes_before_twelve_months():
    row = TABLES.average_wage(city="上海", as_of=date(2026, 8, 31))

    assert row.for_tax == Decimal("149208.00")
    assert replace(row, annual=Decimal("149999.00")).for_tax == Decimal("149999.00")


def test_every_row_says_where_it_comes_from():
    rows = [*TABLES.average_wages, *TABLES.minimum_wages, *TABLES.tax_bands, *TABLES.day_counts]
    ids = [row.id for row in rows]

    assert all(row.source and row.status in {"confirmed", "unconfirmed", "demo"} for row in rows)
    assert len(ids) == len(set(ids))


def test_figures_nobody_confirmed_are_listed():
    assert {row.id for row in (*TABLES.average_wages, *TABLES.minimum_wages)} <= {row.id for row in unconfirmed(TABLES)}


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        ([], "PASS"),
        (["I_CAP_3X"], "PASS"),
        (["I_CAP_3X", "W_PROTECTED_39"], "WARN"),
        (["W_PROTECTED_39", "B_NO_CONSENT"], "BLOCK"),
    ],
)
def test_the_worst_code_is_the_verdict(codes, verdict):
    assert verdict_of(codes) == verdict


def test_a_code_with_a_parameter_has_the_article_of_the_code():
    assert code_of("B_MISSING_EVIDENCE:E_RULEBOOK") is CODES["B_MISSING_EVIDENCE"]


@pytest.mark.parametrize(
    ("code", "may"),
    [
        ("B_PROTECTED_42_4", True),
        ("B_NO_CONSENT", False),  # what nobody signed is no agreement
        ("W_PROTECTED_39", False),
    ],
)
def test_what_a_reviewer_may_override(code, may):
    assert may_be_overridden(code) is may
