"""All the pay of an exit: worked by hand from compliance.md 2 and 3; what is missing is named, never zero."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ehr.lib.months import add_months
from offboarding.reference import shipped
from offboarding.rules import tracks
from offboarding.rules.compliance.exit_facts import ExitFacts
from offboarding.rules.compliance.exit_pay import exit_pay, needs_reason
from offboarding.rules.compliance.pay_on_file import PaidMonth
from offboarding.rules.compliance.payable import DUE, When, when_due
from offboarding.rules.compliance.tables import SeveranceBasis

LAST = date(2026, 11, 30)


def months(gross: str, *, until: date = date(2026, 11, 1), overtime: str = "0", count: int = 12) -> list[PaidMonth]:
    return [
        PaidMonth(month=add_months(until, -n), gross=Decimal(gross), overtime=Decimal(overtime)) for n in range(count)
    ]


def facts(**changes) -> ExitFacts:
    """Shen, of the drawn screen: 14.7 years in Shanghai, over the cap, agreed at the company's wish."""
    known = ExitFacts(
        ground="LCL36_EMPLOYER",
        hire_date=date(2012, 3, 12),
        last_day=LAST,
        paid_until=LAST,
        city="上海",
        monthly_wage=Decimal(45000),
        pay=[*months("45000", count=11), PaidMonth(month=date(2025, 12, 1), gross=Decimal(66840))],
        today=date(2026, 12, 5),
        entitlement_days=10,
        used_days=Decimal(6),
        ex_gratia=Decimal("46820.00"),
    )
    return replace(known, **changes)


def paid(**changes) -> dict[str, Decimal]:
    found = exit_pay(facts(**changes), tables=shipped())
    assert found.gaps == ()
    return {line.code: line.amount for line in found.lines if line.amount is not None}


def test_the_case_of_the_drawn_screen() -> None:
    found = exit_pay(facts(), tables=shipped())

    amounts = {line.code: line.amount for line in found.lines if line.when}
    assert amounts == {
        "severance": Decimal("447624.00"),  # 12 x 3 x 12,434
        "ex_gratia": Decimal("46820.00"),
        "severance_tax": Decimal("-2162.00"),  # (494,444 - 447,624) x 10 % - 2,520
        "leave_payout": Decimal("12915.86"),  # floor(334 / 365 x 10 - 6) = 3 days of 46,820 / 21.75, twice
        "final_wage": Decimal("45000.00"),
    }
    assert found.total == Decimal("550197.86")
    assert {item.when: item.amount for item in found.items} == {
        When.LAST_DAY: Decimal("104735.86"),
        When.HANDOVER: Decimal("445462.00"),
    }


def test_the_cliff_of_the_cap_shows_both_figures() -> None:
    lines = {line.code: line for line in exit_pay(facts(), tables=shipped()).lines}

    assert lines["service_years"].formula == "2012-03-12 – 2026-11-30: 14 × 12 + 8 → 15.0"
    assert lines["average_wage"].formula == "561840.00 ÷ 12 = 46820.00"
    assert lines["uncapped"].formula == "46820.00 × 15.0 = 702300.00"
    assert lines["uncapped"].when is None
    assert lines["severance"].row == "average-310000-2024"


@pytest.mark.parametrize(
    ("month_before", "is_unusual"),
    [("36000.00", False), ("35999.99", True), ("54000.00", False), ("54000.01", True)],
)
def test_pay_in_lieu_of_an_unusual_month_is_told(month_before, is_unusual) -> None:
    pay = [*months("45000", count=12), PaidMonth(month=date(2026, 10, 1), gross=Decimal(month_before))]

    found = exit_pay(facts(ground="LCL40_3", pay_in_lieu=True, pay=pay, ex_gratia=Decimal(0)), tables=shipped())

    assert Decimal(month_before) in [line.amount for line in found.lines if line.code == "pay_in_lieu"]
    assert ("W_LAST_MONTH_ABNORMAL" in found.codes) == is_unusual


@pytest.mark.parametrize(
    ("month", "is_told"),
    [
        (PaidMonth(month=date(2026, 5, 1), gross=Decimal("36000.00")), False),
        (PaidMonth(month=date(2026, 5, 1), gross=Decimal("35999.99")), True),
        # neither overtime nor a bonus makes up for a month of sick pay
        (PaidMonth(month=date(2026, 5, 1), gross=Decimal(45000), overtime=Decimal("9000.01")), True),
        (PaidMonth(month=date(2026, 5, 1), gross=Decimal(75000), annual_bonus=Decimal("39000.01")), True),
        (PaidMonth(month=date(2026, 5, 1), gross=Decimal(90000), annual_bonus=Decimal(45000)), False),
    ],
)
def test_a_month_of_little_pay_counts_and_is_told(month, is_told) -> None:
    """Compliance 2.2: sick pay and standing idle stay in the average."""
    found = exit_pay(facts(pay=[*months("45000"), month]), tables=shipped())

    assert ("W_ABNORMAL_MONTHS" in found.codes) == is_told


@pytest.mark.parametrize(("other", "is_told"), [(date(2026, 2, 1), True), (date(2025, 11, 1), False)])
def test_two_annual_bonuses_within_the_twelve_months_are_told(other, is_told) -> None:
    bonus = {"gross": Decimal(90000), "annual_bonus": Decimal(45000)}
    pay = [*months("45000"), PaidMonth(month=date(2026, 11, 1), **bonus), PaidMonth(month=other, **bonus)]

    found = exit_pay(facts(pay=pay), tables=shipped())

    assert ("W_TWO_ANNUAL_BONUSES" in found.codes) == is_told


def test_nobody_looks_at_the_months_where_nothing_stands_on_them() -> None:
    short = PaidMonth(month=date(2026, 5, 1), gross=Decimal(1))

    found = exit_pay(facts(ground="LCL37", ex_gratia=Decimal(0), pay=[*months("45000"), short]), tables=shipped())

    assert "W_ABNORMAL_MONTHS" not in found.codes


@pytest.mark.parametrize(
    ("agreed", "severance", "gift", "is_told"),
    [
        ("447623.99", "447623.99", None, True),
        ("447624.00", "447624.00", None, False),
        ("494444.00", "447624.00", "46820.00", False),
    ],
)
def test_a_sum_that_both_signed_takes_the_place_of_n_and_of_what_is_added(agreed, severance, gift, is_told) -> None:
    """JI1 35; of the drawn screen, where 46,820.00 were added to N."""
    found = exit_pay(facts(ex_gratia=Decimal(0), agreed=Decimal(agreed)), tables=shipped())

    amounts = {line.code: str(line.amount) for line in found.lines if line.when}
    assert (amounts["severance"], amounts.get("ex_gratia")) == (severance, gift)
    assert ("W_BELOW_STATUTORY" in found.codes) == is_told
    assert {line.row for line in found.lines if line.code == "statutory_severance"} <= {"average-310000-2024"}


def test_what_an_employee_who_asked_for_it_is_given_is_more_than_the_law_gives() -> None:
    """LCL 46(2) gives N only where the employer proposed it."""
    amounts = paid(ground="LCL36_EMPLOYEE", ex_gratia=Decimal(0), agreed=Decimal(30000))

    assert amounts["ex_gratia"] == Decimal("30000.00")
    assert "severance" not in amounts


def test_an_agreed_sum_says_nothing_of_an_unlawful_ending() -> None:
    amounts = paid(unlawful=True, ex_gratia=Decimal(0), agreed=Decimal(30000))

    assert (amounts["damages"], "ex_gratia" in amounts) == (Decimal("895248.00"), False)


def test_whom_the_law_does_not_cover_gets_the_wages_and_somebody_looks_at_it() -> None:
    """LCL 71: no severance; compliance 1.0: leave the engine with W_OUT_OF_SCOPE."""
    found = exit_pay(
        facts(
            ground="LCL40_3",
            pay_in_lieu=True,
            is_employment=False,
            entitlement_days=0,
            ex_gratia=Decimal(0),
            city="没有这个城市",
        ),
        tables=shipped(),
    )

    assert {line.code for line in found.lines if line.amount} == {"final_wage"}
    assert "W_OUT_OF_SCOPE" in found.codes


@pytest.mark.parametrize(("subsidy", "is_told"), [("0", True), ("269999.99", True), ("270000.00", False)])
def test_after_a_medical_period_six_months_wages_are_looked_for(subsidy, is_told) -> None:
    found = exit_pay(facts(ground="LCL40_1", ex_gratia=Decimal(0), medical_subsidy=Decimal(subsidy)), tables=shipped())

    assert ("W_MEDICAL_SUBSIDY" in found.codes) == is_told


def test_a_medical_subsidy_is_taxed_with_the_severance_and_due_on_the_last_day() -> None:
    """495,624 less three annual averages of 149,208: 48,000 x 10 % - 2,520."""
    amounts = paid(ground="LCL40_1", ex_gratia=Decimal(0), medical_subsidy=Decimal(48000))

    assert (amounts["medical_subsidy"], amounts["severance_tax"]) == (Decimal("48000.00"), Decimal("-2280.00"))
    assert when_due("medical_subsidy") is When.LAST_DAY


@pytest.mark.parametrize("ground", ["LCL44_1", "LCL37"])
def test_payments_for_a_work_injury_come_on_top_and_are_not_taxed(ground) -> None:
    without, found = (paid(ground=ground, ex_gratia=Decimal(0), injury_payments=Decimal(sum)) for sum in (0, 900_000))

    assert found == without | {"injury_payments": Decimal("900000.00")}


@pytest.mark.parametrize(("ground", "is_told"), [("LCL36_EMPLOYER", True), ("LCL37", False)])
def test_the_tax_of_a_non_resident_is_for_a_person_to_look_at(ground, is_told) -> None:
    found = exit_pay(facts(ground=ground, ex_gratia=Decimal(0), is_non_resident=True), tables=shipped())

    assert ("W_NON_RESIDENT" in found.codes) == is_told


def shanghai(**changes) -> SeveranceBasis:
    known = {"overtime": "left_out", "old_service": "split", "status": "confirmed"} | changes
    return SeveranceBasis(
        id="severance-310000", city="上海", adcode="310000", effective_from=date(2013, 1, 1), source="问答", **known
    )


@pytest.mark.parametrize(
    ("row", "average"),
    [
        (None, "36000.00"),
        (shanghai(), "30000.00"),
        (shanghai(overtime="counts"), "36000.00"),
        (shanghai(status="unconfirmed"), "36000.00"),
    ],
)
def test_where_courts_leave_overtime_out_of_the_average_it_is_left_out(row, average) -> None:
    """Compliance 2.2; what nobody confirmed says nothing."""
    tables = replace(shipped(), severance_bases=(row,) if row else ())

    found = exit_pay(facts(pay=months("36000", overtime="6000"), ex_gratia=Decimal(0)), tables=tables)

    lines = {line.code: line for line in found.lines}
    assert lines["average_wage"].formula.endswith(f"÷ 12 = {average}")
    assert lines["average_wage"].row == (row.id if row and row.status == "confirmed" else "")


def test_where_courts_count_service_through_no_old_rules_hold() -> None:
    """LCL 97(3): 21.5 years at 20,000.00 in one; split it is 3 (any part a year) and 19."""
    long = {"hire_date": date(2005, 7, 1), "pay": months("20000"), "ex_gratia": Decimal(0)}

    split, through = (
        exit_pay(facts(**long), tables=replace(shipped(), severance_bases=(shanghai(old_service=word),)))
        for word in ("split", "through")
    )

    amounts = [{line.code: line.amount for line in found.lines}["severance"] for found in (split, through)]
    assert amounts == [Decimal("440000.00"), Decimal("430000.00")]
    assert ("I_SPLIT_2008" in split.codes, "I_SPLIT_2008" in through.codes) == (True, False)


def test_pay_in_lieu_is_taxed_together_with_the_severance() -> None:
    """492,624 less three annual averages of 149,208: 45,000 x 10 % - 2,520 (TAX164 5(1))."""
    amounts = paid(ground="LCL40_3", pay_in_lieu=True, ex_gratia=Decimal(0))

    assert (amounts["pay_in_lieu"], amounts["severance_tax"]) == (Decimal("45000.00"), Decimal("-1980.00"))


def test_the_month_that_payroll_has_not_closed_counts_with_the_monthly_wage() -> None:
    """In December November may still be open; October may not."""
    without_november = months("45000", until=date(2026, 10, 1), count=11)

    found = exit_pay(facts(pay=without_november), tables=shipped())
    late = exit_pay(facts(pay=without_november, today=date(2027, 1, 1)), tables=shipped())

    assert (found.gaps, "I_EXPECTED_PAY" in found.codes) == ((), True)
    assert [(gap.code, gap.params) for gap in late.gaps] == [("pay_months", ("2026-11",))]


def test_a_resignation_needs_no_figure_of_a_city() -> None:
    amounts = paid(ground="LCL37", city="没有这个城市", ex_gratia=Decimal(0))

    assert set(amounts) == {"leave_payout", "final_wage"}


@pytest.mark.parametrize(
    ("changes", "code", "params"),
    [
        ({"monthly_wage": None}, "monthly_wage", ()),
        ({"ground": ""}, "ground", ()),
        ({"used_days": None}, "leave_used", ()),
        ({"entitlement_days": None}, "leave_entitlement", ()),
        ({"city": "拉萨"}, "average_wage", ("拉萨",)),
        ({"city": "拉萨"}, "minimum_wage", ("拉萨",)),
        ({"pay": months("45000", count=10)}, "pay_months", ("2025-12", "2026-01")),
        ({"ground": "LCL37", "ex_gratia": Decimal(0), "loss": Decimal(1), "city": "拉萨"}, "minimum_wage", ("拉萨",)),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_summed(changes, code, params) -> None:
    found = exit_pay(facts(**changes), tables=shipped())

    assert (code, params) in {(gap.code, gap.params) for gap in found.gaps}
    assert (found.lines, found.items, found.total) == ((), (), Decimal("0.00"))


def test_a_month_payroll_cannot_have_closed_counts_with_the_wage_and_says_so() -> None:
    found = exit_pay(facts(pay=months("45000", until=date(2026, 10, 1), count=11), today=LAST), tables=shipped())

    assert found.gaps == ()
    assert "I_EXPECTED_PAY" in found.codes


def test_leave_is_paid_without_overtime() -> None:
    with_overtime = paid(pay=months("45000", overtime="5000"))["leave_payout"]

    assert with_overtime == Decimal("11034.48")  # 3 x 40,000 / 21.75 x 2


@pytest.mark.parametrize(
    ("changes", "code", "amount", "left"),
    [
        # a fifth of the month's wage at most; the rest stays a claim
        ({"loss": Decimal(20000)}, "deduction", "-9000.00", "11000.00"),
        ({"loss": Decimal(500)}, "deduction", "-500.00", "0.00"),
        # a price nobody signed for is a loss under the same cap
        ({"loss": Decimal(8000), "assets": Decimal(3000)}, "deduction", "-9000.00", "2000.00"),
        ({"assets": Decimal(3000), "assets_signed": True}, "asset_recovery", "-3000.00", "0.00"),
        ({"assets": Decimal(900000), "assets_signed": True}, "asset_recovery", "-104735.86", "795264.14"),
    ],
)
def test_what_is_kept_back_has_its_limit(changes, code, amount, left) -> None:
    found = exit_pay(facts(**changes), tables=shipped())

    assert {line.code: line.amount for line in found.lines}[code] == Decimal(amount)
    assert found.claim_left == Decimal(left)


def test_what_is_due_beside_the_wage_is_neither_severance_nor_taxed_with_it() -> None:
    """WPR 9: wages of the last day, withheld from like any month's."""
    without, found = paid(), paid(other_pay=Decimal("1234.50"))

    assert found == without | {"other_pay": Decimal("1234.50")}
    assert when_due("other_pay") is When.LAST_DAY


def test_leave_of_last_year_is_a_line_of_its_own() -> None:
    """2.5 days of 46,820.00 / 21.75, twice: part days were left with consent, so they are paid."""
    found = exit_pay(facts(carried_days=Decimal("2.5")), tables=shipped())

    line = next(line for line in found.lines if line.code == "leave_carried")
    assert (line.amount, line.formula) == (Decimal("10763.22"), "46820.00 ÷ 21.75 × 2.5 × 200% = 10763.22")
    assert line.row


def test_leave_of_last_year_rests_on_the_months_too() -> None:
    gaps = exit_pay(
        facts(ground="LCL37", ex_gratia=Decimal(0), entitlement_days=0, carried_days=Decimal(1), pay=[]),
        tables=shipped(),
    ).gaps

    assert [gap.code for gap in gaps] == ["pay_months"]


@pytest.mark.parametrize(
    ("order", "taken", "deducted"),
    [("50000", "-50000.00", "-9000.00"), ("100000", "-100000.00", "-4735.86"), ("900000", "-104735.86", "0.00")],
)
def test_a_court_comes_first_and_nothing_goes_below_zero(order, taken, deducted) -> None:
    """WPR 15: no cap of a fifth; what it leaves is all a loss can be taken from."""
    amounts = paid(court_order=Decimal(order), loss=Decimal(20000))

    assert (amounts["court_order"], amounts["deduction"]) == (Decimal(taken), Decimal(deducted))


def test_tax_is_kept_back_first_from_what_waits_for_the_handover() -> None:
    """Hired half a year ago: N is half a month, far less than the tax on what was added."""
    found = exit_pay(
        facts(hire_date=date(2026, 6, 15), pay=months("20000", count=6), ex_gratia=Decimal(1_000_000)),
        tables=shipped(),
    )

    amounts = {line.code: line.amount for line in found.lines}
    assert -amounts["severance_tax"] > amounts["severance"]
    assert {item.when for item in found.items} == {When.LAST_DAY}
    assert found.items[0].amount == found.total


def test_what_is_set_off_leaves_the_tax_and_no_sum_is_negative() -> None:
    found = exit_pay(
        facts(unlawful=True, ex_gratia=Decimal(2_000_000), assets=Decimal(9_000_000), assets_signed=True),
        tables=shipped(),
    )

    amounts = {line.code: line.amount for line in found.lines}
    assert amounts["severance_tax"] < 0
    assert (found.items, found.total) == ((), Decimal("0.00"))
    assert found.claim_left == Decimal(9_000_000) + amounts["asset_recovery"]


def test_unlawful_is_twice_and_due_on_the_last_day() -> None:
    found = exit_pay(facts(unlawful=True, ex_gratia=Decimal(0)), tables=shipped())

    due = {line.code: line for line in found.lines if line.when}
    assert (due["damages"].amount, due["damages"].when) == (Decimal("895248.00"), When.LAST_DAY)
    assert "severance" not in due


def test_severance_alone_may_wait_and_only_because_the_law_says_so() -> None:
    waiting = {code for code in DUE if when_due(code) is When.HANDOVER}

    assert waiting == {"severance"}
    assert {wait.because for wait in tracks.WAITS if wait.allows == "severance_payment"} == {"LCL 50(2)"}
    assert tracks.FREE_BY_LAW["final_wages"] == "WPR 9"


@pytest.mark.parametrize(("code", "asked"), [("W_TAX_SCOPE", True), ("W_REF_STALE", False), ("I_CAP_3X", False)])
def test_a_warning_needs_a_written_reason(code, asked) -> None:
    assert needs_reason(code) is asked
