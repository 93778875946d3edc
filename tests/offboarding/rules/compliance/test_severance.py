"""Compliance 2.2-2.5: LCL 40, 46, 47, 48, 87, 97(3); REG 14, 20, 25, 27; OLD481 5-7."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from offboarding.rules.compliance.severance import Severance, SeveranceFacts, agreed_severance, severance
from offboarding.rules.compliance.wages import average_of, window


def pay(**changes: Any) -> Severance:
    """Five years at 10,000.00 unless said otherwise."""
    given = {
        "ground": "LCL36_EMPLOYER",
        "hire_date": date(2021, 6, 1),
        "last_day": date(2026, 5, 31),
        "average": Fraction(10_000),
        "city_avg_wage": Decimal(10_000),
        "min_wage": Decimal(2_740),
    }
    return severance(SeveranceFacts(**(given | changes)))


LONG = {"hire_date": date(2008, 6, 1), "last_day": date(2028, 5, 31)}  # twenty years


@pytest.mark.parametrize(
    ("average", "base", "years", "amount", "codes"),
    [
        (Fraction("30000.00"), "30000.00", "20.0", "600000.00", ()),  # exactly three times: neither cap applies
        (Fraction("30000.01"), "30000.00", "12.0", "360000.00", ("I_CAP_3X",)),  # the cliff (双封顶)
        (Fraction("29999.99"), "29999.99", "20.0", "599999.80", ()),
        (Fraction("2740.00"), "2740.00", "20.0", "54800.00", ()),
        (Fraction("2739.99"), "2740.00", "20.0", "54800.00", ("I_MIN_WAGE_FLOOR",)),  # REG 27
    ],
)
def test_cap_and_floor(average, base, years, amount, codes):
    paid = pay(average=average, **LONG)

    assert (str(paid.base_applied), str(paid.years_post2008)) == (base, years)
    assert (str(paid.severance), paid.codes) == (amount, codes)
    assert paid.cap_applied is ("I_CAP_3X" in codes)
    assert paid.floor_applied is ("I_MIN_WAGE_FLOOR" in codes)


@pytest.mark.parametrize(
    ("ground", "refused", "told"),
    [("LCL44_1", False, True), ("LCL44_1", True, False), ("LCL36_EMPLOYER", False, False)],
)
def test_tax_offices_differ_on_what_an_expiry_pays(ground, refused, told):
    """TAX164 5(1) speaks of 解除; where nothing is paid nothing is taxed."""
    paid = pay(ground=ground, renewal_refused_same_or_better=refused)

    assert ("W_TAX_EXPIRY" in paid.advice) is told


def test_twelve_years_are_no_ceiling_under_the_cap():
    assert pay(**LONG).years_post2008 == 20


def test_the_amount_is_rounded_once_at_its_end():
    """70000/12 × 6 = 35000.00, not 5833.33 × 6."""
    paid = pay(average=Fraction(70_000, 12), hire_date=date(2020, 6, 1))

    assert (str(paid.avg_wage), str(paid.severance)) == ("5833.33", "35000.00")


@pytest.mark.parametrize(
    ("ground", "old", "amount"),
    [
        # 15 years and 3 months before 2008 (16), 18 years and 5 months after (18.5), at 10,000.00
        ("LCL36_EMPLOYER", "12.0", "305000.00"),  # OLD481 5: twelve months at most
        ("LCL40_2", "12.0", "305000.00"),  # OLD481 7
        ("LCL40_1", "16.0", "345000.00"),  # OLD481 6
        ("LCL40_3", "16.0", "345000.00"),
        ("LCL41_2", "16.0", "345000.00"),
        ("LCL38", "16.0", "345000.00"),
        ("LCL44_1", "0.0", "185000.00"),  # nothing was due at the end of a term then
        ("LCL44_4", "0.0", "185000.00"),
    ],
)
def test_service_before_2008_follows_the_old_rules(ground, old, amount):
    paid = pay(ground=ground, hire_date=date(1992, 10, 1), last_day=date(2026, 5, 31))

    assert (str(paid.years_pre2008), str(paid.years_post2008)) == (old, "18.5")
    assert (str(paid.severance), paid.codes) == (amount, ("I_SPLIT_2008",))
    assert ("W_PRE2008_38" in paid.advice) is (ground == "LCL38")


def test_the_old_years_are_not_capped():
    """LCL 97(3): cap and twelve years are of the new law."""
    paid = pay(average=Fraction(40_000), hire_date=date(2005, 1, 1), last_day=date(2026, 12, 31))

    assert (paid.years_pre2008, paid.years_post2008) == (3, 12)
    assert paid.severance == 3 * 40_000 + 12 * 30_000


@pytest.mark.parametrize(
    ("hired", "old"),
    [
        (date(2007, 12, 31), "1.0"),  # one day is a year (OLD481 5)
        (date(2007, 1, 1), "1.0"),
        (date(2006, 12, 31), "2.0"),
        (date(2008, 1, 1), "0.0"),
    ],
)
def test_any_part_of_an_old_year_is_one(hired, old):
    assert str(pay(hire_date=hired).years_pre2008) == old


def test_a_region_may_count_through():
    paid = pay(hire_date=date(2006, 6, 1), segmentation="CONTINUOUS")

    assert (paid.years_pre2008, paid.years_post2008, paid.codes) == (0, 20, ())


def test_refused_renewal_on_the_same_terms_is_owed_nothing():
    """LCL 46(5); it matters at expiry only."""
    assert pay(ground="LCL44_1", renewal_refused_same_or_better=True).total == 0
    assert pay(ground="LCL40_2", renewal_refused_same_or_better=True).total == 50_000


def test_the_month_in_lieu_is_neither_averaged_nor_capped():
    """REG 20."""
    last_month = Decimal("88000.00")

    paid = pay(ground="LCL40_2", average=Fraction(45_000), pay_in_lieu=True, last_month_wage=last_month)

    assert (paid.severance, paid.pay_in_lieu, paid.total) == (150_000, 88_000, 238_000)


def test_a_month_in_lieu_needs_the_wage_of_the_month_before():
    with pytest.raises(ValueError, match="last_month_wage"):
        pay(ground="LCL40_2", pay_in_lieu=True)


@pytest.mark.parametrize("ground", ["LCL39_2", "LCL40_2", "LCL41_2", "LCL44_1"])
def test_an_unlawful_ending_costs_twice_and_nothing_beside(ground):
    """LCL 87; REG 25: in the place of N and +1."""
    paid = pay(ground=ground, unlawful=True, pay_in_lieu=True, last_month_wage=Decimal(9_000))

    assert (paid.severance, paid.pay_in_lieu, paid.damages, paid.total) == (0, 0, 100_000, 100_000)
    assert paid.codes == ("W_UNLAWFUL_2N",)


def test_damages_count_from_the_first_day_without_a_split():
    """REG 25."""
    paid = pay(unlawful=True, hire_date=date(2000, 6, 1), average=Fraction(9_000))

    assert (paid.years_pre2008, paid.years_post2008, paid.damages) == (0, 26, 2 * 26 * 9_000)


def test_damages_are_capped_like_severance():
    paid = pay(unlawful=True, average=Fraction(40_000), **LONG)

    assert paid.damages == 2 * 12 * 30_000


def test_less_than_the_law_in_an_agreement_is_a_warning():
    """JI1 35: it stands, and both sums are on the sheet."""
    signed = agreed_severance(pay(), agreed=Decimal("49999.99"))

    assert (signed.severance, signed.total) == (Decimal("49999.99"), Decimal("49999.99"))
    assert "W_BELOW_STATUTORY" in signed.codes
    lines = {line.code: line for line in signed.lines}
    assert lines["severance"].formula == "49999.99 < 50000.00"
    assert lines["statutory_severance"].formula == "10000.00 × 5.0 = 50000.00"
    assert lines["statutory_severance"].amount is None


@pytest.mark.parametrize("agreed", ["50000.00", "80000.00"])
def test_what_the_law_gives_or_more_changes_no_severance(agreed):
    assert agreed_severance(pay(), agreed=Decimal(agreed)) == pay()


@pytest.mark.parametrize(
    ("average", "formula"),
    [("9999.99", "9999.99 ≥ 2740.00"), ("2740.00", "2740.00 ≥ 2740.00"), ("2739.99", "2739.99 < 2740.00")],
)
def test_the_minimum_wage_stands_there_whether_it_bites_or_not(average, formula):
    """REG 27."""
    lines = {line.code: line.formula for line in pay(average=Fraction(average)).lines}

    assert lines["minimum_wage"] == formula


def test_every_number_of_the_sheet_has_its_formula_and_article():
    paid = pay(ground="LCL40_2", average=Fraction(45_000), pay_in_lieu=True, last_month_wage=Decimal(46_000))

    formulas = {line.code: line.formula for line in paid.lines}
    assert formulas["severance"] == "30000.00 × 5.0 = 150000.00"
    assert formulas["cap"] == "45000.00 > 3 × 10000.00 = 30000.00"
    assert formulas["service_years"] == "2021-06-01 – 2026-05-31: 5 × 12 + 0 → 5.0"
    assert all(line.article for line in paid.lines)


@pytest.mark.parametrize(
    ("average", "changes", "code", "formula"),
    [
        (Fraction(70_000, 12), {}, "severance", "≈5833.33 × 5.0 = 29166.67"),  # 5833.33 × 5.0 would be 29166.65
        (Fraction(70_000, 12), {"unlawful": True}, "damages", "2 × ≈5833.33 × 5.0 = 58333.33"),
        (Fraction(360_000_01, 1200), {}, "cap", "≈30000.00 > 3 × 10000.00 = 30000.00"),
        (Fraction(360_000_01, 1200), {}, "severance", "30000.00 × 5.0 = 150000.00"),
        (Fraction(32_879_99, 1200), {}, "minimum_wage", "≈2740.00 < 2740.00"),
    ],
)
def test_a_formula_says_where_it_counts_with_more_than_the_cents_it_shows(average, changes, code, formula):
    lines = {line.code: line.formula for line in pay(average=average, **changes).lines}

    assert lines[code] == formula


@pytest.mark.parametrize(
    ("last_day", "hired", "first", "months"),
    [
        (date(2026, 9, 15), date(2020, 1, 1), date(2025, 9, 1), 12),
        (date(2026, 9, 30), date(2020, 1, 1), date(2025, 10, 1), 12),  # a finished month is in
        (date(2026, 9, 15), date(2026, 3, 2), date(2026, 3, 1), 6),  # the months worked (REG 27)
        (date(2024, 2, 29), date(2020, 1, 1), date(2023, 3, 1), 12),
    ],
)
def test_the_window_of_the_average(last_day, hired, first, months):
    found = window(last_day=last_day, hire_date=hired)

    assert (found[0], len(found)) == (first, months)


def test_the_average_divides_by_the_months_on_the_list():
    assert average_of([Decimal("9500"), Decimal("10000"), Decimal("10501")]) == Fraction(30_001, 3)
