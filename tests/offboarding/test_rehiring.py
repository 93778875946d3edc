"""Who was laid off is invited first when their employer hires within six months (LCL 41)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ehr import record
from ehr.notices.models import Notice
from ehr.record.models import Event
from employees.events import ImportFinished
from employees.models import Employment
from offboarding import operations as ops
from offboarding.models import Case, Obligation
from offboarding.operations.rehiring import mind_hirings
from tests.factories.employees import employed
from tests.factories.offboarding import a_resignation, approved, on

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 17)
UNTIL = date(2026, 12, 17)
KIND = "offboarding.rehire_first"
AT = on(date(2026, 9, 1))


@pytest.fixture
def right(cast, at) -> Obligation:
    """Of somebody who left, as a layoff leaves it."""
    case = approved(a_resignation(cast, at), at)
    ops.keep_clock(at=on(LAST + timedelta(days=1), hour=0))
    case = Case.objects.get(pk=case.pk)
    return Obligation.objects.create(case=case, kind="rehire_priority", due_date=UNTIL, role="hrbp", article="LCL 41")


def hired(cast: Any, day: date, **facts: Any) -> Employment:
    return employed("新人甲", unit=cast.employment["head"].unit, hire_date=day, **facts)


def test_hr_and_legal_are_told_once_with_whom_to_invite_first(cast, right) -> None:
    new = hired(cast, date(2026, 8, 31))

    told = [mind_hirings(at=AT), mind_hirings(at=AT), ops.keep_clock(at=AT)["told_first"]]

    assert told == [1, 0, 0]
    for user in (cast.hrbp, cast.legal):
        [notice] = Notice.objects.filter(user=user, kind=KIND)
        assert (notice.params["name"], notice.params["names"]) == ("新人甲", "周远航")
        assert notice.url.endswith(f"entity={new.employer.code}")
    fact = Event.objects.get(kind="offboarding.hiring.told_first")
    assert fact.payload["obligation_ids"] == [str(right.pk)]


def test_whoever_was_told_of_costs_the_clock_nothing_more(cast, right, django_assert_max_num_queries) -> None:
    for day in range(1, 6):
        hired(cast, date(2026, 8, day))
    assert mind_hirings(at=AT) == 5

    with django_assert_max_num_queries(5):  # two of them a savepoint
        assert mind_hirings(at=AT) == 0


def test_many_who_came_at_once_are_one_message(cast, right) -> None:
    for _nth in range(12):
        hired(cast, date(2026, 8, 31))

    assert mind_hirings(at=AT) == 12

    [notice] = Notice.objects.filter(user=cast.legal, kind=KIND)
    assert notice.params["name"].endswith("… (12)")
    assert Event.objects.filter(kind="offboarding.hiring.told_first").count() == 12


def test_a_roster_that_came_in_tells_at_once(cast, right) -> None:
    hired(cast, date(2026, 8, 31))
    fact = ImportFinished(import_id="i", accepted=1, updated=0, rejected=0)

    record.emit(fact, subject="employees.import:i", by=None, at=AT)
    record.deliver_all()

    assert Notice.objects.filter(user=cast.legal, kind=KIND).count() == 1


@pytest.mark.parametrize("day", [LAST, UNTIL + timedelta(days=1)])
def test_before_the_layoff_and_after_six_months_nobody_comes_first(cast, right, day) -> None:
    hired(cast, day)

    assert mind_hirings(at=AT) == 0


def test_another_employer_owes_them_nothing(cast, right) -> None:
    new = hired(cast, date(2026, 8, 31))
    other = type(new.employer).objects.create(code="OTHER", name="另一家公司")
    Employment.objects.filter(pk=new.pk).update(employer=other)

    assert mind_hirings(at=AT) == 0


def test_who_is_taken_back_is_the_answer_and_no_alarm(cast, right) -> None:
    hired(cast, date(2026, 8, 31), person=right.case.employment.person)

    assert mind_hirings(at=AT) == 0


def test_who_was_invited_already_is_named_no_more(cast, right, at) -> None:
    Obligation.objects.filter(pk=right.pk).update(outcome="done", done_at=at)
    hired(cast, date(2026, 8, 31))

    assert mind_hirings(at=AT) == 0
