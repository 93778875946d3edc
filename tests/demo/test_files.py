"""What the demo's files say: a first day of work for everybody, other relations for a few, never of who leaves."""

from collections import Counter
from typing import Any

import pytest
from django.db.models import F

from demo import seeding
from ehr import clock
from employees.models import Contract, Employment, Person, PriorSegment, WorkRelation
from employees.rules.file_facts import Term
from tests.demo.test_history import leavers

__all__ = ["leavers"]
pytestmark = pytest.mark.slow


def test_a_few_files_say_something_else_and_none_of_who_leaves_on_the_stage(leavers: list[Any]) -> None:
    relations = Counter(Employment.objects.values_list("relation", flat=True))
    leaving = {leaver.pk for _exit, leaver in leavers}

    assert set(relations) >= {WorkRelation.PART_TIME, WorkRelation.REHIRED_RETIREE, WorkRelation.DISPATCHED}
    assert 4 <= relations.total() - relations[WorkRelation.EMPLOYMENT] <= 12
    others = Employment.objects.exclude(relation=WorkRelation.EMPLOYMENT)
    assert not others.filter(pk__in=leaving).exists() and not others.filter(person__user__isnull=False).exists()
    assert not Person.objects.filter(first_work_date=None).exists()
    assert not Employment.objects.filter(person__first_work_date__gt=F("hire_date")).exists()


def test_earlier_service_ends_before_the_hire_date_and_no_two_terms_overlap(leavers: list[Any]) -> None:
    segments = list(PriorSegment.objects.select_related("employment__person"))
    terms: dict[Any, list[Term]] = {}
    for row in Contract.objects.values("employment", "kind", "start_date", "end_date", "nth"):
        terms.setdefault(row.pop("employment"), []).append(Term(**row))
    contracted = Employment.objects.filter(relation__in=("employment", "part_time"))

    assert segments
    assert set(terms) == set(contracted.values_list("pk", flat=True))
    for one in segments:
        assert one.end_date < one.employment.hire_date
        assert one.employment.person.first_work_date <= one.start_date
    assert any(len(each) > 2 for each in terms.values())
    assert not [fault for each in terms.values() for fault in each[0].faults(each[1:])]


def test_the_cast_is_employed_and_began_here(leavers: list[Any]) -> None:
    cast = Employment.objects.filter(person__user__username__in=[one.username for one in seeding.CAST])

    running = Contract.objects.filter(start_date__lte=clock.today(), end_date__gte=clock.today())
    assert set(cast.values_list("pk", flat=True)) <= set(running.values_list("employment", flat=True))
    assert cast.filter(relation=WorkRelation.EMPLOYMENT, person__first_work_date=F("hire_date")).count() == cast.count()
