from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offboarding.rules import dates
from offboarding.rules.dates import FourDates


@pytest.mark.parametrize(
    ("filed", "in_probation", "end"),
    [
        (date(2026, 10, 26), False, date(2026, 11, 25)),  # LCL 37; the day of service is not counted (CC 201)
        (date(2026, 10, 26), True, date(2026, 10, 29)),  # LCL 37: three days in probation
        (date(2028, 1, 30), False, date(2028, 2, 29)),
        (date(2026, 12, 31), True, date(2027, 1, 3)),
    ],
)
def test_the_notice_ends_on_the_lawful_day(filed, in_probation, end) -> None:
    assert dates.notice_end(filed_date=filed, in_probation=in_probation) == end


def test_an_earlier_wish_does_not_shorten_the_notice_by_itself() -> None:
    proposed = dates.by_law(filed_date=date(2026, 5, 18), in_probation=False, requested=date(2026, 5, 20))

    assert proposed.last_working_date == proposed.termination_date == proposed.paid_until_date == date(2026, 6, 17)


def test_a_later_wish_is_followed() -> None:
    proposed = dates.by_law(filed_date=date(2026, 5, 18), in_probation=False, requested=date(2026, 7, 1))

    assert proposed.termination_date == date(2026, 7, 1)


def test_the_waiver_counts_the_days_given_up() -> None:
    waived = dates.waived_days(agreed=date(2026, 6, 11), filed_date=date(2026, 5, 18), in_probation=False)

    assert waived == 6


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.booleans(), st.integers(-60, 400))
def test_dates_by_law_always_fit_and_are_never_shorter_than_the_notice(filed, in_probation, wish) -> None:
    requested = date.fromordinal(filed.toordinal() + wish)

    proposed = dates.by_law(filed_date=filed, in_probation=in_probation, requested=requested)

    assert dates.problems(proposed) == []
    assert (proposed.termination_date - filed).days >= (3 if in_probation else 30)


@pytest.mark.parametrize(
    ("last", "termination", "paid", "code"),
    [
        (date(2026, 5, 1), date(2026, 6, 1), date(2026, 6, 1), "B_LAST_DAY_BEFORE_FILING"),
        (date(2026, 6, 2), date(2026, 6, 1), date(2026, 6, 2), "B_WORK_AFTER_TERMINATION"),
        (date(2026, 6, 1), date(2026, 6, 1), date(2026, 5, 31), "B_PAID_SHORT_OF_LAST_DAY"),
        (date(2026, 6, 1), date(2032, 6, 1), date(2032, 6, 1), "B_DATE_TOO_FAR"),
        (date(9999, 12, 31), date(9999, 12, 31), date(9999, 12, 31), "B_DATE_TOO_FAR"),
    ],
)
def test_dates_that_do_not_fit_are_named(last, termination, paid, code) -> None:
    four = FourDates(
        filed_date=date(2026, 5, 18), last_working_date=last, termination_date=termination, paid_until_date=paid
    )

    assert dates.problems(four) == [code]


@pytest.mark.parametrize(
    ("notice", "pay_in_lieu", "earliest"),
    [
        ("", False, date(2026, 6, 1)),  # LCL 39: none
        ("30 days or pay in lieu", False, date(2026, 7, 1)),  # LCL 40
        ("30 days or pay in lieu", True, date(2026, 6, 1)),
        ("30 days", True, date(2026, 7, 1)),  # LCL 41 knows no pay in lieu
    ],
)
def test_an_employers_ending_counts_from_delivery(notice, pay_in_lieu, earliest) -> None:
    found = dates.earliest_effect(ground_notice=notice, delivered=date(2026, 6, 1), pay_in_lieu=pay_in_lieu)

    assert found == earliest


HIRED, TODAY = date(2020, 3, 2), date(2026, 5, 18)


@pytest.mark.parametrize(
    ("ground", "day", "codes"),
    [
        ("LCL44_3", TODAY, []),
        ("LCL44_3", date(2026, 5, 19), ["B_FUTURE_DATE"]),
        ("LCL44_3", HIRED, []),
        ("LCL44_3", date(2020, 3, 1), ["B_LAST_DAY_BEFORE_FILING"]),
        ("LCL44_4", date(2026, 5, 17), ["B_LAST_DAY_BEFORE_FILING"]),
        ("LCL44_5", date(2026, 5, 19), []),
        ("LCL44_2", date(2026, 5, 17), ["B_LAST_DAY_BEFORE_FILING"]),
    ],
)
def test_only_a_death_may_lie_before_its_filing(ground, day, codes) -> None:
    planned = dates.on(filed_date=TODAY, day=day)

    assert dates.problems(planned, ground=ground, hired=HIRED, today=TODAY) == codes
