"""Compliance 4: LCL 41; LAY 4."""

from datetime import date, timedelta
from typing import Any

import pytest

from offboarding.rules.compliance.layoff import LayoffFacts, LayoffRecord, mass_layoff

BRIEFING = date(2026, 9, 1)
EFFECT = date(2026, 10, 5)


def ending(ground: str = "LCL41_2", day: date = EFFECT, count: int = 24, entity: str = "A") -> LayoffRecord:
    return LayoffRecord(entity=entity, ground=ground, effective_date=day, count=count)


def check(*records: LayoffRecord, **changes: Any):
    given = {
        "entity": "A",
        "headcount": 320,
        "briefing_date": BRIEFING,
        "opinions_recorded": True,
        "report_date": date(2026, 9, 20),
    } | changes
    return mass_layoff(LayoffFacts(records=records, **given))


@pytest.mark.parametrize(
    ("count", "headcount", "by", "ratio"),
    [
        (19, 320, (), "5.94%"),
        (20, 320, ("COUNT_20",), "6.25%"),
        (9, 95, (), "9.47%"),
        (10, 100, ("RATIO_10PCT",), "10.00%"),  # 以上 includes the number itself
        (9, 91, (), "9.89%"),
        (20, 200, ("COUNT_20", "RATIO_10PCT"), "10.00%"),
        (1, 800, (), "0.13%"),  # half up
    ],
)
def test_either_threshold_is_enough(count, headcount, by, ratio):
    found = check(ending(count=count), headcount=headcount)

    assert (found.count, found.by, found.ratio, found.threshold_hit) == (count, by, ratio, bool(by))
    assert ("B_41_THRESHOLD_NOT_MET" in found.codes) is (not by)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"briefing_date": None}, ("B_41_NO_BRIEFING",)),
        ({"opinions_recorded": False}, ("B_41_NO_OPINIONS",)),
        ({"report_date": None}, ("B_41_NO_REPORT",)),
        ({"report_date": EFFECT}, ("B_41_NO_REPORT",)),  # before the first effective date
        ({"report_date": EFFECT - timedelta(days=1)}, ()),
        ({"briefing_date": date(2026, 9, 5)}, ()),  # thirty days to the day
        ({"briefing_date": date(2026, 9, 6)}, ("B_41_NOTICE_SHORT",)),
        (
            {"briefing_date": None, "opinions_recorded": False, "report_date": None},
            ("B_41_NO_BRIEFING", "B_41_NO_OPINIONS", "B_41_NO_REPORT"),
        ),
    ],
)
def test_a_layoff_follows_its_procedure(changes, codes):
    found = check(ending(), **changes)

    assert (found.codes, found.verdict) == (codes, "BLOCK" if codes else "PASS")


def test_the_first_lawful_day_is_thirty_days_after_the_briefing():
    assert check(ending()).earliest_effective_date == date(2026, 10, 1)
    assert check(ending(), briefing_date=None).earliest_effective_date is None


@pytest.mark.parametrize("ground", ["LCL36_EMPLOYER", "LCL40_3"])
def test_twenty_endings_in_other_clothes_are_a_pattern(ground):
    """化整为零."""
    found = check(ending(ground, count=20), briefing_date=None, opinions_recorded=False, report_date=None)

    assert (found.codes, found.verdict, found.threshold_hit) == (("W_PATTERN_LAYOFF",), "WARN", True)


@pytest.mark.parametrize("ground", ["LCL36_EMPLOYEE", "LCL37", "LCL39_2", "LCL40_1", "LCL40_2", "LCL44_1"])
def test_other_endings_are_not_counted(ground):
    assert check(ending(ground, count=50)).count == 0


def test_other_companies_of_the_group_are_not_counted():
    found = check(ending(count=15), ending("LCL36_EMPLOYER", count=10, entity="B"))

    assert (found.count, found.codes) == (15, ("B_41_THRESHOLD_NOT_MET",))


@pytest.mark.parametrize(("apart", "count"), [(0, 20), (89, 20), (90, 10)])
def test_any_window_of_ninety_days_counts(apart, count):
    first = ending("LCL36_EMPLOYER", count=10)
    second = ending("LCL40_3", day=EFFECT + timedelta(days=apart), count=10)

    found = check(second, first)

    assert (found.count, found.codes) == (count, ("W_PATTERN_LAYOFF",) if count == 20 else ())


def test_the_window_is_a_setting():
    apart = [ending("LCL36_EMPLOYER", day=EFFECT + timedelta(days=100 * n), count=10) for n in range(2)]

    assert check(*apart, window_days=101).count == 20


def test_a_proper_layoff_does_not_heal_agreements_long_before():
    spring = ending("LCL36_EMPLOYER", day=date(2026, 3, 1), count=22)

    assert check(spring, ending()).codes == ("W_PATTERN_LAYOFF",)
    assert check(spring, ending(count=5)).codes == ("B_41_THRESHOLD_NOT_MET", "W_PATTERN_LAYOFF")


def test_agreements_long_after_do_not_make_a_few_a_layoff():
    found = check(
        ending(day=date(2026, 5, 1), count=5), ending("LCL36_EMPLOYER", count=20), briefing_date=date(2026, 3, 1)
    )

    assert {"B_41_THRESHOLD_NOT_MET", "W_PATTERN_LAYOFF"} <= set(found.codes)


def test_the_first_of_several_days_counts_from_the_briefing():
    found = check(ending(day=date(2026, 9, 30)), ending())

    assert found.codes == ("B_41_NOTICE_SHORT",)


def test_agreements_beside_a_layoff_belong_to_it():
    assert check(ending("LCL36_EMPLOYER", day=date(2026, 9, 20), count=22), ending()).codes == ()


@pytest.mark.parametrize(("is_draft", "codes"), [(True, ("W_PATTERN_LAYOFF",)), (False, ())])
def test_a_layoff_that_nobody_sent_explains_no_agreements_beside_it(is_draft, codes):
    agreed = ending("LCL36_EMPLOYER", count=22)
    layoff = LayoffRecord(entity="A", ground="LCL41_2", effective_date=EFFECT, is_draft=is_draft)

    assert check(agreed, layoff, asked=()).codes == codes


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (None, ("B_41_NOTICE_SHORT", "B_41_NO_REPORT")),
        ((EFFECT,), ()),
        ((date(2026, 9, 20),), ("B_41_NOTICE_SHORT", "B_41_NO_REPORT")),
        ((), ()),
    ],
)
def test_only_what_is_asked_about_is_held_to_the_procedure(asked, codes):
    """A layoff of September has a briefing of its own, and an agreement needs none."""
    earlier = ending(day=date(2026, 9, 20))

    assert check(earlier, ending(), asked=asked).codes == codes


@pytest.mark.parametrize(
    ("count", "headcount", "near"),
    [(15, 320, False), (16, 320, True), (8, 100, True), (7, 100, False), (20, 320, False)],
)
def test_four_fifths_of_a_threshold_are_near(count, headcount, near):
    assert (check(ending(count=count), headcount=headcount).advice == ("I_NEAR_THRESHOLD",)) is near


def test_nothing_planned_is_nothing():
    found = check()

    assert (found.count, found.ratio, found.verdict, found.codes) == (0, "0.00%", "PASS", ())
