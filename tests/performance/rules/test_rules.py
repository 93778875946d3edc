"""The small rules, each as a table."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.rules import appeals, periods, plans, progress, redaction, shortfall
from performance.rules.appeals import Outcome
from performance.rules.periods import Rhythm
from performance.rules.plans import Problem, Reach, Share


def shares(*weights):
    return [Share(key=str(n), weight=Decimal(weight)) for n, weight in enumerate(weights)]


@pytest.mark.parametrize(
    ("weights", "problems"),
    [
        (["40", "30", "30"], []),
        (["50", "20", "30"], []),
        (["33.33", "33.33", "33.34"], []),
        ([], [Problem.NO_INDICATORS]),
        (["40", "30"], [Problem.WEIGHTS_NOT_100]),
        (["60", "50"], [Problem.WEIGHTS_NOT_100]),
        (["33.33", "33.33", "33.33"], [Problem.WEIGHTS_NOT_100]),
        (["110", "-10"], [Problem.WEIGHT_NOT_POSITIVE]),
        (["100", "0"], [Problem.WEIGHT_NOT_POSITIVE]),
    ],
)
def test_weights_add_up_to_100(weights, problems):
    assert plans.problems(shares(*weights)) == problems


def test_a_key_stands_once():
    assert plans.problems([Share(key="a", weight=Decimal(50)), Share(key="a", weight=Decimal(50))]) == [
        Problem.KEY_TWICE
    ]


GROUP, FAMILY = Reach(plan="group"), Reach(plan="family", family="sales")
REGION = Reach(plan="region", path="/HC/EAST/")
STORE = Reach(plan="store", path="/HC/EAST/S1/", family="store")
OWN = Reach(plan="own", person="p1")


@pytest.mark.parametrize(
    ("person", "path", "family", "plan"),
    [
        ("p2", "/HC/WEST/", "general", "group"),
        ("p2", "/HC/WEST/", "sales", "family"),
        ("p2", "/HC/EAST/S2/", "sales", "region"),
        ("p2", "/HC/EAST/S1/", "store", "store"),
        ("p2", "/HC/EAST/S1/", "sales", "region"),
        ("p1", "/HC/EAST/S1/", "store", "own"),
    ],
)
def test_the_nearest_plan_counts(person, path, family, plan):
    found = plans.nearest([GROUP, FAMILY, REGION, STORE, OWN], person=person, path=path, family=family)

    assert found == plan


def test_without_a_fitting_plan_there_is_none():
    assert plans.nearest([REGION], person="p", path="/HC/WEST/", family="sales") is None


@pytest.mark.parametrize(
    ("rhythm", "day", "start", "end", "code"),
    [
        (Rhythm.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "2028-02"),
        (Rhythm.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31), "2026-Q4"),
        (Rhythm.QUARTER, date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30), "2026-Q2"),
    ],
)
def test_a_day_lies_in_its_period(rhythm, day, start, end, code):
    period = periods.period_of(rhythm=rhythm, day=day)

    assert (period.start, period.end, period.code) == (start, end, code)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(Rhythm))
def test_a_code_leads_back_to_its_period(day, rhythm):
    period = periods.period_of(rhythm=rhythm, day=day)

    assert periods.period_from(period.code) == period
    assert period.start <= day <= period.end


@pytest.mark.parametrize("code", ["2026-13", "2026-00", "2026-Q5", "2026", "26-01", "2026-1", "2026-Q4 "])
def test_no_other_code_is_a_period(code):
    assert periods.period_from(code) is None


@pytest.mark.parametrize(
    ("outcome", "percent", "asked", "after"),
    [
        (Outcome.UPHELD, "-10", None, "-10"),
        (Outcome.LIFTED, "-10", None, "0"),
        (Outcome.PARTLY_UPHELD, "-10", "-5", "-5"),
        (Outcome.PARTLY_UPHELD, "-10", "-10", None),
        (Outcome.PARTLY_UPHELD, "-10", "-12", None),
        (Outcome.PARTLY_UPHELD, "-10", "5", None),
        (Outcome.PARTLY_UPHELD, "-10", "0", None),
        (Outcome.PARTLY_UPHELD, "-10", None, None),
    ],
)
def test_an_appeal_never_makes_it_harsher(outcome, percent, asked, after):
    found = appeals.percent_after(outcome=outcome, percent=Decimal(percent), asked=Decimal(asked) if asked else None)

    assert found == (Decimal(after) if after else None)


def months(*ratios, start=date(2026, 1, 1)):
    return {date(2026, start.month + n, 1): Decimal(ratio) for n, ratio in enumerate(ratios) if ratio}


@pytest.mark.parametrize(
    ("ratios", "found"),
    [
        (["0.75", "0.70"], [2]),
        (["0.79", "0.7999"], [2]),
        (["0.80", "0.70"], []),
        (["0.75", "0.80"], []),
        (["0.75", "0.70", "0.60"], [2]),
        (["0.75", None, "0.70"], []),
        (["0.75", "0.70", "0.90", "0.75", "0.70"], [2, 5]),
        (["0.75", "0.70", None, "0.75", "0.70"], [2, 5]),
        (["0.70"], []),
        ([], []),
    ],
)
def test_two_months_in_a_row_under_80_percent_are_said_once(ratios, found):
    assert [run.month.month for run in shortfall.runs(months(*ratios))] == found


def test_a_run_names_its_months():
    (run,) = shortfall.runs(months("1.10", "0.75", "0.70"))

    assert run.ratios == (Decimal("0.75"), Decimal("0.70"))


@pytest.mark.parametrize(
    ("start", "target", "current", "percent"),
    [
        ("0", "5", "3", 60),
        ("20", "5", "11", 60),
        ("0", "3", "1", 33),
        ("0", "3", "2.99", 99),
        ("0", "10", "12", 100),
        ("10", "20", "5", 0),
    ],
)
def test_progress_runs_from_start_to_target(start, target, current, percent):
    assert progress.percent_reached(start=Decimal(start), target=Decimal(target), current=Decimal(current)) == percent


def test_an_objective_is_the_mean_of_its_key_results():
    assert progress.percent_of_objective([60, 71, 100]) == 77
    assert progress.percent_of_objective([]) == 0


def test_the_first_open_step_is_the_one_of_now():
    steps = [(date(2026, 9, 28), True), (date(2026, 11, 15), False), (date(2026, 12, 5), False), (None, False)]

    found = progress.marks([progress.Step(due_date=d, is_done=x) for d, x in steps], today=date(2026, 11, 18))

    assert found == ["done", "late", "now", ""]


@pytest.mark.parametrize(
    ("reader", "side", "author", "person"),
    [
        ("full", "peer", True, True),
        ("person", "manager", True, True),
        ("person", "peer", False, True),
        ("other", "manager", True, False),
        ("other", "peer", False, False),
    ],
)
def test_peers_stay_unnamed_and_the_person_stays_out_of_other_eyes(reader, side, author, person):
    shown = redaction.shown_to(redaction.Reader(reader), side=redaction.Side(side))

    assert (shown.author, shown.about_person, shown.rating) == (author, person, person)
