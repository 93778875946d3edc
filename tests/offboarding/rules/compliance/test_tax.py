"""Compliance 3: TAX164 5(1); the annual table of the income tax law."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from offboarding.rules.compliance.rows import RowMissing
from offboarding.rules.compliance.tax import tax_severance
from tests.offboarding.rules.compliance.cases import TABLES

LIMIT = Decimal("447624.00")


def tax(excess: str):
    return tax_severance(total=LIMIT + Decimal(excess), city_annual_avg_wage=LIMIT / 3, tables=TABLES)


@pytest.mark.parametrize(
    ("excess", "rate", "quick", "amount"),
    [
        ("0", "3%", "0", "0.00"),
        ("36000", "3%", "0", "1080.00"),  # the upper end is inside
        ("36000.01", "10%", "2520", "1080.00"),
        ("52376", "10%", "2520", "2717.60"),
        ("144000", "10%", "2520", "11880.00"),
        ("144001", "20%", "16920", "11880.20"),
        ("300000", "20%", "16920", "43080.00"),
        ("300001", "25%", "31920", "43080.25"),
        ("420000", "25%", "31920", "73080.00"),
        ("420001", "30%", "52920", "73080.30"),
        ("660000", "30%", "52920", "145080.00"),
        ("660001", "35%", "85920", "145080.35"),
        ("960000", "35%", "85920", "250080.00"),
        ("960001", "45%", "181920", "250080.45"),
    ],
)
def test_the_excess_is_taxed_alone(excess, rate, quick, amount):
    result = tax(excess)

    assert (result.rate, result.quick_deduction, str(result.tax)) == (rate, quick, amount)
    assert result.taxable == Decimal(excess)
    assert result.net == result.exempt + result.taxable - result.tax


def test_up_to_three_times_the_local_annual_wage_nothing_is_taxed():
    result = tax_severance(total=Decimal(100), city_annual_avg_wage=LIMIT / 3, tables=TABLES)

    assert (result.exempt_limit, result.exempt, result.taxable, result.tax, result.net) == (LIMIT, 100, 0, 0, 100)


def test_a_day_before_the_table_has_no_tax_to_guess():
    with pytest.raises(RowMissing, match="tax_bands for 2018-12-31"):
        tax_severance(total=Decimal(1), city_annual_avg_wage=LIMIT, tables=TABLES, as_of=date(2018, 12, 31))


def test_a_new_table_holds_from_its_day():
    flat = replace(
        TABLES.tax_bands[-1], id="tax-2028", effective_from=date(2028, 1, 1), rate_percent=1, quick_deduction=Decimal(0)
    )
    tables = replace(TABLES, tax_bands=(*TABLES.tax_bands, flat))

    def at(day: date) -> str:
        return tax_severance(total=Decimal(1000), city_annual_avg_wage=Decimal(0), tables=tables, as_of=day).rate

    assert (at(date(2027, 12, 31)), at(date(2028, 1, 1))) == ("3%", "1%")
