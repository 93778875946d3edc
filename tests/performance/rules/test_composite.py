"""The composite score: worked figures, and what must hold for all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.rules.composite import Percentage, Weighted, compose

SCORES = st.integers(0, 15_000).map(lambda hundredths: Decimal(hundredths) / 100)


def of(*pairs, adjustments=()):
    indicators = [
        Weighted(key=str(n), weight=Decimal(w), score=None if s is None else Decimal(s))
        for n, (w, s) in enumerate(pairs)
    ]
    changes = [Percentage(key=str(n), percent=Decimal(p)) for n, p in enumerate(adjustments)]
    return compose(indicators=indicators, adjustments=changes)


@pytest.mark.parametrize(
    ("pairs", "adjustments", "base", "result"),
    [
        ([("40", "92.5"), ("30", "88"), ("30", "76.25")], [], "86.28", "86.28"),  # 37 + 26.4 + 22.875 = 86.275
        ([("40", "92.5"), ("30", "88"), ("30", "76.25")], ["-10"], "86.28", "77.65"),  # 8.628 → 8.63
        ([("40", "92.5"), ("30", "88"), ("30", "76.25")], ["-5"], "86.28", "81.97"),  # 4.314 → 4.31
        ([("50", "80"), ("20", "100"), ("30", "90")], [], "87.00", "87.00"),
        ([("100", "60")], ["-10", "5"], "60.00", "57.00"),
        ([("100", "60")], ["-80", "-40"], "60.00", "0"),
        ([("33.33", "100"), ("33.33", "100"), ("33.34", "100")], [], "100.00", "100.00"),
        ([("100", "0.005")], [], "0.01", "0.01"),
    ],
)
def test_it_adds_up_as_on_paper(pairs, adjustments, base, result):
    found = of(*pairs, adjustments=adjustments)

    assert (found.base, found.result) == (Decimal(base), Decimal(result))


def test_each_line_shows_its_exact_points():
    found = of(("40", "92.5"), ("60", "76.25"))

    assert [line.points for line in found.lines] == [Decimal("37"), Decimal("45.75")]


def test_a_missing_score_leaves_no_result_but_what_is_earned_so_far():
    found = of(("70", "90"), ("30", None), adjustments=["-10"])

    assert (found.base, found.result, found.changes) == (None, None, ())
    assert (found.so_far, found.scored_weight) == (Decimal("63.00"), Decimal("70"))


def test_nothing_to_score_is_no_result():
    assert of().result is None


def test_a_change_below_zero_is_said():
    assert of(("100", "60"), adjustments=["-80", "-40"]).is_floored
    assert not of(("100", "60"), adjustments=["-80"]).is_floored


@given(SCORES, st.integers(1, 8))
def test_the_same_score_everywhere_is_the_result(score, count):
    weights = [Decimal(100 // count)] * (count - 1) + [Decimal(100 - 100 // count * (count - 1))]

    assert of(*((weight, score) for weight in weights)).result == score.quantize(Decimal("0.01"))


@given(SCORES, SCORES, st.integers(-10_000, 10_000).map(lambda hundredths: Decimal(hundredths) / 100))
def test_base_and_changes_are_the_result_to_the_last_figure(first, second, percent):
    found = of(("40", first), ("60", second), adjustments=[percent])

    assert found.result == max(found.base + sum(change.points for change in found.changes), Decimal(0))


@given(SCORES, SCORES)
def test_a_better_score_never_lowers_the_result(score, other):
    lower, higher = sorted([score, other])

    assert of(("40", lower), ("60", "80")).result <= of(("40", higher), ("60", "80")).result
