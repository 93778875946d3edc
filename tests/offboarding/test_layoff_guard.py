"""Which endings of one employer count together, for whom, and by which papers (LCL 41). The cast are fifteen people, so
two endings in ninety days are more than a tenth of the staff."""

from datetime import date, timedelta
from typing import Any

import pytest

from employees.models import Contract, Employment, ProtectedStatus
from offboarding import operations as ops
from offboarding.models import Case
from offboarding.rules.kinds import Starter
from tests.factories.employees import employed
from tests.factories.offboarding import add_paper, proven

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 7, 1)
PATTERN = "W_PATTERN_LAYOFF"


def agreement(cast: Any, at: Any, who: str, day: date | None = DAY) -> Case:
    return draft(cast, at, who, day, kind="mutual_agreement", ground="LCL36_EMPLOYER")


def layoff(cast: Any, at: Any, who: str, day: date | None = DAY) -> Case:
    return draft(cast, at, who, day, kind="layoff", ground="LCL41_2")


def draft(cast: Any, at: Any, who: str, day: date | None, **what: str) -> Case:
    return ops.request_ending(
        employment=cast.employment[who],
        reason="生产经营发生严重困难",
        requested_last_working_date=day,
        starter=Starter.HR,
        by=cast.hrbp,
        at=at,
        **what,
    )


def codes(case: Case, at: Any) -> set[str]:
    return {each.code for each in Case.objects.for_page().get(pk=case.pk).all_findings(at=at)}


def of_the_layoff(case: Case, at: Any) -> set[str]:
    return {code for code in codes(case, at) if code.startswith("B_41_")}


@pytest.mark.parametrize(("apart", "counts"), [(0, True), (89, True), (90, False)])
def test_two_count_together_when_ninety_days_hold_both(cast, at, apart, counts) -> None:
    first = agreement(cast, at, "leaver")
    second = agreement(cast, at, "successor", DAY + timedelta(days=apart))

    assert [PATTERN in codes(case, at) for case in (first, second)] == [counts, counts]


@pytest.mark.parametrize("state", ["cancelled", "withdrawn", "rejected", "retained"])
def test_what_was_given_up_counts_no_longer(cast, at, state) -> None:
    first, second = agreement(cast, at, "leaver"), agreement(cast, at, "successor")

    Case.objects.filter(pk=second.pk).update(state=state, filed_at=at)

    assert PATTERN not in codes(first, at)


def test_a_draft_that_says_no_day_counts_on_any(cast, at) -> None:
    """Else twenty of them would be written before anybody saw an alarm."""
    agreement(cast, at, "successor", None)

    assert PATTERN in codes(agreement(cast, at, "leaver"), at)
    assert PATTERN in codes(agreement(cast, at, "head", DAY + timedelta(days=300)), at)


def test_of_what_was_returned_the_new_day_counts(cast, at) -> None:
    moved = agreement(cast, at, "successor", DAY + timedelta(days=200))
    Case.objects.filter(pk=moved.pk).update(state="returned", filed_at=at, last_working_date=DAY, termination_date=DAY)

    assert PATTERN not in codes(agreement(cast, at, "leaver"), at)
    assert PATTERN in codes(agreement(cast, at, "head", DAY + timedelta(days=200)), at)
    assert Case.objects.get(pk=moved.pk).planned_day == DAY + timedelta(days=200)


def test_a_layoff_that_nobody_sent_explains_no_agreements(cast, at) -> None:
    """One draft of a layoff, never to be sent, would hush the warning for all of them."""
    agreed = agreement(cast, at, "leaver")
    open_ended(cast, "successor", kind="fixed", end_date=date(2026, 12, 31))
    sham = proven(layoff(cast, at, "successor"), at)
    assert PATTERN in codes(agreed, at)

    ops.submit_case(case=sham, by=cast.hrbp, at=at)

    assert PATTERN not in codes(agreed, at)


KEPT_FIRST = "W_PRIORITY_RETENTION"


def open_ended(cast: Any, who: str, **terms: Any) -> None:
    cast.employment[who].contracts.all().delete()
    terms = {"kind": "open", "start_date": date(2024, 1, 1), "end_date": None} | terms
    Contract.objects.create(employment=cast.employment[who], **terms)


@pytest.mark.parametrize(
    ("terms", "is_told"),
    [
        ({}, True),
        ({"kind": "fixed", "end_date": date(2027, 1, 1)}, True),
        ({"kind": "fixed", "end_date": date(2026, 12, 31)}, False),
        ({"kind": "task"}, False),
    ],
)
def test_who_is_kept_first_goes_only_for_a_reason_that_is_written_down(cast, at, terms, is_told) -> None:
    """LCL 41(2): open-ended, or for longer than others; three years to the day are not longer than three."""
    open_ended(cast, "leaver", **terms)

    assert (KEPT_FIRST in codes(layoff(cast, at, "leaver"), at)) == is_told
    assert KEPT_FIRST not in codes(agreement(cast, at, "leaver"), at)


def test_of_several_contracts_the_one_in_force_counts(cast, at) -> None:
    open_ended(cast, "leaver", kind="fixed", end_date=date(2026, 1, 31))
    Contract.objects.create(employment=cast.employment["leaver"], kind="open", start_date=date(2026, 2, 1), nth=2)

    assert KEPT_FIRST in codes(layoff(cast, at, "leaver"), at)


def test_a_family_that_lives_on_the_wage_is_kept_first_and_nobody_reads_why(cast, at) -> None:
    """LCL 41(2)(3); it is no protection of LCL 42."""
    open_ended(cast, "leaver", kind="task")
    leaver = cast.employment["leaver"]
    ProtectedStatus.objects.create(
        employment=leaver, data_key_id=leaver.data_key_id, kind="kept_first", start_date=at.date()
    )

    found = codes(layoff(cast, at, "leaver"), at)

    assert KEPT_FIRST in found
    assert "B_PROTECTED_42" not in found


def test_what_a_layoff_lacks_does_not_stop_the_agreements_beside_it(cast, at) -> None:
    agreed, planned = agreement(cast, at, "leaver"), layoff(cast, at, "successor")

    assert of_the_layoff(agreed, at) == set()
    assert of_the_layoff(planned, at) == {"B_41_NO_BRIEFING", "B_41_NO_OPINIONS", "B_41_NO_REPORT"}


def test_of_two_layoffs_in_a_row_each_has_its_own_papers_and_days(cast, at) -> None:
    """The first is over the hill when the second is explained; its days are not the second's, nor the other way round."""
    later = at + timedelta(days=40)
    first, sister = (layoff(cast, at, who, at.date() + timedelta(days=31)) for who in ("leaver", "head"))
    second = layoff(cast, later, "successor", later.date() + timedelta(days=31))
    for case, now in ((first, at), (second, later)):
        for paper in ("E_UNION_BRIEFING", "E_OPINIONS", "E_LABOUR_REPORT"):
            add_paper(case, paper, at=now, dated=now.date())

    assert [of_the_layoff(case, later) for case in (first, sister, second)] == [set(), set(), set()]


def test_the_staff_are_those_of_the_day_of_the_briefing(cast, at) -> None:
    planned = [layoff(cast, at, who) for who in ("leaver", "successor")]
    for nth in range(6):
        employed(f"新人{nth}", unit=cast.unit["store"], hire_date=at.date())
    assert "B_41_THRESHOLD_NOT_MET" in codes(planned[0], at)

    add_paper(planned[1], "E_UNION_BRIEFING", at=at, dated=at.date() - timedelta(days=1))

    assert "B_41_THRESHOLD_NOT_MET" not in codes(planned[0], at)


def test_an_employer_that_nobody_is_left_of_can_still_be_looked_at(cast, at) -> None:
    case = agreement(cast, at, "leaver")

    Employment.objects.update(status="left", termination_date=at.date())

    assert PATTERN in codes(case, at)
