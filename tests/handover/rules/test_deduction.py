"""The table of docs/algorithms/head-deduction.md, and what holds for any figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.rules.deduction import MOST, Figures, Terms, deduction

ONE_A_POINT = Terms(per_point=Decimal(1), most=Decimal(10))
HALF_A_POINT = Terms(per_point=Decimal("0.5"), most=Decimal(3))


def of(due: int, confirmed: int, checked: int, missed: int) -> Figures:
    return Figures(due=due, confirmed=confirmed, checked=checked, missed=missed)


@pytest.mark.parametrize(
    ("figures", "terms", "completion", "omission", "points", "percent"),
    [
        (of(50, 50, 50, 0), ONE_A_POINT, "100.00", "0", "0.00", "0.00"),
        (of(50, 48, 50, 3), ONE_A_POINT, "96.00", "5.66", "4.66", "4.66"),
        (of(50, 48, 50, 3), HALF_A_POINT, "96.00", "5.66", "4.66", "2.33"),
        (of(30, 21, 30, 0), ONE_A_POINT, "70.00", "0", "30.00", "10"),  # capped
        (of(30, 21, 30, 0), HALF_A_POINT, "70.00", "0", "30.00", "3"),  # capped lower
        (of(19, 19, 19, 1), ONE_A_POINT, "100.00", "5.00", "0.00", "0.00"),  # the goal is not met, but by nothing
        (of(0, 0, 30, 1), ONE_A_POINT, "100", "3.23", "0", "0.00"),  # found late, in a handover of an earlier period
        (of(0, 0, 30, 2), ONE_A_POINT, "100", "6.25", "1.25", "1.25"),
        (of(0, 0, 0, 0), ONE_A_POINT, "100", "0", "0", "0.00"),
        (of(3, 2, 3, 0), ONE_A_POINT, "66.67", "0", "33.33", "10"),
    ],
)
def test_the_arithmetic(
    figures: Figures, terms: Terms, completion: str, omission: str, points: str, percent: str
) -> None:
    found = deduction(figures, terms)

    assert (figures.completion, figures.omission) == (Decimal(completion), Decimal(omission))
    assert (found.points, found.percent) == (Decimal(points), Decimal(percent))
    assert found.is_capped is (found.uncapped > found.percent)


COUNTS = st.integers(min_value=0, max_value=500)


@given(
    st.lists(COUNTS, min_size=4, max_size=4), st.decimals("0.01", "9", places=2), st.decimals("0.01", "10", places=2)
)
def test_it_takes_nothing_that_the_terms_do_not_allow(counts: list[int], per_point: Decimal, most: Decimal) -> None:
    confirmed, open_, more, missed = counts
    figures = of(confirmed + open_, confirmed, confirmed + open_ + more, missed)

    found = deduction(figures, Terms(per_point=per_point, most=most))

    assert 0 <= found.percent <= most <= MOST
    assert found.percent == 0 or open_ or missed


@given(st.integers(0, 60), st.integers(0, 60))
def test_one_more_omission_never_costs_less(items: int, missed: int) -> None:
    less, more = (deduction(of(items, items, items, n), ONE_A_POINT).percent for n in (missed, missed + 1))

    assert less <= more


@pytest.mark.parametrize(
    ("per_point", "most", "sound"),
    [("1", "10", True), ("0", "10", False), ("1", "10.01", False), ("1", "0", False), ("-1", "5", False)],
)
def test_terms_stay_within_ten_percent(per_point: str, most: str, sound: bool) -> None:
    assert Terms(per_point=Decimal(per_point), most=Decimal(most)).is_sound is sound
